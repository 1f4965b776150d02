"""Chips that narrow a list to one of many: a township, a poverty type. The choices are asked for when it is opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import SMALL, icon_pixmap
from backbone_desktop.ui.widgets.filter_line import Chip

_OPENS = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEARS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class ChoiceChip(Chip):
    """A click, Space, Enter or ↓ sends `wanted`; the owner answers with `offer`. Delete takes the choice back."""

    wanted = Signal()
    chosen = Signal(str)

    def __init__(self, name: str, all_words: str, parent: QWidget | None = None) -> None:
        super().__init__("", name, parent)
        self._name = name
        self._all = all_words
        self.menu: QMenu | None = None
        self.clicked.connect(self.wanted)

    def choose(self, value: str, words: str) -> None:
        """Show what is chosen; "" = nothing is."""
        self.value = value
        self._word = words if value else self._name
        self.setText(self._word)
        self.setAccessibleName(f"{self._name}: {words if value else self._all}")
        self.setChecked(bool(value))
        self.updateGeometry()

    def offer(self, choices: Sequence[tuple[str, str, int]]) -> None:
        """Open the menu with (value, words, count) of each choice."""
        if self.menu is not None:
            self.menu.deleteLater()
        menu = self.menu = QMenu(self)
        for value, words, count in (("", self._all, -1), *choices):
            entry = QAction(words if count < 0 else f"{words}\t{count:,}", menu)
            entry.setCheckable(True)
            entry.setChecked(value == self.value)
            entry.triggered.connect(lambda _=False, value=value, words=words: self._take(value, words))
            menu.addAction(entry)
        menu.setActiveAction(next((one for one in menu.actions() if one.isChecked()), menu.actions()[0]))
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _take(self, value: str, words: str) -> None:
        if value != self.value:
            self.choose(value, words)
            self.chosen.emit(value)

    def nextCheckState(self) -> None:
        """A click opens the choices; only a choice fills the chip."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CLEARS and self.value:
            self._take("", self._all)
        elif event.key() in _OPENS:
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + theme.scaled(SMALL), hint.height())

    def text_area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(0, 0, -theme.scaled(SMALL) / 1.5, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, size = QPainter(self), theme.scaled(SMALL) - 2
        now = theme.colours()
        colour = now.accent if self.isChecked() else now.secondary if self.isEnabled() else now.border
        painter.drawPixmap(QPoint(self.width() - size - theme.S, (self.height() - size) // 2),
                           icon_pixmap("chevron-down", colour, size, self.devicePixelRatioF()))
