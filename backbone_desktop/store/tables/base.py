"""What every table shares: names of constraints, strict typing, and the columns of a record that is synced."""

from __future__ import annotations

from sqlalchemy import DDL, Column, Integer, MetaData, Table, Text, event, text
from sqlalchemy.schema import SchemaItem

from backbone_core.change import RecordKind
from backbone_desktop.store.types import Moment, Packed

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

SYNCED: dict[RecordKind, Table] = {}
"""The tables into which only `UnitOfWork.write`, `remove` and the feed put anything."""


def table(name: str, *columns: SchemaItem, rowid: bool = True) -> Table:
    """A STRICT table; with `rowid=False` the primary key is the table."""
    return Table(name, metadata, *columns, sqlite_strict=True, sqlite_with_rowid=rowid)


def add_triggers(of: Table, *statements: str) -> None:
    """Make the triggers together with their table."""
    for statement in statements:
        event.listen(of, "after_create", DDL(statement))  # type: ignore[no-untyped-call]


def synced_table(kind: RecordKind, *columns: SchemaItem, added: tuple[SchemaItem, ...] = ()) -> Table:
    """A table of records that the centre also holds. `added` are columns of later revisions: they stand at the end,
    where ALTER TABLE puts them without copying a million rows.

    There are no foreign keys between such tables: the feed brings records in the order in which they were changed,
    so that a claim may arrive before its member. `UnitOfWork.write` looks for the parent instead.
    """
    made = table(
        kind.value,
        Column("id", Text, primary_key=True, nullable=False),
        *columns,
        Column("version", Integer, nullable=False, server_default=text("0")),  # the centre's; 0 = never seen there
        Column("extra", Packed),  # fields that a later version knows
        Column("removed_at", Moment),
        Column("changed_at", Moment, nullable=False),
        Column("written_seq", Integer, nullable=False, server_default=text("0")),  # the change that wrote the row last
        Column("fed", Integer, nullable=False, server_default=text("0")),  # how often the exchange wrote the row
        *added,
    )
    SYNCED[kind] = made
    return made
