"""Importing reference data: what a file would bring, and bringing it in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from backbone_core.errors import Finding, RuleBroken, refusal
from backbone_core.ids import new_id
from backbone_core.places import COUNTY_DIGITS, CountyPlaces
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.reference import known_places
from backbone_desktop.services.reference_reading import read_entry
from backbone_desktop.services.reference_rows import (
    NEEDED,
    Edition,
    Entry,
    Line,
    ReferenceFile,
    ReferenceKind,
    ReferencePlan,
    SheetRow,
    Verdict,
)

Progress = Callable[[int, int], None]
_EVERY = 1_000
"""Rows between two reports of progress."""
_EDITION_FITS = 60


def _silent(_done: int, _of: int) -> None:
    pass


def _never() -> bool:
    return False


def check_reference(desk: Desk, file: ReferenceFile, progress: Progress = _silent,
                    cancelled: Callable[[], bool] = _never) -> ReferencePlan:
    """The dry run. Raises RuleBroken reference.column_missing, reference.empty, reference.cancelled."""
    kind = file.kind
    for name in NEEDED[kind]:
        if name not in file.columns:
            raise RuleBroken("reference.column_missing", name, column_code=f"reference_field.{name}")
    taken: dict[str, Entry] = {}
    lines: list[tuple[SheetRow, Entry | None, tuple[Finding, ...]]] = []
    for n, row in enumerate(file.rows(), start=1):
        entry, findings = read_entry(kind, row)
        if entry is not None or findings:
            lines.append((row, entry, findings))
        if entry is not None:
            taken.setdefault(_sameness(entry), entry)
        if n % _EVERY == 0:
            progress(n, 0)
            if cancelled():
                raise RuleBroken("reference.cancelled")
    if not lines:
        raise RuleBroken("reference.empty", "file")
    progress(len(lines), len(lines))
    with desk.read() as work:
        known = None
        if kind is ReferenceKind.PLACE:
            known = _Known(lambda county: known_places(work, desk.places, county), taken)
        judged = tuple(_judge(taken, known, *line) for line in lines)
        entries: tuple[Entry, ...] = tuple(taken.values())
        counties: tuple[str, ...] = ()
        if known is not None:
            entries, counties = known.whole_counties(
                taken[line.code] for line in judged if line.verdict is Verdict.TAKEN)
        return ReferencePlan(kind, judged, entries, counties, work.reference.count(kind, counties))


def import_reference(desk: Desk, file: ReferenceFile, edition: str, progress: Progress = _silent,
                     cancelled: Callable[[], bool] = _never) -> Edition:
    """Put the list in the place of the one before, all of it or nothing; refused rows are left out.

    `edition` is what the list is called. Raises as `check_reference` does, reference.nothing, reference.edition.
    """
    require(desk, Duty.REGISTER)
    name = " ".join(edition.split())
    if not name or len(name) > _EDITION_FITS:
        raise RuleBroken("reference.edition", "edition", most=_EDITION_FITS)
    plan = check_reference(desk, file, progress, cancelled)
    if not plan.entries:
        raise RuleBroken("reference.nothing", "file")
    made = Edition(id=new_id(), kind=file.kind, name=name, at=desk.clock.now(), by=desk.actor.account,
                   file_hash=file.file_hash, count=len(plan.entries))
    with desk.open() as work:
        work.reference.keep(made, plan.entries, plan.counties)
        work.audit.add("import_reference", "reference", made.id, {"kind": str(file.kind), "count": made.count})
        if cancelled():
            raise RuleBroken("reference.cancelled")
        work.commit()
    return made


def remove_reference(desk: Desk, edition_id: str) -> None:
    """Take an imported list out; places then are those that ship with the program again.

    Raises RuleBroken reference.unknown.
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        if not work.reference.remove(edition_id):
            raise RuleBroken("reference.unknown")
        work.audit.add("remove_reference", "reference", edition_id)
        work.commit()


def _sameness(entry: Entry) -> str:
    """What two rows of one entry have in common: the code, or the name where a list has none."""
    return entry.code or entry.name


def _judge(taken: Mapping[str, Entry], known: _Known | None, row: SheetRow, entry: Entry | None,
           findings: tuple[Finding, ...]) -> Line:
    if entry is None:
        return Line(row.row_no, Verdict.REFUSED, row.values.get("code", ""), row.values.get("name", ""), findings)
    first = taken[_sameness(entry)]
    if first is not entry:
        if first.name == entry.name:
            return Line(row.row_no, Verdict.REPEATED, entry.code, entry.name, findings)
        findings = (refusal("reference.code_twice", "code", name=first.name),)
        return Line(row.row_no, Verdict.REFUSED, entry.code, entry.name, findings)
    if known is not None and known.county_of(entry) is None:
        return Line(row.row_no, Verdict.REFUSED, entry.code, entry.name, (refusal("reference.no_township", "parent"),))
    return Line(row.row_no, Verdict.TAKEN, entry.code, entry.name, findings)


class _Known:
    """What is known already of the counties that a file of places speaks of."""

    def __init__(self, look_up: Callable[[str], CountyPlaces | None], taken: Mapping[str, Entry]) -> None:
        self._look_up = look_up
        self._taken = taken
        self._counties: dict[str, CountyPlaces | None] = {}

    def county_of(self, entry: Entry) -> str | None:
        """The county of a place; None when neither the file nor the list before has its township."""
        if len(entry.parent) == COUNTY_DIGITS:
            return entry.parent
        above = self._taken.get(entry.parent)
        if above is not None:
            return above.parent
        county = entry.parent[:COUNTY_DIGITS]
        before = self._before(county)
        return county if before and any(town.code == entry.parent for town in before.townships) else None

    def whole_counties(self, entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """The places of every county that the file speaks of. Of what it does not bring, the list before stays: the
        villages of a township for which it has none, a township of which it has only villages, names from before."""
        found = {one.code: one for one in entries}
        counties = tuple(sorted({county for one in found.values() if (county := self.county_of(one))}))
        for county in counties:
            before = self._before(county)
            if before is None:
                continue
            brought = {one.parent for one in found.values()}
            for town in before.townships:
                if town.code in brought or town.code in found:
                    found.setdefault(town.code, Entry(code=town.code, name=town.name, parent=county))
                    if town.code not in brought:
                        for village in before.villages[town.code]:
                            found.setdefault(village.code, Entry(code=village.code, name=village.name,
                                                                 parent=town.code, former=village.former))
            for place in (*before.townships, *(one for some in before.villages.values() for one in some)):
                if place.code in found:
                    found[place.code] = _with_former(found[place.code], (place.name, *place.former))
        return tuple(sorted(found.values(), key=lambda one: one.code)), counties

    def _before(self, county: str) -> CountyPlaces | None:
        if county not in self._counties:
            self._counties[county] = self._look_up(county)
        return self._counties[county]


def _with_former(entry: Entry, names: tuple[str, ...]) -> Entry:
    former = dict.fromkeys((*entry.former, *names))
    former.pop(entry.name, None)
    return replace(entry, former=tuple(former))
