"""Reads dates as clerks write them, and counts working days."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from backbone_core.errors import RuleBroken

_SEPARATED = re.compile(r"(\d{4})\s*[-/.年\s]\s*(\d{1,2})\s*[-/.月\s]\s*(\d{1,2})\s*日?")
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})日?")
_DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "。": ".", "、": "."})


def read_date(typed: str) -> date:
    """Read "2020-08-24", "20200824", "2020/8/24", "2020.8.24" or "2020年8月24日", full-width digits included.

    Raises `RuleBroken` date.empty, date.unreadable (no such form), date.not_real (no such day, or not 1900–2100).
    """
    text = unicodedata.normalize("NFKC", typed).translate(_DASHES).strip()
    if not text:
        raise RuleBroken("date.empty")
    found = _RUN.fullmatch(text) or _SEPARATED.fullmatch(text)
    if found is None:
        raise RuleBroken("date.unreadable")
    year, month, day = (int(part) for part in found.groups())
    try:
        read = date(year, month, day)
    except ValueError:
        raise RuleBroken("date.not_real") from None
    if not 1900 <= year <= 2100:
        raise RuleBroken("date.not_real")
    return read


def is_working_day(day: date) -> bool:
    """Monday to Friday. Holidays, and the weekends worked in their stead, are set anew each year and not known here."""
    return day.isoweekday() <= 5


def working_days(first: date, last: date) -> int:
    """How many working days there are from `first` to `last`, both included."""
    return sum(is_working_day(first + timedelta(days=more)) for more in range((last - first).days + 1))


def last_working_day(first: date, count: int) -> date:
    """The day on which a period of `count` working days that begins on `first` ends."""
    day = first
    while working_days(first, day) < count:
        day += timedelta(days=1)
    return day
