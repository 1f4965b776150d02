"""What was done with claims, step by step.

Revision ID: 0014
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from alembic import op
from sqlalchemy import Connection

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# As it stood when the revision was made: the tables' modules move on, this file does not.
STATEMENTS = (
    """
    CREATE TABLE claim_step (
        id TEXT NOT NULL,
        claim_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        act TEXT NOT NULL,
        "before" TEXT NOT NULL,
        "after" TEXT NOT NULL,
        "by" TEXT NOT NULL,
        by_name TEXT NOT NULL,
        role TEXT NOT NULL,
        at TEXT NOT NULL,
        note TEXT NOT NULL,
        papers BLOB NOT NULL,
        batch TEXT NOT NULL,
        version INTEGER DEFAULT 0 NOT NULL,
        extra BLOB,
        removed_at TEXT,
        changed_at TEXT NOT NULL,
        written_seq INTEGER DEFAULT 0 NOT NULL,
        fed INTEGER DEFAULT 0 NOT NULL,
        CONSTRAINT pk_claim_step PRIMARY KEY (id)
    )
     STRICT
    """,
    "CREATE INDEX ix_claim_step_claim ON claim_step (claim_id, number)",
    "CREATE TRIGGER claim_step_self_review BEFORE INSERT ON claim_step "
    "WHEN NEW.fed = 0 AND NEW.act IN ('check_township', 'check_county') BEGIN "
    "SELECT RAISE(ABORT, 'claim.self_review') WHERE EXISTS ("
    "SELECT 1 FROM claim WHERE claim.id = NEW.claim_id AND lower(claim.received_by) = lower(NEW.\"by\")) OR EXISTS ("
    "SELECT 1 FROM claim_step AS done WHERE done.claim_id = NEW.claim_id AND lower(done.\"by\") = lower(NEW.\"by\") "
    "AND done.removed_at IS NULL AND (done.act = 'complete' OR (NEW.act = 'check_county' "
    "AND done.act = 'check_township' AND done.number = NEW.number - 1)) "
    "AND NOT (EXISTS (SELECT 1 FROM shadow WHERE shadow.kind = 'claim_step' AND shadow.record_id = done.id) "
    "AND NOT EXISTS ("
    "SELECT 1 FROM outbox WHERE outbox.record_id = done.id AND outbox.answered_at IS NULL))); END",
)
NEEDED = ("claim_id", "number", "act", "before", "after", "by", "by_name", "role", "at")


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    take_up(op.get_bind())


def take_up(connection: Connection) -> None:
    """What the centre sent before this version knew of it; a record that cannot be read waits on."""
    kept = connection.exec_driver_sql("SELECT record_id, version, fields FROM later WHERE kind = 'claim_step'").all()
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    for record_id, version, packed in kept:
        fields = msgspec.msgpack.decode(packed)
        if fields.get("removed") or any(fields.get(name) is None for name in NEEDED):
            continue
        row: dict[str, Any] = {
            "id": record_id, **{name: fields[name] for name in NEEDED}, "note": fields.get("note", ""),
            "papers": msgspec.msgpack.encode(fields.get("papers", [])), "batch": fields.get("batch", ""),
            "at": datetime.fromisoformat(fields["at"]).astimezone(UTC).isoformat(timespec="microseconds"),
            "version": version, "changed_at": now, "fed": 1,
        }
        names = ", ".join(f'"{name}"' for name in row)
        connection.exec_driver_sql(
            f"INSERT INTO claim_step ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
        connection.exec_driver_sql("DELETE FROM later WHERE kind = 'claim_step' AND record_id = ?", (record_id,))
