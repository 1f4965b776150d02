"""Reference data on its way from a file to the store: kinds, rows, what a check says of each, and editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from backbone_core.errors import Finding


class ReferenceKind(StrEnum):
    PLACE = "place"  # 乡镇和村
    HOSPITAL = "hospital"  # 医院
    DIAGNOSIS = "diagnosis"  # 疾病诊断: ICD-10, insurance edition


FIELDS: Mapping[ReferenceKind, tuple[str, ...]] = {
    ReferenceKind.PLACE: ("code", "name", "parent", "former"),
    ReferenceKind.HOSPITAL: ("code", "name", "level", "area"),
    ReferenceKind.DIAGNOSIS: ("code", "name"),
}
"""The columns that are read. `former`: other names of a place, parted by 、 , ; / or |; `area`: where a hospital is."""
NEEDED: Mapping[ReferenceKind, tuple[str, ...]] = {
    ReferenceKind.PLACE: ("code", "name"),
    ReferenceKind.HOSPITAL: ("name",),
    ReferenceKind.DIAGNOSIS: ("code", "name"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a list. A place's `parent` is its county (six digits) or its township; a hospital's `level` is one
    of `claim.HOSPITAL_LEVELS` or ""."""

    code: str
    name: str
    parent: str = ""
    former: tuple[str, ...] = ()
    level: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet. `row_no` counts as the sheet does; `trouble` are findings of the cells themselves."""

    row_no: int
    values: Mapping[str, str]
    trouble: tuple[Finding, ...] = ()


class ReferenceFile(Protocol):
    """A sheet that is open for reading."""

    @property
    def kind(self) -> ReferenceKind:
        """What it was opened as."""

    @property
    def file_hash(self) -> str:
        """SHA-256 of the whole file, as hex."""

    @property
    def header(self) -> tuple[str, ...]: ...

    @property
    def columns(self) -> Mapping[str, int]:
        """Which column (from 0) each of `FIELDS` of the kind was found in."""

    def rows(self) -> Iterator[SheetRow]: ...


class Verdict(StrEnum):
    TAKEN = "taken"
    REPEATED = "repeated"  # the same entry stands further up; nothing is lost by leaving it out
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of a row."""

    row_no: int
    verdict: Verdict
    code: str
    name: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferencePlan:
    """What an import would do. `entries` are what would stand in the store, `replaces` what stands there now."""

    kind: ReferenceKind
    lines: tuple[Line, ...]
    entries: tuple[Entry, ...]
    counties: tuple[str, ...]
    """The counties whose places the file brings; () for other kinds."""
    replaces: int

    def count(self, verdict: Verdict) -> int:
        return sum(line.verdict is verdict for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One imported list; `count` entries of it are in use."""

    id: str
    kind: ReferenceKind
    name: str
    at: datetime
    by: str
    file_hash: str
    count: int
