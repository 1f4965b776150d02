"""The marks that lists put before a state: coloured only where somebody has to do or to wait for something."""

from __future__ import annotations

from backbone_core.claim import ClaimState
from backbone_desktop.services.rows import SyncStatus
from backbone_desktop.ui.models.keyset_model import Mark
from backbone_desktop.ui.presenters.claim_state import state_meaning, status_meaning
from backbone_desktop.ui.theme import Meaning


def status_mark(status: SyncStatus) -> Mark:
    """What the centre has is quiet: in a long list it is nearly every row."""
    return Mark(Meaning.NONE, "check") if status is SyncStatus.SENT else Mark(Meaning(status_meaning(status)))


def state_mark(state: ClaimState) -> Mark:
    return Mark(Meaning(state_meaning(state)), "file-pen" if state is ClaimState.DRAFT else "")
