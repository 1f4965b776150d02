"""Closes what the centre asked about when somebody has answered it."""

from __future__ import annotations

from sqlalchemy import Connection, or_, select, update

from backbone_core.change import Change, RecordKind
from backbone_desktop.services.ports import Actor, Clock
from backbone_desktop.store.audit import StoredAudit
from backbone_desktop.store.labels import label_of
from backbone_desktop.store.outbox import StoredOutbox
from backbone_desktop.store.tables import review
from backbone_desktop.store.types import is_set

DUPLICATE_PERSON = "review.duplicate_person"


class Reviews:
    """A review is the centre's record: here it is only closed, by a change like any other."""

    def __init__(self, connection: Connection, actor: Actor, clock: Clock, audit: StoredAudit,
                 outbox: StoredOutbox) -> None:
        self._connection = connection
        self._actor = actor
        self._clock = clock
        self._audit = audit
        self._outbox = outbox

    def close_duplicate(self, one_id: str, other_id: str) -> None:
        """Close every open review that holds these two members for one person."""
        pair = or_((review.c.record_id == one_id) & (review.c.other_id == other_id),
                   (review.c.record_id == other_id) & (review.c.other_id == one_id))
        rows = self._connection.execute(
            select(review.c.id, review.c.version, review.c.record_id)
            .where(pair, review.c.code == DUPLICATE_PERSON, is_set(review.c.open))).all()
        for row in rows:
            self._connection.execute(update(review).where(review.c.id == row.id).values(open=False))
            seq = self._outbox.next_seq()
            self._audit.add("close", RecordKind.REVIEW, row.id, {"seq": seq})
            self._outbox.append(
                Change(seq=seq, kind=RecordKind.REVIEW, record_id=row.id, act="close", base_version=row.version,
                       fields={"open": False}, base={"open": True}, made_at=self._clock.now(),
                       made_by=self._actor.account),
                label_of(self._connection, RecordKind.MEMBER, row.record_id),
            )
