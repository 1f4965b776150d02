"""The foot of a list: who signs it, where the seals go, and the code that proves it, side by side in one strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from backbone_desktop.printing.elements import LEADING, RULE, SEAL, SIGNATURE, Lines, Stack, seal_space, space
from backbone_desktop.printing.filled import draw_filled, fill_apart, plain
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.paper import MIDDLE, POINT, Ink
from backbone_desktop.printing.qr import QUIET, qr_matrix
from backbone_desktop.printing.seal import who_seals
from backbone_desktop.printing.setter import BENEATH_SIZE, SMALLEST, Setter
from backbone_desktop.words.both import first_language

if TYPE_CHECKING:
    from backbone_desktop.words import Words

MODULE = 0.5
"""Millimetres of one square of the code: what a barcode gun reads from an office printer's sheet."""
CHORD = 0.84
"""How much of a seal's width the words in its middle may take."""
LARGEST = 13.0
"""Points of office and day: a seal is as large on every sheet."""
MIDDLE_SHARE = 0.5
"""How much of a seal's height office and day may take."""
AIR, ABOVE = 1.4, 0.6
LEAST = 0.6
"""How small a caption may become to stay on its line, in its size."""


class Block(Protocol):
    """Something in the strip, of one size."""

    @property
    def width(self) -> float: ...

    @property
    def height(self) -> float: ...

    def draw(self, ink: Ink, x: float, y: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Named:
    """A name and what is filled in behind it (`filled.fill`) in one line from the very edge on, with the name in a
    second language beneath."""

    setter: Setter
    text: str
    size: float
    air: float
    second: Stack | None = None

    @property
    def height(self) -> float:
        return self.size * LEADING / POINT + 2 * self.air + (self.second.height if self.second else 0)

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        line = self.size * LEADING / POINT
        draw_filled(ink, self.setter.fonts, self.text, (x, y + self.air + line / 2 + MIDDLE * self.size / POINT),
                    self.size)
        if self.second:
            self.second.draw(ink, x, y + line, width, self.second.height)


def signed(setter: Setter, words: Words, code: str, width: float, **facts: object) -> Named | Lines:
    """A caption that names who signs, as `named`."""
    first, second = fill_apart(words, code, **facts)
    line = named(setter, first, width)
    if not second or not isinstance(line, Named):
        return line
    small = replace(setter.lines(second, width, size=setter.size.label * BENEATH_SIZE, least=SMALLEST, air=0), pad=0)
    return replace(line, second=Stack((small,), 0))


def named(setter: Setter, text: str, width: float, air: float = 0) -> Named | Lines:
    """In one line down to six tenths of the labels' size; a longer one is broken, and data as a whole."""
    size = setter.size.label
    scale = min(1.0, width * POINT / setter.fonts.width(plain(text), Face.TEXT, size))
    if scale < LEAST:
        return replace(setter.lines(plain(text), width + 2 * setter.size.pad, size=size * LEAST, most=99, air=air,
                                    filled=True), pad=0)
    return Named(setter, text, size * scale, air)


class Hands:
    """Spaces to sign in, one below the other, each under its caption, in words or as `signed` made it."""

    def __init__(self, setter: Setter, captions: Sequence[str | Named | Lines]) -> None:
        self.width = SIGNATURE[0]
        self._captions = [_over(setter, caption, self.width) if isinstance(caption, str) else caption
                          for caption in captions]
        self.height = sum(caption.height + ABOVE + SIGNATURE[1] + AIR for caption in self._captions) - AIR

    def draw(self, ink: Ink, x: float, y: float) -> None:
        for caption in self._captions:
            caption.draw(ink, x, y, self.width, caption.height)
            y += caption.height + ABOVE
            space(ink, x, y, SIGNATURE)
            y += SIGNATURE[1] + AIR


class Seal:
    """A circle over the office ("" where a hand writes it) and the day that it is sealed on, or with `open_` the
    space for a hand to write the day in."""

    def __init__(self, setter: Setter, office: str, day: str, here: str, *, open_: bool = False) -> None:
        self._open = open_
        self.width = self.height = SEAL
        size = min(setter.size.label, LARGEST)
        self._texts = self._set(setter, office, day, size)
        while sum(lines.height for lines in self._texts) > SEAL * MIDDLE_SHARE and size > SMALLEST:
            size -= 0.5
            self._texts = self._set(setter, office, day, size)
        self._setter, self._here = setter, here

    def _set(self, setter: Setter, office: str, day: str, size: float) -> list[Lines]:
        chord = SEAL * CHORD
        dated = setter.lines(first_language(day), chord, size=size, least=size * 0.8, align="centre", air=0,
                             filled=not self._open)
        return [replace(setter.balanced(office, chord, size=size), filled=True), dated] if office else [dated]

    def draw(self, ink: Ink, x: float, y: float) -> None:
        chord, middle = SEAL * CHORD, y + SEAL / 2
        seal_space(ink, x + SEAL / 2, middle)
        left = x + (SEAL - chord) / 2
        at = middle - sum(lines.height for lines in self._texts) / 2
        for lines in self._texts:
            lines.draw(ink, left, at, chord, lines.height)
            at += lines.height
        who_seals(ink, self._setter, self._here, x + SEAL / 2, middle)


class Code:
    """The square code with its caption below."""

    def __init__(self, setter: Setter, text: str, caption: str) -> None:
        self._matrix = qr_matrix(text)
        self._side = len(self._matrix) * MODULE
        self.width = self._side + 2 * QUIET * MODULE
        self._caption = setter.lines(caption, self.width, size=setter.size.small, least=setter.size.small * 0.7,
                                     align="centre", air=0)
        self.height = self.width + self._caption.height

    def draw(self, ink: Ink, x: float, y: float) -> None:
        with ink.filled():
            ink.dots(x + QUIET * MODULE, y + QUIET * MODULE, self._side, self._matrix)
        self._caption.draw(ink, x, y + self.width, self.width, self._caption.height)


class Text:
    """Lines one below the other."""

    def __init__(self, lines: Sequence[Lines | Named], width: float) -> None:
        self._lines, self.width = lines, width
        self.height = sum(line.height for line in lines)

    def draw(self, ink: Ink, x: float, y: float) -> None:
        for line in self._lines:
            line.draw(ink, x, y, self.width, line.height)
            y += line.height


@dataclass(frozen=True, slots=True)
class Strip:
    """Groups of blocks over the whole `width`, a rule between two groups and even white between the blocks."""

    groups: Sequence[Sequence[Block]]
    width: float

    @property
    def height(self) -> float:
        return max((block.height for group in self.groups for block in group), default=0.0) + 2 * AIR

    def draw(self, ink: Ink, x: float, y: float) -> None:
        blocks = [block for group in self.groups for block in group]
        # each group has white at both of its ends
        gap = (self.width - sum(block.width for block in blocks)) / (len(blocks) + len(self.groups))
        for number, group in enumerate(self.groups):
            if number:
                ink.line(x, y, x, y + self.height, RULE)
            for block in group:
                x += gap
                block.draw(ink, x, y + (self.height - block.height) / 2)
                x += block.width
            x += gap


def _over(setter: Setter, text: str, width: float) -> Stack:
    """A caption that begins where the space below it does; a long name makes it smaller, then takes another line."""
    label = setter.label(text, width + 2 * setter.size.pad, align="left", least=0.7)
    parts = label.parts if isinstance(label, Stack) else (label,)
    return Stack(tuple(replace(part, pad=0, air=0) for part in parts if isinstance(part, Lines)), 0)
