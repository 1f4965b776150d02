"""Pages of paper below each other. Only those in sight are drawn, so that a list of 300 pages opens like one of two."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from backbone_desktop.ui import theme

PAUSE_MS = 120
LARGEST = 2400
"""Pixels; a picture wider than that shows no more than the eye sees."""


class _Sheets(QWidget):
    """Draws the pages; a picture of another size is stretched until the right one has come."""

    def __init__(self, caption: int) -> None:
        super().__init__()
        self.size_mm = (210.0, 297.0)
        self.count = 0
        self.pictures: dict[int, QImage] = {}
        self.marked = -1
        self.sheet_width = 1
        self._caption = caption

    def lay_out(self, sheet_width: int) -> None:
        self.sheet_width = sheet_width
        self.setFixedSize(self.sizeHint())
        self.update()

    @property
    def sheet_height(self) -> int:
        return round(self.sheet_width * self.size_mm[1] / self.size_mm[0])

    @property
    def step(self) -> int:
        """From the top of one page to the top of the next."""
        return self.sheet_height + theme.L + self._caption

    def top_of(self, page: int) -> int:
        return theme.L + page * self.step

    def sizeHint(self) -> QSize:
        return QSize(self.sheet_width + 2 * theme.L, self.count * self.step + theme.L)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        now = theme.colours()
        for page in range(self.count):
            area = QRectF(theme.L, self.top_of(page), self.sheet_width, self.sheet_height)
            if not event.rect().intersects(area.adjusted(-3, -3, 3, self._caption + 3).toAlignedRect()):
                continue
            painter.fillRect(area.adjusted(-1, -1, 1, 2), QColor(now.line))
            picture = self.pictures.get(page)
            if picture is None:
                painter.fillRect(area, QColor("white"))
            else:
                painter.drawImage(area, picture)
            if page == self.marked:
                painter.setPen(QPen(QColor(now.accent), 2))
                painter.drawRect(area)
            if self._caption:
                painter.setPen(QColor(now.accent if page == self.marked else now.secondary))
                painter.setFont(theme.secondary_font())
                below = QRectF(area.left(), area.bottom() + 2, area.width(), self._caption)
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(page + 1))


class PageColumn(QScrollArea):
    """`wanted(width, pages)` asks for pictures that many pixels wide of these pages (from 0); `take` brings them."""

    wanted = Signal(int, tuple)
    resized = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, caption: int = 0) -> None:
        super().__init__(parent)
        self._sheets = _Sheets(caption)
        self.setWidget(self._sheets)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # with a bar that comes and goes, a sheet as wide as the room would never come to rest
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.ask)

    @property
    def pictures(self) -> tuple[QImage, ...]:
        """What is drawn so far, in the pages' order."""
        return tuple(picture for _, picture in sorted(self._sheets.pictures.items()))

    @property
    def count(self) -> int:
        return self._sheets.count

    @property
    def sheet_width(self) -> int:
        """Width of a page on the screen, in logical pixels."""
        raise NotImplementedError

    @property
    def wanted_width(self) -> int:
        """Width of the pictures, in the screen's own pixels."""
        return min(LARGEST, round(self.sheet_width * self.devicePixelRatioF()))

    @property
    def in_sight(self) -> tuple[int, ...]:
        """The pages that are seen, and the next on either side."""
        top, step = self.verticalScrollBar().value(), self._sheets.step
        first = max(0, (top - theme.L) // step - 1)
        last = min(self.count - 1, (top + self.viewport().height()) // step + 1)
        return tuple(range(first, last + 1))

    @property
    def page(self) -> int:
        """The page that is looked at: the first of which half is seen."""
        top = self.verticalScrollBar().value() - theme.L
        return max(0, min(self.count - 1, (top + self._sheets.sheet_height // 2) // self._sheets.step))

    def show_paper(self, size_mm: tuple[float, float], count: int) -> None:
        """So many pages of this size; pictures of another paper stand in until the right ones have come."""
        if size_mm != self._sheets.size_mm or not count:
            self._sheets.pictures = {}
        self._sheets.size_mm, self._sheets.count = size_mm, count
        self._sheets.pictures = {page: one for page, one in self._sheets.pictures.items() if page < count}
        self.ask()

    def ask(self) -> None:
        """Ask for pictures of everything in sight; the old ones stand in for them meanwhile."""
        self._sheets.lay_out(self.sheet_width)
        if self.count:
            self.wanted.emit(self.wanted_width, self.in_sight)

    def take(self, pictures: Mapping[int, QImage]) -> None:
        seen = self.in_sight
        kept = {page: one for page, one in self._sheets.pictures.items() if page in seen}
        self._sheets.pictures = kept | {page: one for page, one in pictures.items() if page < self.count}
        self._sheets.update()

    def go_to(self, page: int) -> None:
        self.verticalScrollBar().setValue(self._sheets.top_of(page) - theme.L)

    def _on_scrolled(self) -> None:
        right = self.wanted_width
        known = {page for page, one in self._sheets.pictures.items() if one.width() == right}
        if not known.issuperset(self.in_sight):
            self._pause.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.count:
            self._sheets.lay_out(self.sheet_width)
            self._pause.start()
            self.resized.emit()
