"""Where things lie: one folder holds everything of one office, another what the program brings along."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from backbone_core.errors import Unavailable

APPLICATION = "Backbone Desktop"


@dataclass(frozen=True, slots=True)
class ProfilePaths:
    """The layout of a profile folder. Only the store, its backups and the keys are worth keeping."""

    root: Path

    @property
    def identity(self) -> Path:
        """Names the profile, so that the keys of another one are told apart."""
        return self.root / "profile.json"

    @property
    def store(self) -> Path:
        return self.root / "store.db"

    @property
    def keys(self) -> Path:
        return self.root / "keys.json"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    @property
    def lock(self) -> Path:
        return self.root / "in-use.lock"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    def make(self) -> None:
        """Make the folders, for this person's eyes alone. Raises Unavailable profile.not_writable, store.disk_full."""
        try:
            for folder in (self.root, self.backups, self.logs):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with contextlib.suppress(PermissionError):  # somebody else's folder that may be written to all the same
                self.root.chmod(0o700)
            if not os.access(self.root, os.W_OK | os.X_OK):
                raise Unavailable("profile.not_writable")
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise Unavailable("store.disk_full" if full else "profile.not_writable") from None


def default_profile() -> Path:
    """The folder that the system gives to this person's data of this program."""
    from platformdirs import user_data_path

    return user_data_path(APPLICATION, appauthor=False)


def resources_dir() -> Path:
    """The resources folder: in a packed program, in an installed one, or in a source checkout."""
    packed = getattr(sys, "_MEIPASS", None)
    if packed is not None:
        return Path(packed) / "resources"
    installed = Path(__file__).resolve().parents[1] / "_resources"
    return installed if installed.is_dir() else installed.parents[1] / "resources"
