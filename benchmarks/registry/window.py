"""The program's own window over a made register: `window PROFILE`; or plain views of Qt beside it: `standard`.

Prints JSON. A frame is the time that a view takes to move by one row and paint itself again.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QTableView, QWidget

FRAMES = 200
KEYS = ("w", "wz", "5206", "张", "李伟", "1388", "zhang", "示例1", "刘")
SIZE = (1366, 768)


class Painted(QObject):
    """Notes when a widget was painted last."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QApplication.sendEvent(watched, event)
            watched.installEventFilter(self)
            self.at = time.perf_counter()
            return True
        return False


def frames(view: QTableView | QListView, step: int) -> list[float]:
    """Seconds of each frame, going down by `step` pixels."""
    bar, spent = view.verticalScrollBar(), []
    for n in range(FRAMES):
        begun = time.perf_counter()
        bar.setValue(n * step)
        view.viewport().repaint()
        spent.append(time.perf_counter() - begun)
    return spent


def repaints(*views: QWidget) -> float:
    def once() -> float:
        begun = time.perf_counter()
        for view in views:
            view.repaint()
        return time.perf_counter() - begun

    return statistics.median(once() for _ in range(50))


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Let the window's loop turn, asleep between events as it is in the program, so that the workers have the time."""
    begun, pulse = time.perf_counter(), QTimer()
    pulse.start(1)
    while not true():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() - begun > seconds:
            sys.exit("the window did not come so far")


def megabytes() -> float:
    """What the process holds now; Linux only, as the figures are."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def standard() -> dict[str, float]:
    """QStandardItemModel in a QTableView of the same size; ten thousand rows, for a million fill half a gigabyte."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel

    app = QApplication([*sys.argv[:1], "-style", "fusion"])
    model = QStandardItemModel()
    for row in range(10_000):
        model.appendRow([QStandardItem(f"示例{row}第{column}栏") for column in range(8)])
    view = QTableView()
    view.setModel(model)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(32)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.resize(1134, 600)
    view.show()
    QTest.qWaitForWindowExposed(view)
    app.processEvents()
    return {"frame_ms": statistics.median(frames(view, 32)) * 1000}


def ours(profile: str) -> dict[str, float]:
    from backbone_desktop.app import LocalBackend
    from backbone_desktop.ui.application import dress
    from backbone_desktop.ui.shell import Shell
    from benchmarks.registry.made import ACCOUNT, PASSWORD

    app = QApplication([*sys.argv[:1], "-style", "fusion"])
    backend = LocalBackend(Path(profile))
    shell = Shell(backend)
    shell.show()
    until(lambda: shell.settled)
    dress(app, backend)
    desk, office = backend.sign_in(ACCOUNT, PASSWORD), backend.profile()
    told: dict[str, float] = {}
    # signed in: the first hundred households
    from backbone_desktop.ui.main_window import Place

    begun = time.perf_counter()
    shell._work(desk, office, Place("households", {}))
    assert shell.main is not None
    households: Any = shell.main.page
    until(lambda: len(households.table.model().rows) >= 60)
    households.table.viewport().repaint()
    told["first_rows_ms"] = (time.perf_counter() - begun) * 1000
    until(lambda: shell.settled)
    # a million people
    before, begun = megabytes(), time.perf_counter()
    shell.main.open("people")
    people: Any = shell.main.page
    until(lambda: len(people.table.model().rows) >= 60)
    people.table.viewport().repaint()
    told["open_ms"] = (time.perf_counter() - begun) * 1000
    until(lambda: shell.settled)
    told["whole_ms"] = (time.perf_counter() - begun) * 1000
    table: QTableView = people.table
    told["rows"] = table.model().rowCount()
    frames(table, 32)
    until(lambda: shell.settled)
    told["frame_ms"] = statistics.median(frames(table, 32)) * 1000
    begun = time.perf_counter()
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    until(lambda: shell.settled)
    table.viewport().repaint()
    told["end_ms"] = (time.perf_counter() - begun) * 1000
    told["more_mb"] = megabytes() - before
    told |= keys(shell)
    shell.close()
    return told


def keys(shell: Any) -> dict[str, float]:
    """From the last key of each text in the window's search box to the list that is painted below it.

    A frame is what each key makes Qt paint: the box with the letter in it, and the list with its frame.
    """
    search = shell.main._search
    search.begin()
    _typed(search, "王")
    until(lambda: search._popup._list is not None and search._popup.isVisible())
    view = search._popup._list.viewport()
    seen = Painted(view)
    spent = []
    for text in KEYS:
        search.clear()
        until(lambda: shell.settled)
        _typed(search, text[:-1])
        until(lambda: shell.settled)
        begun = time.perf_counter()
        _typed(search, text[-1])
        _await_paint(seen, begun)
        spent.append(seen.at - begun)
    return {"key_ms": statistics.median(spent) * 1000, "popup_frame_ms": repaints(search, search._popup) * 1000}


def _typed(field: QLineEdit, text: str) -> None:
    """Latin letters by key; Chinese comes whole from the input method."""
    if text.isascii():
        QTest.keyClicks(field, text)
    else:
        field.insert(text)


def _await_paint(seen: Painted, begun: float) -> None:
    until(lambda: seen.at > begun)


if __name__ == "__main__":
    print(json.dumps(standard() if sys.argv[1] == "standard" else ours(sys.argv[1])))
