"""What the services need of the steps that claims took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from backbone_core.claim_step import ClaimStep
from backbone_desktop.services.rows import SyncStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A step with where it stands. `code` says why the centre refused it; such a step counts for nothing.

    `seen`: somebody here has taken note of the refusal.
    """

    step: ClaimStep
    status: SyncStatus
    code: str = ""
    seen: bool = False

    @property
    def counts(self) -> bool:
        return not self.seen and self.status is not SyncStatus.REFUSED


class ClaimStepRepository(Protocol):
    def get(self, step_id: str) -> StepRow | None: ...

    def of_claim(self, claim_id: str) -> tuple[StepRow, ...]:
        """In the order in which they were taken, those that the centre refused among them."""

    def asking(self) -> frozenset[str]:
        """Ids of the claims whose last step asked for papers."""
