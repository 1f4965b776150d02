"""What the check of the fonts needs from the store: every text that may stand on a paper, slice by slice."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, Protocol


class Source(StrEnum):
    """Where a text on a paper comes from; a row is told by its number, never by what stands in it."""

    OFFICE = "office"  # by the county's code
    ACCOUNT = "account"  # by the account
    HOUSEHOLD = "household"  # by the household's number
    MEMBER = "member"  # by the household's number
    CLAIM = "claim"  # by the receipt's number, else the claim's id
    DECISION = "decision"  # by the receipt's number
    PAYMENT = "payment"  # by the receipt's number
    PLACE = "place"  # an imported list, by its code
    ENTRY = "entry"  # hospitals and diagnoses of imported lists, by their code


class PrintedRow(NamedTuple):
    key: str
    """The next slice begins after it."""
    number: str
    texts: Mapping[str, str]
    """By the field's name."""


class PrintedTexts(Protocol):
    def some(self, source: Source, after: str, limit: int) -> tuple[PrintedRow, ...]:
        """At most `limit` rows whose key comes after `after` ("" for the first ones), in the keys' order."""
