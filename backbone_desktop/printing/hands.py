"""Spaces for hands and seals, each with its words; what is printed in a seal's circle stands where the seal goes."""

from __future__ import annotations

from dataclasses import replace

from backbone_desktop.printing.elements import FINGERPRINT, SEAL, SEAL_OFFICE, SIGNATURE, seal_space, space
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.paper import MIDDLE, POINT, Ink
from backbone_desktop.printing.qr import QUIET
from backbone_desktop.printing.seal import who_seals
from backbone_desktop.printing.setter import Setter
from backbone_desktop.words.both import BENEATH

MODULE = 0.5
"""Millimetres of one square of a code: what a barcode gun reads from an office printer's sheet."""
DAY = 31.0
"""Millimetres beside a signature's caption for the day."""
CROWDED = 0.75
"""When two languages would have to be set smaller than this share of their size, the second is left out."""
Matrix = tuple[tuple[bool, ...], ...]


class Hands:
    """Draws at (x, y), the top left corner of a space with its caption, in millimetres."""

    def __init__(self, setter: Setter) -> None:
        self._set = setter

    @property
    def caption(self) -> float:
        """Height of a line over a space."""
        return self._set.size.small * 1.5 / POINT

    @property
    def edge(self) -> float:
        """How far from a line text begins."""
        return self._set.size.pad

    @property
    def signature_height(self) -> float:
        return SIGNATURE[1] + self.caption

    @property
    def finger_height(self) -> float:
        return FINGERPRINT[1] + self.caption

    def over(self, ink: Ink, text: str, x: float, y: float, width: float, *, align: str = "left",
             name: str = "") -> None:
        """A caption in one line, shrunken to its width; the caption is form, `name` behind it is data."""
        alone, _, second = text.partition(BENEATH)
        both = text.replace(BENEATH, " ")
        if second and name:
            both = f"{alone.rstrip('：')} {second.rstrip(': ')}："
        # two languages where they can be read, else the first
        text = both if self._long(f"{both}{name}") * CROWDED <= width else alone
        long = self._long(f"{text}{name}")
        size = self._set.size.small * min(1.0, width / long)
        long *= size / self._set.size.small
        x += {"left": 0.0, "centre": (width - long) / 2, "right": width - long}[align]
        baseline = y + self.caption / 2 + MIDDLE * size / POINT
        ink.text(x, baseline, text, Face.TEXT, size)
        if name:
            with ink.filled():
                ink.text(x + self._long(text) * size / self._set.size.small, baseline, name, Face.TEXT, size)

    def signature(self, ink: Ink, label: str, x: float, y: float, *, name: str = "", day: str = "") -> None:
        """`name` is who signs, where it is known; `day` has room for a date and stands at the caption's right."""
        dated = DAY if day else 0
        self.over(ink, label, x, y, SIGNATURE[0] - dated, name=name)
        if day:
            self.over(ink, day, x + SIGNATURE[0] - dated, y, dated, align="right")
        space(ink, x, y + self.caption, SIGNATURE)

    def finger(self, ink: Ink, label: str, x: float, y: float) -> None:
        self.over(ink, label, x, y, FINGERPRINT[0], align="centre")
        space(ink, x, y + self.caption, FINGERPRINT)

    def code(self, ink: Ink, matrix: Matrix, label: str, x: float, y: float) -> None:
        """A code with its caption below; the white around it is the caller's to leave."""
        side = len(matrix) * MODULE
        with ink.filled():
            ink.dots(x, y, side, matrix)
        quiet = QUIET * MODULE
        self.over(ink, label, x - quiet, y + side + quiet, side + 2 * quiet, align="centre")

    def code_height(self, matrix: Matrix) -> float:
        return (len(matrix) + QUIET) * MODULE + self.caption

    def seal(self, ink: Ink, centre: tuple[float, float], whose: str, here: str, *, day: str, known: bool = False
             ) -> None:
        """A seal's circle around `centre` with whose it is, the day or room for it, and who seals in grey. Whose it
        is is data, as is a day that is `known`."""
        seal_space(ink, *centre)
        x, middle = centre
        chord, size = SEAL * 0.84, self._set.size
        stack = [self._set.lines(day, chord, size=size.text, least=size.text * 0.7, align="centre", air=0,
                                 filled=known)]
        if whose:
            room = SEAL_OFFICE - stack[0].height
            stack.insert(0, replace(self._set.balanced(whose, chord, tall=room), filled=True))
        at = middle - sum(lines.height for lines in stack) / 2
        for lines in stack:
            lines.draw(ink, x - chord / 2, at, chord, lines.height)
            at += lines.height
        who_seals(ink, self._set, here, x, middle)

    def _long(self, text: str) -> float:
        """Width in a caption's type, in millimetres."""
        return self._set.fonts.width(text, Face.TEXT, self._set.size.small) / POINT
