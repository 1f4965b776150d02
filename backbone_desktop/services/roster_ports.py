"""What rosters need from the store: people and households by the thousand, and what each import did."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from backbone_core.change import RecordKind
from backbone_core.enrolment import Enrolment
from backbone_core.household import Household, Member
from backbone_desktop.services.roster_rows import RosterImport, Verdict

IMPORT_ACT = "import_roster"
"""The audit act of a whole import; its row comes after those of the records."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A record that an import wrote; `before` are its fields as they stood, None where the import made it."""

    kind: RecordKind
    record_id: str
    before: Mapping[str, Any] | None


class Resident(NamedTuple):
    """Somebody who lives in a village that a roster covers; there may be a million, so it is no whole member."""

    member_id: str
    household_no: str
    id_no: str
    name: str


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of the sheet as it stood, and what became of it."""

    row_no: int
    verdict: Verdict
    member_id: str
    cells: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowToKeep:
    """The same on its way into the store; `cells` are a MessagePack list of texts."""

    row_no: int
    verdict: Verdict
    member_id: str
    cells: bytes
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """The sheet that was imported: the file's SHA-256 (hex), its header, which column held what, and its rows."""

    file_hash: str
    header: tuple[str, ...]
    columns: Mapping[str, int]
    rows: Iterable[RowToKeep]


class Settled(StrEnum):
    """What a person decided about a doubtful row."""

    SAME = "same"  # 同一人: the registered person whom the row means was brought up to date
    NEW = "new"  # 另一人: somebody who was not registered
    LEFT = "left"  # 不处理
    AGAIN = "again"  # a later roster holds the same row, which waits in its stead


@dataclass(frozen=True, slots=True)
class OpenDoubt:
    """A doubtful row about which nobody has decided; `columns` say where in `cells` each field stands."""

    import_id: str
    row_no: int
    imported_at: datetime
    columns: Mapping[str, int]
    cells: tuple[str, ...]
    reasons: tuple[str, ...]


class RosterRepository(Protocol):
    """Only what is in the register now is found; nothing that was struck off."""

    def people(self, id_nos: Collection[str]) -> Mapping[str, tuple[Member, ...]]:
        """By ID number; two where two devices registered one person apart from each other."""

    def homes(self, household_nos: Collection[str]) -> Mapping[str, tuple[Household, ...]]:
        """By household number."""

    def households(self, household_ids: Collection[str]) -> Mapping[str, Household]: ...

    def families(self, household_ids: Collection[str]) -> Mapping[str, tuple[Member, ...]]: ...

    def living_in(self, places: Collection[tuple[str, str]]) -> Iterator[Resident]:
        """Everybody who lives in one of these (township, village)."""

    def covered_with_claims(self, member_ids: Collection[str], policy_year: int) -> frozenset[str]:
        """Who of these has cover in the policy year and a claim in it."""

    def enrolment(self, enrolment_id: str) -> Enrolment | None: ...

    def write_new(self, records: Iterable[Household | Member | Enrolment], act: str,
                  written: Callable[[int], None]) -> None:
        """Put records of one kind that the store has never seen, each with its audit and its outbox row, many at once.

        `written` is told now and then how many more there are; it may raise to stop.

        Whoever calls has made sure that no live record bears their numbers; the store's indexes stand behind it.
        """

    def keep(self, made: RosterImport, sheet: KeptSheet, first_seq: int, touched: Collection[Touched]) -> None:
        """Remember an import, its source rows, and the records that stood before; its changes go from `first_seq`
        to the last one."""

    def imports(self) -> tuple[RosterImport, ...]:
        """Newest first."""

    def touched(self, import_id: str) -> tuple[Touched, ...]: ...

    def built_on(self, import_id: str) -> bool:
        """Whether anything that the import wrote was changed since, or got claims, cover or members from elsewhere."""

    def mark_undone(self, import_id: str, moment: datetime) -> None: ...

    def doubts(self) -> tuple[OpenDoubt, ...]:
        """Of the imports that stand, in the order of their rows, the newest import first."""

    def count_doubts(self) -> int: ...

    def doubt(self, import_id: str, row_no: int) -> OpenDoubt | None: ...

    def settle(self, import_id: str, row_no: int, how: Settled, by: str, moment: datetime) -> None: ...

    def source_row(self, member_id: str) -> KeptRow | None:
        """The newest row of an import that stands which names this person."""

    def source_cells(self, member_id: str) -> Mapping[str, str]:
        """The same row by the titles of its columns, those that the register does not keep among them."""
