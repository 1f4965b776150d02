"""The sheet that a printer is measured by: a grid, rulers at all four edges, one cross and one line to be measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backbone_desktop.printing.document import Document
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.paper import GREY, POINT, Ink, Paper
from backbone_desktop.services.calibration import CROSS, LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backbone_desktop.words import Words

PALE = 0.78
GRID, NUMBERED = 5, 10
"""Millimetres from one line of the grid, and from one number of the rulers, to the next."""
TICKS = {10: 4.0, 5: 2.8, 1: 1.6}
CORNER = 25.0
"""Millimetres of the small crosses from the edges, which show whether the sheet lay straight."""
SMALL, TEXT = 7.0, 10.0


def draw_test_sheet(document: Document, told: Sequence[str], words: Words) -> None:
    """Add the sheet's page. `told` are lines on what was printed how; they stand below the line to be measured."""
    paper, ink = document.paper, document.page()
    _grid(ink, paper)
    ink.box(paper.side, paper.top, paper.inner, paper.height - paper.top - paper.bottom, 0.5, grey=GREY, dash="3 2")
    _rulers(ink, document, paper)
    for x in (CORNER, paper.width - CORNER):
        for y in (CORNER, paper.height - CORNER):
            _cross(ink, x, y, 4, 0.35)
    _measured(ink, document, words)
    for number, line in enumerate(told):
        _fitted(ink, document, (CROSS[0], CROSS[1] + 15 + number * 6.5), line, size=TEXT,
                room=paper.width - paper.side - CROSS[0])
    document.add(ink)


def _measured(ink: Ink, document: Document, words: Words) -> None:
    """The cross at the line's left end, and the line with a stroke at either end."""
    x, y = CROSS
    _cross(ink, x, y, 10, 0.6)
    ink.line(x, y, x + LINE, y, 0.6)
    ink.line(x + LINE, y - 4, x + LINE, y + 4, 0.6)
    for dy, told in ((-3, words("form.test_sheet.cross", left=f"{CROSS[0]:.1f}", top=f"{CROSS[1]:.1f}")),
                     (5, words("form.test_sheet.line", long=f"{LINE:.1f}"))):
        _fitted(ink, document, (x + 3, y + dy), told, size=TEXT - 1, room=LINE - 6)


def _cross(ink: Ink, x: float, y: float, arm: float, weight: float) -> None:
    ink.line(x - arm, y, x + arm, y, weight)
    ink.line(x, y - arm, x, y + arm, weight)


def _grid(ink: Ink, paper: Paper) -> None:
    """Pale, and left out where the rulers stand."""
    inset = TICKS[10] + 5
    for x in range(GRID, int(paper.width), GRID):
        if inset <= x <= paper.width - inset:
            ink.line(x, inset, x, paper.height - inset, 0.2, grey=PALE)
    for y in range(GRID, int(paper.height), GRID):
        if inset <= y <= paper.height - inset:
            ink.line(inset, y, paper.width - inset, y, 0.2, grey=PALE)


def _rulers(ink: Ink, document: Document, paper: Paper) -> None:
    """Each counts from the sheet's left or top edge, whichever side it stands at: half of it may be cut off."""
    for x in range(1, int(paper.width)):
        long = next(length for step, length in TICKS.items() if x % step == 0)
        ink.line(x, 0, x, long, 0.25)
        ink.line(x, paper.height - long, x, paper.height, 0.25)
        if x % NUMBERED == 0 and NUMBERED < x < paper.width - NUMBERED:
            left = x - document.fonts.width(str(x), Face.FIGURE, SMALL) / POINT / 2
            ink.text(left, long + 3, str(x), Face.FIGURE, SMALL)
            ink.text(left, paper.height - long - 1, str(x), Face.FIGURE, SMALL)
    for y in range(1, int(paper.height)):
        long = next(length for step, length in TICKS.items() if y % step == 0)
        ink.line(0, y, long, y, 0.25)
        ink.line(paper.width - long, y, paper.width, y, 0.25)
        if y % NUMBERED == 0 and NUMBERED < y < paper.height - NUMBERED:
            wide = document.fonts.width(str(y), Face.FIGURE, SMALL) / POINT
            ink.text(long + 0.8, y + 0.9, str(y), Face.FIGURE, SMALL)
            ink.text(paper.width - long - 0.8 - wide, y + 0.9, str(y), Face.FIGURE, SMALL)


def _fitted(ink: Ink, document: Document, at: tuple[float, float], text: str, *, size: float,
            room: float) -> None:
    """A line of text, smaller where there is no room for it."""
    size *= min(1.0, room / (document.fonts.width(text, Face.TEXT, size) / POINT))
    ink.text(*at, text, Face.TEXT, size)
