"""A list as .xlsx: who took it out of the register, when and why; named columns; the records as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from backbone_desktop.exporting.text_book import TextBook
from backbone_desktop.services.list_export import Sheet

LONGEST_SHEET = 1_000_000
"""Records on one worksheet; Excel ends at 1,048,576 rows."""
_HEADER = 2
"""Rows above the records: the mark and the columns' titles."""
_LONGEST_MARK = 240
"""Excel takes 255 characters in a header, with its own codes."""
_WIDEST, _NARROWEST = 40, 8


class ListFile:
    """`services.list_export.ListWriter`."""

    def __init__(self, target: Path, sheet: Sheet, *, replace: bool = False) -> None:
        self._text = TextBook(target, replace=replace)
        self._sheet = sheet
        self._page: Any = None
        self._pages = self._row = 0
        book = self._text.book
        book.set_properties({"title": sheet.title, "author": sheet.mark})
        self._bold = book.add_format({"bold": True, "bg_color": "#EEEEEE", "num_format": "@"})
        self._mark = book.add_format({"italic": True, "font_color": "#B00020"})
        self._cell = book.add_format({"num_format": "@"})

    def write(self, rows: Iterable[Sequence[str]]) -> None:
        for row in rows:
            if self._page is None or self._row >= LONGEST_SHEET + _HEADER:
                self._begin_page()
            for place, text in enumerate(row):
                self._text.text(self._page, self._row, place, text, self._cell)
            self._row += 1

    def finish(self) -> None:
        if self._page is None:
            self._begin_page()
        self._end_page()
        self._text.finish()

    def keep(self) -> None:
        self._text.keep()

    def discard(self) -> None:
        self._text.discard()

    def _begin_page(self) -> None:
        if self._page is not None:
            self._end_page()
        self._pages += 1
        title = self._sheet.title if self._pages == 1 else f"{self._sheet.title} {self._pages}"
        page = self._page = self._text.book.add_worksheet(title[:31])
        for place, (_, width) in enumerate(self._sheet.columns):
            page.set_column(place, place, min(_WIDEST, max(_NARROWEST, width)))
        page.freeze_panes(_HEADER, 1)
        page.repeat_rows(0, _HEADER - 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        mark = self._sheet.mark.replace("&", "&&")[:_LONGEST_MARK]
        page.set_header(f"&L{mark}")
        page.set_footer(f"&L{mark[:_LONGEST_MARK - 8]}&R&P / &N")
        self._text.text(page, 0, 0, self._sheet.mark, self._mark)
        for place, (name, _) in enumerate(self._sheet.columns):
            self._text.text(page, 1, place, name, self._bold)
        self._row = _HEADER

    def _end_page(self) -> None:
        if self._row > _HEADER:
            self._page.autofilter(1, 0, self._row - 1, len(self._sheet.columns) - 1)
