"""A table of any length: columns from weights, heads of two levels, rows that wrap, and what stands on which page.

Pages are laid out one after the other and not kept: ten thousand rows take no more memory than two pages of them.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from backbone_desktop.printing.elements import EMPTY, RULE, Content, Lines, Row, Stack
from backbone_desktop.printing.flow import WORTH_PARTING
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.paper import POINT, Ink
from backbone_desktop.printing.setter import BENEATH_SIZE, SMALLEST, Setter
from backbone_desktop.words.both import BENEATH

REMEMBERED = 1_000
"""Cells that are kept set: many rows of a list say the same."""
TOGETHER = 3
"""Rows that go over to the last page with the signatures where these find no room below the others."""


@dataclass(frozen=True, slots=True)
class Column:
    """`weight` is its share of the width. Neighbours with the same `over` stand under that name, which is merged."""

    name: str
    weight: float
    align: str = "centre"
    face: Face = Face.TEXT
    over: str = ""
    amount: bool = False
    """An amount or a number is never broken but set smaller."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as it is filled in: a text a column, "" for what a hand writes, and what of it adds up."""

    texts: tuple[str, ...]
    sums: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell of a row of sums, `over` so many columns."""

    text: str
    over: int = 1
    align: str = "centre"
    figure: bool = False
    """An amount or a number, else words."""
    filled: bool = False
    """Words that are data, as figures always are."""


@dataclass(slots=True)
class Page:
    """The rows of one page. `entries` are those that begin on it: a row that is parted counts once."""

    rows: list[Row] = field(default_factory=list)
    entries: list[Entry | None] = field(default_factory=list)

    @property
    def height(self) -> float:
        return sum(row.height for row in self.rows)

    @property
    def count(self) -> int:
        return sum(entry is not None for entry in self.entries)

    @property
    def sums(self) -> tuple[int, ...]:
        return add_up(entry.sums for entry in self.entries if entry is not None)

    def put(self, row: Row, entry: Entry | None) -> None:
        self.rows.append(row)
        self.entries.append(entry)

    def give_over(self, count: int) -> Page:
        """Take the last rows out, as a page of their own."""
        other = Page(self.rows[-count:], self.entries[-count:])
        del self.rows[-count:], self.entries[-count:]
        return other


def words_of(name: str) -> list[str]:
    """What is not parted at the end of a line: words of letters, and single Chinese characters."""
    return re.findall(r"[!-\u2fff]+|[^!-\u2fff\s]", name) or [name]


def add_up(some: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*some, strict=True)))


class Table:
    """Columns `width` millimetres wide together. It draws no frame: rows of other kinds may stand below it."""

    def __init__(self, setter: Setter, columns: Sequence[Column], width: float, *, row: float = 0) -> None:
        """`row` is the least height of a row that is filled in, where it is not that of all rows."""
        self._row = row or setter.size.row
        self._set, self.columns, self.width = setter, tuple(columns), width
        whole = sum(column.weight for column in columns)
        self.widths = tuple(column.weight / whole * width for column in columns)
        self._known: dict[tuple[int, str], Content] = {}
        self._heads = [self._head(column.name, wide) for column, wide in zip(self.columns, self.widths, strict=True)]
        self._groups = self._grouped()

    # --- heads

    @property
    def head_height(self) -> float:
        return self._upper + self._lower

    @property
    def _lower(self) -> float:
        of_group = [self._heads[place].height for place, column in enumerate(self.columns) if column.over]
        alone = [self._heads[place].height for place, column in enumerate(self.columns) if not column.over]
        return max([self._set.size.row, *of_group, *(height - self._upper for height in alone)])

    @property
    def _upper(self) -> float:
        return max((max(name.height, self._set.size.row * 0.8) for _, _, name in self._groups), default=0.0)

    def _grouped(self) -> list[tuple[int, int, Content]]:
        """(first column, column behind the last, name) of columns that stand under one name."""
        groups: list[tuple[int, int, Content]] = []
        start = 0
        while start < len(self.columns):
            over, end = self.columns[start].over, start + 1
            while end < len(self.columns) and over and self.columns[end].over == over:
                end += 1
            if over:
                groups.append((start, end, self._head(over, sum(self.widths[start:end]))))
            start = end
        return groups

    def _head(self, name: str, wide: float) -> Content:
        """Centred lines of about one length, in a type in which no word is broken; a second language beneath."""
        first, _, second = name.partition(BENEATH)
        size, air = self._set.size.label, self._set.size.air
        lines = self._balanced(first, wide, Face.TITLE, size)
        if not second:
            return replace(lines, air=air)
        return Stack((lines, self._balanced(second, wide, Face.TEXT, size * BENEATH_SIZE)), air * 0.6)

    def _balanced(self, name: str, wide: float, face: Face, size: float) -> Lines:
        inner = wide - 2 * self._set.size.pad
        longest = max(self._set.fonts.width(word, face, size) for word in words_of(name)) / POINT
        size = max(SMALLEST, size * min(1.0, inner / longest))
        if "\n" in name:  # whoever wrote it said where it breaks
            return self._set.lines(name, wide, face, size=size, most=99, align="centre", air=0)
        return self._set.balanced(name, wide, face, size=size)

    def draw_head(self, ink: Ink, x: float, y: float) -> float:
        """Draw the names of the columns from `y` down with the line below; return where the rows begin."""
        upper, bottom = self._upper, y + self.head_height
        for start, end, name in self._groups:
            left, wide = x + sum(self.widths[:start]), sum(self.widths[start:end])
            name.draw(ink, left, y, wide, upper)
            ink.line(left, y + upper, left + wide, y + upper, RULE)
        at = x
        for place, (column, head, wide) in enumerate(zip(self.columns, self._heads, self.widths, strict=True)):
            top = y + upper if column.over else y
            head.draw(ink, at, top, wide, bottom - top)
            inside = place and column.over and self.columns[place - 1].over == column.over
            if place:
                ink.line(at, top if inside else y, at, bottom, RULE)
            at += wide
        ink.line(x, bottom, x + self.width, bottom, RULE)
        return bottom

    # --- rows

    def row(self, entry: Entry) -> Row:
        cells = [(self._cell(place, text), wide)
                 for place, (text, wide) in enumerate(zip(entry.texts, self.widths, strict=True))]
        return Row(tuple(cells), self._row)

    def sum_row(self, cells: Iterable[Sum]) -> Row:
        made, place = [], 0
        for cell in cells:
            wide = sum(self.widths[place : place + cell.over])
            made.append((self._sum(cell, wide) if cell.text else EMPTY, wide))
            place += cell.over
        return Row(tuple(made), self._set.size.row)

    def _sum(self, cell: Sum, wide: float) -> Content:
        if not (cell.figure or cell.filled):
            return self._head(cell.text, wide)
        return self._set.lines(cell.text, wide, Face.STRONG if cell.figure else Face.TITLE, align=cell.align,
                               least=SMALLEST, filled=True)

    def draw_rows(self, ink: Ink, x: float, y: float, rows: Sequence[Row]) -> float:
        """Draw rows of this table from `y` down, each with the line below it; return where they end."""
        top = y
        for row in rows:
            at, height = x, row.height
            for content, wide in row.cells:
                content.draw(ink, at, y, wide, height)
                at += wide
            y += height
            ink.line(x, y, x + self.width, y, RULE)
        at = x
        for _, wide in rows[0].cells[:-1] if rows else ():
            at += wide
            ink.line(at, top, at, y, RULE)
        return y

    def _cell(self, place: int, text: str) -> Content:
        if not text:
            return EMPTY
        known = self._known.get((place, text))
        if known is None:
            column = self.columns[place]
            known = self._set.lines(text, self.widths[place], column.face, align=column.align, filled=True,
                                    least=SMALLEST if column.amount else self._set.size.text * 0.85,
                                    most=1 + text.count("\n"))
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[place, text] = known
        return known

    # --- pages

    def pages(self, entries: Iterable[Entry], first: float, room: float, closing: float, alone: float = 0
              ) -> Iterator[Page]:
        """The rows of each page: `first` is the height that the first page has for them, `room` that of the others,
        `closing` what the last needs besides, `alone` what a page has besides that is the only one. The last page
        stands without rows only where the row before it is too high to go over."""
        page, left, whole = Page(), first, first
        spare = alone
        for entry in entries:
            waiting: deque[tuple[Row, Entry | None]] = deque([(self.row(entry), entry)])
            while waiting:
                row, begun = waiting.popleft()
                if row.height <= left or not (page.rows or whole < room or row.split(left)):
                    page.put(row, begun)
                    left -= row.height
                    continue
                halves = row.split(left) if row.height > room * WORTH_PARTING else None
                if halves is not None and halves[0].height <= left:
                    page.put(halves[0], begun)
                    row, begun = halves[1], None
                waiting.appendleft((row, begun))
                yield page
                page, left, whole, spare = Page(), room, room, 0
        if page.height + closing <= whole + spare:
            yield page
            return
        going = min(TOGETHER, len(page.rows) - 1)
        while going and sum(row.height for row in page.rows[-going:]) + closing > room:
            going -= 1
        last = page.give_over(going) if going else Page()
        yield page
        yield last
