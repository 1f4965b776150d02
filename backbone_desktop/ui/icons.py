"""The thin-line icons (Lucide), drawn in the palette's colours and sharp at every size and screen scale."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QDir, QFile, QIODevice, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from backbone_desktop.ui import theme
from backbone_desktop.ui.theme import Meaning

SMALL, LARGE = 16, 20
STROKE = 1.5
"""Width of a line in pixels at 20 px, the same share of the icon at other sizes."""
MEANING_ICONS = {
    Meaning.DONE: "circle-check", Meaning.WAITING: "clock", Meaning.ATTENTION: "triangle-alert",
    Meaning.REFUSED: "circle-x", Meaning.NONE: "info",
}


def use_icons(resources: Path) -> None:
    """Tell Qt where the icons lie; once, before the first is drawn."""
    QDir.setSearchPaths("icons", [str(resources / "icons")])


@cache
def _drawing(name: str) -> str:
    file = QFile(f"icons:{name}.svg")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileNotFoundError(f"no icon is called {name!r}")
    return bytes(file.readAll().data()).decode()


def _svg(name: str, colour: str) -> QByteArray:
    text = _drawing(name).replace("currentColor", colour)
    return QByteArray(text.replace('stroke-width="2"', f'stroke-width="{STROKE * 24 / LARGE}"').encode())


def icon_pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon in one colour, `size` device-independent pixels square."""
    image = QImage(round(size * ratio), round(size * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(_svg(name, colour)).render(painter, QRectF(QPointF(0, 0), QSize(image.size())))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)


class _Engine(QIconEngine):
    """Draws at the size that is asked for, in the colour that the palette has at that moment.

    A size that is wider than high leaves the rest free: that is the gap between a button's icon and its text.
    """

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        now = theme.colours()
        if mode == QIcon.Mode.Disabled:
            return now.faint
        if state == QIcon.State.On and self._role == "secondary":
            return now.accent
        return str(getattr(now, self._role))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        square = QRectF(rect.left(), rect.top(), rect.height(), rect.height())
        QSvgRenderer(_svg(self._name, self._colour(mode, state))).render(painter, square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)


def icon(name: str, role: str = "secondary") -> QIcon:
    """A Lucide icon by its name; `role` is a field of `theme.Colours`. A "secondary" icon is accented when checked."""
    return QIcon(_Engine(name, role))

