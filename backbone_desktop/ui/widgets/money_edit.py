"""The field for an amount in yuan: right-aligned, tabular, with thousands separators once it is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from backbone_core.errors import RuleBroken
from backbone_core.money import format_amount, read_amount
from backbone_desktop.ui.widgets.typed_edit import TypedEdit

CHARACTERS = 13


class MoneyEdit(TypedEdit):
    """An empty field is an amount that the paper does not state; it counts as nothing."""

    input_method = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, characters=CHARACTERS)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def read(self, text: str) -> int:
        return read_amount(text)

    def shown(self, text: str) -> str:
        return format_amount(self.read(text))

    @property
    def fen(self) -> int | None:
        """The amount in fen; None when the text is no amount."""
        if not self.typed():
            return 0
        try:
            return self.read(self.typed())
        except RuleBroken:
            return None
