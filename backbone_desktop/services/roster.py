"""Rosters: what an import would do, doing it in one transaction, and undoing it while nothing was built on it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from backbone_core.errors import RuleBroken
from backbone_core.ids import new_id
from backbone_core.records import from_fields
from backbone_desktop.services.collector import many_objects
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.reference import known_places
from backbone_desktop.services.roster_matching import Judged, Matched, Matching
from backbone_desktop.services.roster_places import place_notes
from backbone_desktop.services.roster_plan import Basis, RosterPlan, count, packed_gone, plan_of
from backbone_desktop.services.roster_ports import IMPORT_ACT, KeptSheet, Resident, RowToKeep, Touched
from backbone_desktop.services.roster_reading import RowRead, read_row
from backbone_desktop.services.roster_rows import FIELDS, NEEDED, RosterFile, RosterImport, Verdict
from backbone_desktop.services.roster_writing import warn_of_ended_cover, write_matched

Progress = Callable[[int, int], None]
_EVERY = 500
"""Rows between two reports of progress."""


def _silent(_done: int, _of: int) -> None:
    pass


def _never() -> bool:
    return False


def columns_for(desk: Desk, file: RosterFile) -> Mapping[str, int]:
    """The columns as a clerk set them for a sheet with this header before, else as they are guessed."""
    with desk.read() as work:
        kept = work.office.setting(_setting(file))
    if kept is None:
        return file.columns
    columns = json.loads(kept)
    return {name: place for name, place in columns.items() if name in FIELDS and place < len(file.header)}


def check_roster(desk: Desk, file: RosterFile, columns: Mapping[str, int], progress: Progress = _silent,
                 cancelled: Callable[[], bool] = _never) -> RosterPlan:
    """The dry run: nothing is written. Raises RuleBroken roster.column_missing, roster.cancelled, roster.empty."""
    require(desk, Duty.REGISTER)
    day = desk.clock.today()
    with many_objects():
        reads = _read(desk, file, columns, progress, cancelled)
        with desk.read() as work:
            matched = _match(work, reads)
            warn_of_ended_cover(work, matched)
            gone = [packed_gone(one) for one in _gone(work, matched)]
            known = known_places(work, desk.places, work.office.profile().county)
            places = place_notes(known, (home.after for home in matched.homes if home.rows))
            basis = Basis(file.file_hash, dict(columns), day, reads, matched, work.audit.head())
    return plan_of(basis, gone, places)


def import_roster(desk: Desk, file: RosterFile, columns: Mapping[str, int], progress: Progress = _silent,
                  cancelled: Callable[[], bool] = _never, *, plan: RosterPlan | None = None) -> RosterImport:
    """Carry out what the dry run shows, all of it or nothing, and remember the columns for this header.

    `plan` is a dry run of the same file: its rows are not read again, and not matched again while the register is
    still the same. People whom the roster does not name stay registered. Raises as `check_roster` does, and
    roster.nothing_to_do.
    """
    def step(done: int, of: int) -> None:
        progress(done, of)
        if cancelled():
            raise RuleBroken("roster.cancelled")

    require(desk, Duty.REGISTER)
    basis = plan.basis if plan is not None and _holds(plan.basis, file, columns, desk) else None
    with many_objects():
        reads = basis.reads if basis is not None else _read(desk, file, columns, progress, cancelled)
    with many_objects(), desk.open() as work:
        same_register = basis is not None and basis.seen == work.audit.head()
        matched = basis.matched if basis is not None and same_register else _match(work, reads)
        if not any(row.writes for row in matched.rows) and not any(home.changes for home in matched.homes):
            raise RuleBroken("roster.nothing_to_do", "file")
        gone = (plan.counts[Verdict.GONE] if plan is not None and same_register
                else sum(1 for _ in _gone(work, matched)))
        first_seq = work.sync.device().last_seq + 1
        touched = write_matched(work, matched, desk.clock.today(), step)
        if cancelled():
            raise RuleBroken("roster.cancelled")
        made = RosterImport(id=new_id(), at=desk.clock.now(), by=desk.actor.account, template=file.template,
                            counts=count(matched, gone), undone_at=None)
        sheet = KeptSheet(file.file_hash, file.header, dict(columns), (_kept(row) for row in matched.rows))
        work.rosters.keep(made, sheet, first_seq, touched)
        work.audit.add(IMPORT_ACT, "roster", made.id, {str(verdict): n for verdict, n in made.counts.items()})
        work.office.set_setting(_setting(file), json.dumps(dict(columns)))
        work.commit()
    return made


def undo_roster(desk: Desk, import_id: str) -> RosterImport:
    """Put back what the import did, as changes of their own. Raises RuleBroken roster.unknown, roster.undone,
    roster.built_on (something that came later rests on it)."""
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        made = next((one for one in work.rosters.imports() if one.id == import_id), None)
        if made is None:
            raise RuleBroken("roster.unknown")
        if made.undone_at is not None:
            raise RuleBroken("roster.undone")
        if work.rosters.built_on(import_id):
            raise RuleBroken("roster.built_on")
        touched = work.rosters.touched(import_id)
        for one in touched:  # households that were there before come back first
            if one.before is not None:
                work.write(from_fields(one.kind, one.record_id, one.before), "undo_import")
        for one in reversed(touched):
            if one.before is None:
                _take_out(work, one)
        moment = desk.clock.now()
        work.rosters.mark_undone(import_id, moment)
        work.audit.add("undo_roster", "roster", import_id)
        work.commit()
    return replace(made, undone_at=moment)


def roster_imports(desk: Desk) -> tuple[RosterImport, ...]:
    """Newest first."""
    with desk.read() as work:
        return work.rosters.imports()


# --- reading and matching


def _read(desk: Desk, file: RosterFile, columns: Mapping[str, int], progress: Progress,
          cancelled: Callable[[], bool]) -> list[RowRead]:
    for name in NEEDED:
        if name not in columns:
            raise RuleBroken("roster.column_missing", name, column_code=f"roster_field.{name}")
    today, reads = desk.clock.today(), []
    for n, row in enumerate(file.rows(columns), start=1):
        reads.append(read_row(row, today, desk.counties))
        if n % _EVERY == 0:
            progress(n, 0)
            if cancelled():
                raise RuleBroken("roster.cancelled")
    if not reads:
        raise RuleBroken("roster.empty", "file")
    progress(len(reads), len(reads))
    return reads


def _holds(basis: Basis, file: RosterFile, columns: Mapping[str, int], desk: Desk) -> bool:
    return (basis.file_hash, basis.columns, basis.day) == (file.file_hash, columns, desk.clock.today())


def _match(work: UnitOfWork, reads: Sequence[RowRead]) -> Matched:
    office = work.office.profile()
    return Matching(work.rosters, reads, office.county, office.township).carry_out()


def _gone(work: UnitOfWork, matched: Matched) -> Iterator[Resident]:
    """Whoever lives in a village that the roster covers and is not on it."""
    places = {(home.after.township, home.after.village) for home in matched.homes if home.rows}
    named = {row.read.id_no for row in matched.rows}
    # a row that could not be read may be anybody of its household by name
    unread = {(row.read.household_no, row.read.name) for row in matched.rows if not row.writes}
    for one in work.rosters.living_in(places):
        if one.id_no not in named and (one.household_no, one.name) not in unread:
            yield one


def _kept(row: Judged) -> RowToKeep:
    return RowToKeep(row.read.row_no, row.verdict, row.after.id if row.after else "", row.read.cells,
                     tuple(dict.fromkeys(found.code for found in row.findings)))


def _setting(file: RosterFile) -> str:
    """The header's hash, so that a long header makes no long name."""
    return "roster_columns." + hashlib.sha256("\x1f".join(file.header).encode()).hexdigest()


def _take_out(work: UnitOfWork, one: Touched) -> None:
    if (enrolment := work.rosters.enrolment(one.record_id)) is not None:
        work.remove(enrolment, "undo_import")
    elif (member := work.members.get(one.record_id)) is not None:
        work.remove(member, "undo_import")
    elif (household := work.households.get(one.record_id)) is not None:
        work.remove(household, "undo_import")
