"""What the insurer decided and what was paid.

Revision ID: 0011
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from alembic import op
from sqlalchemy import Connection

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# As it stood when the revision was made: the tables' modules move on, this file does not.
SYNCED = """
        version INTEGER DEFAULT 0 NOT NULL,
        extra BLOB,
        removed_at TEXT,
        changed_at TEXT NOT NULL,
        written_seq INTEGER DEFAULT 0 NOT NULL,
        fed INTEGER DEFAULT 0 NOT NULL,
"""
STATEMENTS = (
    f"""
    CREATE TABLE decision (
        id TEXT NOT NULL,
        claim_id TEXT NOT NULL,
        outcome TEXT NOT NULL,
        amount INTEGER NOT NULL,
        decided_on TEXT NOT NULL,
        reasons BLOB NOT NULL,
        insurer TEXT NOT NULL,
        case_no TEXT NOT NULL,
        remark TEXT NOT NULL,
        {SYNCED}
        CONSTRAINT pk_decision PRIMARY KEY (id)
    )
     STRICT
    """,
    "CREATE INDEX ix_decision_claim ON decision (claim_id)",
    f"""
    CREATE TABLE payment (
        id TEXT NOT NULL,
        claim_id TEXT NOT NULL,
        decision_id TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        paid_on TEXT NOT NULL,
        state TEXT NOT NULL,
        bank_name TEXT NOT NULL,
        bank_account TEXT NOT NULL,
        account_holder TEXT NOT NULL,
        reference TEXT NOT NULL,
        failure TEXT,
        failure_text TEXT NOT NULL,
        failed_on TEXT,
        {SYNCED}
        CONSTRAINT pk_payment PRIMARY KEY (id)
    )
     STRICT
    """,
    "CREATE INDEX ix_payment_claim ON payment (claim_id, attempt)",
)
NEEDED: dict[str, tuple[str, ...]] = {
    "decision": ("claim_id", "outcome", "amount", "decided_on"),
    "payment": ("claim_id", "decision_id", "attempt", "amount", "paid_on", "state"),
}
"""Fields without which a record cannot be shown."""
TEXTS: dict[str, tuple[str, ...]] = {
    "decision": ("insurer", "case_no", "remark"),
    "payment": ("bank_name", "bank_account", "account_holder", "reference", "failure_text"),
}
"""Fields that are "" where nothing was said."""


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    connection = op.get_bind()
    for kind in NEEDED:
        take_up(connection, kind)


def take_up(connection: Connection, kind: str) -> None:
    """What the centre sent before this version knew of it; a record that cannot be read waits on."""
    kept = connection.exec_driver_sql("SELECT record_id, version, fields FROM later WHERE kind = ?", (kind,)).all()
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    for record_id, version, packed in kept:
        fields = msgspec.msgpack.decode(packed)
        if fields.get("removed") or any(fields.get(name) is None for name in NEEDED[kind]):
            continue
        row: dict[str, Any] = {
            "id": record_id, **{name: fields[name] for name in NEEDED[kind]},
            **{name: fields.get(name, "") for name in TEXTS[kind]}, "version": version, "changed_at": now, "fed": 1,
        }
        if kind == "decision":
            reasons = [[one.get("code", "other"), one.get("text", "")] for one in fields.get("reasons", [])]
            row["reasons"] = msgspec.msgpack.encode(reasons)
        else:
            row |= {name: fields.get(name) for name in ("failure", "failed_on")}
        connection.exec_driver_sql(
            f"INSERT INTO {kind} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
        connection.exec_driver_sql("DELETE FROM later WHERE kind = ? AND record_id = ?", (kind, record_id))
