"""`run`: the window. Nothing of the other commands is imported before its first frame."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from backbone_core.errors import Unavailable
from backbone_desktop.cli.early import Early


def open_window(early: Early) -> int:
    root = Path(early.profile) if early.profile else None
    try:
        if not _has_screen():
            raise Unavailable("profile.no_display")
        from backbone_desktop.app import run_window

        return run_window(root, early.language)
    except Exception as trouble:
        from backbone_desktop.cli.commands import explain

        return explain(trouble, root, early)


def _has_screen() -> bool:
    """Qt ends the process without a word to anybody where it finds no screen."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
