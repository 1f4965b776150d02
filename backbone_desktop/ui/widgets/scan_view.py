"""A scan on the desk: moved by mouse, wheel or arrows, at any size, from pictures that a worker has made ready."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageReader,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from backbone_desktop.ui import theme

WIDTH, WHOLE, FREE = "width", "whole", "free"
LEAST, MOST = 0.1, 4.0
STEP = 1.25
_LEAST_SIDE = 400
"""A picture is halved again and again down to this: what is drawn is never made much smaller, which would blur it."""
_LINE = 60
_MOST_MEMORY_MB = 128


def read_picture(content: bytes, largest: int = 0) -> QImage:
    """The picture, no side longer than `largest` (0 = as it is). Null where it cannot be read. Fit for any thread."""
    held = QBuffer()
    held.setData(QByteArray(content))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_MOST_MEMORY_MB)
    reader = QImageReader(held)
    size = reader.size()
    if largest and max(size.width(), size.height()) > largest:
        reader.setScaledSize(size.scaled(QSize(largest, largest), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def sizes_of(content: bytes, turned: int) -> tuple[QImage, ...]:
    """The picture turned by quarters, and halves of it, the largest first; () where it cannot be read."""
    picture = read_picture(content)
    if picture.isNull():
        return ()
    if turned % 4:
        picture = picture.transformed(QTransform().rotate(90 * turned))
    sizes = [picture.convertToFormat(QImage.Format.Format_RGB32)]
    while min(sizes[-1].width(), sizes[-1].height()) >= 2 * _LEAST_SIDE:
        last = sizes[-1]
        sizes.append(last.scaled(last.width() // 2, last.height() // 2, Qt.AspectRatioMode.IgnoreAspectRatio,
                                 Qt.TransformationMode.SmoothTransformation))
    return tuple(sizes)


class ScanView(QAbstractScrollArea):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._sizes: tuple[QImage, ...] = ()
        self._fit = WIDTH
        self._scale = 1.0
        self._held: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)

    @property
    def scale(self) -> float:
        """Window dots for one dot of the scan."""
        return self._scale

    @property
    def size_of_picture(self) -> QSize:
        return self._sizes[0].size() if self._sizes else QSize()

    def show_sizes(self, sizes: tuple[QImage, ...], *, stay: bool = False) -> None:
        """`stay`: as large as the one before, and at its place."""
        self._sizes = sizes
        if not stay:
            self._fit = WIDTH
        self._settle()
        if not stay:
            self.horizontalScrollBar().setValue(0)
            self.verticalScrollBar().setValue(0)

    def zoom(self, steps: int) -> None:
        self._zoom_to(self._scale * STEP**steps)

    def fit(self) -> None:
        """As wide as there is room; again: the whole page."""
        self._fit = WHOLE if self._fit == WIDTH else WIDTH
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(theme.colours().line))
        if not self._sizes:
            return
        whole = self._sizes[0]
        wide, high = whole.width() * self._scale, whole.height() * self._scale
        left = max(0.0, (self.viewport().width() - wide) / 2) - self.horizontalScrollBar().value()
        best = next((one for one in reversed(self._sizes) if one.width() >= wide * 0.9), whole)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(left, -self.verticalScrollBar().value(), wide, high), best, QRectF(best.rect()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        moves = {
            Qt.Key.Key_Left: (across, -_LINE), Qt.Key.Key_Right: (across, _LINE), Qt.Key.Key_Up: (down, -_LINE),
            Qt.Key.Key_Down: (down, _LINE), Qt.Key.Key_PageUp: (down, -down.pageStep()),
            Qt.Key.Key_PageDown: (down, down.pageStep()), Qt.Key.Key_Home: (down, -down.maximum()),
            Qt.Key.Key_End: (down, down.maximum()),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            move[0].setValue(move[0].value() + move[1])

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position().toPoint()
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            moved = event.position().toPoint() - self._held
            self._held = event.position().toPoint()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        self.viewport().update()

    def _zoom_to(self, scale: float) -> None:
        """Larger or smaller around the middle of what is seen."""
        across, down, view = self.horizontalScrollBar(), self.verticalScrollBar(), self.viewport()
        before, scale = self._scale, min(MOST, max(LEAST, scale))
        middle = (across.value() + view.width() / 2, down.value() + view.height() / 2)
        self._fit, self._scale = FREE, scale
        self._settle()
        across.setValue(round(middle[0] * scale / before - view.width() / 2))
        down.setValue(round(middle[1] * scale / before - view.height() / 2))

    def _settle(self) -> None:
        if not self._sizes:
            self.viewport().update()
            return
        whole, room = self._sizes[0], self.maximumViewportSize()
        if self._fit != FREE:
            bar = self.verticalScrollBar().sizeHint().width()
            wide, high = (room.width() - bar) / whole.width(), room.height() / whole.height()
            self._scale = max(LEAST, wide if self._fit == WIDTH else min(wide, high))
        for bar_of, length, seen in (
            (self.horizontalScrollBar(), whole.width() * self._scale, self.viewport().width()),
            (self.verticalScrollBar(), whole.height() * self._scale, self.viewport().height()),
        ):
            bar_of.setRange(0, max(0, round(length) - seen))
            bar_of.setPageStep(seen)
            bar_of.setSingleStep(_LINE // 3)
        self.viewport().update()
