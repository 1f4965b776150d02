"""Beside the household form: the household's claims, and what was done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.presenters.claim_state import state_meaning
from backbone_desktop.ui.presenters.claims import benefit_line, state_words, stay_line
from backbone_desktop.ui.presenters.history import history_lines
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.line_list import LineList, PopupLine
from backbone_desktop.ui.widgets.text import Heading, Secondary
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.registry import HouseholdView
    from backbone_desktop.services.rows import ClaimRow

WIDTH = 300


class HouseholdAside(QWidget):
    """`claim_opened` carries a claim's id."""

    claim_opened = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._t = words
        self._claims: tuple[ClaimRow, ...] = ()
        self.setFixedWidth(theme.scaled(WIDTH))
        self.list = LineList(words("Claims of this household"))
        self._none = Secondary(words("No claim yet. A member's claim is begun beside their name."), wrap=True)
        self._history = Secondary(wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(Heading(words("Claims")))
        column.addWidget(self._none)
        column.addWidget(self.list)
        column.addSpacing(theme.L)
        column.addWidget(Heading(words("History")))
        column.addWidget(self._history)
        column.addStretch(1)
        self.list.opened.connect(lambda row: self.claim_opened.emit(self._claims[row].id))

    def show_household(self, view: HouseholdView) -> None:
        self._claims = view.claims
        self._none.setVisible(not view.claims)
        self.list.setVisible(bool(view.claims))
        self.list.put([claim_line(self._t, row) for row in view.claims])
        self._history.setText("\n".join(history_lines(self._t, view.history)))


def claim_line(words: Words, row: ClaimRow) -> PopupLine:
    """A claim in two rows: whose and how much, when and how far it is."""
    return PopupLine(text=row.member_name, aside=benefit_line(row), below=stay_line(row) or row.hospital or "—",
                     meaning=Meaning(state_meaning(row.state)), word=state_words(words, row.state))
