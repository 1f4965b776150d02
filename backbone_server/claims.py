"""What the server takes from a device about a claim: how it begins, and amounts that can be true.

The county's scheme decides what is paid. This is the fence around it: nothing impossible gets in, whatever a faulty
or altered program sends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from backbone_core.change import Change, RecordKind
from backbone_core.claim import Claim, ClaimState
from backbone_core.errors import RuleBroken
from backbone_core.receipt import read_receipt_number

_BEGINNINGS = frozenset({ClaimState.DRAFT, ClaimState.RECEIVED, ClaimState.WAITING_PAPERS})
"""Where a claim may stand when it is begun or taken in; from there on it goes by steps alone."""
_STOPPED = frozenset({ClaimState.WITHDRAWN, ClaimState.VOID})
_PRINTED = ("member_id", "household_id", "receipt_no", "received_at", "received_by", "content_hash", "signature")
"""Stands on the receipt that the family holds."""


def claim_fault(before: Claim | None, after: Claim, county: str) -> str:
    """The code of the reason why a device may not make `after` of `before`, or ""."""
    begun = before is None or before.state is ClaimState.DRAFT
    if after.state not in _BEGINNINGS if begun else before is not None and after.state is not before.state:
        return "rejected.claim_state"
    printed = before is not None and before.state is not ClaimState.DRAFT
    if printed and any(getattr(before, name) != getattr(after, name) for name in _PRINTED):
        return "rejected.claim_printed"
    return _amount_fault(after) or _receipt_fault(after, county)


def moves_alone(change: Change, held: Mapping[str, Any]) -> bool:
    """Whether a change only sets the state of a claim that was taken in, and no step brought it there.

    Beside a step a device sends what it made of the claim; where the step was refused, so is this.
    """
    if change.kind is not RecordKind.CLAIM or change.fields.keys() != {"state"}:
        return False
    return held.get("state") != ClaimState.DRAFT and change.fields["state"] != held.get("state")


def _amount_fault(claim: Claim) -> str:
    if any(amount < 0 for amount in asdict(claim.costs).values()):
        return "rejected.claim_amounts"
    if claim.benefit is None:
        return ""
    if not 0 <= claim.benefit <= claim.costs.medfee_sumamt:
        return "rejected.claim_benefit"
    if claim.trace and claim.trace[-1].result != claim.benefit:
        return "rejected.claim_benefit"
    return ""


def _receipt_fault(claim: Claim, county: str) -> str:
    if claim.state is ClaimState.DRAFT:
        return ""
    if not claim.receipt_no and claim.state in _STOPPED:
        return ""
    try:
        number = read_receipt_number(claim.receipt_no)
    except RuleBroken:
        return "rejected.claim_receipt"
    return "" if number.county == county and claim.received_at is not None else "rejected.claim_receipt"
