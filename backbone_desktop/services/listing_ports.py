"""What lists need from the store: in which order records stand, and any stretch of them.

A list of a million people is never loaded. It is an order, eight bytes a record, which one pass over an index gives;
the rows themselves are read where somebody looks. So every record stands in it once, whatever is changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from backbone_desktop.services.matched import Match
from backbone_desktop.services.rows import ClaimRow, HouseholdRow

MOST_FOUND = 1_000
"""A search ends here ("1,000+"): nobody reads further, they type another letter."""


class ListName(StrEnum):
    HOUSEHOLDS = "households"
    PEOPLE = "people"
    CLAIMS = "claims"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A member of a household as the list of people shows them."""

    id: str
    household_id: str
    name: str
    id_no: str
    relation: str
    household_no: str
    township: str
    village: str
    group: str
    poverty_type: str
    phone: str
    covered: bool
    """Whether the person has cover in the office's policy year."""
    match: Match | None = None
    """What a search found the person by."""


Row = HouseholdRow | PersonRow | ClaimRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which records a list is to show, and how.

    `narrowed` are (what, value) pairs, one a what: "township", "village", "poverty_type", "cover", "status", "state".
    `sort` names a column's order, "" the list's own: newest first, or the best find first. With `by_place` records
    stand by township and village, and by `sort` within a village.
    """

    name: ListName
    typed: str = ""
    narrowed: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    descending: bool = False
    by_place: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A village of the list and how many of its records live there; both names "" where no place is known."""

    township: str
    village: str
    count: int


@dataclass(frozen=True, slots=True)
class Order:
    """Where each record stands. `keys` are the store's row numbers; nobody changes them once they are here."""

    keys: Sequence[int]
    whole: bool = True
    """False where it was asked for with a limit and there is more."""
    capped: bool = False
    """Whether a search ended at `MOST_FOUND`."""
    places: tuple[Place, ...] = ()
    """With `by_place`: the villages in the order of their records."""
    matched: Mapping[str, Any] = field(default_factory=dict)
    """By what a search found each record, by its id: the store's own note, handed back to it for the rows."""


class ListRepository(Protocol):
    def order(self, asked: Asked, policy_year: int, limit: int | None = None) -> Order:
        """Every record that is asked for, once. Raises RuleBroken list.sort_unknown, list.filter_unknown."""

    def rows(self, name: ListName, keys: Sequence[int], matched: Mapping[str, Any],
             policy_year: int) -> tuple[Row | None, ...]:
        """The rows of these keys, in this order; None for one that is not in the register any more."""

    def choices(self, asked: Asked, what: str, policy_year: int) -> tuple[tuple[str, int], ...]:
        """(value, count) of everything that the list may be narrowed to by `what` while its other filters stand."""
