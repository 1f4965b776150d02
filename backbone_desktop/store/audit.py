"""The audit trail: every row's hash covers the row before it, so that a row altered or missing shows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from backbone_core.change import canonical, microseconds
from backbone_desktop.services.ports import Actor, Clock
from backbone_desktop.services.rows import AuditRow
from backbone_desktop.store.tables import audit

_START = bytes(32)


class StoredAudit:
    """`services.ports.AuditTrail`."""

    def __init__(self, connection: Connection, actor: Actor, clock: Clock) -> None:
        self._connection = connection
        self._actor = actor
        self._clock = clock

    def add(self, act: str, kind: str, record_id: str, detail: Mapping[str, Any] | None = None) -> None:
        last = self._connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
        seq, previous = (last.seq + 1, last.hash) if last is not None else (1, _START)
        row = AuditRow(seq=seq, at=self._clock.now(), by=self._actor.account, act=act, kind=kind, record_id=record_id,
                       detail=dict(detail or {}))
        self._connection.execute(
            insert(audit).values(seq=row.seq, at=row.at, by=row.by, act=row.act, kind=row.kind,
                                 record_id=row.record_id, detail=row.detail, hash=_hash(previous, row))
        )

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
        return None


def _row(found: RowMapping) -> AuditRow:
    return AuditRow(seq=found["seq"], at=found["at"], by=found["by"], act=found["act"], kind=found["kind"],
                    record_id=found["record_id"], detail=found["detail"])


def _hash(previous: bytes, row: AuditRow) -> bytes:
    content = [row.seq, microseconds(row.at), row.by, row.act, row.kind, row.record_id, dict(row.detail)]
    return hashlib.sha256(b"backbone audit 1\n" + previous + canonical(content)).digest()
