"""What an empty page says: what belongs here, and the first act."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.widgets.mark import icon_label
from backbone_desktop.ui.widgets.text import Secondary


class EmptyState(QWidget):
    """An icon, a line, a sentence and at most one button, in the middle of the room that is left."""

    def __init__(self, icon_name: str, title: str, sentence: str = "", act: QPushButton | None = None,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        column.setSpacing(theme.S)
        column.addStretch(2)
        column.addWidget(icon_label(icon_name, theme.colours().faint, theme.XXL), 0, centre)
        self._title = QLabel(title)
        self._title.setFont(theme.body_font(medium=True))
        self._title.setAlignment(centre)
        self._sentence = Secondary(sentence, wrap=True)
        self._sentence.setAlignment(centre)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        if act is not None:
            column.addSpacing(theme.S)
            column.addWidget(act, 0, centre)
        column.addStretch(3)
        self.say(title, sentence)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        theme.tint(self._sentence, theme.colours().secondary)  # a list that took it in has changed its palette

    def say(self, title: str, sentence: str = "") -> None:
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setAccessibleName(f"{title} {sentence}".strip())
