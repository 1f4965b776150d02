"""What was done with households: the acts that both ends keep, and the single edits of this store."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from backbone_core.change import RecordKind
from backbone_core.household_act import HouseholdAct


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """One record written in this store. `fields` holds what it set and `base` what stood there before.

    Both are empty where the exchange brought the change, or where it is so long ago that the centre alone keeps it.
    """

    at: datetime
    by: str
    act: str
    kind: str
    record_id: str
    fields: Mapping[str, Any]
    base: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A record that an act wrote: its fields as they stood (None where the act made it) and as the act left them."""

    kind: RecordKind
    record_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


class HouseholdActRepository(Protocol):
    def get(self, act_id: str) -> HouseholdAct | None: ...

    def of_household(self, household_id: str) -> tuple[HouseholdAct, ...]:
        """The latest first."""

    def edits(self, record_ids: Collection[str]) -> tuple[Edited, ...]:
        """How these records were written here, the latest first."""

    def keep(self, act_id: str, written: Collection[Written]) -> None:
        """Remember what an act wrote; `act_id` is the first act told of it."""

    def written(self, act_id: str) -> tuple[Written, ...]:
        """What the act that an id belongs to wrote, households first; () for one that was recorded elsewhere."""
