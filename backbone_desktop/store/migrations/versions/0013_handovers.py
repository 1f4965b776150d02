"""Lists of claims whose papers were handed over, as they were stated.

Revision ID: 0013
"""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# As it stood when the revision was made: the tables' modules move on, this file does not.
STATEMENTS = (
    """
    CREATE TABLE handover (
        id TEXT NOT NULL,
        number TEXT NOT NULL,
        leg TEXT NOT NULL,
        made_at TEXT NOT NULL,
        made_by TEXT NOT NULL,
        giver TEXT NOT NULL,
        receiver TEXT NOT NULL,
        void_at TEXT,
        void_by TEXT NOT NULL,
        CONSTRAINT pk_handover PRIMARY KEY (id),
        CONSTRAINT uq_handover_number UNIQUE (number)
    ) STRICT
    """,
    """
    CREATE TABLE handover_claim (
        handover_id TEXT NOT NULL,
        place INTEGER NOT NULL,
        claim_id TEXT NOT NULL,
        stated BLOB NOT NULL,
        CONSTRAINT pk_handover_claim PRIMARY KEY (handover_id, place),
        CONSTRAINT fk_handover_claim_handover_id_handover FOREIGN KEY(handover_id) REFERENCES handover (id)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX ix_handover_claim_claim ON handover_claim (claim_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
