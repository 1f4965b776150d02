"""Matches a roster with the register: who is meant by each row, and what would become of them.

A person is recognised by the ID number and the name together. Where only one of the two agrees nobody is changed by
guess: the row is doubtful and a person decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from backbone_core.errors import Finding, refusal, warning
from backbone_core.household import Household, Listing, Member, PovertyType, Standing, check_relations
from backbone_core.ids import new_id
from backbone_desktop.services.roster_ports import RosterRepository
from backbone_desktop.services.roster_reading import RowRead
from backbone_desktop.services.roster_rows import Verdict

_OF_HOUSEHOLD = ("township", "village", "group", "poverty_type", "household_phone")
_STAYS = (Verdict.DOUBTFUL, Verdict.REFUSED)
Changes = tuple[tuple[str, str, str], ...]
RecordT = TypeVar("RecordT", Household, Member)


@dataclass(slots=True)
class Judged:
    """A row with what is to become of it. `after` is the member to write, `before` the member as it stands."""

    read: RowRead
    verdict: Verdict
    before: Member | None = None
    after: Member | None = None
    changes: Changes = ()
    findings: tuple[Finding, ...] = ()

    def stay(self, verdict: Verdict, found: Finding) -> None:
        """Leave the register as it is, for this reason."""
        self.verdict, self.after, self.changes = verdict, None, ()
        self.findings = (*self.findings, found)

    @property
    def writes(self) -> bool:
        return self.after is not None and self.after is not self.before and self.after != self.before


@dataclass(slots=True)
class Home:
    """A household that the roster names: as it stands (None = not registered), as it would be, and its rows."""

    before: Household | None
    after: Household
    rows: list[Judged] = field(default_factory=list)
    changes: Changes = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """All that an import would write."""

    rows: tuple[Judged, ...]
    homes: tuple[Home, ...]
    emptied: tuple[Household, ...]
    """Households whose last members moved away."""


class Matching:
    """One roster against the register; `county` and `township` are the office's, for what the roster does not say.

    `meant` says of a row by its number whom a person holds it to mean: a registered member, or None for somebody new.
    """

    def __init__(self, register: RosterRepository, reads: Sequence[RowRead], county: str, township: str, *,
                 meant: Mapping[int, Member | None] | None = None) -> None:
        self._register = register
        self._county, self._township = county, township
        self._meant = meant or {}
        self._rows = [Judged(read, Verdict.REFUSED if read.refused else Verdict.NEW, findings=read.findings)
                      for read in reads]
        open_reads = [read for read in reads if not read.refused]
        # asked for in the order of the roster, in which families lie together in the register too
        self._people = dict(register.people(dict.fromkeys(read.id_no for read in open_reads)))
        self._homes = self._find_homes(open_reads)
        known = dict.fromkeys((
            *(home.before.id for home in self._homes.values() if home.before is not None),
            *(one.household_id for found in self._people.values() for one in found),
            *(one.household_id for one in self._meant.values() if one is not None)))
        self._families = dict(register.families(known))
        # each person once in memory: a county's are read twice, by number and by household
        met = {one.id: one for family in self._families.values() for one in family}
        self._people = {number: tuple(met.get(one.id, one) for one in found) for number, found in self._people.items()}
        self._households = dict(register.households(known))

    def carry_out(self) -> Matched:
        self._refuse_twice()
        for row in self._rows:
            if row.verdict is Verdict.NEW:
                self._match(row)
        while self._refuse_broken_homes():  # a row that stays may leave another household without its head
            pass
        for home in self._homes.values():
            self._change_home(home)
        used = tuple(home for home in self._homes.values() if home.before or any(row.writes for row in home.rows))
        return Matched(tuple(self._rows), used, self._emptied())

    # --- who is meant

    def _find_homes(self, reads: Iterable[RowRead]) -> dict[str, Home]:
        numbers = dict.fromkeys(read.household_no for read in reads)
        stored = self._register.homes(numbers)
        self._clashing = {number for number, found in stored.items() if len(found) > 1}
        return {
            number: Home(stored[number][0], stored[number][0]) if number in stored else Home(None, Household(
                id=new_id(), household_no=number, county=self._county, township="", village=""))
            for number in numbers
        }

    def _refuse_twice(self) -> None:
        """A number that stands in two rows: the same person again, or two people of whom one is mistyped."""
        first: dict[str, Judged] = {}
        for row in self._rows:
            if row.verdict is not Verdict.NEW:
                continue
            other = first.setdefault(row.read.id_no, row)
            if other is row:
                continue
            if (other.read.name, other.read.household_no) == (row.read.name, row.read.household_no):
                row.stay(Verdict.REFUSED, refusal("roster.row_twice", "id_no", row=other.read.row_no))
                continue
            row.stay(Verdict.DOUBTFUL, refusal("roster.number_twice", "id_no", row=other.read.row_no))
            if other.verdict is Verdict.NEW:
                other.stay(Verdict.DOUBTFUL, refusal("roster.number_twice", "id_no", row=row.read.row_no))

    def _match(self, row: Judged) -> None:
        read, home = row.read, self._homes[row.read.household_no]
        known = self._people.get(read.id_no, ())
        if read.household_no in self._clashing:
            row.stay(Verdict.DOUBTFUL, refusal("roster.two_households", "household_no"))
        elif read.row_no in self._meant:
            self._take_as_meant(row, self._meant[read.row_no], home)
        elif len(known) > 1:
            row.stay(Verdict.DOUBTFUL, refusal("roster.two_people", "id_no"))
        elif known and known[0].name != read.name:
            row.stay(Verdict.DOUBTFUL, refusal("roster.name_differs", "name"))
        elif known and known[0].standing is Standing.DIED:
            row.stay(Verdict.DOUBTFUL, refusal("roster.has_died", "id_no", died_on=known[0].left_on))
        elif known:
            self._compare(row, known[0], home)
        elif any(one.name == read.name for one in self._families.get(home.after.id, ())):
            row.stay(Verdict.DOUBTFUL, refusal("roster.number_differs", "id_no"))
        else:
            self._take_in(row, home)

    def _take_as_meant(self, row: Judged, who: Member | None, home: Home) -> None:
        """As a person decided; nobody is brought back to life by it, and no number is given to a second person."""
        bearers = [one for one in self._people.get(row.read.id_no, ()) if one.standing is not Standing.LEFT]
        if who is not None and who.standing is Standing.DIED:
            row.stay(Verdict.DOUBTFUL, refusal("member.has_died", "id_no", died_on=who.left_on))
        elif who is not None:
            self._compare(row, who, home)
        elif bearers:
            lives = self._households.get(bearers[0].household_id)
            row.stay(Verdict.DOUBTFUL, refusal("member.id_taken", "id_no",
                                               household_no=lives.household_no if lives else ""))
        else:
            self._take_in(row, home)

    def _take_in(self, row: Judged, home: Home) -> None:
        read = row.read
        row.after = Member(
            id=new_id(), household_id=home.after.id, name=read.name, id_no=read.id_no, relation=read.relation,
            disability=read.person.disability if read.person else "", ethnic=read.ethnic or "",
            phone=read.member_phone or "")
        self._place(row, home)

    def _compare(self, row: Judged, before: Member, home: Home) -> None:
        read = row.read
        disability = read.person.disability if read.person else ""
        row.before = before
        row.after = _with(
            before, household_id=home.after.id, name=read.name, id_no=read.id_no, relation=read.relation,
            disability=disability or before.disability, ethnic=read.ethnic or before.ethnic,
            phone=read.member_phone or before.phone, standing=Standing.PRESENT, left_on=None)
        comes_back = before.standing is Standing.LEFT
        moved = comes_back or before.household_id != home.after.id
        row.changes = _differences(before, row.after, {"phone": "member_phone"},
                                   leave_out={"household_id", "standing", "left_on"})
        if moved:
            old = None if comes_back else self._households.get(before.household_id)
            row.changes = (("household_no", old.household_no if old else "", read.household_no), *row.changes)
        row.verdict = Verdict.MOVED if moved else Verdict.CHANGED if row.changes else Verdict.UNCHANGED
        self._place(row, home)

    def _place(self, row: Judged, home: Home) -> None:
        if home.before is None and not (row.read.village or any(other.read.village for other in home.rows)):
            row.stay(Verdict.REFUSED, refusal("household.village_missing", "village"))
            return
        home.rows.append(row)

    # --- what a household would be

    def _refuse_broken_homes(self) -> bool:
        """Leave out what would give a household no head or two; return whether anything was."""
        changing = [row for row in self._rows if row.writes]
        coming: dict[str, list[Judged]] = {}
        leaving: dict[str, list[Judged]] = {}
        for row in changing:
            assert row.after is not None
            coming.setdefault(row.after.household_id, []).append(row)
            if row.before is not None and row.before.household_id != row.after.household_id:
                leaving.setdefault(row.before.household_id, []).append(row)
        broken = False
        for household_id in dict.fromkeys((*coming, *leaving)):
            found = self._wrong_with(household_id, coming.get(household_id, []), leaving.get(household_id, []))
            if found is None:
                continue
            registered = household_id in self._families
            for row in coming.get(household_id, []):
                row.stay(Verdict.DOUBTFUL if registered else Verdict.REFUSED, found)
            for row in leaving.get(household_id, []):
                row.stay(Verdict.DOUBTFUL, refusal("roster.leaves_no_head", "relation"))
            broken = True
        return broken

    def _wrong_with(self, household_id: str, coming: list[Judged], leaving: list[Judged]) -> Finding | None:
        stands = self._families.get(household_id, ())
        gone = {row.before.id for row in leaving if row.before is not None}
        family = {one.id: one for one in stands if one.id not in gone}
        family.update((row.after.id, row.after) for row in coming if row.after is not None)
        if not family:
            return None
        before = {found.code for found in check_relations([one.relation for one in stands])} if stands else set()
        wrong = [found for found in check_relations([one.relation for one in family.values()])
                 if found.code not in before]  # what was wrong already is not the roster's doing
        return refusal(wrong[0].code, "relation") if wrong else None

    def _change_home(self, home: Home) -> None:
        home.rows = [row for row in home.rows if row.verdict not in _STAYS]
        wanted: dict[str, Any] = {}
        for row in home.rows:
            for name in _OF_HOUSEHOLD:
                value = getattr(row.read, name)
                if value is None:
                    continue
                if wanted.setdefault(name, value) != value:
                    row.findings = (*row.findings, warning("roster.household_differs", name))
        if "household_phone" in wanted:
            wanted["phone"] = wanted.pop("household_phone")
        if home.before is None:
            wanted.setdefault("township", self._township)
            wanted.setdefault("poverty_type", PovertyType.ORDINARY)
        if home.before is not None and home.before.listing is Listing.CLOSED and home.rows:
            wanted |= {"listing": Listing.LISTED, "listing_since": None}  # people live in it again
        home.after = _with(home.after, **wanted)
        if home.before is not None and home.before.listing is Listing.LEFT and home.rows:
            left = warning("roster.left_list", "household_no", left_on=home.before.listing_since)
            home.rows[0].findings = (*home.rows[0].findings, left)
        if home.before is not None and home.after is not home.before and home.rows:
            home.changes = _differences(home.before, home.after, {"phone": "household_phone"},
                                        leave_out={"listing_since"})
            first = home.rows[0]
            first.changes = (*home.changes, *first.changes)
            if first.verdict is Verdict.UNCHANGED:
                first.verdict = Verdict.CHANGED

    def _emptied(self) -> tuple[Household, ...]:
        left: Counter[str] = Counter()
        for row in self._rows:
            if row.verdict is Verdict.MOVED and row.before is not None and row.before.standing is Standing.PRESENT:
                left[row.before.household_id] += 1
        come = {row.after.household_id for row in self._rows if row.after is not None and row.writes}
        return tuple(self._households[one] for one, n in left.items()
                     if one not in come and n == len(self._families.get(one, ())) and one in self._households)


def _with(record: RecordT, **values: object) -> RecordT:
    """The record with these values: itself where it has them all, as nearly everybody of a second year has."""
    if all(getattr(record, name) == value for name, value in values.items()):
        return record
    return replace(record, **values)  # type: ignore[arg-type]


def _differences(before: object, after: object, names: Mapping[str, str],
                 leave_out: Iterable[str] = ()) -> Changes:
    """(field of the roster, old, new) of every field that differs."""
    if after is before:
        return ()
    fields = before.__dataclass_fields__  # type: ignore[attr-defined]
    return tuple(
        (names.get(name, name), str(getattr(before, name)), str(getattr(after, name)))
        for name in fields if name not in leave_out and getattr(before, name) != getattr(after, name)
    )
