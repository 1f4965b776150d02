"""The parts that forms are set from: lines of text in a cell, rows, tick boxes, spaces for a hand and for a seal."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Protocol

from backbone_desktop.printing.fonts import Face, Fonts
from backbone_desktop.printing.paper import BLACK, GREY, MIDDLE, POINT, Ink

FRAME, RULE = 0.9, 0.35
"""Weights of a table's outer and inner lines, in points."""
LEADING = 1.36
SIGNATURE = (60.0, 12.0)
FINGERPRINT = (25.0, 30.0)
SEAL = 45.0
"""Width and height, width and height, diameter; what offices are used to."""
SEAL_OFFICE = SEAL * 0.56
"""Height that the office and the date may take in the middle of the seal; below them stands who seals."""
_DOTTED = "1.6 1.6"
BOX = ".08 w .08 .08 .84 .84 re S"
TICK = "1 J 1 j .14 w .24 .5 m .43 .3 l .78 .72 l S"


class Content(Protocol):
    """What stands in a cell. `height` is what it needs, white above and below included."""

    @property
    def height(self) -> float: ...

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None: ...

    def split(self, room: float) -> tuple[Content, Content] | None:
        """Two contents of which the first is at most `room` high; None where there is nothing to part."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Broken text. `align`: left, centre, right; the lines stand in the middle of the cell's height."""

    fonts: Fonts
    lines: tuple[str, ...]
    face: Face
    size: float
    align: str = "left"
    pad: float = 1.2
    air: float = 0.9
    grey: float = BLACK
    filled: bool = False
    """Data, which print on a pre-printed form; else part of the form."""
    apart: float = LEADING
    """From one line to the next, in the type's size."""

    @property
    def leading(self) -> float:
        return self.size * self.apart / POINT

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading + 2 * self.air

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        with ink.filled() if self.filled else nullcontext():
            self._draw(ink, x, y, width, height)

    def _draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        middle = y + height / 2 - (len(self.lines) - 1) * self.leading / 2
        for number, line in enumerate(self.lines):
            baseline = middle + number * self.leading + MIDDLE * self.size / POINT
            ink.text(self._start(line, x, width), baseline, line, self.face, self.size, grey=self.grey)

    def split(self, room: float) -> tuple[Content, Content] | None:
        fitting = int((room - 2 * self.air) / self.leading)
        if not 0 < fitting < len(self.lines):
            return None
        return replace(self, lines=self.lines[:fitting]), replace(self, lines=self.lines[fitting:])

    def _start(self, line: str, x: float, width: float) -> float:
        if self.align == "left":
            return x + self.pad
        free = width - self.fonts.width(line, self.face, self.size) / POINT
        return x + (free / 2 if self.align == "centre" else free - self.pad)


@dataclass(frozen=True, slots=True)
class Stack:
    """Lines of different sizes one below the other."""

    parts: tuple[Lines, ...]
    air: float

    @property
    def height(self) -> float:
        return sum(part.height for part in self.parts) + 2 * self.air

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        at = y + (height - self.height) / 2 + self.air
        for part in self.parts:
            part.draw(ink, x, at, width, part.height)
            at += part.height

    def split(self, room: float) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Steps:
    """Sentences one below the other, each with its number hanging before it."""

    parts: tuple[tuple[str, Lines], ...]
    indent: float
    air: float = 0.9
    filled: bool = True

    @property
    def height(self) -> float:
        return sum(lines.height for _, lines in self.parts) + 2 * self.air

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        at = y + self.air
        with ink.filled() if self.filled else nullcontext():
            for number, lines in self.parts:
                lines.draw(ink, x + self.indent, at, width - self.indent, lines.height)
                first = at + lines.air + lines.leading / 2 + MIDDLE * lines.size / POINT
                if number:
                    ink.text(x + lines.pad, first, number, Face.TEXT, lines.size)
                at += lines.height

    def split(self, room: float) -> tuple[Content, Content] | None:
        left, fitting = room - 2 * self.air, 0
        for _, lines in self.parts:
            if lines.height > left:
                break
            left -= lines.height
            fitting += 1
        if not 0 < fitting < len(self.parts):
            return None
        return replace(self, parts=self.parts[:fitting]), replace(self, parts=self.parts[fitting:])


@dataclass(frozen=True, slots=True)
class Ticks:
    """Names of papers in even columns, each behind a box that is ticked or empty; the boxes are drawn, not typed."""

    items: tuple[Lines, ...]
    ticked: bool
    columns: int
    air: float = 0.9

    @property
    def height(self) -> float:
        return sum(self._line_height(line) for line in range(self._lines)) + 2 * self.air

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        step = width / self.columns
        at = y + (height - self.height) / 2 + self.air
        for line in range(self._lines):
            tall = self._line_height(line)
            for column, item in enumerate(self._of(line)):
                left = x + column * step + item.pad
                side = item.size / POINT
                middle = at + item.air + item.leading / 2
                with ink.filled(often=True):
                    tick_box(ink, left, middle - side / 2, side, ticked=self.ticked)
                    item.draw(ink, left + side * 1.35 - item.pad, at, step, item.height)
            at += tall

    def split(self, room: float) -> tuple[Content, Content] | None:
        left, fitting = room - 2 * self.air, 0
        while fitting < self._lines and self._line_height(fitting) <= left:
            left -= self._line_height(fitting)
            fitting += 1
        if not 0 < fitting < self._lines:
            return None
        cut = fitting * self.columns
        return replace(self, items=self.items[:cut]), replace(self, items=self.items[cut:])

    @property
    def _lines(self) -> int:
        return -(-len(self.items) // self.columns)

    def _of(self, line: int) -> tuple[Lines, ...]:
        return self.items[line * self.columns : (line + 1) * self.columns]

    def _line_height(self, line: int) -> float:
        return max(item.height for item in self._of(line))


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side: (content, width). A row that breaks goes on in a row with the same cells."""

    cells: tuple[tuple[Content, float], ...]
    least: float

    @property
    def height(self) -> float:
        return max(self.least, *(content.height for content, _ in self.cells))

    def draw(self, ink: Ink, x: float, y: float, height: float) -> None:
        for number, (content, width) in enumerate(self.cells):
            if number:
                ink.line(x, y, x, y + height, RULE)
            content.draw(ink, x, y, width, height)
            x += width

    def split(self, room: float) -> tuple[Row, Row] | None:
        """Part a row that is too high for the page; what fits stays whole in the first part."""
        first, second, parted = [], [], False
        for content, width in self.cells:
            if content.height <= room:
                first.append((content, width))
                second.append((content if not parted and width < 30 else EMPTY, width))
                continue
            halves = content.split(room)
            if halves is None:
                return None
            parted = True
            first.append((halves[0], width))
            second.append((halves[1], width))
        return (Row(tuple(first), self.least), Row(tuple(second), self.least)) if parted else None


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty cell."""

    height: float = 0.0

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        return

    def split(self, room: float) -> None:
        return None


EMPTY = Nothing()


@dataclass(frozen=True, slots=True)
class Twin:
    """A section's name in two languages: one upright, the other turned beside it."""

    upright: Lines
    turned: str


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one name, which stands in a narrow column at their left."""

    name: Lines | str | Twin
    """Lines stand upright; a plain text (in a language of letters) runs upwards."""
    rows: tuple[Row, ...]
    head: Row | None = None
    """A table's head, which stands again wherever the rows go on."""

    @property
    def above(self) -> float:
        return self.head.height if self.head else 0

    @property
    def height(self) -> float:
        return self.above + sum(row.height for row in self.rows)


def tick_box(ink: Ink, x: float, y: float, side: float, *, ticked: bool) -> None:
    ink.stamp(x, y, side, BOX)
    if ticked:
        tick(ink, x, y, side)


def tick(ink: Ink, x: float, y: float, side: float) -> None:
    """The tick alone, in a box that is drawn apart."""
    ink.stamp(x, y, side, TICK)


def space(ink: Ink, x: float, y: float, size: tuple[float, float]) -> None:
    """A dotted frame that says: here."""
    ink.box(x, y, *size, 0.5, grey=GREY, dash=_DOTTED)


def seal_space(ink: Ink, x: float, y: float) -> None:
    """A dotted circle around (x, y), as wide as an office's seal."""
    ink.circle(x, y, SEAL / 2, 0.5, grey=GREY, dash=_DOTTED)
