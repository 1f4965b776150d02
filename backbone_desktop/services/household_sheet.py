"""What the household registration sheet (农户登记表) states, read from the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from backbone_core.household import Household, Listing, Member, Standing
from backbone_core.household_act import ActKind
from backbone_core.identity import mask_account, mask_id_no
from backbone_desktop.services.enrolling import person_of
from backbone_desktop.services.forms import Form, FormData
from backbone_desktop.services.household_paper import (
    PersonLine,
    causes_of,
    cover_days,
    days,
    household_for_paper,
    person_line,
    place_of,
)
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.proofs import proof_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerLine:
    """Somebody who died or left, and when; `act` says how, where it was recorded, and `reason` why."""

    name: str
    relation: str
    birth_date: date
    id_no_masked: str
    standing: Standing
    act: ActKind | None
    reason: str
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachLine:
    """How a member is reached and paid; at least one of the two is known."""

    name: str
    phone: str
    bank_name: str
    account_holder: str
    account_masked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdSheetData(FormData):
    """农户登记表. Its number is the household's. Health and causes are the newest roster's, as it wrote them."""

    head_name: str
    poverty_type: str
    listing: Listing
    listing_since: date | None
    place: str
    village: str
    phone: str
    policy_year: int
    period: tuple[date, date] | None
    """The insured period of the policy year; None where the office has no scheme of it."""
    insurer: str
    causes: tuple[str, ...]
    members: tuple[PersonLine, ...]
    former: tuple[FormerLine, ...]
    reach: tuple[ReachLine, ...]


def household_sheet(desk: Desk, work: UnitOfWork, household_id: str) -> HouseholdSheetData:
    """`form_loaders.Loader`. Raises RuleBroken account.not_allowed, household.unknown; Unavailable
    keys.device_missing."""
    household = household_for_paper(desk, work, household_id)
    office = work.office.profile()
    members, former = work.households.members(household_id), work.households.former_members(household_id)
    scheme = work.schemes.for_year(household.county, office.policy_year)
    lines = tuple(person_line(work, member, office.policy_year) for member in members)
    return HouseholdSheetData(
        language=office.language, office=office.office, county_name=office.county_name, number=household.household_no,
        qr=proof_of(desk, office, Form.HOUSEHOLD_SHEET, household.household_no, key=household.id,
                    stated=sheet_stated(work, household, office.policy_year)),
        printed_at=desk.clock.now(), printed_by=desk.actor.display_name,
        head_name=next((member.name for member in members if member.is_head), ""),
        poverty_type=household.poverty_type, listing=household.listing, listing_since=household.listing_since,
        place=place_of(household), village=household.village, phone=household.phone, policy_year=office.policy_year,
        period=(scheme.effective_from, scheme.effective_to) if scheme else None,
        insurer=scheme.insurer if scheme else "", causes=causes_of(work, members), members=lines,
        former=_former(work, household_id, former),
        reach=tuple(
            ReachLine(name=member.name, phone=member.phone, bank_name=member.bank_name,
                      account_holder=member.account_holder, account_masked=mask_account(member.bank_account))
            for member in members if member.phone or member.bank_account
        ),
    )


def _former(work: UnitOfWork, household_id: str, former: tuple[Member, ...]) -> tuple[FormerLine, ...]:
    went = [act for act in work.household_acts.of_household(household_id) if act.taken_back_at is None]

    def line(member: Member) -> FormerLine:
        act = next((act for act in went for one in act.people
                    if one.member_id == member.id and one.before and not one.after), None)
        return FormerLine(
            name=member.name, relation=member.relation, birth_date=person_of(member).birth_date,
            id_no_masked=mask_id_no(member.id_no), standing=member.standing, act=act.kind if act else None,
            reason=act.reason if act else "", on=member.left_on,
        )

    return tuple(line(member) for member in former)


def sheet_stated(work: UnitOfWork, household: Household, policy_year: int) -> dict[str, Any]:
    """What the sheet's code vouches for (`proofs.proof_of`): nothing that changes by printing alone."""
    return {
        "poverty_type": household.poverty_type.value, "listing": household.listing.value, "place": place_of(household),
        "phone": household.phone, "policy_year": policy_year,
        "members": [[one.name, one.id_no, one.relation, one.phone, one.bank_account,
                     days(cover_days(work, one, policy_year))] for one in work.households.members(household.id)],
        "former": [[one.name, one.id_no, one.standing.value, one.left_on.isoformat() if one.left_on else ""]
                   for one in work.households.former_members(household.id)],
    }
