"""The list that drops down under a field while its owner goes on typing; it never takes the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.widgets.line_list import LinePainter, Lines, PopupLine

__all__ = ["PopupLine", "PopupList"]

SHOWN = 7
"""Lines that are seen at once."""
_KEYS = {
    int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_PageDown): SHOWN, int(Qt.Key.Key_PageUp): -SHOWN,
}


class PopupList(QFrame):
    """Belongs to a field: opens under it (above where there is no room) and follows its arrow keys.

    What it is made of is made when it first opens: a form has many of these, and most are never seen.
    """

    chosen = Signal(int)
    _list: QListView | None = None

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._window: QWidget | None = None
        self._model = Lines(self)
        self._least = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        field.destroyed.connect(self.deleteLater)  # once opened, the list belongs to the window and not to the field
        self.hide()

    def _made(self) -> QListView:
        if self._list is None:
            self._list = QListView(self)
            self._list.setModel(self._model)
            self._list.setItemDelegate(LinePainter(self._model))
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
            self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._list.setMouseTracking(True)
            self._list.clicked.connect(lambda index: self.chosen.emit(index.row()))
            column = QVBoxLayout(self)
            column.setContentsMargins(1, theme.XS, 1, theme.XS)
            column.addWidget(self._list)
            self._list.ensurePolished()
            # The style sheet lets the page behind be painted first, which takes three times as long as the list.
            self._list.viewport().setAutoFillBackground(True)
        return self._list

    @property
    def row(self) -> int:
        return self._list.currentIndex().row() if self._list is not None else -1

    def choose_row(self, row: int) -> None:
        self._made().setCurrentIndex(self._model.index(row, 0))

    def open_with(self, lines: Sequence[PopupLine], *, current: int = 0, least_width: int = 0) -> None:
        """Show these lines; `current` = -1 marks none."""
        self._model.put(lines)
        self._least = least_width
        if not lines:
            self.hide()
            return
        self._place()
        if self.isHidden():
            self.show()
            self.raise_()
        if current >= 0:
            self.choose_row(current)
            shown = self._made()
            shown.scrollTo(shown.currentIndex())

    def take_key(self, event: QKeyEvent) -> bool:
        """Move or close by a key that the field was pressed; True when the key was for the list."""
        if self.isHidden() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if (step := _KEYS.get(int(event.key()))) is not None:
            last = self._model.choosable - 1
            if last >= 0:
                self.choose_row(max(0, min(last, self.row + step)) if self.row >= 0 else 0)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.colours().border))
        painter.setBrush(QColor(theme.colours().surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.RADIUS, theme.RADIUS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate):
            self.hide()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        window = self._field.window()
        if window is not self._window:
            self.setParent(window)
            window.installEventFilter(self)
            self._window = window
        shown = self._made()
        heights = [shown.sizeHintForRow(row) for row in range(min(SHOWN, len(self._model.lines)))]
        height = sum(heights) + 2 * theme.XS
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        above = corner.y() - self._field.height() - 4 - height
        top = above if corner.y() + height > window.height() and above >= 0 else corner.y()
        width = min(max(self._field.width(), self._least), window.width() - 2 * theme.S)
        left = min(corner.x(), window.width() - width - theme.S)
        self.setGeometry(left, top, width, min(height, window.height() - top))
