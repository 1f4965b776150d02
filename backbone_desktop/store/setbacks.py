"""The centre was put back from a backup: what it lost waits again, and what it said before counts for nothing new."""

from __future__ import annotations

from sqlalchemy import Connection, null, select, update

from backbone_core.change import Change, RecordKind, wanted_fields
from backbone_desktop.store.capture import Records, Shadow, State
from backbone_desktop.store.mapping import state_of
from backbone_desktop.store.outbox import change_of
from backbone_desktop.store.tables import SYNCED, device, outbox, review, shadow


class Setbacks:
    def __init__(self, connection: Connection, records: Records) -> None:
        self._connection = connection
        self._records = records

    def step_back(self, seq: int) -> None:
        """Changes after `seq` have not been answered; versions are counted anew, so that the feed is believed."""
        for table in (*SYNCED.values(), shadow, review):
            self._connection.execute(update(table).where(table.c.version != 0).values(version=0))
        lost: dict[tuple[RecordKind, str], list[Change]] = {}
        of_us = outbox.c.epoch == select(device.c.epoch).scalar_subquery()
        gone = (of_us, outbox.c.seq > seq, outbox.c.answered_at.is_not(None))
        for row in self._connection.execute(select(outbox).where(*gone).order_by(outbox.c.seq)).mappings():
            change = change_of(row)
            lost.setdefault((change.kind, change.record_id), []).append(change)
        for (kind, record_id), changes in lost.items():
            self._take_back(kind, record_id, changes)
        self._connection.execute(
            update(outbox).where(*gone).values(answered_at=None, outcome=None, code="", detail=null()))
        self._connection.execute(update(device).where(device.c.answered_seq > seq).values(answered_seq=seq))

    def _take_back(self, kind: RecordKind, record_id: str, changes: list[Change]) -> None:
        """Make the shadow that the record had before `changes` were answered, until the feed brings a better one."""
        row = self._records.row(kind, record_id) if kind in SYNCED else None
        if row is None:
            return
        stood = self._records.shadow(kind, record_id)
        fields: State = dict(state_of(kind, row) if stood is None else stood.fields or {})
        for change in reversed(changes):
            for name in wanted_fields(change):
                fields.pop(name, None)
            fields.update(change.base)
        self._records.keep_shadow(kind, record_id, Shadow(0, fields or None))
