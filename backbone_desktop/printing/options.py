"""Answers to choose from, each behind a box: the box is form, the tick is data, so that either prints alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backbone_desktop.printing.elements import Content, Lines, tick, tick_box
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.paper import POINT, Ink
from backbone_desktop.printing.setter import Setter
from backbone_desktop.words.both import BENEATH

BOX = 1.4
"""Width of a box and the white after it, in ems."""
BLANK = re.compile(r":?\s*_+")
"""Where a hand writes, with the mark before it."""
Placed = tuple[float, Lines, bool]
"""(from the cell's left edge in millimetres, the answer, whether it is ticked)."""


@dataclass(frozen=True, slots=True)
class Options:
    """Answers in lines; one that is longer than a line is broken and has lines of its own."""

    lines: tuple[tuple[Placed, ...], ...]
    air: float

    @property
    def height(self) -> float:
        return sum(_height(line) for line in self.lines) + 2 * self.air

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        at = y + (height - self.height) / 2 + self.air
        for line in self.lines:
            for left, answer, ticked in line:
                side = answer.size / POINT
                top = at + (answer.leading - side) / 2
                tick_box(ink, x + left, top, side, ticked=False)
                if ticked:
                    with ink.filled():
                        tick(ink, x + left, top, side)
                answer.draw(ink, x + left + BOX * side, at, width, answer.height)
            at += _height(line)

    def split(self, room: float) -> tuple[Content, Content] | None:
        left, fitting = room - 2 * self.air, 0
        while fitting < len(self.lines) and _height(self.lines[fitting]) <= left:
            left -= _height(self.lines[fitting])
            fitting += 1
        if not 0 < fitting < len(self.lines):
            return None
        return replace(self, lines=self.lines[:fitting]), replace(self, lines=self.lines[fitting:])


def options(setter: Setter, answers: Sequence[tuple[str, bool]], width: float, *, size: float = 0,
            one_a_line: bool = False) -> Options:
    """(answer, ticked) in a cell `width` wide, as many beside each other as fit."""
    size = size or setter.size.text
    pad, box, gap = setter.size.pad, BOX * size / POINT, size / POINT
    inner = width - 2 * pad
    lines: list[list[Placed]] = []
    at = inner
    for text, ticked in ((_told(answer, one_a_line=one_a_line), ticked) for answer, ticked in answers):
        # cells pad their text at both sides; here it stands right behind its box
        answer = replace(setter.lines(text, inner - box + 2 * pad, size=size, most=99, air=0), pad=0)
        wide = box + max(setter.fonts.width(line, Face.TEXT, size) for line in answer.lines) / POINT
        if not lines or one_a_line or at + wide > inner:
            lines.append([])
            at = 0.0
        lines[-1].append((pad + at, answer, ticked))
        at += wide + gap
    return Options(tuple(map(tuple, lines)), setter.size.air)


def _told(answer: str, *, one_a_line: bool) -> str:
    """An answer in two languages: beside each other where answers stand so, and with the space to write in once."""
    first, _, second = answer.partition(BENEATH)
    if not second:
        return answer
    second = BLANK.sub("", second).strip()
    return f"{first}{BENEATH if one_a_line else ' '}{second}"


def _height(line: tuple[Placed, ...]) -> float:
    return max(answer.height for _, answer, _ in line)
