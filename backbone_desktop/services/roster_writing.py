"""Writes what a roster comes to: households before their people, people before their cover."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from backbone_core.enrolment import Enrolment, check_eligibility
from backbone_core.errors import warning
from backbone_core.household import Household, Listing, Member, on_roster
from backbone_core.ids import new_id
from backbone_core.records import kind_of, to_fields
from backbone_desktop.services.enrolling import enrol_if_eligible, person_of
from backbone_desktop.services.ports import UnitOfWork
from backbone_desktop.services.roster_matching import Judged, Matched
from backbone_desktop.services.roster_ports import Touched
from backbone_desktop.services.roster_rows import Verdict

Step = Callable[[int, int], None]
"""(records written, about how many in all); may raise to stop."""
AT_ONCE = 5_000
_New = Household | Member | Enrolment


def _on(_done: int, _of: int) -> None:
    pass


def write_matched(work: UnitOfWork, matched: Matched, today: date, step: Step = _on) -> list[Touched]:
    """Write everything, what is new many at once. Returns the records that stood before, as they stood."""
    writing = _Writing(work, matched, step)
    writing.write_homes()
    writing.write_people()
    writing.close_emptied(today)
    writing.write_cover()
    return writing.touched


def warn_of_ended_cover(work: UnitOfWork, matched: Matched) -> None:
    """Put a warning to each row that would end the cover of somebody who has a claim in the policy year."""
    office = work.office.profile()
    scheme = work.schemes.for_year(office.county, office.policy_year)
    homes = {home.after.id: home.after for home in matched.homes}
    ending: dict[str, list[Judged]] = {}
    for row in matched.rows:
        if scheme is None or row.before is None or row.after is None or row.read.person is None:
            continue
        home = homes[row.after.household_id]
        if check_eligibility(scheme, birth_date=row.read.person.birth_date, poverty_type=home.poverty_type,
                             on_roster=on_roster(home, row.after, scheme.effective_from)):
            ending.setdefault(row.before.id, []).append(row)
    for member_id in work.rosters.covered_with_claims(ending, office.policy_year):
        for row in ending[member_id]:
            row.findings = (*row.findings, warning("enrolment.ended_with_claims", "poverty_type", name=row.read.name))


class _Writing:
    def __init__(self, work: UnitOfWork, matched: Matched, step: Step) -> None:
        self._work, self._matched, self._step = work, matched, step
        self._rows = [row for row in matched.rows if row.writes]
        self._new_homes = [home.after for home in matched.homes if home.before is None]
        self._new_people = [row.after for row in self._rows if row.after is not None and row.before is None]
        self._total = len(self._new_homes) + len(self._rows) + len(self._new_people)
        self._done = 0
        self.touched: list[Touched] = []

    def write_homes(self) -> None:
        self._write_new(self._new_homes, "import")
        for home in self._matched.homes:
            if home.before is not None and home.after != home.before:
                self._note(home.before)
                self._work.write(home.after, "import")

    def write_people(self) -> None:
        for row in self._rows:
            if row.before is not None and row.after is not None:
                self._note(row.before)
                self._work.write(row.after, "move" if row.verdict is Verdict.MOVED else "import")
                self._count(1)
        self._write_new(self._new_people, "import")

    def close_emptied(self, today: date) -> None:
        for household in self._matched.emptied:
            self._note(household)
            if self._work.households.former_members(household.id):
                # who died there stays on record, and with them their claims
                self._work.write(replace(household, listing=Listing.CLOSED, listing_since=today), "import")
            else:
                self._work.remove(household)

    def write_cover(self) -> None:
        """For whoever is new; decided anew where somebody moved, came back or got another number, and where a
        household's poverty type changed.
        """
        office = self._work.office.profile()
        scheme = self._work.schemes.for_year(office.county, office.policy_year)
        homes = {home.after.id: home for home in self._matched.homes}
        born = {row.after.id: row.read.person.birth_date for row in self._rows if row.after and row.read.person}
        if scheme is not None:
            self._write_new((
                Enrolment(id=new_id(), member_id=one.id, policy_year=office.policy_year, scheme_id=scheme.scheme_id,
                          scheme_version=scheme.version, starts=scheme.effective_from, ends=scheme.effective_to)
                for one in self._new_people
                if not check_eligibility(
                    scheme, birth_date=born[one.id], poverty_type=homes[one.household_id].after.poverty_type,
                    on_roster=on_roster(homes[one.household_id].after, one, scheme.effective_from))
            ), "enrol")
        for member in self._to_decide_anew().values():
            stood = self._work.enrolments.of_year(member.id, office.policy_year)
            enrol_if_eligible(self._work, homes[member.household_id].after, member, person_of(member),
                              office.policy_year)
            if stood is not None and self._work.enrolments.of_year(member.id, office.policy_year) != stood:
                self._note(stood)

    def _to_decide_anew(self) -> dict[str, Member]:
        again = {row.after.id: row.after for row in self._rows if row.after is not None and row.before is not None and (
            row.verdict is Verdict.MOVED or row.before.id_no != row.after.id_no
            or row.before.standing is not row.after.standing)}
        retyped = {home.after.id for home in self._matched.homes
                   if home.before is not None and home.before.poverty_type != home.after.poverty_type}
        new = {one.id for one in self._new_people}
        for family in self._work.rosters.families(retyped).values():
            again.update((one.id, one) for one in family if one.id not in new)
        return again

    def _write_new(self, records: Iterable[_New], act: str) -> None:
        self._work.rosters.write_new(records, act, self._count)

    def _note(self, before: _New) -> None:
        self.touched.append(Touched(kind_of(before), before.id, to_fields(before)))

    def _count(self, n: int) -> None:
        before, self._done = self._done, self._done + n
        if before // AT_ONCE != self._done // AT_ONCE or n > 1:
            self._step(min(self._done, self._total), self._total)
