"""Rosters: what an import would do, doing it in one transaction, and undoing it while nothing was built on it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from backbone_core.enrolment import Enrolment, check_eligibility
from backbone_core.errors import RuleBroken
from backbone_core.household import Household, Listing, Member, on_roster
from backbone_core.identity import mask_id_no
from backbone_core.ids import new_id
from backbone_core.records import from_fields, kind_of, to_fields
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.enrolling import enrol_if_eligible, person_of
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.roster_matching import Judged, Matched, Matching
from backbone_desktop.services.roster_ports import KeptRow, KeptSheet, Touched
from backbone_desktop.services.roster_reading import RowRead, read_row
from backbone_desktop.services.roster_rows import (
    FIELDS,
    NEEDED,
    RosterFile,
    RosterImport,
    RosterLine,
    RosterPlan,
    Verdict,
)

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
    reads = _read(desk, file, columns, progress, cancelled)
    with desk.read() as work:
        matched = _match(work, reads)
        gone = tuple(_gone(work, matched))
    lines = (*(_line(row) for row in matched.rows), *gone)
    return RosterPlan(lines=lines, counts=_counts(lines))


def import_roster(desk: Desk, file: RosterFile, columns: Mapping[str, int], progress: Progress = _silent,
                  cancelled: Callable[[], bool] = _never) -> RosterImport:
    """Carry out what the dry run shows, all of it or nothing, and remember the columns for this header.

    People whom the roster does not name stay registered. Raises as `check_roster` does, and roster.nothing_to_do.
    """
    require(desk, Duty.REGISTER)
    reads = _read(desk, file, columns, progress, cancelled)
    with desk.open() as work:
        matched = _match(work, reads)
        if not any(row.writes for row in matched.rows) and not any(home.changes for home in matched.homes):
            raise RuleBroken("roster.nothing_to_do", "file")
        first_seq = work.sync.device().last_seq + 1
        touched = _write(work, matched, desk.clock.today())
        if cancelled():
            raise RuleBroken("roster.cancelled")
        lines = (*(_line(row) for row in matched.rows), *_gone(work, matched))
        made = RosterImport(id=new_id(), at=desk.clock.now(), by=desk.actor.account, template=file.template,
                            counts=_counts(lines), undone_at=None)
        sheet = KeptSheet(file.file_hash, file.header, tuple(_kept(row) for row in matched.rows))
        work.rosters.keep(made, sheet, first_seq, touched)
        work.audit.add("import_roster", "roster", made.id, {str(verdict): n for verdict, n in made.counts.items()})
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


def _match(work: UnitOfWork, reads: list[RowRead]) -> Matched:
    office = work.office.profile()
    return Matching(work.rosters, reads, office.county, office.township).carry_out()


def _gone(work: UnitOfWork, matched: Matched) -> Iterator[RosterLine]:
    """Who lives in a village that the roster covers and is not on it."""
    places = {(home.after.township, home.after.village) for home in matched.homes if home.rows}
    named = {row.read.id_no for row in matched.rows}
    # a row that could not be read may be anybody of its household by name
    unread = {(row.read.household_no, row.read.name) for row in matched.rows if not row.writes}
    for member, household_no in work.rosters.living_in(places):
        if member.id_no not in named and (household_no, member.name) not in unread:
            yield RosterLine(row_no=0, verdict=Verdict.GONE, household_no=household_no, name=member.name,
                             id_no=mask_id_no(member.id_no), member_id=member.id)


def _line(row: Judged) -> RosterLine:
    who = row.after or row.before
    return RosterLine(
        row_no=row.read.row.row_no, verdict=row.verdict, household_no=row.read.household_no, name=row.read.name,
        id_no=mask_id_no(row.read.id_no), member_id=who.id if who else "", changes=row.changes, findings=row.findings)


def _kept(row: Judged) -> KeptRow:
    return KeptRow(row.read.row.row_no, row.verdict, row.after.id if row.after else "", row.read.row.cells,
                   tuple(dict.fromkeys(found.code for found in row.findings)))


def _counts(lines: tuple[RosterLine, ...]) -> Mapping[Verdict, int]:
    counted = Counter(line.verdict for line in lines)
    return {verdict: counted[verdict] for verdict in Verdict}


def _setting(file: RosterFile) -> str:
    """The header's hash, so that a long header makes no long name."""
    return "roster_columns." + hashlib.sha256("\x1f".join(file.header).encode()).hexdigest()


# --- writing


def _write(work: UnitOfWork, matched: Matched, today: date) -> list[Touched]:
    """Households before their people, people before their cover, what is new all at once."""
    touched: list[Touched] = []

    def note(before: Household | Member | Enrolment | None, after: Household | Member | Enrolment) -> None:
        touched.append(Touched(kind_of(after), after.id, None if before is None else to_fields(before)))

    new_homes = [home.after for home in matched.homes if home.before is None]
    work.rosters.write_new(new_homes, "import")
    for home in matched.homes:
        if home.before is None or home.after != home.before:
            note(home.before, home.after)
        if home.before is not None and home.after != home.before:
            work.write(home.after, "import")
    writing = [row for row in matched.rows if row.writes]
    for row in writing:
        assert row.after is not None
        note(row.before, row.after)
        if row.before is not None:
            work.write(row.after, "move" if row.verdict is Verdict.MOVED else "import")
    new_people = [row.after for row in writing if row.after is not None and row.before is None]
    work.rosters.write_new(new_people, "import")
    for household in matched.emptied:
        note(household, household)
        if work.households.former_members(household.id):  # who died there stays on record, and with them their claims
            work.write(replace(household, listing=Listing.CLOSED, listing_since=today), "import")
        else:
            work.remove(household)
    _enrol(work, matched, new_people, note)
    return touched


def _enrol(work: UnitOfWork, matched: Matched, new_people: list[Member],
           note: Callable[[Enrolment | None, Enrolment], None]) -> None:
    """Cover for whoever is new; decided anew where somebody moved or a household's poverty type changed."""
    office = work.office.profile()
    scheme = work.schemes.for_year(office.county, office.policy_year)
    homes = {home.after.id: home for home in matched.homes}
    if scheme is not None:
        covers = [
            Enrolment(id=new_id(), member_id=one.id, policy_year=office.policy_year, scheme_id=scheme.scheme_id,
                      scheme_version=scheme.version, starts=scheme.effective_from, ends=scheme.effective_to)
            for one in new_people
            if not check_eligibility(scheme, birth_date=person_of(one).birth_date,
                                     on_roster=on_roster(homes[one.household_id].after, one, scheme.effective_from),
                                     poverty_type=homes[one.household_id].after.poverty_type)
        ]
        work.rosters.write_new(covers, "enrol")
        for cover in covers:
            note(None, cover)
    again = {row.after.id: row.after for row in matched.rows if row.verdict is Verdict.MOVED and row.after}
    retyped = {home.after.id for home in matched.homes
               if home.before is not None and home.before.poverty_type != home.after.poverty_type}
    new = {one.id for one in new_people}
    for family in work.rosters.families(retyped).values():
        again.update((one.id, one) for one in family if one.id not in new)
    for member in again.values():
        home_now = homes[member.household_id].after
        stood = work.enrolments.of_year(member.id, office.policy_year)
        enrol_if_eligible(work, home_now, member, person_of(member), office.policy_year)
        stands = work.enrolments.of_year(member.id, office.policy_year)
        if stands is not None and stands != stood:
            note(stood, stands)


def _take_out(work: UnitOfWork, one: Touched) -> None:
    if (enrolment := work.rosters.enrolment(one.record_id)) is not None:
        work.remove(enrolment, "undo_import")
    elif (member := work.members.get(one.record_id)) is not None:
        work.remove(member, "undo_import")
    elif (household := work.households.get(one.record_id)) is not None:
        work.remove(household, "undo_import")
