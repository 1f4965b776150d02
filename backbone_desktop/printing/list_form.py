"""A form that is one long list: its heading and heads again on every page, sums of the page and of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from backbone_desktop.printing.document import Document
from backbone_desktop.printing.elements import FRAME, Content, Row
from backbone_desktop.printing.heading import Heading
from backbone_desktop.printing.paper import Ink
from backbone_desktop.printing.strip import Strip
from backbone_desktop.printing.table import Entry, Page, Sum, Table, add_up
from backbone_desktop.words import Words

Summed = Callable[[str, int, tuple[int, ...]], Sequence[Sum]]
"""(name of the sum, how many rows, what adds up) → the cells of the row of sums."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListForm:
    """`entries` gives the rows anew at each call: once to count the pages, once to draw them.

    A list of one page has no sum of the page: it would say the same as the whole's.
    """

    document: Document
    heading: Heading
    table: Table
    entries: Callable[[], Iterable[Entry]]
    summed: Summed
    strip: Strip
    words: Words
    note: str
    foot: float
    """Millimetres that the note and the page's number take below the table."""
    before: Content | None = None
    """What the first page says over the table."""
    last_rows: Sequence[Row] = ()
    """What stands below the sums of the whole: the same in words."""

    def draw(self) -> None:
        """Add the pages to the document. Raises `Unavailable("print.no_glyph")` before it adds the first."""
        whole = sum(1 for _ in self._pages())
        count, sums = 0, list[tuple[int, ...]]()
        for number, page in enumerate(self._pages(), 1):
            count += page.count
            if page.sums:
                sums.append(page.sums)
            total = (count, add_up(sums)) if number == whole else None
            self.document.add(self._page(page, number, whole, total))

    def _pages(self) -> Iterable[Page]:
        paper = self.document.paper
        sum_height = self._sum("form.list.sum", 0, ()).height
        room = (paper.height - paper.top - paper.bottom - self.heading.height - self.foot - self.table.head_height
                - sum_height)
        first = room - (self.before.height if self.before else 0)
        closing = sum_height + sum(row.height for row in self.last_rows) + self.strip.height
        # nothing is summed up for a page that stands alone
        return self.table.pages(self.entries(), first, room, closing, sum_height)

    def _page(self, page: Page, number: int, whole: int, total: tuple[int, tuple[int, ...]] | None) -> Ink:
        paper, ink = self.document.paper, self.document.page()
        self.heading.draw(ink)
        left, top = paper.side, paper.top + self.heading.height
        if number == 1 and self.before:
            self.before.draw(ink, left, top, paper.inner, self.before.height)
            top += self.before.height
        y = top
        if page.rows:
            y = self.table.draw_head(ink, left, y)
            y = self.table.draw_rows(ink, left, y, page.rows)
            if whole > 1:
                y = self.table.draw_rows(ink, left, y, [self._sum("form.list.page_sum", page.count, page.sums)])
        if total is not None:
            y = self.table.draw_rows(ink, left, y, [self._sum("form.list.sum", *total)])
            for row in self.last_rows:
                y = self.table.draw_rows(ink, left, y, [row])
            self.strip.draw(ink, left, y)
            y += self.strip.height
        ink.box(left, top, paper.inner, y - top, FRAME)
        self.heading.foot(ink, self.note, self.words("form.page", number=number, of=whole))
        return ink

    def _sum(self, name: str, count: int, sums: tuple[int, ...]) -> Row:
        return self.table.sum_row(self.summed(self.words(name), count, sums))
