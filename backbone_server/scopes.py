"""What a device may see and write: its county, or one township of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """`township` "" = the whole county."""

    county: str
    township: str = ""

    def __str__(self) -> str:
        return f"township:{self.county}:{self.township}" if self.township else f"county:{self.county}"

    def covers(self, county: str, township: str) -> bool:
        return county == self.county and self.township in ("", township)


def read_scope(text: str) -> Scope:
    """Raises ValueError."""
    kind, _, rest = text.partition(":")
    county, _, township = rest.partition(":")
    if kind not in ("county", "township") or not county or (kind == "township") != bool(township):
        raise ValueError("a scope is county:CODE or township:CODE:NAME")
    return Scope(county, township)
