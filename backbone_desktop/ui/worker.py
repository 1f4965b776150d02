"""Two threads beside the window: one works on the store, one on the link. Only frozen values cross."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from backbone_core.errors import BackboneError, Unavailable

log = logging.getLogger(__name__)
ResultT = TypeVar("ResultT")
Task = tuple[Callable[[], Any], Callable[[Any], None] | None, Callable[[BackboneError], None] | None, str]


class _Mailbox(QObject):
    """Carries results home to the window's thread."""

    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def _deliver(self, call: Callable[[], None]) -> None:
        call()


class Worker:
    """One thread that carries tasks out in order.

    `run(task, done, failed)`: `task()` runs on the worker's thread; `done(result)` or `failed(error)` on the
    window's. With `latest="search"` an earlier task of that name which has not begun is dropped and an earlier
    answer that has not been delivered is not shown, so that typing never queues up. An answer for a page that is
    gone by then is dropped too; the task itself has been carried out.
    """

    def __init__(self, name: str, on_bug: Callable[[BaseException], None] | None = None,
                 on_problem: Callable[[BackboneError], None] | None = None) -> None:
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._newest: dict[str, object] = {}
        self._mailbox = _Mailbox()
        self._on_bug = on_bug
        self._on_problem = on_problem
        self._pending = 0
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(self, task: Callable[[], ResultT], done: Callable[[ResultT], None] | None = None,
            failed: Callable[[BackboneError], None] | None = None, *, latest: str = "") -> None:
        self._pending += 1
        if not latest:
            self._tasks.put((task, done, failed, ""))
            return
        ticket = object()
        self._newest[latest] = ticket

        def if_newest(call: Callable[[Any], None]) -> Callable[[Any], None]:
            def deliver(value: Any) -> None:
                if self._newest.get(latest) is ticket and not _is_gone(call):
                    call(value)

            return deliver

        def only_newest() -> ResultT | None:
            return task() if self._newest.get(latest) is ticket else None

        self._tasks.put((only_newest, if_newest(done) if done is not None else None,
                         if_newest(failed or self._report), latest))

    @property
    def idle(self) -> bool:
        """Nothing is under way and every answer has been delivered."""
        return self._pending == 0

    def stop(self) -> None:
        """Finish what was asked for, then end the thread."""
        self._tasks.put(None)
        self._thread.join()

    def let_go(self) -> None:
        """End the thread when it has done what was asked for, without waiting for that."""
        self._tasks.put(None)

    def beside(self, name: str) -> Worker:
        """Another thread, whose troubles are told in the same way: for files on folders that may keep one waiting."""
        return Worker(name, self._on_bug, self._on_problem)

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            self._carry_out(*task)

    def _carry_out(self, task: Callable[[], Any], done: Callable[[Any], None] | None,
                   failed: Callable[[BackboneError], None] | None, name: str) -> None:
        try:
            result = task()
        except BackboneError as error:
            self._send(failed or self._report, error)
        except Exception as bug:  # the last line of defence: logged without its text, shown once
            log.error("a task failed: %s", name or "unnamed", exc_info=bug)
            self._send(self._on_bug, bug)
        else:
            self._send(done, result)

    def _report(self, problem: BackboneError) -> None:
        if self._on_problem is not None:
            self._on_problem(problem)

    def _send(self, call: Callable[[Any], None] | None, value: Any) -> None:
        def deliver() -> None:
            self._pending -= 1
            if call is not None and not _is_gone(call):
                call(value)

        self._mailbox.arrived.emit(deliver)


def _is_gone(call: Callable[..., Any]) -> bool:
    """Whether Qt has already deleted an object that this callback would work on."""
    held = [getattr(call, "__self__", None)]
    with contextlib.suppress(ValueError):  # a cell whose variable is not bound any more
        held += [cell.cell_contents for cell in getattr(call, "__closure__", None) or ()]
    return any(isinstance(one, QObject) and not isValid(one) for one in held)


def run_aside(task: Callable[[], ResultT], done: Callable[[ResultT], None],
              failed: Callable[[BackboneError], None]) -> None:
    """Carry one task out on a thread of its own, which ends with it: for printers, which may keep anybody waiting."""
    def end(call: Callable[[Any], None], value: Any) -> None:
        worker.stop()
        if not _is_gone(call):
            call(value)

    worker = Worker("printer", lambda _: end(failed, Unavailable("print.failed")))
    worker.run(task, lambda result: end(done, result), lambda error: end(failed, error))


class StoreWorker(Worker):
    """Everything that touches the local store."""


class SyncWorker(Worker):
    """Everything that touches the link."""
