"""Imported reference data: places, hospitals and diagnoses.

Revision ID: 0005
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# As it stood when the revision was made: the tables' modules move on, this file does not.
STATEMENTS = (
    """
    CREATE TABLE reference_edition (
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        at TEXT NOT NULL,
        "by" TEXT NOT NULL,
        file_hash TEXT NOT NULL,
        CONSTRAINT pk_reference_edition PRIMARY KEY (id)
    )
     STRICT
    """,
    """
    CREATE TABLE reference_entry (
        id INTEGER NOT NULL,
        edition_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        code TEXT NOT NULL,
        name TEXT NOT NULL,
        level TEXT NOT NULL,
        area TEXT NOT NULL,
        CONSTRAINT pk_reference_entry PRIMARY KEY (id),
        CONSTRAINT fk_reference_entry_edition_id_reference_edition FOREIGN KEY(edition_id) REFERENCES reference_edition (id)
    )
     STRICT
    """,
    """
    CREATE TABLE reference_key (
        shelf INTEGER NOT NULL,
        "key" TEXT NOT NULL,
        entry_id INTEGER NOT NULL,
        CONSTRAINT pk_reference_key PRIMARY KEY (shelf, "key", entry_id)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE reference_place (
        county TEXT NOT NULL,
        code TEXT NOT NULL,
        edition_id TEXT NOT NULL,
        parent TEXT NOT NULL,
        name TEXT NOT NULL,
        former BLOB NOT NULL,
        keys BLOB NOT NULL,
        CONSTRAINT pk_reference_place PRIMARY KEY (county, code),
        CONSTRAINT fk_reference_place_edition_id_reference_edition FOREIGN KEY(edition_id) REFERENCES reference_edition (id)
    )
     WITHOUT ROWID,
     STRICT
    """,
    "CREATE INDEX ix_reference_entry_edition_id ON reference_entry (edition_id)",
    "CREATE INDEX ix_reference_place_edition_id ON reference_place (edition_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
