"""Keeps a form in progress as it is typed, so that a power cut costs nobody more than a second's work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from backbone_desktop.ui.worker import StoreWorker

PAUSE_MS = 700


class FormKeeper(QObject):
    """`gather` reads the form on the window's thread and returns what the store worker is to do about it."""

    kept = Signal()

    def __init__(self, store: StoreWorker, gather: Callable[[], Callable[[], Any]], parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._gather = gather
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._keep)

    def touch(self) -> None:
        """Something was typed. Typing on does not put the keeping off."""
        if not self._pause.isActive():
            self._pause.start()

    def keep_now(self) -> None:
        """The page is being left: keep what has not been kept yet."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep()

    def let_go(self) -> None:
        """The form was saved or dropped: nothing is kept any more."""
        self._pause.stop()

    def _keep(self) -> None:
        self._store.run(self._gather(), self._tell)

    def _tell(self, _: Any) -> None:
        self.kept.emit()
