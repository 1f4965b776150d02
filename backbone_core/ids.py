"""Identifiers made on the device: UUIDv7, so that they never meet and sort by the time they were made."""

from __future__ import annotations

import os
import threading
import time

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Return a UUIDv7 (RFC 9562) as text; later calls in one process sort after earlier ones."""
    global _last  # noqa: PLW0603 - the one counter that keeps ids of a process in order
    with _lock:
        # 60 bits: milliseconds and twelve bits counted up within them
        stamp = max(time.time_ns() // 1_000_000 << 12, _last + 1)
        _last = stamp
    tail = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    value = ((stamp >> 12) & ((1 << 48) - 1)) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | tail
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
