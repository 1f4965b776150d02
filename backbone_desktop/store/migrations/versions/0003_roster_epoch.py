"""An import knows its own changes by the store's epoch and their numbers, so that no list of them is kept beside.

Revision ID: 0003
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE roster_import ADD COLUMN epoch TEXT DEFAULT '' NOT NULL")
    op.execute("UPDATE roster_import SET epoch = (SELECT epoch FROM device)")
    op.execute("DELETE FROM roster_record WHERE \"before\" IS NULL")
