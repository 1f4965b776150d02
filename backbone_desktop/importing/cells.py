"""What stands in a cell, as the text that a person sees there, without what Excel wrapped around it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

_WRAPPED = re.compile(r'=\s*"(.*)"', re.DOTALL)
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+\d{2,3}")
_EXACT = 10**15
"""From here on a number cell has lost digits: Excel keeps fifteen."""


def cell_text(value: object) -> str:
    """The cell's text: `="…"` and a leading apostrophe taken off, whole numbers without a point, dates as ISO text.

    A number that has lost digits stands as Excel shows it (6.22202E+17), so that `is_rounded` knows it again.
    """
    if isinstance(value, str):
        text = value.strip().lstrip("\ufeff'").strip()
        wrapped = _WRAPPED.fullmatch(text)
        return wrapped.group(1).strip() if wrapped else text
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        if abs(value) >= _EXACT:
            return f"{value:.5E}"
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return "" if value is None else str(value)


def row_text(values: Sequence[object]) -> tuple[str, ...]:
    """The texts of a row's cells. Most cells are plain words or figures, which nothing is wrapped around."""
    return tuple([value if value.__class__ is str and (not value or value.isalnum())
                  else cell_text(value) for value in values])


def is_rounded(text: str) -> bool:
    """Whether the text is a number in scientific notation, whose last digits are gone for good."""
    return _SCIENTIFIC.fullmatch(text) is not None
