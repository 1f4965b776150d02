"""Fails every commit that wrote a synced record without its audit row or its outbox row.

Triggers of the connection itself (TEMP, so never in the file) write down what is owed; a deferred foreign key that
nothing satisfies makes SQLite refuse the commit while anything is. What the feed brings owes an audit row alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

_OWN = {"version", "extra", "changed_at", "written_seq", "fed", "near"}


def install(driver: Any) -> None:
    """Guard one SQLCipher connection; call it outside a transaction."""
    from backbone_desktop.store.tables import SYNCED

    driver.execute("PRAGMA query_only = 0")
    driver.execute("CREATE TEMP TABLE guard_nobody (id INTEGER PRIMARY KEY)")
    driver.execute(
        "CREATE TEMP TABLE guard_owed (kind TEXT, record_id TEXT, owed TEXT, "
        "nobody INTEGER NOT NULL DEFAULT 1 REFERENCES guard_nobody (id) DEFERRABLE INITIALLY DEFERRED)"
    )
    there = {name for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for kind, table in SYNCED.items():
        there = {row[1] for row in driver.execute(f"PRAGMA main.table_info({kind})")}  # fewer in an older store
        if not there:
            continue
        record = ", ".join(f'"{column.name}"' for column in table.columns if column.name in there
                           and column.name not in _OWN and not column.name.startswith("clash_"))
        owes = f"INSERT INTO guard_owed (kind, record_id, owed) SELECT '{kind}'"
        driver.execute(
            f"CREATE TEMP TRIGGER guard_{kind}_new AFTER INSERT ON main.{kind} BEGIN "
            f"{owes}, NEW.id, 'audit'; {owes}, NEW.id, 'outbox' WHERE NEW.fed = 0; END"
        )
        driver.execute(
            f"CREATE TEMP TRIGGER guard_{kind}_changed AFTER UPDATE OF {record} ON main.{kind} BEGIN "
            f"{owes}, NEW.id, 'audit'; {owes}, NEW.id, 'outbox' WHERE NEW.fed = OLD.fed; END"
        )
        driver.execute(
            f"CREATE TEMP TRIGGER guard_{kind}_gone AFTER DELETE ON main.{kind} BEGIN {owes}, OLD.id, 'never'; END"
        )
    for paid in ("audit", "outbox"):
        driver.execute(
            f"CREATE TEMP TRIGGER guard_paid_{paid} AFTER INSERT ON main.{paid} BEGIN DELETE FROM guard_owed WHERE "
            "rowid = (SELECT min(rowid) FROM guard_owed WHERE kind = NEW.kind AND record_id = NEW.record_id "
            f"AND owed = '{paid}'); END"
        )


def _on_checkout(driver: Any, _record: Any, _proxy: Any) -> None:
    from backbone_desktop.store.revision import HEAD

    if not type(driver).__module__.startswith("sqlcipher3"):
        return
    tables = driver.execute("SELECT name FROM sqlite_master UNION SELECT name FROM sqlite_temp_master")
    names = {row[0] for row in tables}
    if "alembic_version" not in names or "guard_owed" in names:
        return
    if driver.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,):
        install(driver)


@pytest.fixture(scope="session", autouse=True)
def store_guard() -> Iterator[None]:
    """Every store that a test opens is guarded."""
    from sqlalchemy import event
    from sqlalchemy.pool import Pool

    event.listen(Pool, "checkout", _on_checkout)
    yield
    event.remove(Pool, "checkout", _on_checkout)
