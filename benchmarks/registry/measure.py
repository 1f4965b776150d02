"""A county's register of 1,000,000 people: search, lists, rosters, duplicates, each beside its floor from the same run.

Every part is a process of its own, so that memory and imports are its own too. A figure with a bound instead of a
floor (milliseconds, megabytes, seconds) has the bound in the floor's column.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from benchmarks.registry.people import MadePerson, people
from benchmarks.registry.rosters import TEMPLATES, write_roster

PEOPLE = 1_000_000
ROWS = 125_000
ROUNDS = 3
NEWCOMERS = 5_000_000
"""First household number of people who are not in the made register."""


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        made, empty = _make(place / "made", PEOPLE), _make(place / "empty", 0)
        return [*_search(made), *_window(made, empty), *_duplicates(made), *_rosters(place, made, empty)]


def _search(made: Path) -> Iterator[Figure]:
    told = _run("search", made, made)
    worst = max(told["kinds"], key=lambda kind: told["kinds"][kind]["p99_ms"])
    p99 = told["kinds"][worst]["p99_ms"]
    yield Figure(f"a key's people found, p99 of the slowest kind ({worst})", p99, 6, 1.0, "ms", 1)
    yield Figure("the same, beside a range of the B-tree on names", p99, told["plain"]["p99_ms"], 2.0, "ms", 1)


def _window(made: Path, empty: Path) -> Iterator[Figure]:
    runs = [_run("window", made, made) for _ in range(ROUNDS)]
    ours = {name: statistics.median(one[name] for one in runs) for name in runs[0]}
    frame = statistics.median(_run("window", made, "standard")["frame_ms"] for _ in range(ROUNDS))
    bare = statistics.median(_bare(empty) for _ in range(ROUNDS))
    yield Figure("a key to the painted list, beside three of its frames", ours["key_ms"], 3 * ours["popup_frame_ms"],
                 1.0)
    yield Figure("first rows after sign-in, beside a bare window", ours["first_rows_ms"], bare, 1.3)
    yield Figure("a list of a million people opens", ours["open_ms"], 200, 1.0)
    yield Figure("memory of that list", ours["more_mb"], 40, 1.0, "MB")
    yield Figure("a scroll frame of it, beside QStandardItemModel", ours["frame_ms"], frame, 1.0, "ms", 2)


def _duplicates(made: Path) -> Iterator[Figure]:
    told = _run("duplicates", made, made)
    yield Figure("double records of the whole register found", told["seconds"], 60, 1.0, "s")
    yield Figure("the longest pause of the window meanwhile", told["gap_ms"], 50, 1.0)


def _rosters(place: Path, made: Path, empty: Path) -> Iterator[Figure]:
    for template in TEMPLATES:
        file = place / f"{template}.xlsx"
        write_roster(file, template, people(ROWS, NEWCOMERS))
        floor = statistics.median(_run("importing", empty, file)["seconds"] for _ in range(ROUNDS))
        told = _on_a_copy(empty, file)
        yield Figure(f"roster {template}, {ROWS:,} new people into an empty register", told["seconds"], floor, 2.3, "s",
                     1)
        if template == "A":
            yield Figure("its peak memory", told["peak_mb"], 300, 1.0, "MB")
            yield Figure("the longest pause of the window meanwhile", told["gap_ms"], 50, 1.0)
            told = _on_a_copy(made, file)
            yield Figure("the same roster into a million people", told["seconds"], floor, 4.5, "s", 1)
    file = place / "second-year.xlsx"
    write_roster(file, "A", _a_year_later(people(ROWS)))
    told = _on_a_copy(made, file)
    yield Figure("a second year's roster over the first", told["seconds"], floor, 4.5, "s", 1)


def _a_year_later(first_year: Iterator[MadePerson]) -> Iterator[MadePerson]:
    """One household in twenty has another telephone; the others are as they were."""
    for person in first_year:
        yield replace(person, phone=f"199{person.family:08d}") if person.family % 20 == 0 else person


# --- processes


def _make(place: Path, count: int) -> Path:
    place.mkdir()
    subprocess.run([sys.executable, "-m", "benchmarks.registry.made", str(place / "profile"), str(count)], check=True,
                   env=_environment(place), stdout=subprocess.DEVNULL)
    return place


def _run(script: str, home: Path, *arguments: Path | str) -> dict[str, Any]:
    given = [str(one / "profile") if isinstance(one, Path) and one.is_dir() else str(one) for one in arguments]
    done = subprocess.run([sys.executable, "-m", f"benchmarks.registry.{script}", *given], check=True,
                          capture_output=True, text=True, env=_environment(home))
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _on_a_copy(home: Path, file: Path) -> dict[str, Any]:
    with _copied(home) as copy:
        return _run("importing", copy, copy, file)


@contextmanager
def _copied(home: Path) -> Iterator[Path]:
    copy = home.with_name(home.name + "-copy")
    shutil.copytree(home, copy)
    try:
        yield copy
    finally:
        shutil.rmtree(copy)


def _bare(home: Path) -> float:
    """Milliseconds from the start of a bare window's process to its first paint."""
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-m", "benchmarks.startup.bare"], check=True, capture_output=True, text=True,
                          env=_environment(home))
    return (float(done.stdout.split()[1]) - begun) * 1000


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "BENCHMARK_KEYRING": str(home / "keyring.json"),
            "PYTHON_KEYRING_BACKEND": "benchmarks.startup.keyring_in_a_file.KeyringInAFile",
            "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
