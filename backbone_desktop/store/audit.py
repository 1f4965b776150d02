"""The audit trail: every row's hash covers the row before it, so that a row altered or missing shows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from backbone_core.change import canonical, microseconds
from backbone_desktop.services.ports import Actor, Clock
from backbone_desktop.services.rows import AuditRow
from backbone_desktop.store.tables import audit, audit_head

_START = bytes(32)
_ADD = insert(audit)
_HEAD = select(audit_head.c.seq, audit_head.c.hash)
_MOVE_HEAD = update(audit_head)
_MAKE_HEAD = insert(audit_head)


class StoredAudit:
    """`services.ports.AuditTrail`."""

    def __init__(self, connection: Connection, actor: Actor, clock: Clock) -> None:
        self._connection = connection
        self._actor = actor
        self._clock = clock

    def add(self, act: str, kind: str, record_id: str, detail: Mapping[str, Any] | None = None) -> None:
        self.add_all(act, kind, [(record_id, detail or {})])

    def add_all(self, act: str, kind: str, records: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """One act on many records of a kind: a row each, (record id, detail)."""
        last, made = self._head()
        now, rows = self._clock.now(), []
        for seq, (record_id, detail) in enumerate(records, start=last + 1):
            row = AuditRow(seq=seq, at=now, by=self._actor.account, act=act, kind=kind, record_id=record_id,
                           detail=dict(detail))
            made = _hash(made, row)
            rows.append({"seq": seq, "at": now, "by": row.by, "act": act, "kind": kind, "record_id": record_id,
                         "detail": row.detail, "hash": made})
        if not rows:
            return
        self._connection.execute(_ADD, rows)
        if self._connection.execute(_MOVE_HEAD, {"seq": last + len(rows), "hash": made}).rowcount == 0:
            self._connection.execute(_MAKE_HEAD, {"only": 1, "seq": last + len(rows), "hash": made})

    def of_record(self, record_id: str) -> tuple[AuditRow, ...]:
        """Newest first."""
        rows = self._connection.execute(
            select(audit).where(audit.c.record_id == record_id).order_by(audit.c.seq.desc())
        ).mappings()
        return tuple(_row(found) for found in rows)

    def broken_at(self) -> int | None:
        previous, expected = _START, 1
        for found in self._connection.execute(select(audit).order_by(audit.c.seq)).mappings():
            row = _row(found)
            if row.seq != expected or found["hash"] != _hash(previous, row):
                return expected
            previous, expected = found["hash"], expected + 1
        return None if self._head() == (expected - 1, previous) else expected

    def _head(self) -> tuple[int, bytes]:
        head = self._connection.execute(_HEAD).first()
        return (0, _START) if head is None else (head.seq, head.hash)


def _row(found: RowMapping) -> AuditRow:
    return AuditRow(seq=found["seq"], at=found["at"], by=found["by"], act=found["act"], kind=found["kind"],
                    record_id=found["record_id"], detail=found["detail"])


def _hash(previous: bytes, row: AuditRow) -> bytes:
    content = [row.seq, microseconds(row.at), row.by, row.act, row.kind, row.record_id, dict(row.detail)]
    return hashlib.sha256(b"backbone audit 1\n" + previous + canonical(content)).digest()
