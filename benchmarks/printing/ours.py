"""Our receipts in a process of their own: `batch` into one file, `first` alone, `preview` of pages of a file."""

from __future__ import annotations

import json
import pickle
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from backbone_desktop.printing.papers import Papers
from backbone_desktop.services.forms import Form

if TYPE_CHECKING:
    from backbone_desktop.services.receipts import ReceiptData

RESOURCES = Path(__file__).parents[2] / "resources"
WIDTH = 1150
"""Pixels of a sheet as wide as the page in a window of 1366."""
LOOKED_AT = 60


def batch(out: str, count: int) -> dict[str, float]:
    """Receipts come from the store one by one, so here they are made one by one; making them is not counted."""
    from benchmarks.printing.made import receipts

    papers, making = Papers(RESOURCES), 0.0

    def timed() -> Iterator[ReceiptData]:
        nonlocal making
        source = receipts(count)
        while True:
            begun = time.monotonic()
            data = next(source, None)
            making += time.monotonic() - begun
            if data is None:
                return
            yield data

    begun = time.monotonic()
    with open(out, "wb") as file:
        pages = papers.batch(Form.RECEIPT, timed(), "A5", file)
    done = time.monotonic()
    return {"seconds": done - begun - making, "pages": pages, "bytes": Path(out).stat().st_size,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def first(data: str, out: str) -> dict[str, float]:
    papers = Papers(RESOURCES)
    Path(out).write_bytes(papers.receipt(pickle.loads(Path(data).read_bytes()), "A5"))
    return {"done": time.monotonic()}


def preview(file: str) -> dict[str, float]:
    """Milliseconds for some pages, spread over the file; of the processor, as the bound is no ratio."""
    papers, pdf = Papers(RESOURCES), Path(file).read_bytes()
    pages = papers.pages(pdf)
    papers.image(pdf, 0, WIDTH)  # loads the library
    took = []
    for turn in range(LOOKED_AT):
        begun = time.process_time()
        papers.image(pdf, turn * pages // LOOKED_AT, WIDTH)
        took.append((time.process_time() - begun) * 1000)
    return {"median_ms": statistics.median(took)}


if __name__ == "__main__":
    act, *given = sys.argv[1:]
    if act == "batch":
        print(json.dumps(batch(given[0], int(given[1]))))
    else:
        print(json.dumps(first(*given) if act == "first" else preview(given[0])))
