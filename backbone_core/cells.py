"""What stands in the cells of a sheet, as the text that a person sees there, without what Excel wrapped around it."""

from __future__ import annotations

import csv
import datetime
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from backbone_core.names import FORMERLY_PRIVATE

Row = tuple[int, tuple[str, ...]]
"""The number of a row as the sheet counts, from 1, and its cells as text."""

_WRAPPED = re.compile(r'=\s*"(.*)"', re.DOTALL)
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+\d{2,3}")
_SEPARATORS = ",\t;"
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


@lru_cache(maxsize=1_000)
def fold(title: str) -> str:
    """A title without blanks, line breaks and stars, its letters and brackets half-width."""
    return "".join(unicodedata.normalize("NFKC", title).split()).strip("*:")


def decoded(content: bytes) -> str:
    """The text of a CSV file: UTF-8 with or without a mark, UTF-16 with one, else GB 18030, as Excel writes in China.

    What Python's GB 18030 of the year 2000 puts at private code points stands where the edition of 2022 has it.

    Raises ValueError for what is no text.
    """
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.strip() and "\0" not in text:
            return text.translate(FORMERLY_PRIVATE) if encoding == "gb18030" else text
    raise ValueError("no text in a known encoding")


def text_rows(text: str) -> Iterator[Row]:
    """The rows of a CSV file's text, parted by whichever of comma, tab and semicolon stands most in its head.

    Raises ValueError where it is damaged.
    """
    separator = max(_SEPARATORS, key=text[:4_000].count)
    try:
        # counted, because the reader's own number counts the lines within a quoted cell too
        for row_no, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            yield row_no, row_text(cells)
    except csv.Error:
        raise ValueError("a damaged sheet") from None
