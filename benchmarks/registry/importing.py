"""One roster into one register, as the window does it: `importing PROFILE FILE`; or the plain read of the file: `FILE`.

Prints JSON. The profile is changed: give it a copy.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path


def plain_read(file: str) -> dict[str, float]:
    """The floor: every row of the sheet by the library that reads it, and nothing done with it."""
    from python_calamine import CalamineWorkbook

    begun = time.perf_counter()
    for _ in CalamineWorkbook.from_path(file).get_sheet_by_index(0).iter_rows():
        pass
    return {"seconds": time.perf_counter() - begun}


def in_the_window(profile: str, file: str) -> dict[str, float]:
    """Dry run and import on the store worker, while the window's loop notes how long it was kept from turning."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from backbone_desktop.app import LocalBackend
    from backbone_desktop.services.roster import check_roster, columns_for, import_roster
    from backbone_desktop.ui.worker import StoreWorker
    from benchmarks.registry.made import ACCOUNT, PASSWORD

    app = QApplication([])
    backend = LocalBackend(Path(profile))
    backend.open()
    desk = backend.sign_in(ACCOUNT, PASSWORD)
    worker, told, turns = StoreWorker("store"), {}, []
    last = [time.perf_counter()]

    def turn() -> None:
        now = time.perf_counter()
        turns.append(now - last[0])
        last[0] = now

    def work() -> None:
        begun = time.perf_counter()
        opened = backend.open_roster(Path(file))
        columns = columns_for(desk, opened)
        plan = check_roster(desk, opened, columns)
        told["checked"] = time.perf_counter() - begun
        made = import_roster(desk, opened, columns, plan=plan)
        told["seconds"] = time.perf_counter() - begun
        told["rows"] = sum(made.counts.values())

    timer = QTimer()
    timer.timeout.connect(turn)
    timer.start(1)
    worker.run(work, lambda _: app.quit(), lambda error: sys.exit(f"not imported: {error.code}"))
    app.exec()
    worker.stop()
    told["gap_ms"] = max(turns) * 1000
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    backend.close()
    return told


if __name__ == "__main__":
    print(json.dumps(plain_read(*sys.argv[1:]) if len(sys.argv) == 2 else in_the_window(*sys.argv[1:])))
