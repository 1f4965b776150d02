"""Doubtful rows of imported rosters: who may be meant by each, and what a person decides about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from backbone_core.errors import RuleBroken
from backbone_core.household import Household, Member
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.roster_matching import Matching
from backbone_desktop.services.roster_ports import OpenDoubt, Settled
from backbone_desktop.services.roster_reading import RowRead, read_row
from backbone_desktop.services.roster_rows import RosterRow
from backbone_desktop.services.roster_writing import write_matched


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody registered who may be meant, and where they live."""

    member: Member
    household: Household


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubtful row: what the roster says, by field, why nobody was changed, and who may be meant."""

    import_id: str
    row_no: int
    imported_at: datetime
    values: Mapping[str, str]
    reasons: tuple[str, ...]
    candidates: tuple[Candidate, ...]

    @property
    def id(self) -> str:
        """What tells the row from the others in a list."""
        return f"{self.import_id}:{self.row_no}"


def doubts(desk: Desk) -> tuple[Doubt, ...]:
    """The rows about which nobody has decided, newest import first."""
    with desk.read() as work:
        found = work.rosters.doubts()
        meant = _candidates(work, [_read(desk, one) for one in found])
    return tuple(Doubt(one.import_id, one.row_no, one.imported_at, _values(one), one.reasons, candidates)
                 for one, candidates in zip(found, meant, strict=True))


def count_doubts(desk: Desk) -> int:
    with desk.read() as work:
        return work.rosters.count_doubts()


def settle_doubt(desk: Desk, import_id: str, row_no: int, how: Settled, member_id: str = "") -> Settled:
    """Decide about a doubtful row: bring `member_id` up to date with it (same), register it (new), or leave it.

    Raises RuleBroken roster.doubt_gone (somebody has decided meanwhile), member.unknown, roster.two_households, and
    what would break the household (household.no_head, household.two_heads …), each at its field.
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        found = work.rosters.doubt(import_id, row_no)
        if found is None:
            raise RuleBroken("roster.doubt_gone")
        if how is not Settled.LEFT:
            _carry_out(work, desk, found, _whom(work, how, member_id))
        work.rosters.settle(import_id, row_no, how, desk.actor.account, desk.clock.now())
        work.audit.add("settle_doubt", "roster", import_id, {"row": row_no, "how": str(how)})
        work.commit()
    return how


def reveal_candidates(desk: Desk, import_id: str, row_no: int) -> tuple[Candidate, ...]:
    """Those who may be meant, for their whole numbers to be compared; who looked stands in the audit trail."""
    with desk.open() as work:
        found = work.rosters.doubt(import_id, row_no)
        candidates = () if found is None else _candidates(work, [_read(desk, found)])[0]
        for one in candidates:
            work.audit.add("reveal_id_no", "member", one.member.id)
        work.commit()
    return candidates


def _whom(work: UnitOfWork, how: Settled, member_id: str) -> Member | None:
    if how is Settled.NEW:
        return None
    member = work.members.get(member_id)
    if member is None:
        raise RuleBroken("member.unknown")
    return member


def _carry_out(work: UnitOfWork, desk: Desk, found: OpenDoubt, who: Member | None) -> None:
    office, read = work.office.profile(), _read(desk, found)
    matched = Matching(work.rosters, [read], office.county, office.township, meant={read.row_no: who}).carry_out()
    row = matched.rows[0]
    if row.after is None:
        raise RuleBroken.because_of(row.findings)
    write_matched(work, matched, desk.clock.today())


def _read(desk: Desk, found: OpenDoubt) -> RowRead:
    return read_row(RosterRow(found.row_no, found.cells, _values(found)), desk.clock.today(), desk.counties)


def _values(found: OpenDoubt) -> Mapping[str, str]:
    return {field: found.cells[place] for field, place in found.columns.items() if place < len(found.cells)}


def _candidates(work: UnitOfWork, reads: Sequence[RowRead]) -> list[tuple[Candidate, ...]]:
    """Per row: whoever bears its number, then whoever bears its name in its household. All are looked up at once."""
    bearers = work.rosters.people({read.id_no for read in reads})
    homes = work.rosters.homes({read.household_no for read in reads})
    families = work.rosters.families({home.id for some in homes.values() for home in some})
    meant = []
    for read in reads:
        people = {one.id: one for one in bearers.get(read.id_no, ())}
        for home in homes.get(read.household_no, ()):
            people.update((one.id, one) for one in families.get(home.id, ()) if one.name == read.name)
        meant.append(people)
    households = work.rosters.households({one.household_id for people in meant for one in people.values()})
    return [tuple(Candidate(one, households[one.household_id]) for one in people.values()
                  if one.household_id in households) for people in meant]
