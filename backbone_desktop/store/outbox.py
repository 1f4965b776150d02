"""What waits for the centre: read by the exchange, written by `capture` alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, select, update

from backbone_core.change import CHAIN_START, Change, RecordKind, chain_hash
from backbone_desktop.store.rows import RowWriter
from backbone_desktop.store.tables import device, outbox
from backbone_desktop.store.types import moment_text, packed

_OF_RECORD = (
    select(outbox)
    .where(outbox.c.record_id == bindparam("this"), outbox.c.kind == bindparam("of_kind"),
           outbox.c.answered_at.is_(None))
    .order_by(outbox.c.seq)
)
_WAITS = _OF_RECORD.with_only_columns(outbox.c.seq).order_by(None).limit(1)
_STOOD = select(device.c.epoch, device.c.last_hash)
_LAST_SEQ = select(device.c.last_seq)
_ROWS = RowWriter(outbox, ("epoch", "seq", "kind", "record_id", "act", "base_version", "fields", "base", "made_at",
                           "made_by", "hash", "label"))
_COUNT_ON = update(device)


class StoredOutbox:
    """`services.exchange_ports.Outbox`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self, limit: int | None = None) -> tuple[Change, ...]:
        found = (
            select(outbox)
            .where(outbox.c.epoch == _epoch(), outbox.c.answered_at.is_(None))
            .order_by(outbox.c.seq)
        )
        rows = self._connection.execute(found if limit is None else found.limit(limit)).mappings()
        return tuple(change_of(row) for row in rows)

    def since(self, seq: int, limit: int) -> tuple[Change, ...]:
        rows = self._connection.execute(
            select(outbox).where(outbox.c.epoch == _epoch(), outbox.c.seq > seq).order_by(outbox.c.seq).limit(limit)
        ).mappings()
        return tuple(change_of(row) for row in rows)

    def hash_at(self, seq: int) -> bytes | None:
        if seq == 0:
            return CHAIN_START
        stood = self._connection.execute(select(device.c.last_seq, device.c.last_hash)).one()
        if seq == stood.last_seq:
            return bytes(stood.last_hash)
        return self._connection.scalar(
            select(outbox.c.hash).where(outbox.c.epoch == _epoch(), outbox.c.seq == seq)
        )

    def count_waiting(self) -> int:
        return int(self._connection.scalar(
            select(func.count()).select_from(outbox)
            .where(outbox.c.epoch == _epoch(), outbox.c.answered_at.is_(None))
        ) or 0)

    def of_record(self, kind: RecordKind, record_id: str) -> tuple[Change, ...]:
        """The record's waiting changes in order."""
        rows = self._connection.execute(_OF_RECORD, {"of_kind": kind, "this": record_id}).mappings()
        return tuple(change_of(row) for row in rows)

    def waits(self, kind: RecordKind, record_id: str) -> bool:
        """Whether any change of the record waits."""
        return self._connection.execute(_WAITS, {"of_kind": kind, "this": record_id}).first() is not None

    def next_seq(self) -> int:
        return int(self._connection.scalar(_LAST_SEQ) or 0) + 1

    def append(self, change: Change, label: str) -> None:
        """Chain a change to the one before and put it in; its `seq` is `next_seq()`."""
        self.append_all([(change, label)])

    def append_all(self, changes: Sequence[tuple[Change, str]]) -> None:
        """The same for changes with their labels, whose `seq` go on from `next_seq()`."""
        stood = self._connection.execute(_STOOD).one()
        made, rows = bytes(stood.last_hash), []
        for change, label in changes:
            made = chain_hash(made, stood.epoch, change)
            rows.append((
                stood.epoch, change.seq, change.kind.value, change.record_id, change.act, change.base_version,
                packed(change.fields), packed(change.base), moment_text(change.made_at), change.made_by, made, label))
        if rows:
            _ROWS.write(self._connection, rows)
            self._connection.execute(_COUNT_ON, {"last_seq": changes[-1][0].seq, "last_hash": made})


def _epoch() -> Any:
    return select(device.c.epoch).scalar_subquery()


def change_of(row: RowMapping) -> Change:
    return Change(
        seq=row["seq"], kind=row["kind"], record_id=row["record_id"], act=row["act"],
        base_version=row["base_version"], fields=row["fields"], base=row["base"], made_at=row["made_at"],
        made_by=row["made_by"],
    )
