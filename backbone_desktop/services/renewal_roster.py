"""The renewal roster of a village (续保确认名册): everybody who lives there, who is covered, who would be next year.

It goes from hand to hand to be signed, so ID and phone numbers are masked: everybody knows their own again, and writes
what changed beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from backbone_core.enrolment import check_eligibility
from backbone_core.errors import RuleBroken
from backbone_core.household import Standing, on_roster
from backbone_core.identity import age_on, mask_id_no, mask_phone
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.enrolling import person_of
from backbone_desktop.services.forms import Form, FormData
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.reference import known_places
from backbone_desktop.services.villages import list_number, read_village_key

if TYPE_CHECKING:
    from backbone_core.scheme import Scheme
    from backbone_desktop.services.village_ports import VillagePerson


@dataclass(frozen=True, slots=True)
class RenewalRow:
    """`age` is that on the first day of the next policy year. `why_not` says why no cover is proposed, "" where it is;
    the catalogue says it as `form.renewal.why.<code>`."""

    household_no: str
    name: str
    relation: str
    id_no_masked: str
    age: int
    covered: bool
    why_not: str
    phone_masked: str
    present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalData(FormData):
    """续保确认名册. `policy_year` is the year that ends. Ages from `age_min` to `age_max` are covered."""

    policy_year: int
    township: str
    village: str
    households: int
    age_min: int
    age_max: int
    starts: date
    """First day of the next policy year."""
    decided: bool
    """Whether the county's rules for the next year are there; else this year's are taken to go on."""
    rows: tuple[RenewalRow, ...]


def renewal_facts(desk: Desk, work: UnitOfWork, subject: str) -> RenewalData:
    """`form_loaders.Loader`; the subject is a `VillageKey`.

    Raises RuleBroken account.not_allowed, village.key_form, village.nobody, enrolment.no_scheme (there are no rules
    for either year).
    """
    require(desk, Duty.EXPORT)
    key = read_village_key(subject).whole(Form.RENEWAL, desk.clock.today())
    office = work.office.profile()
    decided = work.schemes.for_year(office.county, key.policy_year + 1)
    scheme = decided or _carried_on(work.schemes.for_year(office.county, key.policy_year))
    if scheme is None:
        raise RuleBroken("enrolment.no_scheme", policy_year=key.policy_year)
    people = tuple(work.villages.people(key.township, key.village, key.policy_year))
    if not people:
        raise RuleBroken("village.nobody", list_code=f"village_list.{key.kind}", village=key.village)
    return RenewalData(
        language=office.language, office=office.office, county_name=office.county_name,
        number=list_number(key, office.county, known_places(work, desk.places, office.county)),
        printed_at=desk.clock.now(), printed_by=desk.actor.display_name, policy_year=key.policy_year,
        township=key.township, village=key.village, households=len({one.household.id for one in people}),
        age_min=scheme.eligibility.age_min, age_max=scheme.eligibility.oldest, starts=scheme.effective_from,
        decided=decided is not None, rows=tuple(_row(one, scheme) for one in people))


def _row(one: VillagePerson, scheme: Scheme) -> RenewalRow:
    member, household = one.member, one.household
    born = person_of(member).birth_date
    return RenewalRow(
        household_no=household.household_no, name=member.name, relation=member.relation,
        id_no_masked=mask_id_no(member.id_no), age=max(0, age_on(born, scheme.effective_from)), covered=one.covered,
        why_not=_why_not(one, scheme, born), phone_masked=mask_phone(member.phone or household.phone),
        present=member.standing is Standing.PRESENT)


def _why_not(one: VillagePerson, scheme: Scheme, born: date) -> str:
    """Who does not live there any more is not proposed, whatever the rules say of the day."""
    if one.member.standing is not Standing.PRESENT:
        return one.member.standing.value
    found = check_eligibility(
        scheme, birth_date=born, poverty_type=one.household.poverty_type,
        on_roster=on_roster(one.household, one.member, scheme.effective_from), died_on=None)
    return found[0].code.removeprefix("enrolment.") if found else ""


def _carried_on(scheme: Scheme | None) -> Scheme | None:
    """This year's rules a year later: the best guess at what the county will decide."""
    if scheme is None:
        return None
    return replace(scheme, policy_year=scheme.policy_year + 1, effective_from=_year_on(scheme.effective_from),
                   effective_to=_year_on(scheme.effective_to))


def _year_on(day: date) -> date:
    return date(day.year + 1, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)
