"""Imported rosters that can be undone, and people who were told apart for good.

Revision ID: 0002
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# As it stood when the revision was made: the tables' modules move on, this file does not.
STATEMENTS = (
    """
    CREATE TABLE different_people (
        one_id TEXT NOT NULL,
        other_id TEXT NOT NULL,
        at TEXT NOT NULL,
        "by" TEXT NOT NULL,
        CONSTRAINT pk_different_people PRIMARY KEY (one_id, other_id)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE roster_import (
        id TEXT NOT NULL,
        at TEXT NOT NULL,
        "by" TEXT NOT NULL,
        template TEXT NOT NULL,
        file_hash TEXT NOT NULL,
        header BLOB NOT NULL,
        counts BLOB NOT NULL,
        first_seq INTEGER NOT NULL,
        last_seq INTEGER NOT NULL,
        undone_at TEXT,
        CONSTRAINT pk_roster_import PRIMARY KEY (id)
    )
     STRICT
    """,
    """
    CREATE TABLE roster_record (
        import_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        record_id TEXT NOT NULL,
        "before" BLOB,
        CONSTRAINT pk_roster_record PRIMARY KEY (import_id, kind, record_id),
        CONSTRAINT fk_roster_record_import_id_roster_import FOREIGN KEY(import_id) REFERENCES roster_import (id)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE roster_row (
        import_id TEXT NOT NULL,
        row_no INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        member_id TEXT NOT NULL,
        cells BLOB NOT NULL,
        reasons BLOB NOT NULL,
        CONSTRAINT pk_roster_row PRIMARY KEY (import_id, row_no),
        CONSTRAINT fk_roster_row_import_id_roster_import FOREIGN KEY(import_id) REFERENCES roster_import (id)
    )
     WITHOUT ROWID,
     STRICT
    """,
    "CREATE INDEX ix_roster_row_member ON roster_row (member_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
