"""Starts the bare window and the application in turn, in one run, and tells when each could be seen and used."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.figures import Figure, median_ms

ROUNDS = 15


def _moments(script: str, *arguments: str, environment: dict[str, str]) -> dict[str, float]:
    """Start a process and return the seconds from then to each moment that it tells."""
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-m", f"benchmarks.startup.{script}", *arguments], check=True,
                          capture_output=True, text=True, env=environment, timeout=60)
    told = [line.split() for line in done.stdout.splitlines() if line]
    return {moment: float(at) - begun for moment, at in told}


def measure() -> list[Figure]:
    seconds: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "BENCHMARK_KEYRING": str(Path(folder) / "keyring.json"),
                       "PYTHON_KEYRING_BACKEND": "benchmarks.startup.keyring_in_a_file.KeyringInAFile"}
        # Both run compiled, as an installed program does; the first round compiles.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        # Without a session's bus Qt would start one for each process, which no office's desktop does.
        environment.setdefault("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        profile = str(Path(folder) / "profile")
        _moments("ours", "set-up", profile, environment=environment)
        for attempt in range(ROUNDS + 1):
            bare = _moments("bare", environment=environment)["painted"]
            ours = _moments("ours", "run", profile, environment=environment)
            if attempt:  # the first round compiles, and fills the system's file cache, for both
                seconds["bare"].append(bare)
                for moment, after in ours.items():
                    seconds[moment].append(after)
    floor = median_ms(seconds["bare"])
    return [
        Figure("first frame painted", median_ms(seconds["painted"]), floor, 1.15),
        Figure("sign-in page takes keys", median_ms(seconds["usable"]), floor, 1.30),
        Figure("store open, accounts shown", median_ms(seconds["opened"]), floor, 6.0),
    ]
