"""What a household's sheet and card and a claim's application form should state, when their codes are checked.

A register changes for good reasons, and so does a claim's account: a paper whose hash differs from today's is not
called altered for that, but said to be older than a change, and its text is held against what is registered now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from backbone_core.household import Household
from backbone_core.identity import mask_id_no
from backbone_core.paper_proof import paper_hash
from backbone_desktop.services.application import application_stated
from backbone_desktop.services.enrolling import people_of_claim
from backbone_desktop.services.forms import ABOUT, Form
from backbone_desktop.services.household_card import card_stated
from backbone_desktop.services.household_paper import cover_days, place_of
from backbone_desktop.services.household_sheet import sheet_stated
from backbone_desktop.services.paper_rows import Code, Fact, FactKind, FactValue, Stated
from backbone_desktop.services.ports import UnitOfWork

_SHORT = 32
TOTALS = ("medfee_sumamt", "fund_pay_sumamt", "psn_part_amt")
TAIL = 4
"""Digits of an account that are shown; the whole number stands on the paper alone."""


def _sheet(work: UnitOfWork, code: Code) -> Stated | None:
    household = _household(work, code)
    if household is None:
        return None
    year = work.office.profile().policy_year
    facts = [*_of_household(work, household), _fact("phone", household.phone)]
    for member in work.households.members(household.id):
        facts += [_fact("person", member.name), _fact("id_no", mask_id_no(member.id_no))]
    return _stated(work, code, household.id, sheet_stated(work, household, year), f"listing.{household.listing}", facts)


def _card(work: UnitOfWork, code: Code) -> Stated | None:
    household = _household(work, code)
    if household is None:
        return None
    year = work.office.profile().policy_year
    facts = [*_of_household(work, household), _fact("policy_year", str(year))]
    for member in work.households.members(household.id):
        cover = cover_days(work, member, year)
        facts += [_fact("person", member.name), _fact("cover", cover[0].isoformat() if cover else "")]
    return _stated(work, code, household.id, card_stated(work, household, year), f"listing.{household.listing}", facts)


def _household(work: UnitOfWork, code: Code) -> Household | None:
    """Household numbers are a county's own."""
    found = work.households.by_number(code.number)
    return found if found is not None and found.county == code.county else None


def _of_household(work: UnitOfWork, household: Household) -> Iterator[Fact]:
    head = next((one.name for one in work.households.members(household.id) if one.is_head), "")
    yield _fact("household_no", household.household_no)
    yield _fact("head", head)
    yield _fact("address", place_of(household))


def _application(work: UnitOfWork, code: Code) -> Stated | None:
    claim = work.claims.by_receipt(code.number)
    if claim is None:
        return None
    member, _ = people_of_claim(work, claim)
    costs = asdict(claim.costs)
    stay = "form.application.stay"
    facts = [
        _fact("number", claim.receipt_no), _fact("member", member.name), _fact("id_no", mask_id_no(member.id_no)),
        _fact("hospital", claim.hospital), _fact("admitted", claim.admitted, stay, kind=FactKind.DATE),
        _fact("discharged", claim.discharged, stay, kind=FactKind.DATE, place=1),
        *(_fact(name, costs[name], f"cost.{name}", kind=FactKind.MONEY, label=f"cost.{name}") for name in TOTALS),
        _fact("account_tail", claim.bank_account[-TAIL:]), _fact("holder", claim.account_holder),
    ]
    amounts = {*costs.values(), claim.benefit} - {None}
    return _stated(work, code, claim.id, application_stated(claim, member), f"claim_state.{claim.state.value}", facts,
                   frozenset(amounts))


KNOWN: Mapping[str, Callable[[UnitOfWork, Code], Stated | None]] = {
    Form.HOUSEHOLD_SHEET: _sheet,
    Form.HOUSEHOLD_CARD: _card,
    Form.APPLICATION: _application,
}


def _stated(work: UnitOfWork, code: Code, subject: str, stated: Mapping[str, Any], state: str,  # noqa: PLR0917
            facts: list[Fact], amounts: frozenset[int] = frozenset()) -> Stated:
    same = paper_hash(code.form, code.number, subject, stated)[:_SHORT] == code.content_hash
    form = Form(code.form)
    prints = tuple(note for note in work.prints.of_subject(form, subject) if note.number == code.number)
    return Stated(
        kind=ABOUT[form], record_id=subject, made_at=prints[0].at if prints else None, same_hash=same or None,
        same_code=False, proven=same, changed=not same, state=state,
        facts=tuple(fact for fact in facts if fact.should not in ("", None)), amounts=amounts, prints=prints)


def _fact(name: str, value: FactValue, *printed: str, kind: FactKind = FactKind.TEXT, label: str = "",
          place: int = 0) -> Fact:
    """Without `printed` labels the value may stand anywhere on the paper."""
    return Fact(name=name, label=label or f"paper_fact.{name}", kind=kind, should=value, printed=printed, place=place)
