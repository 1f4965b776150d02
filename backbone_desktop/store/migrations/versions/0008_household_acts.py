"""What happened to households, who died or left, and which households left the list.

Revision ID: 0008
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from alembic import op
from sqlalchemy import Connection

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# As it stood when the revision was made: the tables' modules move on, this file does not.
STATEMENTS = (
    "ALTER TABLE household ADD COLUMN listing TEXT DEFAULT 'listed' NOT NULL",
    "ALTER TABLE household ADD COLUMN listing_since TEXT",
    "ALTER TABLE member ADD COLUMN standing TEXT DEFAULT 'present' NOT NULL",
    "ALTER TABLE member ADD COLUMN left_on TEXT",
    "DROP INDEX uq_member_id_no",
    "CREATE UNIQUE INDEX uq_member_id_no ON member (id_no, "
    "CASE WHEN standing <> 'left' AND removed_at IS NULL AND clash_id = 0 THEN '' ELSE id END)",
    "CREATE INDEX ix_household_closed ON household (listing) WHERE listing = 'closed'",
    "CREATE INDEX ix_member_absent ON member (standing) WHERE standing <> 'present'",
    "DROP INDEX uq_member_head",
    "CREATE UNIQUE INDEX uq_member_head ON member (household_id) "
    "WHERE relation = '户主' AND standing = 'present' AND removed_at IS NULL AND clash_head = 0",
    """
    CREATE TABLE household_act (
        id TEXT NOT NULL,
        household_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        happened_on TEXT NOT NULL,
        reason TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        recorded_by TEXT NOT NULL,
        people BLOB NOT NULL,
        old TEXT NOT NULL,
        new TEXT NOT NULL,
        other_id TEXT NOT NULL,
        other_no TEXT NOT NULL,
        taken_back_at TEXT,
        taken_back_by TEXT NOT NULL,
        version INTEGER DEFAULT 0 NOT NULL,
        extra BLOB,
        removed_at TEXT,
        changed_at TEXT NOT NULL,
        written_seq INTEGER DEFAULT 0 NOT NULL,
        fed INTEGER DEFAULT 0 NOT NULL,
        CONSTRAINT pk_household_act PRIMARY KEY (id)
    )
     STRICT
    """,
    "CREATE INDEX ix_household_act_household ON household_act (household_id)",
    """
    CREATE TABLE household_act_record (
        act_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        record_id TEXT NOT NULL,
        "before" BLOB,
        "after" BLOB NOT NULL,
        CONSTRAINT pk_household_act_record PRIMARY KEY (act_id, kind, record_id)
    )
     WITHOUT ROWID,
     STRICT
    """,
    "CREATE INDEX ix_household_act_record_record ON household_act_record (record_id)",
)


ADDED = {"household": {"listing": "listed", "listing_since": None}, "member": {"standing": "present", "left_on": None}}
"""Columns that became known with this revision, and what stands in them where nothing was said."""
ACT = ("household_id", "kind", "happened_on", "reason", "recorded_at", "recorded_by", "people", "old", "new", "other_id",
       "other_no")


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    connection = op.get_bind()
    for table, names in ADDED.items():
        take_up_fields(connection, table, names)
    take_up_acts(connection)


def take_up_fields(connection: Connection, table: str, names: dict[str, str | None]) -> None:
    """What the exchange brought of these fields before they were known was kept beside the row."""
    kept = connection.exec_driver_sql(f"SELECT id, extra FROM {table} WHERE extra IS NOT NULL").all()
    for record_id, packed in kept:
        extra = msgspec.msgpack.decode(packed)
        values = [extra.pop(name, default) for name, default in names.items()]
        connection.exec_driver_sql(
            f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in names)}, extra = ? WHERE id = ?",
            (*values, msgspec.msgpack.encode(extra) if extra else None, record_id))


def take_up_acts(connection: Connection) -> None:
    """Acts that other offices sent before this one knew of them; one that cannot be read waits on."""
    kept = connection.exec_driver_sql(
        "SELECT record_id, version, fields FROM later WHERE kind = 'household_act'").all()
    for record_id, version, packed in kept:
        fields = msgspec.msgpack.decode(packed)
        if fields.get("removed") or any(fields.get(name) is None for name in ACT):
            continue
        back = fields.get("taken_back_at")
        values = {**fields, "people": msgspec.msgpack.encode([
            [one.get("member_id", ""), one.get("name", ""), one.get("before", ""), one.get("after", "")]
            for one in fields["people"]]), "recorded_at": utc(fields["recorded_at"])}
        columns = ", ".join(("id", *ACT, "taken_back_at", "taken_back_by", "version", "changed_at", "fed"))
        row: tuple[Any, ...] = (record_id, *(values[name] for name in ACT), utc(back) if back else None,
                                fields.get("taken_back_by", ""), version, values["recorded_at"], 1)
        marks = ", ".join("?" * len(row))
        connection.exec_driver_sql(f"INSERT INTO household_act ({columns}) VALUES ({marks})", row)
        connection.exec_driver_sql("DELETE FROM later WHERE kind = 'household_act' AND record_id = ?", (record_id,))


def utc(moment: str) -> str:
    """As the store writes moments."""
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat(timespec="microseconds")
