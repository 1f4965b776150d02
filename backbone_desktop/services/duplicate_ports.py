"""What looking for duplicates needs from the store, and the frozen rows that it gives back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from backbone_core.comparison import Comparison
from backbone_core.likeness import Likeness, Traits


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person as lists of look-alikes show them. The ID number is whole; who shows it masks it."""

    id: str
    name: str
    id_no: str
    relation: str
    household_id: str
    household_no: str
    township: str
    village: str
    standing: str = "present"
    """Of the core's `Standing`: who died or left is a record as well."""
    claims: int = 0
    """Claims in the register that bear this record's id, drafts included."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person's, and why; `one_id` was registered first."""

    one_id: str
    other_id: str
    reasons: tuple[Likeness, ...]


class DuplicateRepository(Protocol):
    """Only people in the register are found; nobody who was struck off.

    A *mark* is the number by which the store finds a person again while the program runs.
    """

    def last_mark(self) -> int:
        """No person's mark is greater."""

    def after(self, mark: int, limit: int) -> Sequence[tuple[int, Traits]]:
        """The next people behind a mark, with theirs."""

    def people(self, marks: Collection[int]) -> Mapping[int, tuple[str, Traits]]:
        """(member id, traits) of those who are still there."""

    def told_apart(self, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        """Which of these pairs of members somebody has told apart for good."""

    def rows(self, member_ids: Collection[str]) -> Mapping[str, PersonRow]: ...

    def traits(self, member_id: str) -> Traits | None: ...

    def readings(self, name: str) -> frozenset[str]:
        """Every way in which a name is spelt in pinyin."""

    def candidates(self, typed: Traits) -> Mapping[str, Traits]:
        """By member id: the people among whom all are who are like `typed`, found by indexes alone."""

    def comparison(self, one_id: str, other_id: str) -> Comparison | None:
        """What was decided about two members, unless it was taken back."""

    def members_of(self, comparison_id: str) -> tuple[str, str] | None:
        """Whom a decision is about, also one that was taken back."""

    def close_review(self, one_id: str, other_id: str) -> None:
        """Tell the centre that somebody has answered whether these two are one person, if it asked."""

    def merged_from(self, member_id: str) -> tuple[str, ...]:
        """The records that were merged into this one, one after the other, oldest id first."""

    def merged_into(self, member_id: str) -> str:
        """The record that this one was merged into in the end; its own id where it was not."""
