"""What the server takes from a device about a claim: states a counter may set, and amounts that can be true.

The county's scheme decides what is paid. This is the fence around it: nothing impossible gets in, whatever a faulty
or altered program sends.
"""

from __future__ import annotations

from dataclasses import asdict

from backbone_core.claim import Claim, ClaimState
from backbone_core.errors import RuleBroken
from backbone_core.receipt import read_receipt_number

_S = ClaimState
_STOPPED = frozenset({_S.WITHDRAWN, _S.VOID})
_NEW = frozenset({_S.DRAFT, _S.RECEIVED, _S.WAITING_PAPERS})
_MOVES: dict[ClaimState, frozenset[ClaimState]] = {
    _S.DRAFT: _NEW | _STOPPED,
    _S.RECEIVED: frozenset({_S.WAITING_PAPERS, _S.TOWNSHIP_CHECKED}) | _STOPPED,
    _S.WAITING_PAPERS: frozenset({_S.RECEIVED, _S.TOWNSHIP_CHECKED}) | _STOPPED,
    _S.TOWNSHIP_CHECKED: frozenset({_S.RECEIVED, _S.WAITING_PAPERS, _S.COUNTY_CHECKED}) | _STOPPED,
    _S.COUNTY_CHECKED: frozenset({_S.RECEIVED, _S.WAITING_PAPERS, _S.TOWNSHIP_CHECKED, _S.REPORTED}) | _STOPPED,
}
"""From where to where a device may move a claim. What comes after 上报 is the insurer's to say."""
_PRINTED = ("member_id", "household_id", "receipt_no", "received_at", "received_by", "content_hash", "signature")
"""Stands on the receipt that the family holds."""


def claim_fault(before: Claim | None, after: Claim, county: str) -> str:
    """The code of the reason why a device may not make `after` of `before`, or ""."""
    if not _may_move(before, after):
        return "rejected.claim_state"
    printed = before is not None and before.state is not _S.DRAFT
    if printed and any(getattr(before, name) != getattr(after, name) for name in _PRINTED):
        return "rejected.claim_printed"
    return _amount_fault(after) or _receipt_fault(after, county)


def _may_move(before: Claim | None, after: Claim) -> bool:
    if before is None:
        return after.state in _NEW
    return after.state is before.state or after.state in _MOVES.get(before.state, frozenset())


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
    if claim.state is _S.DRAFT:
        return ""
    if not claim.receipt_no and claim.state in _STOPPED:
        return ""
    try:
        number = read_receipt_number(claim.receipt_no)
    except RuleBroken:
        return "rejected.claim_receipt"
    return "" if number.county == county and claim.received_at is not None else "rejected.claim_receipt"
