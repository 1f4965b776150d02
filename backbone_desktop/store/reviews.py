"""Closes what the centre asked about when somebody has answered it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, or_, select, update

from backbone_core.change import RecordKind
from backbone_desktop.services.rows import ReviewRow
from backbone_desktop.store.labels import label_of
from backbone_desktop.store.tables import review
from backbone_desktop.store.trail import Trail
from backbone_desktop.store.types import is_set

DUPLICATE_PERSON = "review.duplicate_person"


class Reviews:
    """A review is the centre's record: here it is only closed, by a change like any other."""

    def __init__(self, connection: Connection, trail: Trail) -> None:
        self._connection = connection
        self._trail = trail

    def close_duplicate(self, one_id: str, other_id: str) -> None:
        """Close every open review that holds these two members for one person."""
        pair = or_((review.c.record_id == one_id) & (review.c.other_id == other_id),
                   (review.c.record_id == other_id) & (review.c.other_id == one_id))
        self._close(pair, review.c.code == DUPLICATE_PERSON)

    def of_record(self, record_id: str, code: str) -> ReviewRow | None:
        found = self._connection.execute(
            select(review).where(review.c.record_id == record_id, review.c.code == code, is_set(review.c.open))
            .order_by(review.c.opened_at.desc()).limit(1)).mappings().first()
        if found is None:
            return None
        return ReviewRow(id=found["id"], kind=found["kind"], record_id=record_id, fields=found["fields"],
                         opened_at=found["opened_at"], open=True, code=code, other_id=found["other_id"],
                         label=label_of(self._connection, found["kind"], record_id))

    def close(self, review_id: str) -> None:
        self._close(review.c.id == review_id)

    def _close(self, *which: ColumnElement[bool]) -> None:
        rows = self._connection.execute(
            select(review.c.id, review.c.version, review.c.kind, review.c.record_id)
            .where(*which, is_set(review.c.open))).all()
        for row in rows:
            self._connection.execute(update(review).where(review.c.id == row.id).values(open=False))
            closed = self._trail.change(
                RecordKind.REVIEW, row.id, "close", seq=self._trail.outbox.next_seq(), at=self._trail.now(),
                base_version=row.version, fields={"open": False}, base={"open": True})
            self._trail.tell("close", closed, label_of(self._connection, row.kind, row.record_id))
