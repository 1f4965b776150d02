"""Decisions about people who look alike become records that are sent; the local table for them was never filled.

Revision ID: 0004
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# As it stood when the revision was made: the tables' modules move on, this file does not.
STATEMENTS = (
    "DROP TABLE different_people",
    """
    CREATE TABLE comparison (
        id TEXT NOT NULL,
        member_id TEXT NOT NULL,
        other_id TEXT NOT NULL,
        kept_id TEXT NOT NULL,
        version INTEGER DEFAULT 0 NOT NULL,
        extra BLOB,
        removed_at TEXT,
        changed_at TEXT NOT NULL,
        written_seq INTEGER DEFAULT 0 NOT NULL,
        fed INTEGER DEFAULT 0 NOT NULL,
        CONSTRAINT pk_comparison PRIMARY KEY (id)
    )
     STRICT
    """,
    "CREATE INDEX ix_comparison_member ON comparison (member_id)",
    "CREATE INDEX ix_comparison_other ON comparison (other_id)",
    "CREATE INDEX ix_comparison_kept ON comparison (kept_id) WHERE kept_id <> ''",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
