"""Tells of an act on a record where it must stand: in the audit trail, and in the outbox for the centre."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backbone_core.change import Change, RecordKind
from backbone_desktop.services.ports import Actor, Clock
from backbone_desktop.store.audit import StoredAudit
from backbone_desktop.store.outbox import StoredOutbox


class Trail:
    """What one transaction's writers share: who works, the clock, the audit trail and the outbox."""

    def __init__(self, actor: Actor, clock: Clock, audit: StoredAudit, outbox: StoredOutbox) -> None:
        self._actor = actor
        self._clock = clock
        self.audit = audit
        self.outbox = outbox

    def now(self) -> datetime:
        return self._clock.now()

    def change(self, kind: RecordKind, record_id: str, act: str, *, seq: int, at: datetime, base_version: int = 0,
               fields: dict[str, Any], base: dict[str, Any]) -> Change:
        """A change of whoever works here."""
        return Change(seq=seq, kind=kind, record_id=record_id, act=act, base_version=base_version, fields=fields,
                      base=base, made_at=at, made_by=self._actor.account)

    def tell(self, act: str, change: Change, label: str, detail: Mapping[str, Any] | None = None) -> None:
        """`act` is what the audit trail calls it, beside the change's number and `detail`."""
        self.audit.add(act, change.kind, change.record_id, {"seq": change.seq, **(detail or {})})
        self.outbox.append(change, label)
