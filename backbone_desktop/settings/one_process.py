"""One process for a profile: two programs on one store would give out one receipt number twice."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from backbone_core.errors import Unavailable


class ProfileLock:
    """Held from `take` until `release` or until the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: IO[bytes] | None = None

    @property
    def held(self) -> bool:
        return self._handle is not None

    def take(self) -> None:
        """Raises Unavailable profile.in_use, profile.not_writable. Taking it twice is the same as once."""
        if self._handle is not None:
            return
        try:
            handle = self._path.open("ab")
        except OSError:
            raise Unavailable("profile.not_writable") from None
        try:
            _lock(handle)
        except OSError:
            handle.close()
            raise Unavailable("profile.in_use") from None
        self._handle = handle

    def release(self) -> None:
        if self._handle is not None:
            self._handle.close()
            self._handle = None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[bytes]) -> None:
        handle.seek(0, os.SEEK_END)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
