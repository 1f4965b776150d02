"""Lays a form's sections out over pages: no row is lost, and nobody signs a page that states nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from backbone_desktop.printing.elements import Row, Section

WORTH_PARTING = 0.35
"""A row is parted between two pages when it takes more than this share of a page; a lower one moves on whole."""
MOST_EXTRA = 1.8
"""Millimetres that a row may be let out by to fill a page evenly."""


def paginate(sections: Sequence[Section], room: float, closing: float) -> list[list[Section]]:
    """The sections of each page. `room` is a page's height, `closing` what the last page needs below its rows."""
    pages: list[list[Section]] = [[]]
    left = room
    for section in sections:
        waiting, placed = deque(section.rows), list[Row]()
        left -= section.above
        while waiting:
            row = waiting.popleft()
            if row.height <= left:
                placed.append(row)
                left -= row.height
                continue
            halves = row.split(left) if row.height > room * WORTH_PARTING else None
            if halves is not None and halves[0].height <= left:
                placed.append(halves[0])
                row = halves[1]
            elif not placed and left == room - section.above:  # no page is higher than this one
                placed.append(row)
                left -= row.height
                continue
            waiting.appendleft(row)
            _place(pages, section, placed)
            pages.append([])
            placed, left = [], room - section.above
        _place(pages, section, placed)
    if closing > left:
        carried = pages[-1].pop() if len(pages[-1]) > 1 and pages[-1][-1].height + closing <= room else None
        pages.append([carried] if carried else [])
    return pages


def let_out(sections: list[Section], free: float) -> list[Section]:
    """The same sections with what is left of the page shared out among their rows."""
    rows = sum(len(section.rows) for section in sections)
    if rows == 0 or free <= 0:
        return sections
    extra = min(MOST_EXTRA, free / rows)
    return [
        replace(section, rows=tuple(replace(row, least=row.height + extra) for row in section.rows))
        for section in sections
    ]


def _place(pages: list[list[Section]], section: Section, rows: list[Row]) -> None:
    if rows:
        pages[-1].append(replace(section, rows=tuple(rows)))
