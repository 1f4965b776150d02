"""The composition root: the one room that knows every layer, and puts them together for one profile."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backbone_desktop.app.backend import LocalBackend

__all__ = ["LocalBackend", "run_window"]


def __getattr__(name: str) -> Any:
    """The backend is imported when somebody asks for it: the window's first frame does not wait for it."""
    if name != "LocalBackend":
        raise AttributeError(name)
    from backbone_desktop.app.backend import LocalBackend

    return LocalBackend


def run_window(root: Path | None = None, language: str = "") -> int:
    """Show the window of one profile until it is closed."""
    gc.disable()  # looking for garbage takes a twentieth of a start that leaves none; later the window tidies
    sys.setswitchinterval(0.001)  # the window's thread gets its turn soon, however busy the other two are
    from backbone_desktop.ui.application import run_window as show

    made: list[LocalBackend] = []

    def make() -> LocalBackend:
        from backbone_desktop.app.backend import LocalBackend

        made.append(LocalBackend(root, language))
        return made[0]

    try:
        return show(make, sys.argv[:1])
    finally:
        for backend in made:
            _close(backend)


def _close(backend: LocalBackend) -> None:
    import logging

    from backbone_core.errors import Unavailable

    try:
        backend.back_up_if_due()
    except Unavailable as failure:  # no store was opened, or there is no room: doctor tells
        logging.getLogger(__name__).warning("no backup was made today: %s", failure.code)
    finally:
        backend.close()
