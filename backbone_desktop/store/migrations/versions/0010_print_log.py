"""The log of prints holds every form, not receipts alone.

Revision ID: 0010
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# As it stood when the revision was made: the tables' modules move on, this file does not.
STATEMENTS = (
    """
    CREATE TABLE print_log (
        form TEXT NOT NULL,
        number TEXT NOT NULL,
        copy INTEGER NOT NULL,
        subject TEXT NOT NULL,
        at TEXT NOT NULL,
        "by" TEXT NOT NULL,
        how TEXT NOT NULL,
        paper TEXT NOT NULL,
        printer TEXT NOT NULL,
        CONSTRAINT pk_print_log PRIMARY KEY (form, number, copy)
    ) WITHOUT ROWID, STRICT
    """,
    # A claim that is not in the store any more keeps its prints under its id. Where a computer was put back from a
    # backup two claims may bear one receipt number: their prints are counted on, as later ones are.
    """
    INSERT INTO print_log (form, number, copy, subject, at, "by", how, paper, printer)
    SELECT 'receipt', coalesce(nullif(claim.receipt_no, ''), claim_id) AS number,
        row_number() OVER (PARTITION BY coalesce(nullif(claim.receipt_no, ''), claim_id) ORDER BY at, copy, claim_id) - 1,
        claim_id, at, "by", how, '', ''
    FROM print_note LEFT JOIN claim ON claim.id = claim_id
    """,
    "DROP TABLE print_note",
    "CREATE INDEX ix_print_log_subject ON print_log (subject, form)",
    "CREATE INDEX ix_print_log_at ON print_log (at)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
