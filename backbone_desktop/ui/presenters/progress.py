"""How far long work is, in words: a count, and how long still once that can be told."""

from __future__ import annotations

from backbone_desktop.words import Words

TELLABLE_SECONDS = 3.0
"""Before that, an estimate jumps about and tells nobody anything."""


def how_far(words: Words, done: int, of: int, seconds: float) -> str:
    if not of:  # nobody knows yet how much there is
        return words("{n} rows read", n=f"{done:,}")
    count = words("{done} of {of}", done=f"{done:,}", of=f"{of:,}")
    if not done or done >= of or seconds < TELLABLE_SECONDS:
        return count
    left = seconds / done * (of - done)
    if left < 60:
        return f"{count} · {words('less than a minute left')}"
    return f"{count} · {words('about {n} minutes left', n=round(left / 60))}"
