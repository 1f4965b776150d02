"""What each page of a form begins and ends with: programme, title, what it is about; a note and the page's number."""

from __future__ import annotations

from dataclasses import dataclass

from backbone_desktop.printing.filled import draw_filled, plain
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.paper import MIDDLE, POINT, Ink, Paper
from backbone_desktop.printing.setter import Setter
from backbone_desktop.words.both import BENEATH

GAP = 4.0
"""The least white between two texts on one line, in millimetres."""
CROWDED = 0.9
"""When texts would have to be set smaller than this share of their size, the first takes a line of its own."""
ABOVE_TABLE = 1.6
EM_TOP = 0.88
"""How far above the baseline the em square of a Chinese character reaches."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`least` is the height in millimetres; a long office name adds a line to it. `mark` ("补打 1") may be "".

    Of the texts `above` what `filled.fill` marked is data and the rest form; unmarked ones are data.
    """

    set: Setter
    paper: Paper
    programme: str
    programme_size: float
    title: str
    spread: float
    """White between the title's characters, in ems."""
    above: tuple[str, ...]
    mark: str
    least: float

    @property
    def height(self) -> float:
        return self.least + (self._line if self._own_line else 0) + self._second

    def draw(self, ink: Ink) -> None:
        top = self.paper.top
        self._centred(ink, self.programme.partition(BENEATH)[0], top, Face.TEXT, self.programme_size, 0.05)
        top += self.programme_size * 1.45 / POINT
        title, _, second = self.title.partition(BENEATH)
        self._centred(ink, title, top, Face.TITLE, self.set.size.title, self.spread)
        if second:
            top += self.set.size.title * 1.3 / POINT
            self._centred(ink, second, top, Face.TEXT, self._second_size, 0)
        base = self.paper.top + self.height - ABOVE_TABLE
        if self.mark:
            with ink.filled():
                self._marked(ink)
        if self._own_line:
            self._spread_out(ink, base - self._line, self.above[:1])
        self._spread_out(ink, base, self.above[self._own_line :])

    def foot_height(self, note: str) -> float:
        """What a note needs below a table, a second language of it included, in millimetres."""
        return self.set.size.small * (1.4 + 1.1 * note.count(BENEATH)) / POINT

    def foot(self, ink: Ink, note: str, page: str) -> None:
        """The page's number at the right, the note at the left: a second language of it above the other's line."""
        base, small = self.paper.height - self.paper.bottom, self.set.size.small
        page = page.replace(BENEATH, " ")
        width = self._width(page, small)
        with ink.filled():
            ink.text(self.paper.side + self.paper.inner - width, base, page, Face.TEXT, small)
        notes = note.split(BENEATH)
        for number, line in enumerate(reversed(notes)):
            free = self.paper.inner - (width + GAP if number == 0 else 0)
            size = small * min(1.0 if len(notes) == 1 else 0.85, free / self._width(line, small))
            ink.text(self.paper.side, base - number * small * 1.1 / POINT, line, Face.TEXT, size)

    @property
    def _second(self) -> float:
        """Height of the title in a second language, in millimetres."""
        return self._second_size * 1.2 / POINT if BENEATH in self.title else 0

    @property
    def _second_size(self) -> float:
        return self.set.size.title * 0.55

    @property
    def _line(self) -> float:
        return self.set.size.text * 1.5 / POINT

    @property
    def _own_line(self) -> bool:
        wanted = sum(self._width(text, self.set.size.text) for text in self.above) + GAP * (len(self.above) - 1)
        return wanted * CROWDED > self.paper.inner

    def _width(self, text: str, size: float, face: Face = Face.TEXT) -> float:
        return self.set.fonts.width(plain(text), face, size) / POINT

    def _centred(self, ink: Ink, text: str, top: float, face: Face, size: float, spread: float) -> None:  # noqa: PLR0917
        """One line whose em square begins at `top`, seven tenths of the table wide at most."""
        width = self._width(text, size, face) + spread * size * (len(text) - 1) / POINT
        scale = min(1.0, self.paper.inner * 0.7 / width)
        x = self.paper.side + (self.paper.inner - width * scale) / 2
        ink.text(x, top + EM_TOP * size * scale / POINT, text, face, size * scale, spread=spread)

    def _marked(self, ink: Ink) -> None:
        """The mark of a reprint, framed, at the right of the title."""
        size, pad = self.set.size.label + 1, 1.2 * self.set.size.pad
        width, height = self._width(self.mark, size, Face.STRONG) + 2 * pad, size * 1.36 / POINT + 0.8
        x, y = self.paper.side + self.paper.inner - width, self.paper.top - 0.5
        ink.box(x, y, width, height, 0.7)
        ink.text(x + pad, y + height / 2 + MIDDLE * size / POINT, self.mark, Face.STRONG, size)

    def _spread_out(self, ink: Ink, base: float, texts: tuple[str, ...]) -> None:
        """Texts over the table from edge to edge with even gaps, smaller when they would touch."""
        size, inner = self.set.size.text, self.paper.inner
        wanted = sum(self._width(text, size) for text in texts)
        size *= min(1.0, (inner - GAP * (len(texts) - 1)) / wanted)
        widths = [self._width(text, size) for text in texts]
        gap = (inner - sum(widths)) / max(1, len(texts) - 1)
        x = self.paper.side
        for text, width in zip(texts, widths, strict=True):
            draw_filled(ink, self.set.fonts, text, (x, base), size)
            x += width + gap
