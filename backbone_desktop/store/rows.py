"""Puts thousands of rows into a table at the driver's own speed; SQLAlchemy would look at each value of each row."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Table

AT_ONCE = 200
"""Rows of one statement: begun and ended once, and the window is not kept waiting for each row."""


class RowWriter:
    """Writes rows as tuples in the order of `names`, with values as the columns hold them (see `types`)."""

    def __init__(self, table: Table, names: tuple[str, ...]) -> None:
        columns = ", ".join(f'"{table.c[name].name}"' for name in names)
        # Where a row is refused the whole transaction is: SQLite need not keep what the statement would put back.
        self._insert = f'INSERT OR FAIL INTO "{table.name}" ({columns}) VALUES '
        self._row = f'({", ".join("?" * len(names))})'
        self._many = self._statement(AT_ONCE)

    def write(self, connection: Connection, rows: Iterable[tuple[Any, ...]]) -> None:
        rest = iter(rows)
        while some := list(islice(rest, AT_ONCE)):
            statement = self._many if len(some) == AT_ONCE else self._statement(len(some))
            connection.exec_driver_sql(statement, tuple(chain.from_iterable(some)))

    def _statement(self, rows: int) -> str:
        return self._insert + ", ".join([self._row] * rows)
