"""1,000 receipts in one file beside a bare reportlab canvas, the first of a process, memory, and their preview.

Each run is a process of its own. The canvas gets every place ready made; ours lays each receipt out.
"""

from __future__ import annotations

import json
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from benchmarks.printing.made import receipts
from benchmarks.printing.plan import write_plan

BATCH, FEW, MANY = 1_000, 200, 5_000
ROUNDS, FIRSTS = 3, 9


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        plan, one = place / "plan.json", place / "one.json"
        write_plan(receipts(BATCH), "A5", plan)
        return [*_batch(place, plan), *_first(place, one), *_memory(place), *_preview(place)]


def _batch(place: Path, plan: Path) -> list[Figure]:
    out = str(place / "batch.pdf")
    ours, bare = [], []
    for _ in range(ROUNDS):  # in turn, so that whatever else the machine does falls on both
        ours.append(_run("ours", "batch", out, str(BATCH)))
        bare.append(_run("bare", str(plan), str(place / "bare.pdf"), str(BATCH)))
    seconds, floor = (statistics.median(one["seconds"] / one["pages"] for one in runs) for runs in (ours, bare))
    return [
        Figure(f"a receipt of {BATCH:,} in one file", seconds * 1000, floor * 1000, 1 / 1.5, "ms", 2),
        Figure("its share of the file", ours[0]["bytes"] / ours[0]["pages"] / 1024, 3, 1.0, "KB", 2),
    ]


def _first(place: Path, plan: Path) -> list[Figure]:
    (data,) = receipts(1)
    write_plan([data], "A5", plan)
    kept = place / "data.pickle"
    kept.write_bytes(pickle.dumps(data))
    ours, bare = [], []
    for attempt in range(FIRSTS + 1):
        times = (_from_start("ours", "first", str(kept), str(place / "first.pdf")),
                 _from_start("bare", str(plan), str(place / "first.pdf"), "1"))
        if attempt:  # the first round compiles, and fills the system's file cache, for both
            ours.append(times[0])
            bare.append(times[1])
    return [Figure("the first receipt of a new process", statistics.median(ours) * 1000,
                   statistics.median(bare) * 1000, 1.5)]


def _memory(place: Path) -> list[Figure]:
    out = str(place / "some.pdf")
    peaks = {count: _run("ours", "batch", out, str(count))["peak_mb"] for count in (FEW, BATCH, MANY)}
    return [Figure(f"memory with {count:,} receipts, beside {FEW}", peaks[count], peaks[FEW], 1.05, "MB", 1)
            for count in (BATCH, MANY)]


def _preview(place: Path) -> list[Figure]:
    told = _run("ours", "preview", str(place / "batch.pdf"))
    alone = _run("ours", "preview", str(place / "first.pdf"))
    return [Figure("preview of a receipt", alone["median_ms"], 15, 1.0, "ms", 1),
            Figure(f"preview of a page out of {BATCH:,}", told["median_ms"], 15, 1.0, "ms", 1)]


def _run(script: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-m", f"benchmarks.printing.{script}", *arguments], check=True,
                          capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _from_start(script: str, *arguments: str) -> float:
    """Seconds from the start of a process until its file is written."""
    begun = time.monotonic()
    return float(_run(script, *arguments)["done"]) - begun
