"""A claim that was taken in, as it is shown to be read: state, facts, amounts, papers, history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from backbone_core.costs import SETTLEMENT_FIELDS, amount_of
from backbone_core.identity import mask_account, mask_id_no
from backbone_core.money import format_amount
from backbone_desktop.services.forms import Form
from backbone_desktop.ui.presenters import choices
from backbone_desktop.ui.presenters.benefit import Told, paper_words, scheme_line, sentences
from backbone_desktop.ui.presenters.claim_answer import decision_facts, figure_of, payment_facts
from backbone_desktop.ui.presenters.claim_history import claim_history
from backbone_desktop.ui.presenters.claim_state import state_meaning, status_meaning
from backbone_desktop.ui.presenters.claims import state_words
from backbone_desktop.ui.presenters.household_story import Happened
from backbone_desktop.ui.presenters.households import status_words
from backbone_desktop.ui.presenters.people import listed, place_line
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.claims import ClaimView


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Everything in words; facts and amounts are (name, value)."""

    title: str
    subtitle: str
    state: str
    state_meaning: str
    centre: str
    centre_meaning: str
    received: str
    receipt_act: str
    facts: tuple[tuple[str, str], ...]
    amounts: tuple[tuple[str, str], ...]
    papers: str
    decision: tuple[tuple[str, str], ...]
    """What the insurer decided; () while it has not answered."""
    payments: tuple[tuple[str, str], ...]
    history: tuple[Happened, ...]
    told: Told


def summary_of(words: Words, view: ClaimView) -> Summary:
    claim = view.claim
    missing = tuple(paper_words(words, need) for need in view.missing)
    figure, below = figure_of(words, view)
    return Summary(
        title=claim.receipt_no, subtitle=f"{view.member.name} · {mask_id_no(view.member.id_no)}",
        state=state_words(words, claim.state), state_meaning=state_meaning(claim.state),
        centre=status_words(words, view.status), centre_meaning=status_meaning(view.status),
        received=_received(words, view),
        receipt_act=words("Print the receipt again") if view.prints else words("Receipt"),
        facts=_facts(words, view),
        amounts=tuple((words(f"cost.{name}"), format_amount(amount_of(claim.costs, name)))
                      for name in SETTLEMENT_FIELDS if amount_of(claim.costs, name)),
        papers=_papers(words, view), decision=decision_facts(words, view), payments=payment_facts(words, view),
        history=claim_history(words, view),
        told=Told(figure=figure, below=below, steps=sentences(words, claim.trace), missing=missing),
    )


def papers_of(view: ClaimView) -> tuple[Form, ...]:
    """What is printed of the claim besides its receipt, which has a button of its own."""
    from backbone_desktop.services.worklists import forms_of_claim

    return tuple(form for form in forms_of_claim(view.claim, lacking=bool(view.missing)) if form is not Form.RECEIPT)


def _received(words: Words, view: ClaimView) -> str:
    at = view.claim.received_at
    if at is None:
        return ""
    return words("Taken in {when} by {who}", when=f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}", who=view.received_by)


def _facts(words: Words, view: ClaimView) -> tuple[tuple[str, str], ...]:
    claim, household = view.claim, view.household
    days = f"{_day(claim.admitted)} – {_day(claim.discharged)}"
    level = words(f"hospital_level.{claim.hospital_level}") if claim.hospital_level else ""
    hospital = " · ".join(part for part in (claim.hospital, level,
                                            words("designated") if claim.designated else "") if part)
    relation = choices.said(choices.relations(words), view.member.relation)
    pairs = (
        (words("Patient"), f"{view.member.name} · {relation}"),
        (words("Household"), f"{household.household_no} · "
                             f"{place_line(household.township, household.village, household.group)}"),
        (words("Stay"), days), (words("claim_field.settled"), _day(claim.settled)),
        (words("claim_field.cause"), words(f"cause.{claim.cause}")),
        (words("Hospital"), hospital),
        (words("claim_field.diagnosis"), "  ".join(part for part in (claim.diagnosis, claim.icd10) if part)),
        (words("claim_field.invoice_no"), claim.invoice_no),
        (words("Bank account"), "  ".join(part for part in (claim.bank_name, _tail(claim.bank_account),
                                                       claim.account_holder) if part)),
        (words("claim_field.remarks"), claim.remarks), (words("Scheme"), scheme_line(words, view.scheme)),
    )
    return tuple((name, value) for name, value in pairs if value)


def _papers(words: Words, view: ClaimView) -> str:
    texts = {need.code: paper_words(words, need) for need in view.scheme.documents} if view.scheme else {}
    here = [texts.get(one.code) or words(f"document.{one.code}") for one in view.claim.documents if one.handed_in]
    return listed(words, here) or words("No paper was handed in")


def _tail(account: str) -> str:
    """The last four digits, without a row of stars as long as the number."""
    return f"**** {mask_account(account).lstrip('*')}" if account else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
