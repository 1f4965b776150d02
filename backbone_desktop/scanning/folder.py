"""Looks into the folder where scanners and document cameras drop their files, again and again.

It is looked at and not listened to: folders on another machine tell of nothing. Files are neither moved nor changed.
"""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

from backbone_core.errors import Unavailable
from backbone_desktop.services.attachment_ports import FoundScan

_ENDINGS = (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".pdf")
"""What else lies in the folder is left alone. Whether a file is what its name says shows when it is opened."""
MOST_FILES = 500
"""Looked at in one go, the newest first."""


class WatchedFolder:
    """A file counts as finished once two looks in a row find it of one size and one age, and not empty."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before: dict[str, tuple[int, int]] = {}

    def look(self) -> tuple[FoundScan, ...]:
        now: dict[str, tuple[int, int]] = {}
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    if entry.name.lower().endswith(_ENDINGS) and not entry.name.startswith((".", "~")):
                        state = self._state(entry)
                        if state is not None:
                            now[entry.name] = state
        except OSError:
            self._before = {}
            raise Unavailable("scan.folder_missing") from None
        newest = sorted(now, key=lambda name: (now[name][1], name), reverse=True)[:MOST_FILES]
        finished = [name for name in newest if self._before.get(name) == now[name] and now[name][0] > 0]
        self._before = now
        return tuple(FoundScan(self._folder / name, _mark(name, *now[name]), _moment(now[name][1]))
                     for name in reversed(finished))

    def _state(self, entry: os.DirEntry[str]) -> tuple[int, int] | None:
        try:
            if not entry.is_file(follow_symlinks=False):
                return None
            told = os.stat(entry.path, follow_symlinks=False)  # a directory's own entry may be old on Windows
        except OSError:
            return None
        return told.st_size, told.st_mtime_ns


def _mark(name: str, size: int, changed: int) -> str:
    """Names of files may be personal: a mark is kept and tells nothing."""
    return hashlib.sha256(f"{name}\0{size}\0{changed}".encode(errors="surrogatepass")).hexdigest()[:24]


def _moment(nanoseconds: int) -> datetime:
    return datetime.fromtimestamp(nanoseconds / 1e9, tz=UTC)
