"""Pages of paper on the desk of the window: as wide as there is room, whole, or as large as they are."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from backbone_desktop.ui import theme

FIT, WHOLE, TRUE_SIZE = "fit", "whole", "100"
SHEET_INCHES = 210 / 25.4
"""Width of the sheets that offices use: A4 upright, A5 lying."""
PAUSE_MS = 120
LEAST = 200
LARGEST = 2400
"""Pixels; a picture wider than that shows no more than the eye sees."""


class _Sheets(QWidget):
    """Draws the pictures below each other; a picture of another size is stretched until the right one has come."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: tuple[QImage, ...] = ()
        self.sheet_width = 1

    def lay_out(self, sheet_width: int) -> None:
        self.sheet_width = sheet_width
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        heights = sum(self._height(picture) + theme.L for picture in self.pictures)
        return QSize(self.sheet_width + 2 * theme.L, heights + theme.L)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        now, y = theme.colours(), theme.L
        for picture in self.pictures:
            area = QRectF(theme.L, y, self.sheet_width, self._height(picture))
            painter.fillRect(area.adjusted(-1, -1, 1, 2), QColor(now.line))
            if event.rect().intersects(area.toAlignedRect()):
                painter.drawImage(area, picture)
            y += self._height(picture) + theme.L

    def _height(self, picture: QImage) -> int:
        return round(self.sheet_width * picture.height() / max(1, picture.width()))


class PaperView(QScrollArea):
    """`wanted(width)` asks for pictures that many pixels wide; `show_pictures` brings them."""

    wanted = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets = _Sheets()
        self._zoom = FIT
        self.setWidget(self._sheets)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # with a bar that comes and goes, a sheet as wide as the room would never come to rest
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.ask)

    @property
    def pictures(self) -> tuple[QImage, ...]:
        return self._sheets.pictures

    @property
    def sheet_width(self) -> int:
        """Width of a sheet on the screen, in logical pixels."""
        if self._zoom == TRUE_SIZE:
            return round(SHEET_INCHES * self.logicalDpiX())
        wide = self.viewport().width() - 2 * theme.L
        if self._zoom == WHOLE and self.pictures:
            first, high = self.pictures[0], self.viewport().height() - 2 * theme.L
            wide = min(wide, round(high * first.width() / max(1, first.height())))
        return max(LEAST, wide)

    @property
    def _wanted(self) -> int:
        """Width of the pictures, in the screen's own pixels."""
        return min(LARGEST, round(self.sheet_width * self.devicePixelRatioF()))

    def set_zoom(self, zoom: str) -> None:
        self._zoom = zoom
        self.ask()

    def ask(self) -> None:
        """Ask for pictures of the present size; the old ones stand in for them meanwhile."""
        self._sheets.lay_out(self.sheet_width)
        self.wanted.emit(self._wanted)

    def show_pictures(self, pictures: tuple[QImage, ...]) -> None:
        other_shape = [picture.size() for picture in self.pictures[:1]] != [picture.size() for picture in pictures[:1]]
        self._sheets.pictures = pictures
        self._sheets.lay_out(self.sheet_width)
        if self._zoom == WHOLE and other_shape and pictures and pictures[0].width() != self._wanted:
            self.ask()  # how wide a whole sheet may be is known only now

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._zoom != TRUE_SIZE and self._sheets.pictures:
            self._sheets.lay_out(self.sheet_width)
            self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last line, as in any list."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)
