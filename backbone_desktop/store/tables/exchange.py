"""What waits for the centre, what it is expected to hold, and what it answered."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, Text, text

from backbone_core.change import Outcome, RecordKind
from backbone_desktop.store.tables.base import add_triggers, table
from backbone_desktop.store.types import Coded, Flag, Moment, Packed

outbox = table(
    "outbox",
    Column("epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Coded(RecordKind), nullable=False),
    Column("record_id", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("base_version", Integer, nullable=False),
    Column("fields", Packed, nullable=False),
    Column("base", Packed, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("label", Text, nullable=False),
    Column("answered_at", Moment),
    Column("outcome", Coded(Outcome)),
    Column("code", Text, nullable=False, server_default=""),
    Column("detail", Packed),
    PrimaryKeyConstraint("epoch", "seq"),
)
"""变更. No foreign key to what a change describes, so that nothing can take it along."""
Index("ix_outbox_waiting", outbox.c.epoch, outbox.c.seq, sqlite_where=text("answered_at IS NULL"))
Index("ix_outbox_waiting_record", outbox.c.record_id, sqlite_where=text("answered_at IS NULL"))
Index("ix_outbox_put_aside", outbox.c.seq, sqlite_where=text("outcome IN ('rejected', 'conflict')"))

_CHANGE = "epoch, seq, kind, record_id, act, base_version, fields, base, made_at, made_by, hash, label"
OUTBOX_TRIGGERS = (
    f"CREATE TRIGGER outbox_change_is_not_changed BEFORE UPDATE OF {_CHANGE} ON outbox "
    "BEGIN SELECT RAISE(ABORT, 'a change is not changed'); END",
    "CREATE TRIGGER outbox_waiting_is_not_taken_out BEFORE DELETE ON outbox WHEN OLD.answered_at IS NULL "
    "BEGIN SELECT RAISE(ABORT, 'a waiting change is not taken out'); END",
)
add_triggers(outbox, *OUTBOX_TRIGGERS)

shadow = table(
    "shadow",
    Column("kind", Coded(RecordKind), nullable=False),
    Column("record_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("fields", Packed),  # NULL: the centre does not have the record
    PrimaryKeyConstraint("kind", "record_id"),
    rowid=False,
)
"""What the centre is expected to hold before the waiting changes; only for records with waiting or refused ones."""
Index("ix_shadow_record", shadow.c.record_id)

review = table(
    "review",
    Column("id", Text, primary_key=True, nullable=False),
    Column("code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("other_id", Text, nullable=False),
    Column("fields", Packed, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("open", Flag, nullable=False),
    Column("act", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Moment),
    Column("device_no", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("extra", Packed),
)
"""Something that a person must look at; made by the centre."""
Index("ix_review_record", review.c.record_id)
Index("ix_review_other", review.c.other_id)

later = table(
    "later",
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("fields", Packed, nullable=False),
    PrimaryKeyConstraint("kind", "record_id"),
    rowid=False,
)
"""States from the feed that this version cannot read; kept for one that can."""

device = table(
    "device",
    Column("only", Integer, primary_key=True, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("last_hash", LargeBinary, nullable=False),
    Column("answered_seq", Integer, nullable=False),
    Column("server_url", Text, nullable=False, server_default=""),
    Column("device_id", Text, nullable=False, server_default=""),
    Column("server_id", Text, nullable=False, server_default=""),
    Column("server_key", LargeBinary, nullable=False),
    Column("scope", Text, nullable=False, server_default=""),
    Column("cursor_epoch", Text, nullable=False, server_default=""),
    Column("cursor_seq", Integer, nullable=False, server_default=text("0")),
    Column("clock_offset_seconds", Integer, nullable=False, server_default=text("0")),
    Column("token", Text, nullable=False, server_default=""),
    Column("token_until", Moment),
)

server_receipt = table(
    "server_receipt",
    Column("id", Integer, primary_key=True, nullable=False),
    Column("at", Moment, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("receipt", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

exchange_note = table(
    "exchange_note",
    Column("id", Integer, primary_key=True, nullable=False),
    Column("at", Moment, nullable=False),
    Column("code", Text, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("applied", Integer, nullable=False),
    Column("merged", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("fetched", Integer, nullable=False),
    Column("detail", Text, nullable=False),
)
