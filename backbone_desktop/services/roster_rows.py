"""A roster on its way from a file to the services: header, columns, rows, and what a dry run says of each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from backbone_core.errors import Finding

FIELDS = (
    "county", "township", "village", "group", "household_no", "person_no", "name", "id_no", "relation", "ethnic",
    "poverty_type", "household_phone", "member_phone",
)
"""What the register takes from a roster. A column that is none of these is kept with the source row alone."""
NEEDED = ("household_no", "name", "id_no", "relation")
"""Without these columns there is no telling who belongs to which household."""


class Verdict(StrEnum):
    """What an import does with a row."""

    NEW = "new"  # 新增
    CHANGED = "changed"  # 变更
    UNCHANGED = "unchanged"  # 无变化
    MOVED = "moved"  # 迁移: the person stands in another household now
    GONE = "gone"  # 名册中没有: registered here and not in the roster; nobody is struck off by an import
    DOUBTFUL = "doubtful"  # 待核对: who is meant is not certain, so nothing is changed
    REFUSED = "refused"  # 不能导入


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A row of the sheet. `row_no` counts as the sheet does, from 1; `values` hold the mapped columns, trimmed.

    `trouble` are findings of the cell itself (a number that Excel has rounded), at their field.
    """

    row_no: int
    cells: tuple[str, ...]
    values: Mapping[str, str]
    trouble: tuple[Finding, ...] = ()


class RosterFile(Protocol):
    """A sheet that is open for reading."""

    @property
    def header(self) -> tuple[str, ...]:
        """The texts of the header row, by column."""

    @property
    def template(self) -> str:
        """"A" (2017–19), "B" (2021) or "C" (2022), the national templates; "" for any other."""

    @property
    def columns(self) -> Mapping[str, int]:
        """Which column (from 0) each of `FIELDS` was guessed to stand in."""

    @property
    def file_hash(self) -> str:
        """SHA-256 of the file, as hex."""

    def rows(self, columns: Mapping[str, int]) -> Iterator[RosterRow]:
        """The rows below the header, empty ones left out. May be called again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One row of the dry run. `row_no` is 0 for somebody who is gone. `changes` are (field, old, new).

    The ID number is masked. `findings` say why a row is doubtful or refused, or what to look at again.
    """

    row_no: int
    verdict: Verdict
    household_no: str
    name: str
    id_no: str
    member_id: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def id(self) -> str:
        """What tells the line from the others in a list."""
        return f"{self.row_no}:{self.member_id}"


@dataclass(frozen=True, slots=True)
class PlaceNote:
    """A place as the roster writes it (`village` "" = the township itself), its name in the county's list ("" = it is
    not in the list), and how many households it concerns."""

    township: str
    village: str
    present: str
    households: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterImport:
    """An import that was carried out; `undoable` while nothing was built on it."""

    id: str
    at: datetime
    by: str
    template: str
    counts: Mapping[Verdict, int]
    undone_at: datetime | None
