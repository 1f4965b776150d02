"""Rows of a sheet, one after the other: .xlsx and .xls by calamine, CSV in UTF-8 or GB 18030."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from backbone_core.cells import Row, decoded, row_text, text_rows
from backbone_core.errors import RuleBroken

_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_file(path: Path) -> bytes:
    """Raises RuleBroken roster.no_file."""
    try:
        return path.read_bytes()
    except OSError:
        raise RuleBroken("roster.no_file", "file") from None


class Sheets:
    """The sheets of one file, as often as they are asked for."""

    def __init__(self, content: bytes) -> None:
        """Raises RuleBroken roster.not_a_sheet."""
        self._text: str | None = None
        self._book: Any = None
        self._read: tuple[str, Any] | None = None
        if content.startswith(_EXCEL):
            self._book = _open_book(content)
        else:
            self._text = _text(content)

    @property
    def names(self) -> tuple[str, ...]:
        """A CSV file is one sheet without a name."""
        return ("",) if self._book is None else tuple(self._book.sheet_names)

    def rows(self, name: str) -> Iterator[Row]:
        """Raises RuleBroken roster.not_a_sheet when the file turns out to be damaged."""
        return _rows_of_text(self._text) if self._text is not None else _rows_of_sheet(self._sheet, name)

    def let_go(self) -> None:
        """Free the sheet that was read last: a county's roster takes two hundred megabytes."""
        self._read = None

    def _sheet(self, name: str) -> Any:
        """Read once for the header, the merged cells and the rows."""
        if self._read is None or self._read[0] != name:
            self._read = None  # never two at a time
            self._read = name, self._book.get_sheet_by_name(name)
        return self._read[1]

    def merged_down(self, name: str) -> Mapping[tuple[int, int], int]:
        """Per (row, column) of a cell that is merged with the ones above it, the row in which its text stands.

        Rows count from 1 and columns from 0, as in `rows`.
        """
        if self._book is None:
            return {}
        sheet = self._sheet(name)
        shift = (sheet.start or (0, 0))[1]  # rows leave out the empty columns on the left, ranges count them
        return {
            (row + 1, left - shift): top + 1
            for (top, left), (bottom, _) in sheet.merged_cell_ranges or ()
            for row in range(top + 1, bottom + 1)
        }


def _open_book(content: bytes) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError):
        raise RuleBroken("roster.not_a_sheet", "file") from None


def _rows_of_sheet(sheet: Callable[[str], Any], name: str) -> Iterator[Row]:
    from python_calamine import CalamineError

    try:
        for row_no, values in enumerate(sheet(name).iter_rows(), start=1):
            yield row_no, row_text(values)
    except (CalamineError, OSError, ValueError):
        raise RuleBroken("roster.not_a_sheet", "file") from None


def _rows_of_text(text: str) -> Iterator[Row]:
    try:
        yield from text_rows(text)
    except ValueError:
        raise RuleBroken("roster.not_a_sheet", "file") from None


def _text(content: bytes) -> str:
    try:
        return decoded(content)
    except ValueError:
        raise RuleBroken("roster.not_a_sheet", "file") from None
