"""Puts thousands of rows into a table at the driver's own speed; SQLAlchemy would look at each value of each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table


class RowWriter:
    """Writes rows as tuples in the order of `names`, with values as the columns hold them (see `types`)."""

    def __init__(self, table: Table, names: Sequence[str]) -> None:
        columns = ", ".join(f'"{table.c[name].name}"' for name in names)
        self._insert = f'INSERT INTO "{table.name}" ({columns}) VALUES ({", ".join("?" * len(names))})'

    def write(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            connection.exec_driver_sql(self._insert, list(rows))
