"""Collects Python's garbage on the window's thread alone.

A page that is part of a reference cycle is destroyed by whichever thread happens to collect, and a Qt object must
die on the thread that it lives on. So automatic collection stays off, and the window's thread looks by itself.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 200
YOUNG, MIDDLE, OLD = 2000, 10, 20
"""New objects since the last look, and collections of the younger generation, after which a generation is collected."""


class Tidying(QObject):
    """Looks a few times a second, and does no more than one generation in a turn."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what has been imported stays; walking through it would hold the window up
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MS)

    def look(self) -> None:
        young, middle, old = gc.get_count()
        if old > OLD:
            gc.collect(2)
        elif middle > MIDDLE:
            gc.collect(1)
        elif young > YOUNG:
            gc.collect(0)

    def stop(self) -> None:
        """Collect as usual again; for a process that goes on after its window."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
