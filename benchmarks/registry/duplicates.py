"""The search for double records over a made register, in the background of a window: `duplicates PROFILE`.

Prints JSON. `gap_ms` is the longest time that the window's loop stood still, `wait_ms` the longest that somebody who
looked for a person meanwhile had to wait, `more_mb` what the search took over the signed-in program.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path

ASK_MS = 300


def in_the_window(profile: str) -> dict[str, float]:
    """The slices go one by one through the store worker, as the page sends them; others ask in between."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from backbone_desktop.app import LocalBackend
    from backbone_desktop.services.duplicate_scan import DuplicateScan
    from backbone_desktop.services.registry import find_members
    from backbone_desktop.ui.worker import StoreWorker
    from benchmarks.registry.made import ACCOUNT, PASSWORD

    gc.disable()
    sys.setswitchinterval(0.001)  # both as the program's window has them
    app = QApplication([])
    backend = LocalBackend(Path(profile))
    backend.open()
    desk = backend.sign_in(ACCOUNT, PASSWORD)
    find_members(desk, "王")
    worker, scan, told = StoreWorker("store"), DuplicateScan(desk), dict[str, float]()
    slices, turns, waits, sizes = scan.slices(), list[float](), list[float](), [_megabytes()]
    begun = last = time.perf_counter()

    def turn() -> None:
        nonlocal last
        now = time.perf_counter()
        turns.append(now - last)
        last = now

    def ask() -> None:
        asked = time.perf_counter()
        worker.run(lambda: find_members(desk, "王伟"), lambda _: waits.append(time.perf_counter() - asked))

    def go_on(far: tuple[int, int] | None = (0, 0)) -> None:
        sizes.append(_megabytes())
        if far is None:
            told["seconds"] = time.perf_counter() - begun
            app.quit()
        else:
            worker.run(lambda: next(slices, None), go_on, lambda error: sys.exit(f"not searched: {error.code}"))

    for timer, call, pause in ((QTimer(), turn, 1), (QTimer(), ask, ASK_MS)):
        timer.timeout.connect(call)
        timer.setParent(app)
        timer.start(pause)
    go_on()
    app.exec()
    worker.stop()
    told |= {"pairs": len(scan.pairs), "gap_ms": max(turns) * 1000, "wait_ms": max(waits, default=0.0) * 1000,
             "more_mb": max(sizes) - sizes[0]}
    backend.close()
    return told


def _megabytes() -> float:
    """What the process holds now; Linux only, as the figures are."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


if __name__ == "__main__":
    print(json.dumps(in_the_window(*sys.argv[1:])))
