"""Cover for a member in the office's policy year: who gets it, who does not, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from backbone_core.enrolment import Enrolment, EnrolmentStatus, check_eligibility
from backbone_core.errors import Finding, RuleBroken, refusal
from backbone_core.household import Household, Member, on_roster
from backbone_core.identity import read_id_number
from backbone_core.ids import new_id
from backbone_desktop.services.ports import UnitOfWork

if TYPE_CHECKING:
    from backbone_core.claim import Claim
    from backbone_core.identity import ResidentId
    from backbone_core.scheme import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """One member's cover in one policy year; without an enrolment, `why_not` says why."""

    enrolment: Enrolment | None
    scheme: Scheme | None
    why_not: tuple[Finding, ...]


def person_of(member: Member) -> ResidentId:
    """What a stored member's number says; it was checked when it came in, so that no clock may refuse it now."""
    return read_id_number(member.id_no + member.disability, date.max)[0]


def people_of(work: UnitOfWork, member_id: str) -> tuple[Member, Household]:
    """A person and their household. Raises RuleBroken member.unknown."""
    member = work.members.get(member_id)
    household = work.households.get(member.household_id) if member else None
    if member is None or household is None:
        raise RuleBroken("member.unknown")
    return member, household


def people_of_claim(work: UnitOfWork, claim: Claim) -> tuple[Member, Household]:
    """The claim's person and household, struck off or not; where they have not come here yet, blank ones.

    A claim must open and its receipt must print whatever became of the register since.
    """
    member = work.members.ever(claim.member_id) or Member(
        id=claim.member_id, household_id=claim.household_id, name="", id_no="", relation="")
    household = work.households.ever(claim.household_id) or Household(
        id=claim.household_id, household_no="", county="", township="", village="")
    return member, household


def cover_of(work: UnitOfWork, household: Household, member: Member, person: ResidentId, policy_year: int) -> Cover:
    """What stands in the store, and where there is no cover, what speaks against it."""
    scheme = work.schemes.for_year(household.county, policy_year)
    enrolment = work.enrolments.of_year(member.id, policy_year)
    if enrolment is not None and enrolment.status is EnrolmentStatus.ENROLLED:
        return Cover(enrolment=enrolment, scheme=scheme, why_not=())
    why_not = _against(scheme, household, member, person, policy_year)
    if not why_not:
        code = "enrolment.none" if enrolment is None else "enrolment.ended"
        why_not = (refusal(code, policy_year=policy_year),)
    return Cover(enrolment=None, scheme=scheme, why_not=why_not)


def enrol_if_eligible(
    work: UnitOfWork, household: Household, member: Member, person: ResidentId, policy_year: int
) -> Cover:
    """Give a member cover for the whole policy year, or end the cover that the rules do not allow any more."""
    return _enrol(work, (household, member, person), policy_year, date.min)


def enrol_newcomer(work: UnitOfWork, household: Household, member: Member, policy_year: int, since: date) -> Cover:
    """The same for somebody who was not on the list before `since`: cover begins on that day."""
    return _enrol(work, (household, member, person_of(member)), policy_year, since)


def _enrol(work: UnitOfWork, who: tuple[Household, Member, ResidentId], policy_year: int, since: date) -> Cover:
    household, member, person = who
    scheme = work.schemes.for_year(household.county, policy_year)
    known = work.enrolments.of_year(member.id, policy_year)
    why_not = _against(scheme, household, member, person, policy_year)
    if why_not or scheme is None:
        if known is not None and known.status is EnrolmentStatus.ENROLLED:
            work.write(replace(known, status=EnrolmentStatus.ENDED), "end")
        return Cover(enrolment=None, scheme=scheme, why_not=why_not)
    if known is not None and known.status is EnrolmentStatus.ENROLLED:
        return Cover(enrolment=known, scheme=scheme, why_not=())
    enrolment = Enrolment(
        id=known.id if known else new_id(), member_id=member.id, policy_year=policy_year,
        scheme_id=scheme.scheme_id, scheme_version=scheme.version,
        # The policy is bought for everybody on the list from its first day, whenever a name reaches this office.
        starts=min(max(scheme.effective_from, since), scheme.effective_to), ends=scheme.effective_to,
    )
    work.write(enrolment, "enrol")
    return Cover(enrolment=enrolment, scheme=scheme, why_not=())


def enrol_everybody(work: UnitOfWork, policy_year: int) -> None:
    """Cover all who may be covered and about whom nothing was decided for the year yet."""
    for household_id in work.households.undecided(policy_year):
        household = work.households.get(household_id)
        for member in work.households.members(household_id) if household else ():
            if household and work.enrolments.of_year(member.id, policy_year) is None:
                enrol_if_eligible(work, household, member, person_of(member), policy_year)


def follow_up(work: UnitOfWork, household: Household, member: Member, happened_on: date) -> None:
    """Decide anew about the cover of policy years that begin on the day or later; a year that had begun stays."""
    for enrolment in work.enrolments.of_member(member.id):
        if enrolment.status is not EnrolmentStatus.ENROLLED or enrolment.starts < happened_on:
            continue
        known = work.schemes.for_year(household.county, enrolment.policy_year) is not None
        if known or member.died_on is not None:  # without the year's rules only a death is certain to end it
            enrol_if_eligible(work, household, member, person_of(member), enrolment.policy_year)


def _against(
    scheme: Scheme | None, household: Household, member: Member, person: ResidentId, policy_year: int
) -> tuple[Finding, ...]:
    if scheme is None:
        return (refusal("enrolment.no_scheme", policy_year=policy_year),)
    # Who stands in this register was taken over from the roster or vouched for by the office that registered them.
    return check_eligibility(
        scheme, birth_date=person.birth_date, poverty_type=household.poverty_type,
        on_roster=on_roster(household, member, scheme.effective_from), died_on=member.died_on,
    )
