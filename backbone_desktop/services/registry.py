"""The register of households: taking one in, changing it, finding it and its people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backbone_core.change import RecordKind
from backbone_core.enrolment import Enrolment
from backbone_core.errors import Finding, RuleBroken, refusal, refuse_if_any, warning
from backbone_core.household import Household, Listing, Member
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.enrolling import cover_of, enrol_if_eligible, person_of
from backbone_desktop.services.household_form import HouseholdRead, read_household
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.rows import AuditRow, ClaimRow, HouseholdRow, MemberHit, Page, SyncStatus
from backbone_desktop.services.typed import HouseholdDraft, MemberDraft

if TYPE_CHECKING:
    from backbone_core.identity import ResidentId


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdSaved:
    """What registering or editing did. `enrolled` are ids of members who were not covered before."""

    household_id: str
    household_no: str
    enrolled: tuple[str, ...] = ()
    not_enrolled: tuple[tuple[str, Finding], ...] = ()
    """(member id, reason), one line a reason."""
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    member: Member
    person: ResidentId
    enrolment: Enrolment | None
    """Cover in the office's policy year."""
    why_not: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdView:
    household: Household
    members: tuple[MemberView, ...]
    claims: tuple[ClaimRow, ...]
    status: SyncStatus
    history: tuple[AuditRow, ...]
    former: tuple[MemberView, ...] = ()
    """Who died or left, the latest first."""
    enrolments: tuple[Enrolment, ...] = ()
    """Of all policy years and all these people."""


def check_household(desk: Desk, draft: HouseholdDraft, household_id: str = "") -> tuple[Finding, ...]:
    """Every finding about the form, the store's duplicates included; never raises for what was typed."""
    with desk.read() as work:
        if not household_id:
            return read_household(work, desk, draft).findings
        known = _known(work, household_id)
        members = work.households.members(household_id)
        form = read_household(work, desk, draft, known, members)
        return (*form.findings, *_against_removing(work, _removed(form, members)))


def register_household(desk: Desk, draft: HouseholdDraft) -> HouseholdSaved:
    """Take a household in and enrol those who are eligible in the office's policy year, in one transaction.

    Raises RuleBroken with every finding at its field ("members.2.id_no", counted from 0).
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        form = read_household(work, desk, draft)
        warnings = refuse_if_any(form.findings)
        household = _numbered(work, form.household)
        work.write(household, "register")
        for member in form.members:
            work.write(member, "register")
        saved = _enrol(work, replace(form, household=household), form.members)
        work.commit()
    return replace(saved, warnings=(*warnings, *saved.warnings))


def edit_household(desk: Desk, household_id: str, draft: HouseholdDraft) -> HouseholdSaved:
    """Change a household; people who are not on the form any more are struck off, unless they have claims.

    A changed ID number or poverty type decides anew about the cover of those whom it concerns. Raises RuleBroken
    household_act.household_closed where nobody lives any more.
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        known = _known(work, household_id)
        if known.listing is Listing.CLOSED:
            raise RuleBroken("household_act.household_closed")
        members = work.households.members(household_id)
        form = read_household(work, desk, draft, known, members)
        removed = _removed(form, members)
        warnings = refuse_if_any((*form.findings, *_against_removing(work, removed)))
        for member in removed:
            for enrolment in work.enrolments.of_member(member.id):
                work.remove(enrolment)
            work.remove(member)
        household = _numbered(work, form.household)
        work.write(household, "edit")
        before = {member.id: member for member in members}
        policy_year = work.office.profile().policy_year
        for member in form.members:
            work.write(member, "edit" if member.id in before else "register")
        concerned = tuple(
            member for member in form.members
            if household.poverty_type != known.poverty_type
            or member.id not in before
            or before[member.id].id_no != member.id_no
            or work.enrolments.of_year(member.id, policy_year) is None
        )
        saved = _enrol(work, replace(form, household=household), concerned)
        work.commit()
    return replace(saved, warnings=(*warnings, *saved.warnings))


def household_as_typed(view: HouseholdView) -> HouseholdDraft:
    """The form that would register this household as it stands; a disability follows the ID number, as on the card."""
    household = view.household
    lines = tuple(
        MemberDraft(
            member_id=one.member.id, name=one.member.name, id_no=one.member.id_no + one.member.disability,
            relation=one.member.relation, ethnic=one.member.ethnic, phone=one.member.phone,
            bank_name=one.member.bank_name, bank_account=one.member.bank_account,
            account_holder=one.member.account_holder,
        )
        for one in view.members
    )
    return HouseholdDraft(
        household_no=household.household_no, township=household.township, village=household.village,
        group=household.group, address=household.address, poverty_type=household.poverty_type.value,
        phone=household.phone, members=lines,
    )


def open_household(desk: Desk, household_id: str) -> HouseholdView:
    """Raises RuleBroken household.unknown."""
    with desk.read() as work:
        household = _known(work, household_id)
        policy_year = work.office.profile().policy_year

        def views(members: tuple[Member, ...]) -> tuple[MemberView, ...]:
            return tuple(_view_member(work, household, member, policy_year) for member in members)

        members, former = work.households.members(household_id), work.households.former_members(household_id)
        return HouseholdView(
            household=household, members=views(members), former=views(former),
            enrolments=tuple(one for who in (*members, *former) for one in work.enrolments.of_member(who.id)),
            claims=work.claims.rows_of_household(household_id),
            status=work.sync.status_of(RecordKind.HOUSEHOLD, household_id),
            history=work.audit.of_record(household_id),
        )


def list_households(desk: Desk, typed: str = "", after: str | None = None, limit: int = 100) -> Page[HouseholdRow]:
    """Households found by anything that is known of their people; `after` continues a page."""
    with desk.read() as work:
        return work.households.page(typed.strip(), after, limit)


def find_members(desk: Desk, typed: str, limit: int = 20) -> tuple[MemberHit, ...]:
    """People found as a clerk types, with whether they are covered in the office's policy year."""
    if not typed.strip():
        return ()
    with desk.read() as work:
        return work.members.find(typed.strip(), work.office.profile().policy_year, limit)


def reveal_id_no(desk: Desk, member_id: str) -> str:
    """The whole ID number, shown on purpose; who asked stands in the audit trail. Raises RuleBroken member.unknown."""
    with desk.open() as work:
        member = work.members.ever(member_id)
        if member is None:
            raise RuleBroken("member.unknown")
        work.audit.add("reveal_id_no", "member", member_id)
        work.commit()
    return member.id_no


def _known(work: UnitOfWork, household_id: str) -> Household:
    household = work.households.get(household_id)
    if household is None:
        raise RuleBroken("household.unknown")
    return household


def _numbered(work: UnitOfWork, household: Household) -> Household:
    if household.household_no:
        return household
    return replace(household, household_no=work.households.next_number(household.county))


def _removed(form: HouseholdRead, stored: tuple[Member, ...]) -> tuple[Member, ...]:
    kept = {member.id for member in form.members}
    return tuple(member for member in stored if member.id not in kept)


def _against_removing(work: UnitOfWork, removed: tuple[Member, ...]) -> tuple[Finding, ...]:
    counted = ((member, len(work.claims.of_member(member.id))) for member in removed)
    return tuple(refusal("member.has_claims", "members", name=member.name, n=n) for member, n in counted if n)


def _enrol(work: UnitOfWork, form: HouseholdRead, members: tuple[Member, ...]) -> HouseholdSaved:
    policy_year = work.office.profile().policy_year
    enrolled: list[str] = []
    not_enrolled: list[tuple[str, Finding]] = []
    warnings: list[Finding] = []
    for member in members:
        before = cover_of(work, form.household, member, form.people[member.id], policy_year).enrolment
        cover = enrol_if_eligible(work, form.household, member, form.people[member.id], policy_year)
        if cover.enrolment is not None and before is None:
            enrolled.append(member.id)
        not_enrolled.extend((member.id, why) for why in cover.why_not)
        if before is not None and cover.enrolment is None and work.claims.of_member(member.id, policy_year):
            warnings.append(warning("enrolment.ended_with_claims", "members", name=member.name))
    return HouseholdSaved(
        household_id=form.household.id, household_no=form.household.household_no,
        enrolled=tuple(enrolled), not_enrolled=tuple(not_enrolled), warnings=tuple(warnings),
    )


def _view_member(work: UnitOfWork, household: Household, member: Member, policy_year: int) -> MemberView:
    person = person_of(member)
    cover = cover_of(work, household, member, person, policy_year)
    return MemberView(member=member, person=person, enrolment=cover.enrolment, why_not=cover.why_not)
