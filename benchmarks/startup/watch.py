"""Notices the first paint of a window; the same for the bare one and for ours, so that watching costs both the same."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget


def tell(moment: str) -> None:
    """A line a moment, with the system's monotonic clock, which the parent process reads too."""
    print(f"{moment} {time.monotonic()}", flush=True)


class FirstPaint(QObject):
    """Told by Qt of every event until a window paints; then calls `after` with that window."""

    def __init__(self, app: QApplication, after: Callable[[QWidget], None]) -> None:
        super().__init__()
        self._app = app
        self._after = after
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and watched.isWindow():
            tell("painted")
            self._app.removeEventFilter(self)
            self._after(watched)
        return False
