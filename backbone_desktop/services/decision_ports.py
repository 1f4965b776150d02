"""What the insurer decided and paid: read here, written by the centre alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from backbone_core.decision import Decision, Payment


@dataclass(frozen=True, slots=True)
class Untold:
    """How many decisions, and how many payments or returns of money, their families were never told of in writing."""

    decisions: int
    payments: int


class DecisionRepository(Protocol):
    def of_claims(self, claim_ids: Collection[str]) -> Mapping[str, Decision]:
        """The decision that stands about each of these claims that was decided: the last that was made."""

    def made(self, claim_id: str) -> tuple[Decision, ...]:
        """Every decision about the claim, the first one first: one made anew after an objection leaves the former."""

    def made_anew(self) -> Mapping[str, int]:
        """How many decisions each claim has of which there is more than one."""

    def payments(self, claim_id: str) -> tuple[Payment, ...]:
        """Every attempt to pay what was decided, the first one first."""

    def untold(self) -> Untold:
        """Those whose notice this device never printed, as `claims_to_tell` and `payments_to_tell` list them."""
