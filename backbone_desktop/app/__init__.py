"""The composition root: the one room that knows every layer, and puts them together for one profile."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from backbone_core.errors import Unavailable
from backbone_desktop.app.backend import LocalBackend

__all__ = ["LocalBackend", "run_window"]
log = logging.getLogger(__name__)


def run_window(root: Path | None = None, language: str = "") -> int:
    """Show the window of one profile until it is closed."""
    from backbone_desktop.ui.application import run_window as show

    backend = LocalBackend(root, language)
    if backend.is_set_up:
        backend.start_logging()
    try:
        ended = show(backend, sys.argv[:1])
        try:
            backend.back_up_if_due()
        except Unavailable as failure:  # no store was opened, or there is no room: doctor tells
            log.warning("no backup was made today: %s", failure.code)
        return ended
    finally:
        backend.close()
