"""The office's letters: heading, whom it is to, paragraphs, numbered lists, the office's name and day under its seal,
and the place where whoever takes the letter signs for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from backbone_desktop.printing.document import Document
from backbone_desktop.printing.elements import FRAME, Content, Nothing, Row, Section
from backbone_desktop.printing.filled import fill
from backbone_desktop.printing.flow import paginate
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.heading import Heading
from backbone_desktop.printing.letter_end import Ending
from backbone_desktop.printing.letter_table import FactsTable, TableSetter
from backbone_desktop.printing.lines import wrap
from backbone_desktop.printing.paper import POINT, Ink
from backbone_desktop.printing.prose import CLOSER, Prose
from backbone_desktop.printing.setter import Setter, Type
from backbone_desktop.printing.stub import CUT, Stub
from backbone_desktop.words.both import BENEATH, first_language, one_line

if TYPE_CHECKING:
    from backbone_desktop.services.letters import LetterData
    from backbone_desktop.words import Words

SECOND = 0.82
"""Size of a second language beneath the first."""
LONELY = 2
"""Characters that do not stand on a line alone where the lines before can take them in."""
KEPT = 3
"""Paragraphs that stand on one page with the signature."""
SMALLEST_TEXT, SMALLEST_LABEL = 7.5, 7.0
"""Points; below these a printer with needles smudges a Chinese character."""
Pair = tuple[str, str]
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
    "241x93": Layout(Type(9, 8, 6.5, 14, 5, 0, 1, 0.4), 8, 15, 3.2, 1.36, stub=False),
}
_COPIES = {"A4": "form.letter.cut_apart", "A5": "form.letter.two_copies", "241x140": "form.letter.three_copies",
           "241x93": "form.letter.three_copies"}
"""Who keeps which copy, at the foot of each page."""
TRIED = ((1.0, 1.12), (1.0, 1.06), (1.0, 1.0), (1.0, 0.94), (0.96, 0.94), (0.92, 0.92), (0.88, 0.9), (0.84, 0.9),
         (0.8, 0.88), (0.76, 0.86))
"""(type, white between lines): a letter fills its sheet evenly, and one that is some lines too long for it is set
smaller before it takes a second sheet."""
USUAL = 2


def draw_letter(document: Document, make: Callable[[Letter], None], data: LetterData, words: Words, title: str) -> None:
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
    smaller = replace(kind, text=max(SMALLEST_TEXT, kind.text * size),
                      label=max(SMALLEST_LABEL, kind.label * size))
    return replace(layout, type=smaller, leading=layout.leading * leading)


def listed(words: Words, texts: Sequence[str]) -> str:
    """Texts in a row, in each language of the paper apart."""
    commas = words("form.list_comma").split(BENEATH)
    halves = [text.split(BENEATH) for text in texts]
    return BENEATH.join(comma.join(half[min(number, len(half) - 1)] for half in halves)
                        for number, comma in enumerate(commas))


def bare(words: Words, code: str) -> str:
    """A sentence of the catalogue without its full stop, to go on from."""
    return BENEATH.join(half.rstrip("。.") for half in words(code).split(BENEATH))


def day_in_words(words: Words, day: date) -> str:
    """For a sentence, in each language of the paper."""
    return words("form.date", year=day.year, month=day.month, day=day.day)


def day_alone(words: Words, day: date) -> str:
    """For a cell: a day is the same in every language."""
    return first_language(day_in_words(words, day))


class Letter:
    """Filled from top to bottom by what a form's own module says, then drawn."""

    def __init__(self, document: Document, layout: Layout, data: LetterData, words: Words, title: str) -> None:
        paper = document.paper
        self.document, self.paper, self.layout, self.data, self.words = document, paper, layout, data, words
        self.set = Setter(document.fonts, layout.type)
        self.chinese = data.language.startswith("zh")
        self.heading = Heading(
            self.set, paper, words("form.programme"), layout.programme, words(title), 0.06 if self.chinese else 0,
            (fill(words, "form.receipt.office", office=data.office),
             fill(words, "form.receipt.number", number=data.number)),
            words("form.reprint", n=data.copy) if data.copy else "", layout.head,
        )
        self.tables = TableSetter(self.set, paper.inner, 7.2 if self.chinese else 8.8)
        self.note = words(_COPIES[paper.name])
        self.ending: Ending | None = None
        self.stub: Stub | None = None
        self._blocks: list[tuple[Row, ...]] = []

    # -- what stands in it

    def salutation(self, name: str) -> None:
        """Whom it is to, from the very edge on."""
        self._add(self._prose(first_language(self.words("form.letter.to", name=name or "—")), filled=True))

    def paragraph(self, text: str, *, filled: bool = False) -> None:
        """`filled` says that facts of this one letter stand in it."""
        first, _, second = text.partition(BENEATH)
        self._add(self._prose((INDENT if self.chinese else "") + first, filled=filled),
                  *([self._prose(second, filled=filled, scale=SECOND)] if second else []))

    def items(self, texts: Sequence[str]) -> None:
        """A numbered list, in as many even columns as its longest entry leaves room for."""
        texts = [one_line(text) for text in texts]
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

    def table(self, rows: Sequence[Row]) -> None:
        """Framed facts; `tables` makes the rows."""
        size = self.layout.type.text / POINT
        self._add(FactsTable(tuple(rows), 0.25 * size, 0.6 * size))

    def ends(self, *rows: Sequence[Pair]) -> None:
        """Office and day under the seal, the code that proves the letter, and (label, value) pairs, one or two a row,
        of which an empty value is a rule to write on. A low sheet is signed for here."""
        data = self.data
        self.ending = Ending(self.set, self.words, self.paper.inner, office=data.office, day=data.told_on,
                             room=self.room, rows=rows, qr=data.qr, signed=not self.layout.stub)

    def counterfoil(self, title: str, *, pairs: Sequence[tuple[Pair, Pair]] = (), wide: Sequence[Pair] = ()) -> None:
        """The office's part, where the sheet has room for one: whom the letter is to, what `pairs` and `wide` say,
        who gave it out when."""
        if not self.layout.stub:
            return
        words, data = self.words, self.data
        whom = ((words("form.letter.applicant"), data.member_name), (words("form.receipt.id_no"), data.id_no_masked))
        given = ((words("form.letter.told_on"), day_alone(words, data.told_on)),
                 (words("form.letter.clerk"), data.printed_by))
        self.stub = Stub(self.set, words, self.paper.inner, title=words(title), number=data.number,
                         pairs=(whom, *pairs, given), wide=wide)

    def _prose(self, text: str, *, filled: bool, scale: float = 1) -> Prose:
        """`scale` is below 1 for a second language, which stands beneath the first."""
        inner = self.paper.inner

        def width(part: str) -> float:
            return self._width(part) * scale

        broken = wrap(text, inner, width)
        if self.chinese and scale == 1 and len(broken) > 1 and len(broken[-1]) <= LONELY:
            closer = wrap(text, inner * (1 + CLOSER), width)
            broken = closer if len(closer) < len(broken) else broken
        whole = self._lines(broken, inner, filled=filled)
        return whole if scale == 1 else replace(
            whole, size=whole.size * scale, leading=whole.leading * scale, even=False, below=whole.leading * 0.2)

    def _lines(self, lines: Sequence[str], width: float, *, filled: bool, mark: str = "", indent: float = 0,
               parted: bool = True) -> Prose:
        size = self.layout.type.text
        return Prose(self.set.fonts, tuple(lines), size, size * self.layout.leading / POINT, width, even=self.chinese,
                     filled=filled, mark=mark, indent=indent,
                     below=self._gap if parted and not self.chinese else 0)

    @property
    def _gap(self) -> float:
        """White between the paragraphs of a language of letters."""
        return (0.35 if self.layout.stub else 0.2) * self.layout.type.text / POINT

    def _width(self, text: str) -> float:
        return self.set.fonts.width(text, Face.TEXT, self.layout.type.text) / POINT

    def _add(self, *block: Content) -> None:
        self._blocks.append(tuple(Row(((content, self.paper.inner),), 0) for content in block))

    # -- how it is laid out

    def pages(self) -> list[list[Section]]:
        """The last blocks go with the signature: nobody signs below a closing phrase alone."""
        sections = [Section("", block) for block in self._blocks]
        for many in range(KEPT, 1, -1):
            kept = Section("", tuple(row for block in self._blocks[-many:] for row in block))
            if kept.height + self._closing <= self.room:
                sections[-many:] = [kept]
                break
        return paginate(sections, self.room, self._closing)

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
                foot = self.paper.height - self.paper.bottom - self._foot
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
    def room(self) -> float:
        """Height of a page between its heading and its foot."""
        paper = self.paper
        return paper.height - paper.top - paper.bottom - self.heading.height - self._foot - self._under_rule

    @property
    def _foot(self) -> float:
        second = self.set.size.small * 1.1 / POINT if BENEATH in self.note else 0
        return self.layout.foot + second

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
