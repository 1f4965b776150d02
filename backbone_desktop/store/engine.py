"""Opens the encrypted file: the raw key, the pragmas, and when a transaction begins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool

from backbone_core.errors import Unavailable
from backbone_desktop.store.troubles import explain, why_unreadable

APPLICATION_ID = 0x42424F4E  # "BBON": tells our store from another program's that the key happens to open
BUSY_MS = 5_000
KEY_BYTES = 32
CACHE_KB = 16_000
"""Deciphered pages that a connection keeps: the upper levels of every index of a million people."""
_WRITES = "writes"
"""Whether a pooled connection lets anything be written, in SQLAlchemy's notes on it."""


def connect(path: Path, key: bytes, *, create: bool = False, read_only: bool = False) -> Any:
    """Open `path` with the raw 256-bit key and return the driver's connection.

    Raises `Unavailable`: store.missing, store.not_a_store, store.wrong_key, store.not_readable …
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the store's key has 32 bytes")
    try:
        if not path.parent.is_dir() or not (create or path.exists()):
            raise Unavailable("store.missing")
        if path.is_dir():
            raise Unavailable("store.not_a_store")
    except OSError:
        raise Unavailable("store.not_readable") from None
    mode = "rwc" if create else "ro" if read_only else "rw"
    try:
        opened = driver.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,  # the pool hands a connection to one thread at a time
            timeout=BUSY_MS / 1000,
        )
    except driver.Error as error:
        raise explain(error) or Unavailable("store.not_readable") from None
    try:
        _unlock(opened, key, create)
        if not read_only:
            _prepare(opened)
    except driver.Error as error:
        opened.close()
        if getattr(error, "sqlite_errorcode", 0) == driver.SQLITE_NOTADB:
            raise why_unreadable(path) from None
        raise explain(error) or Unavailable("store.not_readable") from None
    except BaseException:
        opened.close()
        raise
    return opened


def _unlock(opened: Any, key: bytes, create: bool) -> None:
    # SQLCipher would write to standard error at a wrong key; we say it in words
    opened.execute("PRAGMA cipher_log_level = NONE")
    opened.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if create and opened.execute("PRAGMA application_id").fetchone()[0] == 0:
        opened.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    if opened.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise Unavailable("store.not_a_store")


def _prepare(opened: Any) -> None:
    opened.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    opened.execute("PRAGMA journal_mode = WAL")
    opened.execute("PRAGMA synchronous = FULL")
    opened.execute("PRAGMA foreign_keys = ON")
    opened.execute("PRAGMA recursive_triggers = ON")  # REPLACE would else delete rows past the triggers


def make_engine(path: Path, key: bytes, *, create: bool = False) -> Engine:
    """An engine whose transactions are ours: none begins before we say so, and a writing one begins IMMEDIATE."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=lambda: connect(path, key, create=create),
        poolclass=QueuePool,
        pool_size=3,
        max_overflow=2,
        hide_parameters=True,  # no name or number reaches an exception
        execution_options={"preserve_rowcount": True},
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _leave_nothing_open)
    event.listen(engine, "handle_error", _translate)
    return engine


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    # Only where it changes: the pragma makes SQLite prepare every statement anew, which takes longer than a search.
    if connection.connection.info.get(_WRITES) is not writing:
        connection.exec_driver_sql(f"PRAGMA query_only = {0 if writing else 1}")
        connection.connection.info[_WRITES] = writing
    connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KB}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _leave_nothing_open(opened: Any, _record: Any) -> None:
    """A COMMIT that fails leaves the transaction open, and SQLAlchemy holds it for done."""
    if opened is not None and opened.in_transaction:
        opened.rollback()


def _translate(context: ExceptionContext) -> BaseException | None:
    """What SQLAlchemy raises in place of the driver's error; None leaves it as it is."""
    return explain(context.original_exception)
