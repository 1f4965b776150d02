"""A paper on the desk of the window: as wide as there is room, whole, or as large as it is; and its pages, small."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.widgets.page_column import PageColumn

FIT, WHOLE, TRUE_SIZE, FREE = "fit", "whole", "100", "free"
LEAST = 200
ZOOMS = (25, 33, 50, 67, 75, 90, 100, 110, 125, 150, 175, 200, 250, 300)
"""Per cent of the paper's own size that Ctrl + and Ctrl − go through."""
THUMBNAIL = 84


class PaperView(PageColumn):
    """`zoomed` says how much of its own size the paper has, in per cent, when Ctrl +/− or the wheel changed it."""

    zoomed = Signal(int)
    page_changed = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._zoom = FIT
        self._percent = 100
        self._last_page = 0
        self.verticalScrollBar().valueChanged.connect(self._tell_page)

    @property
    def sheet_width(self) -> int:
        if self._zoom in (TRUE_SIZE, FREE):
            return round(self._true_width * (self._percent if self._zoom == FREE else 100) / 100)
        wide, (across, down) = self.viewport().width() - 2 * theme.L, self._sheets.size_mm
        if self._zoom == WHOLE:
            wide = min(wide, round((self.viewport().height() - 2 * theme.L) * across / down))
        return max(LEAST, wide)

    @property
    def percent(self) -> int:
        return round(100 * self.sheet_width / self._true_width)

    @property
    def _true_width(self) -> float:
        return self._sheets.size_mm[0] / 25.4 * self.logicalDpiX()

    def set_zoom(self, zoom: str) -> None:
        page = self.page
        self._zoom = zoom
        self.ask()
        self.go_to(page)

    def zoom_by(self, steps: int) -> None:
        """One step larger (1) or smaller (-1) than it is seen now."""
        now = self.percent
        larger = next((one for one in ZOOMS if one > now), ZOOMS[-1])
        smaller = next((one for one, above in pairwise((*ZOOMS, 10**6)) if one < now <= above), ZOOMS[0])
        self._percent = larger if steps > 0 else smaller
        self.set_zoom(FREE)
        self.zoomed.emit(self._percent)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last line, as in any list."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def _tell_page(self) -> None:
        if self.page != self._last_page:
            self._last_page = self.page
            self.page_changed.emit(self._last_page)


class Thumbnails(PageColumn):
    """`chosen(page)` when somebody clicks a page or goes to it by the arrow keys."""

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, caption=theme.scaled(20))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(theme.scaled(THUMBNAIL) + 2 * theme.L + self.verticalScrollBar().sizeHint().width())

    @property
    def sheet_width(self) -> int:
        return theme.scaled(THUMBNAIL)

    @property
    def marked(self) -> int:
        return self._sheets.marked

    def mark(self, page: int) -> None:
        self._sheets.marked = page
        self.ensureVisible(0, self._sheets.top_of(page) + self._sheets.sheet_height // 2, 0, self._sheets.step)
        self._sheets.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._sheets.mapFrom(self, event.position().toPoint()).y() - theme.L
        self._choose(at // self._sheets.step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Down: self.marked + 1, Qt.Key.Key_PageDown: self.marked + 1, Qt.Key.Key_Up: self.marked - 1,
                Qt.Key.Key_PageUp: self.marked - 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.count - 1}
        page = ways.get(Qt.Key(event.key()))
        if page is None:
            super().keyPressEvent(event)
        else:
            self._choose(page)

    def _choose(self, page: int) -> None:
        if 0 <= page < self.count:
            self.mark(page)
            self.chosen.emit(page)
