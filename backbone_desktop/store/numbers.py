"""Receipt numbers that are never given twice, not even when an older copy of the store is put back.

The highest number stands in a file of its own beside the store, so that a restored store does not take it back. Two
copies are written one after the other; at a power cut one of them is whole.

Where the files are gone and the store has given numbers before, the store was put back on another machine, and nobody
here knows which numbers were printed since that copy was made: the next one lies far above.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from backbone_core.errors import Unavailable

LEAP = 10_000
"""More than one device gives between two backups; a number has room for a hundred of these."""
_FULL = {errno.ENOSPC, errno.EDQUOT}
_in_this_process = threading.Lock()


class HighWaterFile:
    """`services.ports.ReceiptNumbers` in a profile folder."""

    def __init__(self, folder: Path) -> None:
        self._lock_file = folder / "receipt-number.lock"
        self._copies = (folder / "receipt-number", folder / "receipt-number.copy")

    def next(self, at_least: int) -> int:
        """Raises `Unavailable`: numbers.unreadable when both copies are spoilt, numbers.not_kept, store.disk_full.

        A number is on the disk before it is handed out; one that is then not used leaves a gap.
        """
        with self._alone():
            number = max(self._highest(at_least) + 1, at_least, 1)
            for copy in self._copies:
                _write(copy, number)
            return number

    def _highest(self, at_least: int) -> int:
        there = [copy for copy in self._copies if copy.exists()]
        read = [number for copy in there if (number := _read(copy)) is not None]
        if there and not read:
            raise Unavailable("numbers.unreadable")
        return max(read, default=at_least // LEAP * LEAP + LEAP if at_least > 1 else 0)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One thread of one process at a time."""
        with _in_this_process:
            try:
                handle = self._lock_file.open("a+b")
            except OSError as error:
                raise _trouble(error) from None
            with handle:
                _lock(handle.fileno())
                yield  # closing the file lets go of the lock


def _read(copy: Path) -> int | None:
    """The number in a copy, None when it is not whole."""
    try:
        number, _, check = copy.read_text("ascii").strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        return None
    return int(number) if number.isdecimal() and check == _check(int(number)) else None


def _write(copy: Path, number: int) -> None:
    aside = copy.with_name(copy.name + ".new")
    try:
        with aside.open("w", encoding="ascii") as handle:
            handle.write(f"{number} {_check(number)}\n")
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(aside, copy)
        sync_folder(copy.parent)
    except OSError as error:
        raise _trouble(error) from None


def sync_folder(folder: Path) -> None:
    """Make a renaming last; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check(number: int) -> str:
    return hashlib.sha256(f"receipt number {number}".encode()).hexdigest()[:16]


def _trouble(error: OSError) -> Unavailable:
    return Unavailable("store.disk_full" if error.errno in _FULL else "numbers.not_kept")


def _lock(handle: int) -> None:
    """Wait for the lock; the system lets go of it when the process ends, however it ends."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
