"""Notices the first paint of a window; the same for the bare one and for ours, so that watching costs both the same."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


def tell(moment: str) -> None:
    """A line a moment, with the system's monotonic clock, which the parent process reads too."""
    print(f"{moment} {time.monotonic()}", flush=True)


class FirstPaint(QObject):
    """Put on a window that has been shown and not painted; tells its first paint and then calls `after`."""

    def __init__(self, window: QWidget, after: Callable[[], object]) -> None:
        super().__init__()
        self._after = after
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            tell("painted")
            watched.removeEventFilter(self)
            self._after()
        return False
