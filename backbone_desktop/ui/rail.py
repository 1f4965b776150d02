"""The navigation rail: the search for people on top, the pages below it, help and lock at the foot."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import LARGE, icon
from backbone_desktop.words import Words

WIDTH = 184


class Rail(QWidget):
    """`chosen` carries a page's name."""

    chosen = Signal(str)
    lock_clicked = Signal()
    help_clicked = Signal()

    def __init__(self, words: Words, search: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.scaled(WIDTH))
        self.setAccessibleName(words("Pages"))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.M, theme.L, theme.M, theme.M)
        self._column.setSpacing(2)
        self._column.addWidget(search)
        self._column.addSpacing(theme.M)
        pages = (
            ("today", "sun", words("Today")),
            ("households", "users", words("Households")),
            ("people", "user", words("Persons")),
            ("claims", "file-text", words("Claims")),
            ("print", "printer", words("Print")),
            ("exchange", "arrow-left-right", words("Exchange")),
            ("settings", "settings", words("Settings")),
        )
        for number, (name, picture, text) in enumerate(pages, start=1):
            button = self._button(picture, text, f"Ctrl+{number}")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            self._group.addButton(button)
            self._buttons[name] = button
        self._column.addStretch(1)
        self._button("keyboard", words("Shortcuts"), "").clicked.connect(self.help_clicked)
        self._button("lock", words("Lock"), "Ctrl+L").clicked.connect(self.lock_clicked)

    def mark(self, page: str) -> None:
        """Show which page stands there; a page without a place of its own leaves the mark where it was."""
        if page in self._buttons:
            self._buttons[page].setChecked(True)

    def _button(self, picture: str, text: str, shortcut: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("kind", "rail")
        button.setText(text)
        button.setAccessibleName(text)
        button.setIcon(icon(picture))
        button.setIconSize(QSize(theme.scaled(LARGE) + theme.S, theme.scaled(LARGE)))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        button.setMinimumHeight(theme.scaled(38))
        if shortcut:
            button.setShortcut(QKeySequence(shortcut))
            button.setToolTip(f"{text} ({QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)})")
        else:
            button.setToolTip(f"{text} (F1)")
        self._column.addWidget(button)
        return button

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().rail))
        painter.setPen(QColor(theme.colours().line))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
