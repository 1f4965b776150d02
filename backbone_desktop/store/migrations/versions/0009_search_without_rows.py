"""Ends of phones, spellings and cover are told by their indexes alone, without the rows.

Revision ID: 0009
"""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# As it stood when the revision was made: the tables' modules move on, this file does not.
STATEMENTS = (
    *(f"DROP INDEX {name}" for name in (
        "ix_member_phone_tail", "ix_member_phone_tail_near", "ix_household_phone_tail", "ix_household_phone_tail_near",
        "ix_spelling_pinyin", "ix_spelling_pinyin_near", "ix_enrolment_member_year")),
    "CREATE INDEX ix_member_phone_tail ON member (substr(phone, -4), phone) WHERE phone <> ''",
    "CREATE INDEX ix_member_phone_tail_near ON member (substr(phone, -4), phone) WHERE near = 1 AND phone <> ''",
    "CREATE INDEX ix_household_phone_tail ON household (substr(phone, -4), phone) WHERE phone <> ''",
    "CREATE INDEX ix_household_phone_tail_near ON household (substr(phone, -4), phone) "
    "WHERE near = 1 AND phone <> ''",
    "CREATE INDEX ix_spelling_pinyin ON spelling (pinyin, initials)",
    "CREATE INDEX ix_spelling_pinyin_near ON spelling (pinyin, initials) WHERE near = 1",
    "CREATE INDEX ix_enrolment_member_year ON enrolment (member_id, policy_year, status, removed_at)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
