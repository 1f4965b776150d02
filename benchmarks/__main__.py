"""Runs the benchmarks: `python3 dev.py bench [NAME …]`. Ends with 1 when a figure misses its bound."""

from __future__ import annotations

import importlib
import sys

from benchmarks.figures import table

NAMES = ("startup", "registry", "printing")


def main(chosen: list[str]) -> int:
    missed = False
    for name in chosen or NAMES:
        if name not in NAMES:
            print(f"no such benchmark: {name}; there is: {', '.join(NAMES)}", file=sys.stderr)
            return 2
        figures = importlib.import_module(f"benchmarks.{name}.measure").measure()
        print(f"## {name}\n\n{table(figures)}\n", flush=True)
        missed = missed or not all(figure.holds for figure in figures)
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
