"""Passes over an index that leave removed rows out.

Revision ID: 0007
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# As it stood when the revision was made: the tables' modules move on, this file does not.
STATEMENTS = (
    "CREATE INDEX ix_household_removed ON household (removed_at) WHERE removed_at IS NOT NULL",
    "CREATE INDEX ix_member_removed ON member (removed_at) WHERE removed_at IS NOT NULL",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
