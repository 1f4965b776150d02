"""A form of sections in a frame: under one heading, over as many pages as they take, with room for hands at an end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from backbone_desktop.printing.document import Document
from backbone_desktop.printing.elements import FRAME, RULE, Section
from backbone_desktop.printing.flow import let_out, paginate
from backbone_desktop.printing.heading import Heading
from backbone_desktop.printing.paper import Ink
from backbone_desktop.printing.setter import Type

if TYPE_CHECKING:
    from backbone_desktop.words import Words

FOOT = 8.0
"""Millimetres under the frame for a note and the page's number."""
TIGHTER = (0.97, 0.94, 0.91)
"""A form that is some lines too long for its sheet is set a little smaller before it takes another one."""


class Closing(Protocol):
    """Stands below the last rows of a part and is never parted; its lines are its own but for the frame."""

    @property
    def height(self) -> float: ...

    def draw(self, ink: Ink, x: float, y: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Part:
    """Sections that begin on a page of their own, as the back of a sheet does. The last `signed` of them are what the
    closing is signed for: where the part takes several pages they stand together on the last."""

    sections: Sequence[Section]
    closing: Closing | None = None
    signed: int = 0


class Sheet:
    """`note` stands at the foot of every page."""

    def __init__(self, document: Document, heading: Heading, parts: Sequence[Part], *, note: str,
                 words: Words) -> None:
        self._document, self._heading, self._note, self._words = document, heading, note, words
        self._set = heading.set
        self._paper = document.paper
        self._room = self._paper.height - self._paper.top - self._paper.bottom - heading.height - FOOT
        self._pages: list[tuple[list[Section], Closing | None, bool]] = []
        for part in parts:
            placed = self._placed(part)
            self._pages += [(page, None, False) for page in placed[:-1]] + [(placed[-1], part.closing, True)]
        self._parts = len(parts)

    def _placed(self, part: Part) -> list[list[Section]]:
        closing = part.closing.height if part.closing else 0
        placed = paginate(part.sections, self._room, closing)
        cut = len(part.sections) - part.signed
        if len(placed) > 1 and part.signed:
            signed = list(part.sections[cut:])
            before = paginate(part.sections[:cut], self._room, 0)
            if len(before) < len(placed) and sum(one.height for one in signed) + closing <= self._room:
                return [*before, signed]
        return placed

    @property
    def pages(self) -> int:
        return len(self._pages)

    @property
    def more(self) -> int:
        """How many pages it takes beyond one for each part."""
        return self.pages - self._parts

    def draw(self) -> None:
        """Add the pages to the document, all or none."""
        drawn = [self._page(number, *page) for number, page in enumerate(self._pages, 1)]
        for ink in drawn:
            self._document.add(ink)

    def _page(self, number: int, sections: list[Section], closing: Closing | None, last: bool) -> Ink:
        ink, paper = self._document.page(), self._paper
        self._heading.draw(ink)
        top = paper.top + self._heading.height
        used = sum(section.height for section in sections) + (closing.height if closing else 0)
        y = self._table(ink, top, let_out(sections, self._room - used) if last else sections)
        if closing:
            if sections:
                ink.line(paper.side, y, paper.side + paper.inner, y, RULE)
            closing.draw(ink, paper.side, y)
            y += closing.height
        ink.box(paper.side, top, paper.inner, y - top, FRAME)
        self._heading.foot(ink, self._note, self._words("form.page", number=number, of=len(self._pages)))
        return ink

    def _table(self, ink: Ink, y: float, sections: list[Section]) -> float:
        """Draw the sections from `y` down; return where they end."""
        left, right, side = self._paper.side, self._paper.side + self._paper.inner, self._set.size.side
        for number, section in enumerate(sections):
            if number:
                ink.line(left, y, right, y, RULE)
            self._set.side(ink, section, left, y)
            rows = (section.head, *section.rows) if section.head else section.rows
            for place, row in enumerate(rows):
                if place:
                    ink.line(left + side, y, right, y, RULE)
                row.draw(ink, left + side, y, row.height)
                y += row.height
        return y


def fewest_pages(make: Callable[[Type], Sheet], size: Type) -> Sheet:
    """The form as `make` sets it, a little smaller where that saves a page of the few that it takes."""
    whole = make(size)
    if 0 < whole.more <= 2:
        for scale in TIGHTER:
            smaller = make(replace(size, text=size.text * scale, label=size.label * scale, small=size.small * scale,
                                   row=size.row * scale, air=size.air * scale))
            if smaller.pages < whole.pages:
                return smaller
    return whole
