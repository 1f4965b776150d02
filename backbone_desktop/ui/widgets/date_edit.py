"""The field for a day: typed in any of the forms in use, shown as 2020-08-24."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from backbone_core.dates import read_date
from backbone_core.errors import RuleBroken
from backbone_desktop.ui.widgets.typed_edit import TypedEdit

CHARACTERS = 12


class DateEdit(TypedEdit):
    """20200824, 2020/8/24, 2020.8.24 and 2020年8月24日 all become 2020-08-24."""

    input_method = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, characters=CHARACTERS)

    def read(self, text: str) -> date:
        return read_date(text)

    def shown(self, text: str) -> str:
        return self.read(text).isoformat()

    @property
    def day(self) -> date | None:
        """The day; None while there is none."""
        try:
            return self.read(self.typed()) if self.typed() else None
        except RuleBroken:
            return None
