"""Sets words in cells: shrinks or breaks what is long, and keeps one size of type throughout a form."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backbone_desktop.printing.elements import RULE, Content, Lines, Row, Section, Stack, Steps, Ticks, Twin
from backbone_desktop.printing.fonts import Face, Fonts
from backbone_desktop.printing.lines import fit
from backbone_desktop.printing.paper import BLACK, MIDDLE, POINT, Ink
from backbone_desktop.words.both import BENEATH

BENEATH_SIZE = 0.74
"""How large the second language stands beneath a label, in its size."""
SENTENCE = 0.85
"""How large a sentence in a second language stands beneath the first, in its size."""
CLOSE = 1.18
"""From a label to its second language, in the type's size."""
IN_NAME = re.compile(r"[(（].*?[)）]|\S")
"""What stands on one line of an upright name: a character, or what is in brackets."""
WORD = re.compile(r"[!-~]+")
SMALLEST = 5.0
"""Points; below this nobody reads."""


@dataclass(frozen=True, slots=True)
class Type:
    """How large a form is set: points for text, millimetres for the rest."""

    text: float
    label: float
    small: float
    title: float
    row: float
    side: float
    """Width of the column with the sections' names."""
    pad: float
    air: float


class Setter:
    """Sets text in cells, at one size throughout a form."""

    def __init__(self, fonts: Fonts, size: Type) -> None:
        self.fonts = fonts
        self.size = size

    def lines(self, text: str, width: float, face: Face = Face.TEXT, *, size: float = 0, least: float = 0,
              most: int = 1, align: str = "left", air: float | None = None, grey: float = BLACK,
              filled: bool = False) -> Lines:
        """`text` in a cell `width` wide: shrunken down to `least` to stay within `most` lines, else wrapped.

        A second language follows after a blank where one line is wanted, else on a line of its own.
        """
        text = text.replace(BENEATH, " " if most == 1 else "\n")
        wanted = size or self.size.text
        smallest = min(least or wanted, wanted)
        inner = width - 2 * self.size.pad

        def measure(part: str, /, size: float) -> float:
            return self.fonts.width(part, face, size) / POINT

        chosen, broken = fit(text, inner, measure, (smallest, wanted), most)
        return Lines(self.fonts, tuple(broken), face, chosen, align, self.size.pad,
                     self.size.air if air is None else air, grey, filled)

    def label(self, text: str, width: float, *, align: str = "centre", most: int = 1, least: float = 0.9) -> Content:
        """A cell's name, in a second language in smaller type beneath it; `least` is a share of the labels' size."""
        size = self.size.label
        first, _, second = text.partition(BENEATH)
        words = max((self.fonts.width(word, Face.TEXT, size) for word in WORD.findall(first)), default=0) / POINT
        whole = max(size * least, size * min(1.0, (width - 2 * self.size.pad) / max(words, 1)))  # no word is cut
        one = self.lines(first, width, size=whole, least=size * least, most=most, align=align)
        return self._two(one, second, width) if second else one

    def _two(self, one: Lines, second: str, width: float) -> Stack:
        """A name with a second language beneath it; the two stand closer than lines of text do."""
        small = max(SMALLEST, one.size * BENEATH_SIZE)
        other = self.lines(second, width, size=small, least=max(SMALLEST, small * 0.8), most=1, align=one.align)
        return Stack(tuple(replace(lines, air=0, apart=CLOSE) for lines in (one, other)), self.size.air * 0.4)

    def value(self, text: str, width: float, face: Face = Face.TEXT, *, align: str = "left") -> Lines:
        return self.lines(text or "—", width, face, least=self.size.text * 0.85, align=align, filled=True)

    def section_name(self, text: str, *, upright: bool) -> Lines | str | Twin:
        """A section's name for the column at its left: Chinese two characters a line, other languages turned; where
        there are two, Chinese one character a line and the other turned at its right."""
        if not upright:
            return text
        size = self.size.label
        first, _, second = text.partition(BENEATH)
        if second:
            letters = "\n".join(IN_NAME.findall(first))
            return Twin(self.lines(letters, self.size.side, size=size, most=99, align="centre", air=0), second)
        return self.lines(text, 2.05 * size / POINT + 2 * self.size.pad, size=size, most=9, align="centre", air=0)

    def side(self, ink: Ink, section: Section, x: float, y: float) -> None:
        self.side_name(ink, section.name, x, y, section.height)

    def side_name(self, ink: Ink, name: Lines | str | Twin, x: float, y: float, height: float) -> None:
        """Draw a section's name in its column at (x, y) and the line at the column's right."""
        width = self.size.side
        ink.line(x + width, y, x + width, y + height, RULE)
        self._name(ink, name, (x, width), y, height)

    def _name(self, ink: Ink, name: Lines | str | Twin, across: tuple[float, float], y: float, height: float) -> None:
        x, width = across
        if isinstance(name, Twin):
            self._name(ink, self._lower(name.upright, width * 0.6, height), (x, width * 0.6), y, height)
            self._turned(ink, name.turned, (x + width * 0.55, width * 0.4), (y, height), BENEATH_SIZE)
            return
        if isinstance(name, Lines):
            # a section that goes on with one low row on the next page
            smaller = replace(name, size=name.size * min(1.0, (height - 0.6) / name.height))
            smaller.draw(ink, x, y, width, height)
            return
        self._turned(ink, name, across, (y, height))

    def _lower(self, name: Lines, width: float, height: float) -> Lines:
        """An upright name as it stands, or two characters a line where that would be too high."""
        letters = "".join(name.lines)
        if name.height <= height - 0.6 or len(name.lines) != len(letters):
            return name
        pairs = tuple(letters[start : start + 2] for start in range(0, len(letters), 2))
        return replace(name, lines=pairs, size=min(name.size, width * POINT / 2.1))

    def _turned(self, ink: Ink, name: str, across: tuple[float, float], down: tuple[float, float], scale: float = 1
                ) -> None:
        """A name that runs upwards, shrunken to the column's height. `across` and `down` are (from, length)."""
        (x, width), (y, height) = across, down
        size = wanted = max(SMALLEST, self.size.label * scale)
        long = self.fonts.width(name, Face.TEXT, size) / POINT
        size *= min(1.0, (height - 1) / long)
        long *= size / wanted
        ink.turned(x + width / 2 + MIDDLE * size / POINT, y + (height + long) / 2, name, Face.TEXT, size)

    def amount(self, text: str, width: float, face: Face = Face.TEXT, *, align: str = "left") -> Lines:
        """An amount in figures or capitals, never broken: a long one is set smaller."""
        return self.lines(text, width, face, least=SMALLEST, align=align, filled=True)

    def balanced(self, text: str, width: float, face: Face = Face.TEXT, *, size: float = 0,
                 tall: float = math.inf) -> Lines:
        """Centred lines of about the same length, as few as `width` allows; smaller where `tall` asks it."""
        fitting = self._balanced(text, width, face, size)
        while fitting.height > tall and fitting.size > SMALLEST:
            fitting = self._balanced(text, width, face, max(SMALLEST, fitting.size - 0.5))
        return fitting

    def _balanced(self, text: str, width: float, face: Face, size: float) -> Lines:
        def in_(narrower: float) -> Lines:
            least = max(SMALLEST, (size or self.size.text) * 0.85)
            return self.lines(text, narrower, face, size=size, least=least, align="centre", air=0)

        best = in_(width)
        if len(best.lines) == 1:
            return best
        for percent in range(98, 40, -4):
            tried = self.lines(text, width * percent / 100, face, size=best.size, align="centre", air=0, most=99)
            if len(tried.lines) > len(best.lines):
                break
            best = tried
        return best

    def row(self, *cells: tuple[Content, float]) -> Row:
        return Row(cells, self.size.row)

    def steps(self, sentences: Sequence[str], width: float, size: float, *, after: str = "",
              filled: bool = True) -> Steps:
        """Numbered sentences in a list, each in a second language smaller beneath it; `after` stands below them
        without a number."""
        indent = self.fonts.width(f"{len(sentences)}. ", Face.TEXT, size) / POINT
        numbers = [f"{number}." for number in range(1, len(sentences) + 1)] + [""]
        parts = tuple((number if place == 0 else "",
                       self.lines(half, width - indent, size=size * (SENTENCE if place else 1), most=99, air=0))
                      for number, sentence in zip(numbers, (*sentences, after), strict=True) if sentence
                      for place, half in enumerate(sentence.split(BENEATH)))
        return Steps(parts, indent, self.size.air, filled)

    def run_in(self, sentences: Sequence[str], after: str, width: float, size: float) -> Lines:
        """Numbered sentences that follow each other in one paragraph, and one more without a number, which begins
        a line where that costs none."""
        numbered = (f"{chr(0x245F + number) if number <= 20 else f'({number})'}{sentence}"
                    for number, sentence in enumerate(sentences, 1))
        run = " ".join(numbered)
        going_on, below = (self.lines(f"{run}{between}{after}", width, size=size, most=99, filled=True)
                           for between in " \n")
        return below if len(below.lines) == len(going_on.lines) else going_on

    def columns(self, names: Sequence[str], width: float) -> int:
        """How many names behind tick boxes go beside each other: as many as the longest allows, four at most."""
        longest = max((self.fonts.width(name, Face.TEXT, self.size.text) for name in names), default=0) / POINT
        return max(1, min(4, int(width / (longest + self._box + 3 * self.size.pad))))

    def ticks(self, names: Sequence[str], width: float, columns: int, *, ticked: bool) -> Ticks:
        items = tuple(self.lines(name, width / columns - self._box, most=99, air=0.25) for name in names)
        return Ticks(items, ticked, columns, self.size.air - 0.25)

    @property
    def _box(self) -> float:
        return self.size.text / POINT * 1.35
