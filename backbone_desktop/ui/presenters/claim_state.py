"""Which of the theme's meanings a claim's state and its standing with the centre have."""

from __future__ import annotations

from backbone_core.claim import ClaimState
from backbone_desktop.services.rows import SyncStatus

_STATES = {
    ClaimState.DRAFT: "none", ClaimState.WAITING_PAPERS: "attention", ClaimState.REFUSED: "refused",
    ClaimState.PAYMENT_FAILED: "attention", ClaimState.WITHDRAWN: "none", ClaimState.VOID: "none",
    ClaimState.APPROVED: "done", ClaimState.PART_APPROVED: "done", ClaimState.PAID: "done", ClaimState.CLOSED: "done",
    ClaimState.RECEIVED: "done",
}
_STATUSES = {SyncStatus.WAITING: "waiting", SyncStatus.SENT: "done", SyncStatus.REFUSED: "refused",
             SyncStatus.REVIEW: "attention"}


def state_meaning(state: ClaimState) -> str:
    """A value of `theme.Meaning`; what is on its way waits."""
    return _STATES.get(state, "waiting")


def status_meaning(status: SyncStatus) -> str:
    return _STATUSES[status]
