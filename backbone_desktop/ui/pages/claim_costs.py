"""The settlement sheet on the claim form: its amounts under their official names, and whether they add up."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from backbone_core.costs import SETTLEMENT_FIELDS
from backbone_desktop.ui import theme
from backbone_desktop.ui.presenters.sums import sums
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form_grid import FormGrid
from backbone_desktop.ui.widgets.money_edit import MoneyEdit
from backbone_desktop.words import Words

TOTALS = frozenset({"medfee_sumamt", "fund_pay_sumamt", "psn_part_amt", "psn_cash_pay"})
"""Fields with a running check under them."""
GAP = 6
PARTS_OF_COST = 5
"""Amounts that stand in the first column, the funds and their sum in the second."""


class ClaimCosts(QWidget):
    """The total; below it its parts and, beside them, the funds down to their sum; last what is left to the person."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._t = words
        self.lines: dict[str, FieldLine] = {}
        total, parts, rest = self.grids = (FormGrid(), FormGrid(gap=GAP, down=PARTS_OF_COST), FormGrid(gap=GAP))
        for place, name in enumerate(SETTLEMENT_FIELDS):
            label = words(f"cost.{name}")
            line = FieldLine(words, label if place else f"{label}(&T)", MoneyEdit(), keep=name in TOTALS,
                             required=not place, name=f"costs.{name}")
            self.lines[name] = (parts if 0 < place < 12 else rest if place else total).add(line)
            line.edited.connect(self._tell_sums)
            line.left.connect(self._tell_sums)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        for grid in self.grids:
            column.addWidget(grid)

    def put(self, costs: tuple[tuple[str, str], ...]) -> None:
        typed = dict(costs)
        for name, line in self.lines.items():
            self._field(name).set_typed(typed.get(name, ""))
            line.say(())
        self._tell_sums()

    def typed(self) -> tuple[tuple[str, str], ...]:
        """What was typed, in the order of the sheet; empty fields are left out."""
        return tuple((name, text) for name in self.lines if (text := self._field(name).typed()))

    def _field(self, name: str) -> MoneyEdit:
        field = self.lines[name].field
        assert isinstance(field, MoneyEdit)
        return field

    def _tell_sums(self) -> None:
        found = sums(self._t, {name: self._field(name).fen or 0 for name in self.lines})
        for name in TOTALS:
            told = found.get(name)
            self.lines[name].note(told.text if told else "", right=told is not None and told.right)
