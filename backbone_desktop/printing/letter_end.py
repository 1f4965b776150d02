"""The end of a letter: at the right the office and the day, over which its seal goes; at the left whatever it names
besides, and on a low sheet the place to sign for the letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from backbone_desktop.printing.elements import RULE, SEAL, SIGNATURE, Lines, seal_space, space
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.paper import GREY, MIDDLE, POINT, Ink
from backbone_desktop.printing.qr import QUIET, qr_matrix
from backbone_desktop.printing.setter import Setter

if TYPE_CHECKING:
    from backbone_desktop.words import Words

MODULE = 0.5
"""Millimetres of one square of the code: what a barcode gun reads from an office printer's sheet."""
GAP = 4.0
WRITTEN = 34.0
"""Millimetres that a hand needs for a date."""


class Ending:
    """Stands below the last paragraph and is never parted. `lines` are (label, value) pairs of which an empty value
    is a rule to write on."""

    def __init__(self, setter: Setter, words: Words, width: float, *, office: str, day: date,
                 lines: Sequence[tuple[str, str]] = (), qr: str = "", signed: bool = False) -> None:
        self._set, self._words, self._width, self._signed = setter, words, width, signed
        self._matrix = qr_matrix(qr) if qr else ()
        self._left = width - SEAL - GAP - (self._code + GAP if qr else 0)
        self._office, self._day = office, day
        size = setter.size.label
        self._label = max((setter.fonts.width(label, Face.TEXT, size) for label, _ in lines), default=0) / POINT + size
        self._rows = [self._line(label, value) for label, value in lines]

    @property
    def height(self) -> float:
        named = sum(value.height for _, value in self._rows) + (self._signing if self._signed else 0)
        return max(SEAL, named, self._code + self._caption) + 1

    def draw(self, ink: Ink, x: float, y: float) -> None:
        at = y
        for label, value in self._rows:
            label.draw(ink, x - label.pad, at, self._label, label.height)
            value.draw(ink, x + self._label - value.pad, at, self._left - self._label, value.height)
            if not value.lines[0]:
                base = at + label.height / 2 + MIDDLE * label.size / POINT + 0.8
                ink.line(x + self._label, base, x + self._left, base, RULE)
            at += value.height
        if self._signed:
            self._sign(ink, x, y + self.height - 1 - self._signing)
        if self._matrix:
            self._proof(ink, x + self._left + GAP, y)
        self._seal(ink, x + self._width - SEAL / 2, y + SEAL / 2)

    # -- parts

    @property
    def _code(self) -> float:
        return (len(self._matrix) + 2 * QUIET) * MODULE if self._matrix else 0.0

    @property
    def _caption(self) -> float:
        return self._set.size.small * 1.5 / POINT

    @property
    def _signing(self) -> float:
        return self._caption + SIGNATURE[1] + 1

    def _line(self, label: str, value: str) -> tuple[Lines, Lines]:
        size, air = self._set.size.label, self._set.size.air * 1.2
        return (self._set.lines(label, self._label + size, size=size, air=air),
                self._set.lines(value, self._left - self._label, size=size, most=2, least=size * 0.85, air=air,
                                filled=True))

    def _sign(self, ink: Ink, x: float, y: float) -> None:
        """Who takes the letter signs in a dotted frame and writes the day beside it."""
        small = self._set.size.small
        self._text(ink, self._words("form.letter.taken_by"), x, y + self._caption / 2, small)
        space(ink, x, y + self._caption, SIGNATURE)
        beside, middle = x + SIGNATURE[0] + GAP, y + self._caption + SIGNATURE[1] / 2
        texts = [self._words(code) for code in ("form.letter.kin", "form.letter.taken_on")]
        start = beside + max(self._set.fonts.width(text, Face.TEXT, small) for text in texts) / POINT + 1
        for up, text in zip((-0.24, 0.24), texts, strict=True):
            at = middle + up * SIGNATURE[1]
            self._text(ink, text, beside, at, small)
            base = at + MIDDLE * small / POINT + 0.8
            ink.line(start, base, min(start + WRITTEN, x + self._left), base, RULE)

    def _proof(self, ink: Ink, x: float, y: float) -> None:
        quiet = QUIET * MODULE
        with ink.filled():
            ink.dots(x + quiet, y + quiet, len(self._matrix) * MODULE, self._matrix)
        text, small = self._words("form.receipt.scan"), self._set.size.small
        free = self._code - self._set.fonts.width(text, Face.TEXT, small) / POINT
        self._text(ink, text, x + free / 2, y + self._code + self._caption / 2 - quiet / 2, small)

    def _seal(self, ink: Ink, centre: float, middle: float) -> None:
        seal_space(ink, centre, middle)
        size, words, day = self._set.size, self._words, self._day
        chord = SEAL * 0.84
        office = self._set.balanced(self._office, chord)
        dated = self._set.lines(words("form.date", year=day.year, month=day.month, day=day.day), chord,
                                size=size.text, least=size.text * 0.8, align="centre", air=0, filled=True)
        at = middle - (office.height + dated.height) / 2
        for lines in (office, dated):
            lines.draw(ink, centre - chord / 2, at, chord, lines.height)
            at += lines.height
        here = self._set.lines(words("form.letter.seal"), chord, size=size.small, align="centre", air=0, grey=GREY)
        here.draw(ink, centre - chord / 2, middle + SEAL * 0.3, chord, here.height)

    def _text(self, ink: Ink, text: str, x: float, middle: float, size: float) -> None:
        ink.text(x, middle + MIDDLE * size / POINT, text, Face.TEXT, size)
