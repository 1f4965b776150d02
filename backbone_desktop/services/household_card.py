"""What the household card (户卡) states: who of a household is covered this policy year, and how they claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from backbone_core.household import Household
from backbone_desktop.services.contacts import OfficeContacts, contacts_of
from backbone_desktop.services.forms import Form, FormData
from backbone_desktop.services.household_paper import cover_days, days, household_for_paper, place_of
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.proofs import proof_of

if TYPE_CHECKING:
    from backbone_core.scheme import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """A member; `cover` is the first and the last day, None for who is not covered this policy year."""

    name: str
    relation: str
    cover: tuple[date, date] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPaper:
    """A paper to bring. `text` is the county's own name, "" where "document.CODE" stands; `when` is the condition
    ("" = always) by its code or in the county's own words."""

    code: str
    text: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdCardData(FormData):
    """户卡, which the family keeps. Its number is the household's. No number of a person, no account, no illness
    stands on it, as a card is carried about and lent."""

    head_name: str
    place: str
    policy_year: int
    period: tuple[date, date] | None
    members: tuple[CardLine, ...]
    papers: tuple[CardPaper, ...]
    insurer: str
    contacts: OfficeContacts


def household_card(desk: Desk, work: UnitOfWork, household_id: str) -> HouseholdCardData:
    """`form_loaders.Loader`. Raises RuleBroken account.not_allowed, household.unknown; Unavailable
    keys.device_missing."""
    household = household_for_paper(desk, work, household_id)
    office, contacts = work.office.profile(), contacts_of(work)
    scheme = work.schemes.for_year(household.county, office.policy_year)
    members = work.households.members(household_id)
    lines = tuple(CardLine(name=member.name, relation=member.relation,
                           cover=cover_days(work, member, office.policy_year)) for member in members)
    return HouseholdCardData(
        language=office.language, office=office.office, county_name=office.county_name, number=household.household_no,
        qr=proof_of(desk, office, Form.HOUSEHOLD_CARD, household.household_no, key=household.id,
                    stated=card_stated(work, household, office.policy_year)),
        printed_at=desk.clock.now(), printed_by=desk.actor.display_name,
        head_name=next((member.name for member in members if member.is_head), ""), place=place_of(household),
        policy_year=office.policy_year, period=(scheme.effective_from, scheme.effective_to) if scheme else None,
        members=lines, papers=_papers(scheme) if scheme else (),
        insurer=contacts.insurer or (scheme.insurer if scheme else ""), contacts=contacts,
    )


def card_stated(work: UnitOfWork, household: Household, policy_year: int) -> dict[str, Any]:
    """What the card's code vouches for (`proofs.proof_of`): nothing that changes by printing alone."""
    return {"policy_year": policy_year, "place": place_of(household),
            "members": [[member.name, member.id_no, member.relation, days(cover_days(work, member, policy_year))]
                        for member in work.households.members(household.id)]}


def _papers(scheme: Scheme) -> tuple[CardPaper, ...]:
    """What must be brought, and what only in a case that the paper names."""
    from backbone_core.scheme import Need

    return tuple(CardPaper(code=need.code, text=need.text, when=need.when if need.need is Need.CONDITIONAL else "")
                 for need in scheme.documents if need.need is not Need.OPTIONAL)
