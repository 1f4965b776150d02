"""Encrypted whole copies of the store, each opened and checked before it counts; old ones make room."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from backbone_core.errors import Unavailable
from backbone_desktop.store.engine import connect
from backbone_desktop.store.troubles import explain

DAILY, WEEKLY, MONTHLY = 7, 4, 12
_STAMP = "%Y%m%dT%H%M%SZ"


def back_up(path: Path, key: bytes, folder: Path, *, why: str = "day", at: datetime | None = None) -> Path:
    """Copy the store at `path` into `folder` with the same key, check the copy, and return it.

    `why` stands in the file's name ("day", "upgrade"). Raises `Unavailable`: store.disk_full, backup.not_verified ….
    """
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    finished = folder / f"store-{moment.strftime(_STAMP)}-{why}.db"
    unfinished = finished.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    try:
        _copy(path, key, unfinished)
        verify(unfinished, key)
        _sync(unfinished)
        os.replace(unfinished, finished)
    finally:
        unfinished.unlink(missing_ok=True)
    return finished


def _copy(path: Path, key: bytes, to: Path) -> None:
    opened = connect(path, key)
    try:
        opened.execute("VACUUM INTO ?", (str(to),))
    except Exception as error:
        raise explain(error) or Unavailable("backup.failed") from None
    finally:
        opened.close()


def verify(path: Path, key: bytes) -> None:
    """Open a copy and read all of it. Raises `Unavailable("backup.not_verified")` when anything is amiss."""
    try:
        opened = connect(path, key, read_only=True)
        try:
            pages = opened.execute("PRAGMA cipher_integrity_check").fetchall()
            sound = opened.execute("PRAGMA integrity_check").fetchall()
            orphans = opened.execute("PRAGMA foreign_key_check").fetchall()
            revision = opened.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            opened.close()
    except Exception:  # whatever is wrong with a copy, it is not a backup
        raise Unavailable("backup.not_verified") from None
    if pages or sound != [("ok",)] or orphans or revision is None:
        raise Unavailable("backup.not_verified")


def _sync(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())
