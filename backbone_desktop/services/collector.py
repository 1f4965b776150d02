"""Keeps Python's cycle collector from stopping the window while hundreds of thousands of values are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def many_objects() -> Iterator[None]:
    """Make values by the hundred thousand, none of them in a cycle, without the collector going through them.

    It would stop every thread for a third of a second each time. What was made is left out of later rounds as well;
    it is freed when nobody refers to it any more, as everything is.
    """
    stood = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if stood:
            gc.enable()
