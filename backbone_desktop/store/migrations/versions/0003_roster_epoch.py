"""An import knows its changes by the store's epoch and their numbers; its doubtful rows wait until they are settled.

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
    op.execute("ALTER TABLE roster_import ADD COLUMN columns BLOB DEFAULT (x'80') NOT NULL")
    for name in ("settled_at", "settled_by", "settled_as"):
        op.execute(f"ALTER TABLE roster_row ADD COLUMN {name} TEXT")
    op.execute("CREATE INDEX ix_roster_row_doubtful ON roster_row (import_id, row_no) "
               "WHERE verdict = 'doubtful' AND settled_at IS NULL")
    op.execute("DELETE FROM roster_record WHERE \"before\" IS NULL")
