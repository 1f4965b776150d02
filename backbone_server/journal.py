"""The server's log: one JSON object a line, of counts, codes and ids; never of people or what was sent."""

from __future__ import annotations

import json
import sys
import traceback
from datetime import UTC, datetime
from typing import TextIO


class Journal:
    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out

    def note(self, event: str, **facts: str | int | dict[str, int] | None) -> None:
        line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event}
        kept = {name: value for name, value in facts.items() if value not in (None, "")}
        out = self._out or sys.stderr
        out.write(json.dumps({**line, **kept}, ensure_ascii=False) + "\n")
        out.flush()

    def bug(self, event: str, error: BaseException, **facts: str | int | None) -> None:
        """Where it happened and of what kind it was; an exception's text may quote what a clerk typed."""
        frames = traceback.extract_tb(error.__traceback__)
        where = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))
        self.note(event, error=type(error).__name__, where=where, **facts)
