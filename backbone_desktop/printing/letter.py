"""The office's letters: heading, whom it is to, paragraphs, numbered lists, the office's name and day under its seal,
and the place where whoever takes the letter signs for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from backbone_desktop.printing.document import Document
from backbone_desktop.printing.elements import FRAME, Content, Nothing, Row, Section
from backbone_desktop.printing.flow import paginate
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.heading import Heading
from backbone_desktop.printing.letter_end import Ending
from backbone_desktop.printing.lines import wrap
from backbone_desktop.printing.paper import POINT, Ink
from backbone_desktop.printing.prose import Prose
from backbone_desktop.printing.setter import Setter, Type
from backbone_desktop.printing.stub import CUT, Stub

if TYPE_CHECKING:
    from backbone_desktop.services.forms import FormData
    from backbone_desktop.words import Words

SMALL_LABEL = 7.0
"""Points."""
INDENT = "　　"
"""A Chinese paragraph begins two characters in; in languages of letters a white line parts paragraphs."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a letter is set on one paper: points for type, millimetres for the rest."""

    type: Type
    programme: float
    head: float
    foot: float
    leading: float
    """Times the type's size."""
    stub: bool
    """Whether the office's part is cut off the sheet's foot; else whoever takes the letter signs beside the seal."""


LAYOUTS = {
    "A4": Layout(Type(12, 10.5, 8.5, 21, 8.5, 0, 1.8, 0.8), 12, 28, 7, 1.72, stub=True),
    "A5": Layout(Type(10.5, 9, 7, 17, 6, 0, 1.2, 0.5), 9, 18.5, 4.2, 1.55, stub=False),
    "241x140": Layout(Type(10.5, 9, 7, 17, 6, 0, 1.2, 0.5), 9, 18.5, 4.2, 1.5, stub=False),
    "241x93": Layout(Type(9, 8, 6.5, 14, 5, 0, 1, 0.4), 8, 15.5, 3.6, 1.36, stub=False),
}
_COPIES = {"A4": "form.letter.cut_apart", "A5": "form.letter.two_copies", "241x140": "form.letter.three_copies",
           "241x93": "form.letter.three_copies"}
"""Who keeps which copy, at the foot of each page."""
TRIED = ((1.0, 1.12), (1.0, 1.06), (1.0, 1.0), (1.0, 0.94), (0.96, 0.94), (0.92, 0.92), (0.88, 0.9), (0.84, 0.9),
         (0.8, 0.88))
"""(type, white between lines): a letter fills its sheet evenly, and one that is some lines too long for it is set
smaller before it takes a second sheet."""
USUAL = 2


def draw_letter(document: Document, make: Callable[[Letter], None], data: FormData, words: Words, title: str) -> None:
    """Add a letter's pages to a document, all or none. `make` says what stands in it; it is asked again for each size
    of type that is tried.

    Raises `Unavailable("print.no_glyph", character=…)`.
    """
    layout = LAYOUTS[document.paper.name]
    whole: Letter | None = None
    for number, scales in enumerate(TRIED):
        letter = Letter(document, _scaled(layout, *scales), data, words, title)
        make(letter)
        if len(letter.pages()) == 1:
            whole = letter
            break
        if number == USUAL:
            whole = letter
    assert whole is not None
    whole.draw()


def _scaled(layout: Layout, size: float, leading: float) -> Layout:
    kind = layout.type
    smaller = replace(kind, text=kind.text * size, label=max(SMALL_LABEL, kind.label * size))
    return replace(layout, type=smaller, leading=layout.leading * leading)


def day_in_words(words: Words, day: date) -> str:
    return words("form.date", year=day.year, month=day.month, day=day.day)


class Letter:
    """Filled from top to bottom by what a form's own module says, then drawn."""

    def __init__(self, document: Document, layout: Layout, data: FormData, words: Words, title: str) -> None:
        paper = document.paper
        self.document, self.paper, self.layout, self.data, self.words = document, paper, layout, data, words
        self.set = Setter(document.fonts, layout.type)
        self.chinese = data.language.startswith("zh")
        self.heading = Heading(
            self.set, paper, words("form.programme"), layout.programme, words(title), 0.06 if self.chinese else 0,
            (words("form.receipt.office", office=data.office), words("form.receipt.number", number=data.number)),
            words("form.reprint", n=data.copy) if data.copy else "", layout.head,
        )
        self.note = words(_COPIES[paper.name])
        self.ending: Ending | None = None
        self.stub: Stub | None = None
        self._blocks: list[Content] = []

    # -- what stands in it

    def salutation(self, name: str) -> None:
        """Whom it is to, from the very edge on."""
        self._add(self._prose(self.words("form.letter.to", name=name or "—"), filled=True))

    def paragraph(self, text: str, *, filled: bool = False, face: Face = Face.TEXT) -> None:
        """`filled` says that facts of this one letter stand in it."""
        self._add(self._prose((INDENT if self.chinese else "") + text, filled=filled, face=face))

    def items(self, texts: Sequence[str]) -> None:
        """A numbered list, in as many even columns as its longest entry leaves room for."""
        size, inner = self.layout.type.text, self.paper.inner
        indent = 2 * size / POINT
        number = self._width(f"{len(texts)}. ")
        longest = max(map(self._width, texts)) + number + indent
        most = max(1, min(3, int(inner / (longest + size / POINT)), len(texts)))
        columns = -(-len(texts) // -(-len(texts) // most))  # as even as that many lines allow
        width = (inner - indent) / columns
        for start in range(0, len(texts), columns):
            row: list[tuple[Content, float]] = [(Nothing(), indent)]
            for at, text in enumerate(texts[start : start + columns], start):
                broken = wrap(text, width - number, self._width)
                last = start + columns >= len(texts)
                row.append((self._lines(broken, width - number, filled=True, mark=f"{at + 1}.", indent=number,
                                        parted=last), width))
            self._add(_Beside(tuple(row)))

    def _prose(self, text: str, *, filled: bool, face: Face = Face.TEXT) -> Prose:
        return self._lines(wrap(text, self.paper.inner, self._width), self.paper.inner, filled=filled, face=face)

    def _lines(self, lines: Sequence[str], width: float, *, filled: bool, face: Face = Face.TEXT, mark: str = "",
               indent: float = 0, parted: bool = True) -> Prose:
        size = self.layout.type.text
        return Prose(self.set.fonts, tuple(lines), face, size, size * self.layout.leading / POINT, width,
                     even=self.chinese, filled=filled, mark=mark, indent=indent,
                     below=0.35 * size / POINT if parted and not self.chinese else 0)

    def _width(self, text: str) -> float:
        return self.set.fonts.width(text, Face.TEXT, self.layout.type.text) / POINT

    def _add(self, block: Content) -> None:
        self._blocks.append(block)

    # -- how it is laid out

    def pages(self) -> list[list[Section]]:
        sections = [Section("", (Row(((block, self.paper.inner),), 0),)) for block in self._blocks]
        return paginate(sections, self._room, self._closing)

    def draw(self) -> None:
        pages = self.pages()
        drawn = []
        for number, page in enumerate(pages, 1):
            ink = self.document.page()
            self.heading.draw(ink)
            x, y = self.paper.side, self.paper.top + self.heading.height
            ink.line(x, y, x + self.paper.inner, y, FRAME)
            y += self._under_rule
            for section in page:
                for row in section.rows:
                    row.draw(ink, x, y, row.height)
                    y += row.height
            if number == len(pages):
                foot = self.paper.height - self.paper.bottom - self.layout.foot
                if self.stub:
                    foot -= self.stub.height + CUT
                    self.stub.draw(ink, x, foot + CUT, cut=foot + CUT / 2)
                if self.ending:
                    # the seal stands near what it seals, not at the foot of a half empty sheet
                    at = y + min(max(0.0, foot - y - self.ending.height), self._let_down)
                    self.ending.draw(ink, x, at)
            self.heading.foot(ink, self.note, self.words("form.page", number=number, of=len(pages)))
            drawn.append(ink)
        for ink in drawn:
            self.document.add(ink)

    @property
    def _room(self) -> float:
        paper = self.paper
        return (paper.height - paper.top - paper.bottom - self.heading.height - self.layout.foot - self._under_rule)

    @property
    def _closing(self) -> float:
        return (self.ending.height if self.ending else 0) + (self.stub.height + CUT if self.stub else 0)

    @property
    def _under_rule(self) -> float:
        return self.layout.type.text * 0.5 / POINT

    @property
    def _let_down(self) -> float:
        return self.layout.type.text * 1.5 / POINT


@dataclass(frozen=True, slots=True)
class _Beside:
    """Contents side by side, none ruled off from the next."""

    cells: tuple[tuple[Content, float], ...]

    @property
    def height(self) -> float:
        return max(content.height for content, _ in self.cells)

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        for content, wide in self.cells:
            content.draw(ink, x, y, wide, content.height)
            x += wide

    def split(self, room: float) -> None:
        return None
