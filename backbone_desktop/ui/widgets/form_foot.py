"""The last line of a form: how many fields are still open, whether what was typed is kept, and the acts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import icon
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import LinkButton
from backbone_desktop.ui.widgets.mark import MeaningMark
from backbone_desktop.ui.widgets.text import Secondary
from backbone_desktop.words import Words


class FormFoot(QWidget):
    """Enter on the count leads to the first open field; with nothing open the count is plain text."""

    wanted_first = Signal()

    def __init__(self, words: Words, *acts: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = words
        self.count = LinkButton("")
        self.count.setIcon(icon("triangle-alert", "attention"))
        self.count.clicked.connect(self.wanted_first)
        self._done = MeaningMark(Meaning.DONE, words("Nothing is open"))
        self._kept = Secondary()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.M, 0, 0)
        row.setSpacing(theme.M)
        row.addWidget(self.count)
        row.addWidget(self._done)
        row.addWidget(self._kept)
        row.addStretch(1)
        for act in acts:
            row.addWidget(act)
        self.count.hide()
        self.set_open(0)

    def set_open(self, number: int) -> None:
        self.count.setVisible(number > 0)
        self._done.setVisible(number == 0)
        text = self._t("1 field is open") if number == 1 else self._t("{n} fields are open", n=number)
        self.count.setText(text)
        self.count.setAccessibleName(text)
        self.count.setToolTip(self._t("Go to the first open field (Enter)"))

    def say_kept(self, text: str) -> None:
        self._kept.setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(theme.colours().line))
        painter.drawLine(0, 0, self.width(), 0)
