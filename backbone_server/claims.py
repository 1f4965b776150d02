"""What the server takes from a device about a claim: states a counter may set, and amounts that can be true.

The county's scheme decides what is paid. This is the fence around it: nothing impossible gets in, whatever a faulty
or altered program sends.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import cache

from backbone_core.claim import Claim, ClaimState
from backbone_core.claim_states import ADMINISTRATOR, COUNTY, TOWNSHIP, acts_for, move
from backbone_core.errors import RuleBroken
from backbone_core.receipt import read_receipt_number

_COUNTERS = (TOWNSHIP, COUNTY, ADMINISTRATOR)
_STOPPED = frozenset({ClaimState.WITHDRAWN, ClaimState.VOID})
_PRINTED = ("member_id", "household_id", "receipt_no", "received_at", "received_by", "content_hash", "signature")
"""Stands on the receipt that the family holds."""


def claim_fault(before: Claim | None, after: Claim, county: str) -> str:
    """The code of the reason why a device may not make `after` of `before`, or ""."""
    if after.state not in states_from(before.state if before else ClaimState.DRAFT):
        return "rejected.claim_state"
    printed = before is not None and before.state is not ClaimState.DRAFT
    if printed and any(getattr(before, name) != getattr(after, name) for name in _PRINTED):
        return "rejected.claim_printed"
    return _amount_fault(after) or _receipt_fault(after, county)


@cache
def states_from(state: ClaimState) -> frozenset[ClaimState]:
    """Where the acts of people at a counter can bring a claim; what the insurer decides is not theirs to set.

    Several steps at once are fine: a change says where the claim stands, and one in between may have been rejected.
    """
    reached, ahead = {state}, [state]
    while ahead:
        here = ahead.pop()
        for target in (move(here, act, role) for role in _COUNTERS for act in acts_for(here, role)):
            if target not in reached:
                reached.add(target)
                ahead.append(target)
    return frozenset(reached)


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
