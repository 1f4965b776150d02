"""Carries an exchange out on the sync worker, so that it goes on whichever page is looked at."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backbone_core.errors import BackboneError

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.rows import ExchangeNote
    from backbone_desktop.ui.backend import Backend
    from backbone_desktop.ui.context import Signals
    from backbone_desktop.ui.worker import SyncWorker

CHANGED_BY_EXCHANGE = frozenset((kind, "") for kind in ("household", "member", "enrolment", "claim", "exchange"))


class ExchangeRun(QObject):
    """At most one exchange at a time; asking again while one runs does nothing."""

    began = Signal()
    advanced = Signal(int, int)
    """(changes answered, changes in all); sent from the sync worker's thread, delivered on the window's."""
    ended = Signal(object)
    """The `ExchangeNote`, or None when it failed and the problem was reported."""

    def __init__(self, backend: Backend, sync: SyncWorker, signals: Signals, parent: QObject) -> None:
        super().__init__(parent)
        self._backend = backend
        self._sync = sync
        self._signals = signals
        self._cancel = threading.Event()
        self._desk: Desk | None = None
        self.running = False
        signals.exchange_wanted.connect(self.begin)

    def work_for(self, desk: Desk) -> None:
        """Whoever signed in last is who sends from now on."""
        self._desk = desk

    def begin(self) -> None:
        if self.running or self._desk is None:
            return
        self.running = True
        self._cancel.clear()
        self.began.emit()
        self._signals.working.emit(True)
        backend, desk = self._backend, self._desk
        report, cancelled = self.advanced.emit, self._cancel.is_set
        self._sync.run(lambda: backend.exchange(desk, report, cancelled), self._finish, self._failed)

    def cancel(self) -> None:
        self._cancel.set()

    def _failed(self, error: BackboneError) -> None:
        self._finish(None)
        self._signals.problem.emit(error)

    def _finish(self, note: ExchangeNote | None) -> None:
        self.running = False
        self.ended.emit(note)
        self._signals.working.emit(False)
        self._signals.changed.emit(CHANGED_BY_EXCHANGE)
