"""What looks like a mistake or like fraud in a claim, held against everything else that the office knows.

Each check is a warning or a stop as the county's scheme sets it. Whose the other claim is, is told by its receipt
number alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from backbone_core.claim import Claim
from backbone_core.claim_states import ClaimState
from backbone_core.costs import check_costs
from backbone_core.errors import Finding, Severity, warning
from backbone_core.scheme_terms import Checks, OnMistake

__all__ = ["GONE", "NOT_COUNTED", "Known", "look_for_mistakes", "severity_of"]

NOT_COUNTED = frozenset({ClaimState.DRAFT, ClaimState.REFUSED, ClaimState.WITHDRAWN, ClaimState.VOID})
"""Claims in these states take nothing from the year's deductible and cap."""
GONE = frozenset({ClaimState.WITHDRAWN, ClaimState.VOID})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the whole store knows beside the claim. `of_person` are the claims of everybody who bears the patient's ID
    number, `same_invoice` those of anybody with the claim's invoice number."""

    name: str
    died_on: date | None = None
    of_person: tuple[Claim, ...] = ()
    same_invoice: tuple[Claim, ...] = ()


def look_for_mistakes(claim: Claim, checks: Checks, known: Known) -> tuple[Finding, ...]:
    """Findings at the claim's fields. Against a claim that is not taken in, or was refused, every check only warns."""
    others = [other for other in known.of_person if other.id != claim.id and other.state not in GONE]
    return (
        *_invoices(claim, checks, known, {claim.member_id, *(other.member_id for other in others)}),
        *(found for other in others for found in _stay(claim, checks, other)),
        *_holder(claim, checks, known.name),
        *_death(claim, checks, known.died_on),
        *(found.at("costs") for found in check_costs(claim.costs, severity_of(checks.sums))),
    )


def _invoices(claim: Claim, checks: Checks, known: Known, person: set[str]) -> Iterator[Finding]:
    for other in known.same_invoice if claim.invoice_no else ():
        if other.id == claim.id or other.state in GONE:
            continue
        another = other.member_id not in person
        apart = another and other.hospital != claim.hospital
        does = OnMistake.WARN if apart else checks.duplicate_invoice
        code = "claim.invoice_taken"
        if another and _share_a_day(claim, other):
            code = "claim.invoice_same_day"
            does = max(does, checks.same_invoice_same_day, key=(OnMistake.WARN, OnMistake.STOP).index)
        yield _against(other, does, code, "invoice_no")


def _stay(claim: Claim, checks: Checks, other: Claim) -> Iterator[Finding]:
    if _overlap(claim, other):
        yield _against(other, checks.overlapping_stay, "claim.stay_overlaps", "admitted",
                       admitted=other.admitted, discharged=other.discharged)


def _holder(claim: Claim, checks: Checks, name: str) -> Iterator[Finding]:
    if claim.account_holder and claim.account_holder != name:
        yield Finding("claim.holder_differs", "account_holder", severity=severity_of(checks.holder_differs))


def _death(claim: Claim, checks: Checks, died_on: date | None) -> Iterator[Finding]:
    """Nobody is admitted after their death; a discharge may be dated when the papers were made out."""
    if died_on is None:
        return
    facts = {"died_on": died_on}
    if claim.admitted and claim.admitted > died_on:
        yield Finding("claim.admitted_after_death", "admitted", facts, severity_of(checks.died_before_admission))
    elif claim.discharged and claim.discharged > died_on:
        yield warning("claim.discharged_after_death", "discharged", **facts)


def _against(other: Claim, does: OnMistake, code: str, field: str, **facts: object) -> Finding:
    weight = Severity.WARNING if other.state in NOT_COUNTED else severity_of(does)
    return Finding(code, field, {**facts, "receipt_no": other.receipt_no or "—"}, weight)


def severity_of(does: OnMistake) -> Severity:
    """How heavily a finding weighs under the scheme's setting."""
    return Severity.REFUSAL if does is OnMistake.STOP else Severity.WARNING


def _share_a_day(one: Claim, other: Claim) -> bool:
    if one.admitted is None or one.discharged is None or other.admitted is None or other.discharged is None:
        return False
    return one.admitted <= other.discharged and other.admitted <= one.discharged


def _overlap(one: Claim, other: Claim) -> bool:
    """Whether somebody would lie in two beds at once; leaving one hospital for another on one day is not that."""
    if one.admitted is None or one.discharged is None or other.admitted is None or other.discharged is None:
        return False
    if (one.admitted, one.discharged) == (other.admitted, other.discharged):
        return True
    return one.admitted < other.discharged and other.admitted < one.discharged
