"""What the insurer answered to a claim, for pages and for the notices that the family gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backbone_desktop.services.ports import Desk

if TYPE_CHECKING:
    from backbone_core.decision import Decision, Payment


def decision_of(desk: Desk, claim_id: str) -> Decision | None:
    """The insurer's decision about a claim, None while there is none."""
    with desk.read() as work:
        return work.decisions.of_claims([claim_id]).get(claim_id)


def payments_of(desk: Desk, claim_id: str) -> tuple[Payment, ...]:
    """Every attempt to pay it, the first one first; the last one says how it stands."""
    with desk.read() as work:
        return work.decisions.payments(claim_id)
