"""The dry run of a roster: what an import would do, and what it goes on from when it is carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import overload

from backbone_core.identity import mask_id_no
from backbone_desktop.services.roster_matching import Judged, Matched
from backbone_desktop.services.roster_ports import Resident
from backbone_desktop.services.roster_reading import RowRead
from backbone_desktop.services.roster_rows import PlaceNote, RosterLine, Verdict


class Lines(Sequence[RosterLine]):
    """The lines of a dry run, each made when it is looked at: a county has a hundred thousand of them.

    `gone` are whoever is not on the roster, as `packed_gone` writes them.
    """

    def __init__(self, rows: Sequence[Judged], gone: Sequence[str]) -> None:
        self._rows, self._gone = rows, gone

    def __len__(self) -> int:
        return len(self._rows) + len(self._gone)

    @overload
    def __getitem__(self, at: int) -> RosterLine: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[RosterLine]: ...

    def __getitem__(self, at: int | slice) -> RosterLine | Sequence[RosterLine]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(*at.indices(len(self))))
        if at < len(self._rows):
            return _line(self._rows[at])
        return _gone_line(self._gone[at - len(self._rows)])

    def of(self, verdict: str) -> Lines:
        """Those with this verdict; "" is all of them."""
        if not verdict:
            return self
        if verdict == Verdict.GONE:
            return Lines((), self._gone)
        return Lines([row for row in self._rows if row.verdict == verdict], ())


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPlan:
    """What an import would do; nothing is written yet."""

    lines: Lines
    counts: Mapping[Verdict, int]
    places: tuple[PlaceNote, ...]
    basis: Basis = field(repr=False)


@dataclass(frozen=True, slots=True)
class Basis:
    """What the plan was made from, so that the import need not read and match the same again.

    `day` is the day on which the rows were read, `seen` the audit trail's last row: while it is still the last, the
    register is the one that was matched.
    """

    file_hash: str
    columns: Mapping[str, int]
    day: date
    reads: Sequence[RowRead]
    matched: Matched
    seen: tuple[int, bytes]


def plan_of(basis: Basis, gone: Sequence[str], places: tuple[PlaceNote, ...]) -> RosterPlan:
    counts = count(basis.matched, len(gone))
    return RosterPlan(lines=Lines(basis.matched.rows, gone), counts=counts, places=places, basis=basis)


def count(matched: Matched, gone: int) -> Mapping[Verdict, int]:
    counted = Counter(row.verdict for row in matched.rows)
    counted[Verdict.GONE] = gone
    return {verdict: counted[verdict] for verdict in Verdict}


def packed_gone(who: Resident) -> str:
    """Somebody who is not on the roster, as one text: with the wrong file it may be everybody of a county."""
    return "\n".join(who._replace(id_no=mask_id_no(who.id_no)))


def _gone_line(packed: str) -> RosterLine:
    member_id, household_no, id_no, name = packed.split("\n", 3)
    return RosterLine(row_no=0, verdict=Verdict.GONE, household_no=household_no, name=name, id_no=id_no,
                      member_id=member_id)


def _line(row: Judged) -> RosterLine:
    who = row.after or row.before
    return RosterLine(
        row_no=row.read.row_no, verdict=row.verdict, household_no=row.read.household_no, name=row.read.name,
        id_no=mask_id_no(row.read.id_no), member_id=who.id if who else "", changes=row.changes, findings=row.findings)
