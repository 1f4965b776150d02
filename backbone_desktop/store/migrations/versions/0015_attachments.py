"""Scans of claims' papers.

Revision ID: 0015
"""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# As it stood when the revision was made: the tables' modules move on, this file does not.
STATEMENTS = (
    """
    CREATE TABLE attachment (
        id TEXT NOT NULL,
        claim_id TEXT NOT NULL,
        document TEXT NOT NULL,
        place INTEGER NOT NULL,
        media_type TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        original TEXT NOT NULL,
        added_at TEXT NOT NULL,
        added_by TEXT NOT NULL,
        removed_at TEXT,
        removed_by TEXT,
        CONSTRAINT pk_attachment PRIMARY KEY (id)
    )
     STRICT
    """,
    "CREATE INDEX ix_attachment_claim ON attachment (claim_id)",
    "CREATE INDEX ix_attachment_content ON attachment (sha256)",
    """
    CREATE TABLE attachment_chunk (
        sha256 TEXT NOT NULL,
        number INTEGER NOT NULL,
        content BLOB NOT NULL,
        CONSTRAINT pk_attachment_chunk PRIMARY KEY (sha256, number)
    )
     STRICT
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
