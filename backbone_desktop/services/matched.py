"""What of a person or household answers to what was typed: for whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PART = 4
"""Figures from which a number is also looked for inside of other numbers; fewer stand in nearly all of them."""


class MatchedField(StrEnum):
    NAME = "name"
    ID_NO = "id_no"
    PHONE = "phone"
    OTHER_PHONE = "other_phone"
    """One that the row does not show: the person's own where a household is shown, or the household's."""
    HOUSEHOLD_NO = "household_no"
    VILLAGE = "village"
    TOWNSHIP = "township"
    RECEIPT_NO = "receipt_no"


@dataclass(frozen=True, slots=True)
class Match:
    """`length` characters from `start` (from 0) of the field's whole value, which may be shown masked."""

    field: MatchedField
    start: int
    length: int
