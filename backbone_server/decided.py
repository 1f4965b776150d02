"""What a device may still change of a claim that the insurer decided: the account, once the money came back."""

from __future__ import annotations

from dataclasses import fields

from backbone_core.claim import Claim
from backbone_core.claim_states import ClaimAct, ClaimState
from backbone_server.ledger import Held, Ledger
from backbone_server.steps import steps_held

_DECIDED = frozenset({ClaimState.APPROVED, ClaimState.PART_APPROVED, ClaimState.REFUSED, ClaimState.PAID,
                      ClaimState.PAYMENT_FAILED, ClaimState.CLOSED})
_ACCOUNT = frozenset({"bank_name", "bank_account", "account_holder"})


def decided_fault(ledger: Ledger, held: Held, before: Claim, after: Claim) -> str:
    """The code of the reason why a device may not make `after` of a decided claim, or "".

    A new account needs the step that says why.
    """
    changed = {one.name for one in fields(Claim) if getattr(before, one.name) != getattr(after, one.name)}
    if before.state not in _DECIDED or not changed:
        return ""
    if before.state is ClaimState.PAYMENT_FAILED and changed <= _ACCOUNT:
        steps = steps_held(ledger, held)
        if steps and steps[-1].act is ClaimAct.CORRECT_ACCOUNT:
            return ""
    return "rejected.claim_decided"
