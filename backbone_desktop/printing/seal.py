"""What stands near the lower edge of a seal's circle: who seals, in grey, as the seal goes over it."""

from __future__ import annotations

from backbone_desktop.printing.elements import SEAL
from backbone_desktop.printing.paper import GREY, Ink
from backbone_desktop.printing.setter import Setter
from backbone_desktop.words.both import BENEATH

CHORD, NARROW = SEAL * 0.7, SEAL * 0.6
"""Width that one line may take, and two of them, of which the lower is nearer to the edge."""
DOWN = SEAL * 0.3


def who_seals(ink: Ink, setter: Setter, text: str, x: float, y: float, *, most: float = 9) -> None:
    """Draw it into the circle around (x, y), a second language beneath the first, in a type of
    `most` points at most: a seal is as large on every sheet."""
    two = BENEATH in text
    size, chord = min(setter.size.small, most) * (0.85 if two else 1), NARROW if two else CHORD
    lines = setter.lines(text, chord, size=size, least=size * 0.6, most=1 + two, align="centre", air=0, grey=GREY)
    up = (lines.height - lines.leading) * 0.6
    lines.draw(ink, x - chord / 2, y + DOWN - up, chord, lines.height)
