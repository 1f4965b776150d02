"""Rosters that were imported: the rows as they came, and what each import did, so that it can be undone."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Text, text

from backbone_core.change import RecordKind
from backbone_desktop.store.tables.base import table
from backbone_desktop.store.types import Coded, Moment, Packed

roster_import = table(
    "roster_import",
    Column("id", Text, primary_key=True, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("file_hash", Text, nullable=False),
    Column("header", Packed, nullable=False),
    Column("counts", Packed, nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("undone_at", Moment),
    Column("epoch", Text, nullable=False, server_default=text("''")),
    Column("columns", Packed, nullable=False, server_default=text("x'80'")),
)
"""One imported roster. `first_seq` to `last_seq` of the epoch are the changes that it made; last < first: none."""

roster_row = table(
    "roster_row",
    Column("import_id", Text, ForeignKey("roster_import.id"), nullable=False),
    Column("row_no", Integer, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("member_id", Text, nullable=False),
    Column("cells", Packed, nullable=False),
    Column("reasons", Packed, nullable=False),
    Column("settled_at", Moment),
    Column("settled_by", Text),
    Column("settled_as", Text),
    PrimaryKeyConstraint("import_id", "row_no"),
    rowid=False,
)
"""A row of the sheet as it stood, what became of it, and whom it names ("" where nobody was registered by it).

A doubtful one waits for a person until it is settled.
"""
Index("ix_roster_row_member", roster_row.c.member_id)
Index("ix_roster_row_doubtful", roster_row.c.import_id, roster_row.c.row_no,
      sqlite_where=text("verdict = 'doubtful' AND settled_at IS NULL"))

roster_record = table(
    "roster_record",
    Column("import_id", Text, ForeignKey("roster_import.id"), nullable=False),
    Column("kind", Coded(RecordKind), nullable=False),
    Column("record_id", Text, nullable=False),
    Column("before", Packed),
    PrimaryKeyConstraint("import_id", "kind", "record_id"),
    rowid=False,
)
"""A record that an import changed, as it stood before. What the import made stands in the outbox alone."""
