"""Where the exchange with the centre stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, and_, delete, exists, insert, literal_column, or_, select, text, update

from backbone_core.change import Outcome, RecordKind
from backbone_desktop.services.rows import (
    DeviceState,
    ExchangeNote,
    ExchangeState,
    RefusedRow,
    ReviewRow,
    SyncStatus,
    WaitingRow,
)
from backbone_desktop.store.answers import Answers
from backbone_desktop.store.clashes import clash_groups
from backbone_desktop.store.labels import label_of
from backbone_desktop.store.outbox import StoredOutbox
from backbone_desktop.store.setbacks import Setbacks
from backbone_desktop.store.statuses import Statuses
from backbone_desktop.store.tables import device, exchange_note, outbox, review, shadow
from backbone_desktop.store.types import is_set

SHOWN_WAITING = 200
KEPT_NOTES = 1_000
_OURS = frozenset({"epoch", "last_seq", "answered_seq"})
"""What the store itself counts; nobody sets it from outside."""


class StoredSync:
    """`services.exchange_ports.SyncRepository`."""

    def __init__(self, connection: Connection, changes: StoredOutbox, answers: Answers,
                 setbacks: Setbacks) -> None:
        self._connection = connection
        self._changes = changes
        self._answers = answers
        self._setbacks = setbacks

    def device(self) -> DeviceState:
        row = self._connection.execute(select(device)).mappings().one()
        return DeviceState(**{part.name: row[part.name] for part in fields(DeviceState)})

    def save_device(self, state: DeviceState) -> None:
        """Keep what the exchange knows; epoch and sequence are the store's own and stay as they are."""
        values = {name: value for name, value in asdict(state).items() if name not in _OURS}
        self._connection.execute(update(device).values(**values))

    def mark_answered(self, outcomes: Sequence[Any], receipt: bytes, signature: bytes) -> None:
        self._answers.mark_answered(outcomes, receipt, signature)

    def apply_state(self, kind: RecordKind, record_id: str, version: int, fields: Mapping[str, Any]) -> bool:
        return self._answers.apply_state(kind, record_id, version, fields)

    def step_back(self, seq: int) -> None:
        self._setbacks.step_back(seq)

    def reviews(self) -> tuple[ReviewRow, ...]:
        """What is open, oldest first: the centre's review items, then clashes that it has not made one of yet."""
        rows = self._connection.execute(
            select(review).where(is_set(review.c.open)).order_by(review.c.opened_at, review.c.id)
        ).mappings().all()
        sent = tuple(
            ReviewRow(id=row["id"], kind=row["kind"], record_id=row["record_id"], fields=row["fields"],
                      opened_at=row["opened_at"], open=True, code=row["code"], other_id=row["other_id"],
                      label=label_of(self._connection, row["kind"], row["record_id"]))
            for row in rows
        )
        known = {row["record_id"] for row in rows} | {row["other_id"] for row in rows}
        return sent + tuple(one for one in self._clash_reviews() if one.record_id not in known)

    def _clash_reviews(self) -> tuple[ReviewRow, ...]:
        return tuple(
            ReviewRow(id=f"{group.rule.mark}.{group.ids[0]}", kind=group.kind, record_id=group.ids[0],
                      fields={group.rule.field: {"base": None, "kept": group.ids[0], "other": group.ids[1]}},
                      opened_at=group.since, open=True, code=group.rule.review, other_id=group.ids[1],
                      label=label_of(self._connection, group.kind, group.ids[0]))
            for group in clash_groups(self._connection)
        )

    def note(self, note: ExchangeNote) -> None:
        made = self._connection.execute(insert(exchange_note).values(**asdict(note)))
        last = made.inserted_primary_key[0] if made.inserted_primary_key else 0
        self._connection.execute(delete(exchange_note).where(exchange_note.c.id <= last - KEPT_NOTES))

    def notes(self, limit: int) -> tuple[ExchangeNote, ...]:
        """Newest first."""
        rows = self._connection.execute(
            select(exchange_note).order_by(exchange_note.c.id.desc()).limit(limit)
        ).mappings()
        return tuple(ExchangeNote(**{part.name: row[part.name] for part in fields(ExchangeNote)}) for row in rows)

    def state(self) -> ExchangeState:
        waiting = self._connection.execute(
            select(outbox.c.seq, outbox.c.kind, outbox.c.act, outbox.c.label, outbox.c.made_at)
            .where(outbox.c.epoch == select(device.c.epoch).scalar_subquery(), outbox.c.answered_at.is_(None))
            .order_by(outbox.c.seq).limit(SHOWN_WAITING)
        )
        return ExchangeState(
            waiting=self._changes.count_waiting(),
            waiting_rows=tuple(WaitingRow(seq=row.seq, kind=str(row.kind), act=row.act, label=row.label,
                                          made_at=row.made_at) for row in waiting),
            refused=self._refused(),
            reviews=len(self.reviews()),
            last=next(iter(self.notes(1)), None),
            device=self.device(),
        )

    def status_of(self, kind: RecordKind, record_id: str) -> SyncStatus:
        return Statuses(self._connection).of_record(kind, record_id)

    def _refused(self) -> tuple[RefusedRow, ...]:
        """Each record's last rejected change while nothing newer waits, and conflicts until their review is closed."""
        other = outbox.alias()
        waits = exists().where(other.c.record_id == outbox.c.record_id, other.c.answered_at.is_(None))
        newer = exists().where(other.c.record_id == outbox.c.record_id, other.c.outcome == Outcome.REJECTED,
                               other.c.epoch == outbox.c.epoch, other.c.seq > outbox.c.seq)
        differs = exists().where(shadow.c.record_id == outbox.c.record_id)
        closed = exists().where(review.c.record_id == outbox.c.record_id, review.c.open == literal_column("0"))
        opened = exists().where(review.c.record_id == outbox.c.record_id, is_set(review.c.open))
        rows = self._connection.execute(
            select(outbox).where(
                text("outbox.outcome IN ('rejected', 'conflict')"),  # as it stands in the partial index
                or_(
                    and_(outbox.c.outcome == Outcome.REJECTED, differs, ~waits, ~newer),
                    and_(outbox.c.outcome == Outcome.CONFLICT, or_(opened, ~closed)),
                ),
            ).order_by(outbox.c.seq.desc()).limit(SHOWN_WAITING)
        ).mappings()
        return tuple(
            RefusedRow(seq=row["seq"], kind=str(row["kind"]), record_id=row["record_id"], label=row["label"],
                       outcome=str(row["outcome"]), code=row["code"],
                       fields=tuple((row["detail"] or {}).get("conflicts") or sorted(row["fields"])))
            for row in rows
        )
