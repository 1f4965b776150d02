"""The end of a letter: at the right the office and the day, over which its seal goes; at the left whatever it names
besides, and on a low sheet the place to sign for the letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from backbone_desktop.printing.elements import RULE, SEAL, SEAL_OFFICE, SIGNATURE, Lines, seal_space, space
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.paper import MIDDLE, POINT, Ink
from backbone_desktop.printing.qr import QUIET, qr_matrix
from backbone_desktop.printing.seal import who_seals
from backbone_desktop.printing.setter import Setter
from backbone_desktop.words.both import first_language, one_line

if TYPE_CHECKING:
    from backbone_desktop.words import Words

MODULE = 0.5
"""Millimetres of one square of the code: what a barcode gun reads from an office printer's sheet."""
GAP = 4.0
WRITTEN = 34.0
"""Millimetres that a hand needs for a date."""


class Ending:
    """Stands below the last paragraph and is never parted. `rows` are (label, value) pairs, one or two
    beside each other, of which an empty value is a rule to write on."""

    def __init__(self, setter: Setter, words: Words, width: float, *, office: str, day: date, room: float,
                 rows: Sequence[Sequence[tuple[str, str]]] = (), qr: str = "", signed: bool = False) -> None:
        """Where the rows would be higher than `room`, or break values that the seal's height has room for, their
        labels stand in the first language alone."""
        self._set, self._words, self._width, self._signed = setter, words, width, signed
        self._matrix = qr_matrix(qr) if qr else ()
        self._left = width - SEAL - GAP - (self._code + GAP if qr else 0)
        self._office, self._day = office, day
        for say in (one_line, first_language):
            self._set_rows([[(say(label), value) for label, value in row] for row in rows])
            if self.height <= room and not (signed and self._broken):
                break

    @property
    def height(self) -> float:
        named = sum(map(_height, self._rows)) + (self._signing if self._signed else 0)
        return max(SEAL, named, self._code + self._caption) + 1

    def draw(self, ink: Ink, x: float, y: float) -> None:
        at = y
        for row in self._rows:
            column = self._left / len(row)
            for number, (label, value) in enumerate(row):
                left = x + number * column
                label.draw(ink, left - label.pad, at, self._label, label.height)
                value.draw(ink, left + self._label - value.pad, at, column - self._label, value.height)
                if not value.lines[0]:
                    base = at + label.height / 2 + MIDDLE * label.size / POINT + 0.8
                    right = left + column - (GAP if number + 1 < len(row) else 0)
                    ink.line(left + self._label, base, right, base, RULE)
            at += _height(row)
        if self._signed:
            self._sign(ink, x, y + self.height - 1 - self._signing)
        if self._matrix:
            self._proof(ink, x + self._left + GAP, y)
        self._seal(ink, x + self._width - SEAL / 2, y + SEAL / 2)

    # -- parts

    @property
    def _broken(self) -> bool:
        return any(len(value.lines) > 1 for row in self._rows for _, value in row)

    @property
    def _code(self) -> float:
        return (len(self._matrix) + 2 * QUIET) * MODULE if self._matrix else 0.0

    @property
    def _caption(self) -> float:
        return self._set.size.small * 1.5 / POINT

    @property
    def _signing(self) -> float:
        return self._caption + SIGNATURE[1] + 1

    def _set_rows(self, rows: Sequence[Sequence[tuple[str, str]]]) -> None:
        widest = max((self._set.fonts.width(label, Face.TEXT, self._set.size.label) for row in rows
                      for label, _ in row), default=0)
        self._label = widest / POINT + GAP
        self._rows = [[self._line(label, value, self._left / len(row)) for label, value in row] for row in rows]

    def _line(self, label: str, value: str, column: float) -> tuple[Lines, Lines]:
        size, air = self._set.size.label, self._set.size.air * 1.2
        return (self._set.lines(label, self._label + 2 * self._set.size.pad, size=size, air=air),
                self._set.lines(value, column - self._label - GAP / 2, size=size, most=2, least=size * 0.65, air=air,
                                filled=True))

    def _sign(self, ink: Ink, x: float, y: float) -> None:
        """Who takes the letter signs in a dotted frame and writes the day beside it."""
        small = self._set.size.small
        self._text(ink, self._say("form.letter.taken_by"), x, y + self._caption / 2, small)
        space(ink, x, y + self._caption, SIGNATURE)
        beside, middle = x + SIGNATURE[0] + GAP, y + self._caption + SIGNATURE[1] / 2
        for say in (one_line, first_language):  # what leaves a hand its room
            texts = [say(self._words(code)) for code in ("form.letter.kin", "form.letter.taken_on")]
            start = beside + max(self._set.fonts.width(text, Face.TEXT, small) for text in texts) / POINT + 1
            if start + WRITTEN * 0.6 < x + self._left:
                break
        for up, text in zip((-0.24, 0.24), texts, strict=True):
            at = middle + up * SIGNATURE[1]
            self._text(ink, text, beside, at, small)
            base = at + MIDDLE * small / POINT + 0.8
            ink.line(start, base, min(start + WRITTEN, x + self._left), base, RULE)

    def _proof(self, ink: Ink, x: float, y: float) -> None:
        quiet = QUIET * MODULE
        with ink.filled():
            ink.dots(x + quiet, y + quiet, len(self._matrix) * MODULE, self._matrix)
        text, small = self._say("form.receipt.scan"), self._set.size.small
        free = self._code - self._set.fonts.width(text, Face.TEXT, small) / POINT
        self._text(ink, text, x + free / 2, y + self._code + self._caption / 2 - quiet / 2, small)

    def _seal(self, ink: Ink, centre: float, middle: float) -> None:
        seal_space(ink, centre, middle)
        size, words, day = self._set.size, self._words, self._day
        chord = SEAL * 0.84
        dated = self._set.lines(first_language(words("form.date", year=day.year, month=day.month, day=day.day)), chord,
                                size=size.text, least=size.text * 0.8, align="centre", air=0, filled=True)
        office = replace(self._set.balanced(self._office, chord, tall=SEAL_OFFICE - dated.height), filled=True)
        at = middle - (office.height + dated.height) / 2
        for lines in (office, dated):
            lines.draw(ink, centre - chord / 2, at, chord, lines.height)
            at += lines.height
        who_seals(ink, self._set, words("form.letter.seal"), centre, middle)

    def _say(self, code: str) -> str:
        return one_line(self._words(code))

    def _text(self, ink: Ink, text: str, x: float, middle: float, size: float) -> None:
        ink.text(x, middle + MIDDLE * size / POINT, text, Face.TEXT, size)


def _height(row: Sequence[tuple[Lines, Lines]]) -> float:
    return max(value.height for _, value in row)
