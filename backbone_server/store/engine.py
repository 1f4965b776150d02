"""Opens the central store by its URL and hands out transactions; the one place that knows which database it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url

_WRITE = "backbone_write"


class Store:
    """Every transaction is opened here; leaving the block without an exception commits it."""

    def __init__(self, url: str) -> None:
        """Raises ValueError or sqlalchemy's ArgumentError for an address that is neither database's."""
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.drivername not in ("sqlite", "postgresql+psycopg"):
            raise ValueError("the central store is SQLite or PostgreSQL")
        # parameters hold names and numbers of people; they must not reach a log through an exception's text
        self.engine: Engine = create_engine(parsed, hide_parameters=True, pool_pre_ping=True, pool_size=10)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write. On SQLite it has the write lock from the start."""
        with self.engine.connect() as connection:
            connection.execution_options(**{_WRITE: True})
            if not self.is_sqlite:
                # every question after the county's lock must see what the writer before it committed,
                # whatever the database's own default is
                connection.execution_options(isolation_level="READ COMMITTED")
            with connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the store, however many questions it asks."""
        with self.engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def close(self) -> None:
        self.engine.dispose()


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; where the primary key is there already, replace the other columns."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    names = [column.name for column in table.columns]
    if connection.dialect.name == "sqlite":
        lite = sqlite.insert(table)
        changed = {name: lite.excluded[name] for name in names if name not in keys}
        connection.execute(lite.on_conflict_do_update(index_elements=keys, set_=changed), rows)
        return
    big = postgresql.insert(table)
    changed = {name: big.excluded[name] for name in names if name not in keys}
    connection.execute(big.on_conflict_do_update(index_elements=keys, set_=changed), rows)


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows whose key is not there yet."""
    if not rows:
        return
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(insert(table).on_conflict_do_nothing(), rows)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # transactions are begun by hand: the driver's own habit of beginning late would let two writers meet
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
