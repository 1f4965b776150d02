"""The calm middle column of the pages that stand before work: sign-in, unlock, trouble."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.widgets.mark import icon_label
from backbone_desktop.ui.widgets.text import Prose, Secondary

WIDTH = 460


class Entrance(QWidget):
    """The product's mark, a title, a line below it, and room for the page's own content in `column`."""

    def __init__(self, product: str, title: str, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        inner.setFixedWidth(theme.scaled(WIDTH))
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.S)
        mark = QHBoxLayout()
        mark.setSpacing(theme.S)
        mark.addWidget(icon_label("landmark", theme.colours().accent, 24))
        self._product = Secondary(product)
        mark.addWidget(self._product)
        mark.addStretch(1)
        self.column.addLayout(mark)
        self.column.addSpacing(theme.L)
        heading = QLabel(title)
        heading.setFont(theme.title_font())
        self.column.addWidget(heading)
        self.sentence = Prose(sentence, secondary=True)
        self.column.addWidget(self.sentence)
        self.sentence.setVisible(bool(sentence))
        self.column.addSpacing(theme.S)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        across = QHBoxLayout()  # not an alignment, which would keep wrapped lines from making their field higher
        across.addStretch(1)
        across.addWidget(inner)
        across.addStretch(1)
        whole.addLayout(across)
        whole.addStretch(3)

    def say(self, sentence: str) -> None:
        self.sentence.say(sentence)
        self.sentence.setVisible(bool(sentence))
