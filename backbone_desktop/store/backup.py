"""Encrypted whole copies of the store, each opened and checked before it counts; old ones make room."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from backbone_core.errors import Unavailable
from backbone_desktop.store.engine import connect
from backbone_desktop.store.numbers import sync_folder
from backbone_desktop.store.troubles import explain

DAILY, WEEKLY, MONTHLY = 7, 4, 12
BEFORE_UPGRADE = "upgrade"
_CHINA = timezone(timedelta(hours=8))
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"store-(\d{8}T\d{6}Z)-([a-z]+)\.db")


@dataclass(frozen=True, slots=True)
class Backup:
    """`why` is "day" or "upgrade"."""

    path: Path
    at: datetime
    why: str


def back_up(path: Path, key: bytes, folder: Path, *, why: str = "day", at: datetime | None = None) -> Path:
    """Copy the store at `path` into `folder` with the same key, check the copy, and return it.

    Raises `Unavailable`: store.disk_full, backup.failed, backup.not_verified. Then nothing is left behind.
    """
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    finished = folder / f"store-{moment.strftime(_STAMP)}-{why}.db"
    unfinished = finished.with_suffix(".part")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _clear(unfinished)
        _copy(path, key, unfinished)
        verify(unfinished, key)
        unfinished.chmod(0o600)
        with unfinished.open("rb+") as handle:
            os.fsync(handle.fileno())
        os.replace(unfinished, finished)
        sync_folder(folder)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise Unavailable("store.disk_full" if full else "backup.failed") from None
    finally:
        with contextlib.suppress(OSError):
            _clear(unfinished)
    return finished


def back_up_if_due(path: Path, key: bytes, folder: Path, at: datetime) -> Path | None:
    """The day's copy, unless the office's day has one; older ones that are not kept any more are taken away."""
    today = at.astimezone(_CHINA).date()
    if any(one.at.astimezone(_CHINA).date() == today for one in backups(folder)):
        return None
    made = back_up(path, key, folder, at=at)
    thin_out(folder)
    return made


def backups(folder: Path) -> tuple[Backup, ...]:
    """Newest first."""
    found = [
        Backup(path, datetime.strptime(name.group(1), _STAMP).replace(tzinfo=UTC), name.group(2))
        for path in (folder.iterdir() if folder.is_dir() else ())
        if (name := _NAME.fullmatch(path.name))
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.why), reverse=True))


def thin_out(folder: Path) -> tuple[Path, ...]:
    """Keep the newest of each of 7 days, 4 weeks and 12 months, and the last one before an upgrade; return the rest."""
    there = backups(folder)
    kept = set([one.path for one in there if one.why == BEFORE_UPGRADE][:1])
    for most, period in ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month)):
        newest: dict[tuple[int, ...], Path] = {}
        for one in there:
            newest.setdefault(period(one.at.astimezone(_CHINA)), one.path)
        kept |= set(list(newest.values())[:most])
    gone = tuple(one.path for one in there if one.path not in kept)
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def verify(path: Path, key: bytes) -> None:
    """Open a copy and read all of it. Raises `Unavailable("backup.not_verified")` when anything is amiss."""
    try:
        opened = connect(path, key, read_only=True)
        try:
            broken = opened.execute("PRAGMA cipher_integrity_check").fetchall()
            sound = opened.execute("PRAGMA integrity_check").fetchall()
            orphans = opened.execute("PRAGMA foreign_key_check").fetchall()
            revision = opened.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            opened.close()
    except Exception:  # whatever is wrong with a copy, it is not a backup
        raise Unavailable("backup.not_verified") from None
    if broken or sound != [("ok",)] or orphans or revision is None:
        raise Unavailable("backup.not_verified")


def _copy(path: Path, key: bytes, to: Path) -> None:
    opened = connect(path, key)
    try:
        opened.execute("VACUUM INTO ?", (str(to),))
    except Exception as error:
        raise explain(error) or Unavailable("backup.failed") from None
    finally:
        opened.close()


def _clear(unfinished: Path) -> None:
    for side in ("", "-journal", "-wal", "-shm"):
        unfinished.with_name(unfinished.name + side).unlink(missing_ok=True)


def _day(at: datetime) -> tuple[int, ...]:
    return at.year, at.month, at.day


def _week(at: datetime) -> tuple[int, ...]:
    return tuple(at.isocalendar()[:2])


def _month(at: datetime) -> tuple[int, ...]:
    return at.year, at.month
