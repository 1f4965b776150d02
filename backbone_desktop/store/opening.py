"""Makes, opens and closes the local store."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, insert

from backbone_core.change import CHAIN_START
from backbone_core.errors import Unavailable
from backbone_desktop.services.ports import Actor, Clock
from backbone_desktop.store.engine import make_engine
from backbone_desktop.store.numbers import sync_folder
from backbone_desktop.store.revision import HEAD, read_revision
from backbone_desktop.store.tables import device
from backbone_desktop.store.unit_of_work import StoredUnit

_SIDES = ("-wal", "-shm")


class Store:
    """An open store. Units of work may be opened from any thread, each used by one."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self.engine = engine

    @contextmanager
    def unit(self, actor: Actor, clock: Clock, *, write: bool = True) -> Iterator[StoredUnit]:
        """One transaction; what is not committed when the block is left is rolled back.

        Raises `Unavailable("store.locked_by_other")` when another program keeps the store locked.
        """
        with self.engine.connect().execution_options(writing=write) as connection:
            yield StoredUnit(connection, actor, clock, write=write)

    def close(self) -> None:
        self.engine.dispose()


def create_store(path: Path, key: bytes) -> Store:
    """Make an empty store. Raises `Unavailable("store.exists")` rather than touching one that is there."""
    from backbone_desktop.store.upgrade import run_migrations

    if path.exists():
        raise Unavailable("store.exists")
    unfinished = path.with_name(path.name + ".new")
    _clear(unfinished)
    engine = make_engine(unfinished, key, create=True)
    try:
        run_migrations(engine)
        with engine.connect().execution_options(writing=True) as connection, connection.begin():
            connection.execute(insert(device).values(only=1, epoch=secrets.token_hex(16), last_seq=0,
                                                     last_hash=CHAIN_START, answered_seq=0, server_key=b""))
    except BaseException:
        engine.dispose()
        _clear(unfinished)
        raise
    engine.dispose()
    os.replace(unfinished, path)
    sync_folder(path.parent)
    return Store(path, make_engine(path, key))


def _clear(unfinished: Path) -> None:
    for side in ("", *_SIDES):
        unfinished.with_name(unfinished.name + side).unlink(missing_ok=True)


def open_store(path: Path, key: bytes) -> Store:
    """Open a store, upgrading it behind a verified backup when it is of an earlier version.

    Raises `Unavailable`: store.missing, store.not_a_store, store.wrong_key, store.newer, store.damaged,
    store.locked_by_other, store.disk_full.
    """
    engine = make_engine(path, key)
    try:
        revision = _revision(engine)
        if not revision:
            raise Unavailable("store.not_a_store")
        if revision != HEAD:
            from backbone_desktop.store.upgrade import upgrade

            upgrade(path, key, engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(path, engine)


def store_revision(path: Path, key: bytes) -> str:
    """The revision of the store at `path`; raises as `open_store` does and changes nothing."""
    engine = make_engine(path, key)
    try:
        return _revision(engine)
    finally:
        engine.dispose()


def _revision(engine: Engine) -> str:
    with engine.connect() as connection:
        return read_revision(connection)
