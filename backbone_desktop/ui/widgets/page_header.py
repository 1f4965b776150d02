"""The first line of every page: the way back where there is one, the title, and the page's acts on the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.widgets.buttons import IconButton
from backbone_desktop.ui.widgets.text import Secondary


class PageHeader(QWidget):
    """`back` names the button that leads back ("" = none). Acts are added left to right, the main one last."""

    back_clicked = Signal()

    def __init__(self, title: str, parent: QWidget | None = None, *, subtitle: str = "",
                 back: str = "") -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, theme.S)
        self._row.setSpacing(theme.S)
        if back:
            button = IconButton("arrow-left", back)
            button.clicked.connect(self.back_clicked)
            self._row.addWidget(button)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = QLabel(title)
        self._title.setFont(theme.title_font())
        self._subtitle = Secondary(subtitle)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self._row.addLayout(words)
        self._row.addStretch(1)
        self._subtitle.setVisible(bool(subtitle))  # only now: shown without a parent it would be a window of its own

    def set_title(self, title: str, subtitle: str = "") -> None:
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def add_action(self, widget: QWidget) -> None:
        self._row.addWidget(widget)
