"""Long work of one page: the panel with how far it is, nothing else done meanwhile, and what went wrong told there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.work_panel import WorkPanel
from backbone_desktop.ui.worker import run_aside

Task = Callable[[Callable[[int, int], None], Callable[[], bool]], Any]
"""What is carried out on a worker: it is handed `progress(done, of)` and `cancelled()`."""


class LongWork(QObject):
    advanced = Signal(int, int)
    """Sent from the worker's thread."""

    def __init__(self, context: Context, notice: FormNotice, steps: QWidget, parent: QWidget) -> None:
        """`steps` rest while something is under way."""
        super().__init__(parent)
        self._context = context
        self._notice = notice
        self._steps = steps
        self._cancel = threading.Event()
        self.busy = False
        self.panel = WorkPanel(context.words)
        self.panel.cancelled.connect(self._cancel.set)
        self.advanced.connect(self.panel.advance, Qt.ConnectionType.QueuedConnection)

    def carry_out(self, what: str, task: Task, done: Callable[[Any], None], then: Callable[[], None], *,
                  aside: bool = False) -> None:
        """`done` takes the result; `then` puts the caret back after a failure, which is told on the page.

        With `aside` it has a thread of its own, and the window's other pages read the store meanwhile.
        """
        if self.busy:
            return
        self.busy = True
        self._cancel.clear()
        self._notice.clear()
        self._steps.setEnabled(False)
        self.panel.begin(what)
        report, stopped = self.advanced.emit, self._cancel.is_set

        def finish(result: Any) -> None:
            self._rest()
            done(result)

        def fail(error: BackboneError) -> None:
            self._rest()
            if isinstance(error, RuleBroken):
                self._notice.say(Meaning.ATTENTION, self._context.words.error(error))
            else:
                self._context.signals.problem.emit(error)
            then()

        run = run_aside if aside else self._context.store.run
        run(lambda: task(report, stopped), finish, fail)

    def _rest(self) -> None:
        self.busy = False
        self.panel.end()
        self._steps.setEnabled(True)
