"""An .xlsx file in which every cell is text, written aside and there under its name only when it is whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from backbone_core.errors import RuleBroken, Unavailable

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program takes for the beginning of a formula once somebody edits the cell or saves it as CSV."""


class TextBook:
    """No long number is rounded and nothing in a cell becomes a formula.

    What is written lies in a folder of its own beside the file, also what the writer puts down in between: it holds
    people's data, and nothing of it stays behind. Raises RuleBroken export.exists (unless it may `replace` the file),
    Unavailable export.not_written.
    """

    def __init__(self, target: Path, *, replace: bool = False) -> None:
        from xlsxwriter import Workbook

        if target.exists() and not replace:
            raise RuleBroken("export.exists", "out")
        self._target = target
        try:
            self._aside = Path(tempfile.mkdtemp(prefix=".export-", dir=target.parent))
        except OSError:
            raise Unavailable("export.not_written") from None
        self._part = self._aside / "part.xlsx"
        self.book: Any = Workbook(str(self._part), {"constant_memory": True, "tmpdir": str(self._aside)})
        self._quoted = self.book.add_format({"quote_prefix": True, "num_format": "@"})

    def text(self, sheet: Any, row: int, column: int, text: str, dress: Any = None) -> None:
        """Write one cell; in `dress`, or marked as text where it would look like a formula."""
        try:
            sheet.write_string(row, column, text, self._quoted if text.startswith(_FORMULA_STARTS) else dress)
        except OSError:
            raise Unavailable("export.not_written") from None

    def finish(self) -> None:
        """Write the file to its end, still aside."""
        from xlsxwriter.exceptions import XlsxWriterException

        try:
            self.book.close()
        except (OSError, XlsxWriterException):
            raise Unavailable("export.not_written") from None

    def keep(self) -> None:
        """Let the finished file appear under its name."""
        try:
            os.replace(self._part, self._target)
        except OSError:
            raise Unavailable("export.not_written") from None
        finally:
            self.discard()

    def discard(self) -> None:
        """Leave nothing behind; does nothing after `keep`."""
        for sheet in self.book.worksheets():
            sheet._opt_close()  # the writer itself closes its files only by writing the whole
        self.book.fileclosed = True
        shutil.rmtree(self._aside, ignore_errors=True)
