"""The audit trail: every row's hash covers the row before it, so that a row altered or missing shows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from backbone_core.change import canonical_of_plain, microseconds, refuse_unless_plain
from backbone_desktop.services.ports import Actor, Clock
from backbone_desktop.services.rows import AuditRow
from backbone_desktop.store.rows import RowWriter
from backbone_desktop.store.tables import audit, audit_head
from backbone_desktop.store.types import moment_text, packed

_START = bytes(32)
_ROWS = RowWriter(audit, ("seq", "at", "by", "act", "kind", "record_id", "detail", "hash"))
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
        refuse_unless_plain(told := detail or {})
        self.add_all(act, kind, [(record_id, told)])

    def add_all(self, act: str, kind: str, records: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """One act on many records of a kind: a row each, (record id, detail); every detail is plain."""
        last, made = self.head()
        now, by, rows = self._clock.now(), self._actor.account, []
        at, since_1970 = moment_text(now), microseconds(now)
        for seq, (record_id, detail) in enumerate(records, start=last + 1):
            made = _hash(made, [seq, since_1970, by, act, kind, record_id, detail])
            rows.append((seq, at, by, act, kind, record_id, packed(detail), made))
        if not rows:
            return
        _ROWS.write(self._connection, rows)
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
            content = [row.seq, microseconds(row.at), row.by, row.act, row.kind, row.record_id, dict(row.detail)]
            if row.seq != expected or found["hash"] != _hash(previous, content):
                return expected
            previous, expected = found["hash"], expected + 1
        return None if self.head() == (expected - 1, previous) else expected

    def head(self) -> tuple[int, bytes]:
        head = self._connection.execute(_HEAD).first()
        return (0, _START) if head is None else (head.seq, head.hash)


def _row(found: RowMapping) -> AuditRow:
    return AuditRow(seq=found["seq"], at=found["at"], by=found["by"], act=found["act"], kind=found["kind"],
                    record_id=found["record_id"], detail=found["detail"])


def _hash(previous: bytes, content: list[Any]) -> bytes:
    """`content`: number, microseconds since 1970, who, act, kind, record, detail."""
    return hashlib.sha256(b"backbone audit 1\n" + previous + canonical_of_plain(content)).digest()
