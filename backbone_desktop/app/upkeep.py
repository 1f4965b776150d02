"""What is done for the store's sake and for nobody in particular: reading it in, keeping its keys with its backups."""

from __future__ import annotations

import contextlib
import logging
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from backbone_core.errors import Unavailable
from backbone_desktop.settings.paths import ProfilePaths

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.store.opening import Store

log = logging.getLogger(__name__)
WARMED_BYTES = 256 * 1024 * 1024
_CHUNK = 1024 * 1024


def warm(store: Path) -> None:
    """Read the file once, so that the first search does not wait for the disk.

    Only before the store is opened: closing a file gives up the locks that SQLite holds on it in the same process.
    """
    left = WARMED_BYTES
    with contextlib.suppress(OSError), store.open("rb", buffering=0) as handle:
        while left > 0 and (read := len(handle.read(_CHUNK))):
            left -= read


def no_room(folder: Path) -> bool:
    """Whether not even SQLite's scratch file fits on the disk."""
    return shutil.disk_usage(folder).free < 64 * 1024


def back_up_now(store: Store, key: bytes, paths: ProfilePaths) -> str:
    from backbone_desktop.store.backup import back_up

    copy = back_up(store.path, key, paths.backups)
    keep_keys_beside(paths)
    return copy.name


def back_up_today(store: Store, key: bytes, paths: ProfilePaths, now: datetime) -> bool:
    """Whether a backup was made; a day has one."""
    from backbone_desktop.store.backup import back_up_if_due

    if back_up_if_due(store.path, key, paths.backups, now) is None:
        return False
    keep_keys_beside(paths)
    return True


def forget_device(desk: Desk) -> None:
    """The centre knows this device by a key that is gone; a new one-time code makes it known again."""
    try:
        with desk.open() as work:
            work.sync.save_device(replace(work.sync.device(), device_id="", token="", token_until=None))
            work.audit.add("renew_device_key", "office", "")
            work.commit()
    except Unavailable as failure:  # then the centre refuses the old name at the next exchange
        log.warning("the device's old name is still noted: %s", failure.code)


def keep_keys_beside(paths: ProfilePaths) -> None:
    """Put the wrapped keys beside the backups: without them nobody could open one on another machine."""
    if not paths.backups.is_dir():
        return
    for file in (paths.keys, paths.identity):
        copy = paths.backups / file.name
        aside = copy.with_name(copy.name + ".new")
        with contextlib.suppress(OSError):  # the backup itself stands, and the next one tries again
            shutil.copyfile(file, aside)
            aside.chmod(0o600)
            aside.replace(copy)
