"""A letter's paragraph: lines wider apart than in a table, in Chinese set even at both edges."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace

from backbone_desktop.printing.elements import Content
from backbone_desktop.printing.fonts import Face, Fonts
from backbone_desktop.printing.paper import MIDDLE, POINT, Ink

MOST_SPREAD, CLOSER = 0.12, 0.04
"""A line that would need more white than that between its characters, in ems, stays as it is. Lines may be so much
longer, as a share of their width, and be drawn closer: nobody sees it."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Broken text from its cell's left edge on. `leading`, `width`, `indent` and `below` are millimetres."""

    fonts: Fonts
    lines: tuple[str, ...]
    size: float
    leading: float
    width: float
    """Where even lines end, counted from where they begin."""
    even: bool
    filled: bool
    """Data, which print on a pre-printed form; else part of the form."""
    mark: str = ""
    """A list's number, which hangs before the first line."""
    indent: float = 0.0
    below: float = 0.0
    goes_on: bool = False
    """The last line here is not the paragraph's last."""

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading + self.below

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        with ink.filled() if self.filled else nullcontext():
            for number, line in enumerate(self.lines):
                baseline = y + (number + 0.5) * self.leading + MIDDLE * self.size / POINT
                if number == 0 and self.mark:
                    ink.text(x, baseline, self.mark, Face.TEXT, self.size)
                ends = number == len(self.lines) - 1 and not self.goes_on
                ink.text(x + self.indent, baseline, line, Face.TEXT, self.size,
                         spread=self._spread(line, ends=ends))

    def split(self, room: float) -> tuple[Content, Content] | None:
        """No part is a single line, where the paragraph has enough of them."""
        fitting = min(int(room / self.leading), len(self.lines) - 2)
        if fitting < 2:
            return None
        return (replace(self, lines=self.lines[:fitting], goes_on=True, below=0.0),
                replace(self, lines=self.lines[fitting:], mark=""))

    def _spread(self, line: str, *, ends: bool) -> float:
        """White after each character, in ems, that brings the line's end to the edge."""
        if len(line) < 2:
            return 0.0
        free = self.width - self.fonts.width(line, Face.TEXT, self.size) / POINT
        spread = free / (len(line) - 1) / (self.size / POINT)
        letters = sum(one.isascii() and one.isalpha() for one in line)
        torn = letters > len(line) / 3  # white between letters tears words apart
        return spread if spread < 0 or (self.even and not ends and not torn and spread <= MOST_SPREAD) else 0.0
