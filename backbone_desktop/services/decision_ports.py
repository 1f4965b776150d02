"""What the insurer decided and paid: read here, written by the centre alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from backbone_core.decision import Decision, Payment


class DecisionRepository(Protocol):
    def of_claims(self, claim_ids: Collection[str]) -> Mapping[str, Decision]:
        """The decision about each of these claims that was decided."""

    def payments(self, claim_id: str) -> tuple[Payment, ...]:
        """Every attempt to pay what was decided, the first one first."""
