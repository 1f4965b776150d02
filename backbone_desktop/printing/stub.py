"""The office's part of a letter (存根 and 送达回证): cut off below the letter, signed by whoever takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from backbone_desktop.printing.elements import FRAME, RULE, SIGNATURE, Content, Nothing, Row, space
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.options import options
from backbone_desktop.printing.paper import GREY, MIDDLE, POINT, Ink
from backbone_desktop.printing.setter import SMALLEST, Setter
from backbone_desktop.words.both import BENEATH, first_language, one_line

if TYPE_CHECKING:
    from backbone_desktop.words import Words

CUT = 9.0
"""Millimetres between a letter and its stub, with the line to cut along in their middle."""
LABEL = 26.0
WAYS = ("form.letter.by_hand", "form.letter.by_post", "form.letter.by_another")


class Stub:
    """A small table: `wide` are (label, value) over the whole width, `pairs` two of them side by side."""

    def __init__(self, setter: Setter, words: Words, width: float, *, title: str, number: str,
                 pairs: Sequence[tuple[tuple[str, str], tuple[str, str]]],
                 wide: Sequence[tuple[str, str]] = ()) -> None:
        size = replace(setter.size, text=setter.size.label, row=setter.size.label * 1.9 / POINT)
        self._set, self._words, self._width = Setter(setter.fonts, size), words, width
        self._heading_size = setter.size.text
        self._title, self._number = first_language(title), number
        self._rows = [*(self._row(*pair) for pair in pairs), *(self._row(one) for one in wide), self._ways()]
        self._signature = SIGNATURE[1] + 2.4

    @property
    def height(self) -> float:
        return self._head + sum(row.height for row in self._rows) + self._signature

    def draw(self, ink: Ink, x: float, y: float, *, cut: float) -> None:
        self._cut(ink, x, cut)
        self._heading(ink, x, y)
        top = y = y + self._head
        for number, row in enumerate(self._rows):
            if number:
                ink.line(x, y, x + self._width, y, RULE)
            row.draw(ink, x, y, row.height)
            y += row.height
        ink.line(x, y, x + self._width, y, RULE)
        self._sign(ink, x, y)
        ink.box(x, top, self._width, y + self._signature - top, FRAME)

    # -- parts

    @property
    def _head(self) -> float:
        return self._heading_size * 2.1 / POINT

    def _row(self, *pairs: tuple[str, str]) -> Row:
        value = self._width / len(pairs) - LABEL
        cells: list[tuple[Content, float]] = []
        for label, text in pairs:
            shown = self._set.lines(text or "—", value, most=2, least=self._set.size.text * 0.8, filled=True)
            cells += [(self._set.label(label, LABEL), LABEL), (shown, value)]
        return self._set.row(*cells)

    def _ways(self) -> Row:
        value = self._width - LABEL
        ways = options(self._set, [(one_line(self._words(way)), False) for way in WAYS], value)
        label = self._set.label(self._words("form.letter.way"), LABEL)
        return self._set.row((label, LABEL), (ways, value))

    def _sign(self, ink: Ink, x: float, y: float) -> None:
        """The one who takes the letter signs, and says who they are and when it was."""
        label = self._set.label(self._words("form.letter.taken_by"), LABEL)
        frame = SIGNATURE[0] + 4.0
        rest = (self._width - LABEL - frame) / 2
        row = Row(((label, LABEL), (Nothing(), frame), (Nothing(), rest), (Nothing(), rest)), self._signature)
        row.draw(ink, x, y, self._signature)
        space(ink, x + LABEL + 2, y + 1.2, SIGNATURE)
        for at, code in enumerate(("form.letter.kin", "form.letter.taken_on")):
            name = self._set.lines(self._words(code), rest, size=self._set.size.label * 0.9, most=2, least=SMALLEST)
            name.draw(ink, x + LABEL + frame + at * rest, y + 0.6, rest, name.height)

    def _heading(self, ink: Ink, x: float, y: float) -> None:
        size = self._heading_size
        base = y + self._head * 0.42 + MIDDLE * size / POINT
        ink.text(x, base, self._title, Face.TITLE, size)
        small, label = self._set.size.label, _named(self._words("form.letter.number"))
        right = x + self._width - self._set.fonts.width(self._number, Face.TEXT, small) / POINT
        with ink.filled():
            ink.text(right, base, self._number, Face.TEXT, small)
        ink.text(right - self._set.fonts.width(label, Face.TEXT, small) / POINT, base, label, Face.TEXT, small)

    def _say(self, code: str) -> str:
        return one_line(self._words(code))

    def _cut(self, ink: Ink, x: float, y: float) -> None:
        """A broken line over the whole width, which says in its middle what it is for."""
        size, text = self._set.size.small, self._say("form.letter.cut")
        wide = self._set.fonts.width(text, Face.TEXT, size) / POINT + 4
        middle = x + self._width / 2
        for left, right in ((x, middle - wide / 2), (middle + wide / 2, x + self._width)):
            ink.line(left, y, right, y, 0.5, grey=GREY, dash="3 2")
        ink.text(middle - wide / 2 + 2, y + MIDDLE * size / POINT, text, Face.TEXT, size, grey=GREY)


def _named(label: str) -> str:
    """A name before its number, in two languages with one mark."""
    first, _, second = label.partition(BENEATH)
    return f"{first.rstrip('：')} {second.rstrip()}：" if second else label
