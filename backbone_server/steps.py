"""Judges a step on a claim's way: the server is the authority over a claim that was taken in.

A step is weighed by the same rules as on the device, against the claim and the steps that the server holds. Who comes
second of two that act on one claim apart from each other comes too late, and nothing of the claim is changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from backbone_core.change import Change, RecordKind
from backbone_core.claim import Claim
from backbone_core.claim_states import ADMINISTRATOR, COUNTY, TOWNSHIP
from backbone_core.claim_step import ClaimStep, check_step, role_at
from backbone_core.errors import RuleBroken
from backbone_core.records import from_fields
from backbone_server.devices import Device
from backbone_server.ledger import Held, Ledger

_COUNTERS = frozenset({TOWNSHIP, COUNTY, ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a step does to its claim, or the code of the reason why it may not; `claim` is None where it is unknown."""

    claim: Held | None
    step: ClaimStep | None
    code: str = ""


def weigh_step(ledger: Ledger, device: Device, change: Change) -> Weighed:
    try:
        step = from_fields(RecordKind.CLAIM_STEP, change.record_id, change.fields)
    except RuleBroken:
        return Weighed(None, None, "rejected.record_unreadable")
    assert isinstance(step, ClaimStep)
    held = ledger.get(RecordKind.CLAIM, step.claim_id)
    if held is None or held.removed:
        return Weighed(None, step, "rejected.step_no_claim")
    return Weighed(held, step, _against(ledger, device, change, step, held))


def steps_held(ledger: Ledger, claim: Held) -> tuple[ClaimStep, ...]:
    """The steps that the claim took, in their order."""
    steps = [from_fields(held.kind, held.record_id, held.fields)
             for held in ledger.of_member(RecordKind.CLAIM_STEP, claim.member_id)
             if held.fields.get("claim_id") == claim.record_id]
    return tuple(sorted((one for one in steps if isinstance(one, ClaimStep)), key=lambda one: one.number))


def _against(ledger: Ledger, device: Device, change: Change, step: ClaimStep, held: Held) -> str:
    if not device.scope.covers(device.county, held.township):
        return "rejected.scope"
    if step.by != change.made_by:
        return "rejected.step_person"
    if step.role not in _COUNTERS or step.role != role_at(step.role, device.scope.township):
        return "claim.role_forbidden"
    try:
        claim = from_fields(RecordKind.CLAIM, held.record_id, held.fields)
        assert isinstance(claim, Claim)
        check_step(step, claim, steps_held(ledger, held))
    except RuleBroken as broken:
        return broken.code
    return ""
