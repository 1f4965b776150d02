"""The directory of the devices whose signatures stand on papers.

Revision ID: 0012
"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# As it stood when the revision was made: the tables' modules move on, this file does not.
STATEMENTS = (
    """CREATE TABLE known_device (
        public_key BLOB NOT NULL, county TEXT NOT NULL, device_no TEXT NOT NULL, office TEXT NOT NULL,
        enrolled_at TEXT NOT NULL, revoked_at TEXT, card BLOB NOT NULL,
        CONSTRAINT pk_known_device PRIMARY KEY (public_key)
    ) WITHOUT ROWID, STRICT""",
    "CREATE INDEX ix_known_device_number ON known_device (county, device_no)",
    """CREATE TABLE directory_place (
        only INTEGER NOT NULL, server_epoch TEXT NOT NULL, seq INTEGER NOT NULL, read_at TEXT NOT NULL,
        CONSTRAINT pk_directory_place PRIMARY KEY (only)
    ) STRICT""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
