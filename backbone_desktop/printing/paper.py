"""The sheets of paper that the office prints on, and what is drawn on a page of them.

Lengths are millimetres from the sheet's top left corner; type sizes are points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from backbone_desktop.printing.fonts import Embedded, Face, Fonts
from backbone_desktop.printing.truetype import FontFile
from backbone_desktop.services.forms import Parts

POINT = 72 / 25.4
"""Points in a millimetre."""
BLACK, GREY = 0.0, 0.42
MIDDLE = 0.38
"""How far above the baseline the middle of a Chinese character stands, in ems."""
CIRCLE = 0.5523
"""Length of a Bézier handle that makes a quarter of a circle of radius 1."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet: its name, size and what has to stay white at its edges."""

    name: str
    width: float
    height: float
    side: float
    top: float
    bottom: float

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.side


A4 = Paper("A4", 210, 297, 15, 15, 12)
A4_LYING = Paper("A4L", 297, 210, 15, 12, 10)
A3 = Paper("A3", 297, 420, 20, 20, 16)
A5 = Paper("A5", 210, 148, 11, 6.5, 6)
"""A5 lies on its side, as receipts do."""
HALF = Paper("241x140", 241, 140, 13, 6, 6)
THIRD = Paper("241x93", 241, 93, 13, 5, 5)
"""Continuous paper in three parts, perforated at a half and a third of 279.4 mm; printers reach about 215 mm of it."""
PAPERS = {paper.name: paper for paper in (A4, A4_LYING, A3, A5, HALF, THIRD)}


class Layer(Enum):
    """How often what is drawn comes again on other sheets. A batch writes FORM and OFTEN once for all."""

    FORM = "form"
    """The form itself, the same on every sheet of it: lines, frames, labels."""
    PLACED = "placed"
    """Of the form, where what is filled in leaves it room: a label whose place is another on other sheets."""
    OFTEN = "often"
    """Filled in, and the same on many sheets: the list of papers that most families hand in."""
    FILLED = "filled"
    """This sheet's own."""

    __hash__ = object.__hash__


LAYERS = {Parts.BOTH: tuple(Layer), Parts.FORM: (Layer.FORM, Layer.PLACED), Parts.DATA: (Layer.OFTEN, Layer.FILLED)}


class Ink:
    """What is drawn on one page. `embed` gives a font's place in the document that the page belongs to."""

    def __init__(self, height: float, fonts: Fonts, embed: Callable[[FontFile], Embedded]) -> None:
        self._height, self._fonts, self._embed = height, fonts, embed
        self._marks: list[tuple[Layer, str]] = []
        self._layer = Layer.FORM

    @contextmanager
    def filled(self, *, often: bool = False) -> Iterator[None]:
        """What is drawn meanwhile is filled in: data, not form. `often`: as likely as not the same on other sheets."""
        with self._on(Layer.OFTEN if often else Layer.FILLED):
            yield

    @contextmanager
    def placed(self) -> Iterator[None]:
        """What is drawn meanwhile is form, at a place that depends on what is filled in."""
        with self._on(Layer.PLACED):
            yield

    @contextmanager
    def _on(self, layer: Layer) -> Iterator[None]:
        before, self._layer = self._layer, layer
        try:
            yield
        finally:
            self._layer = before

    def text(self, x: float, baseline: float, text: str, face: Face, size: float, *, grey: float = BLACK,
             spread: float = 0) -> None:
        """Text from `x` on. `spread` is white put after each character, in ems."""
        marks = [f"BT {_grey(grey)} g" if grey else "BT"]
        at = x
        for font, run, width in self._fonts.runs(text, face):
            embedded = self._embed(font)
            marks.append(f"/{embedded.label} {_n(size)} Tf")
            if spread:
                marks.append(f"{_n(spread * size)} Tc")
            marks.append(f"1 0 0 1 {self._at(at, baseline)} Tm <{embedded.codes(run)}> Tj")
            at += (width / 1000 + spread * len(run)) * size / POINT
        if spread:
            marks.append("0 Tc")
        marks.append("0 g ET" if grey else "ET")
        self._put(" ".join(marks))

    def turned(self, x: float, y: float, text: str, face: Face, size: float) -> None:
        """Text that runs upwards from (x, y), for a narrow column at the side of a table."""
        marks, along = ["BT"], 0.0
        for font, run, width in self._fonts.runs(text, face):
            embedded = self._embed(font)
            marks.append(f"/{embedded.label} {_n(size)} Tf 0 1 -1 0 {self._at(x, y - along)} Tm "
                         f"<{embedded.codes(run)}> Tj")
            along += width / 1000 * size / POINT
        self._put(" ".join([*marks, "ET"]))

    def line(self, x1: float, y1: float, x2: float, y2: float, weight: float = 0.35, *, grey: float = BLACK,
             dash: str = "") -> None:
        self._stroke(f"{self._at(x1, y1)} m {self._at(x2, y2)} l", weight, grey, dash)

    def box(self, x: float, y: float, width: float, height: float, weight: float = 0.35, *, grey: float = BLACK,
            dash: str = "") -> None:
        shape = f"{self._at(x, y + height)} {_n(width * POINT)} {_n(height * POINT)} re"
        self._stroke(shape, weight, grey, dash)

    def circle(self, x: float, y: float, radius: float, weight: float = 0.35, *, grey: float = BLACK,
               dash: str = "") -> None:
        """A circle around (x, y)."""
        quarters = []
        for turn in range(4):
            right, up = (1, 0, -1, 0)[turn], (0, 1, 0, -1)[turn]  # where this quarter begins
            bend = ((right - up * CIRCLE, up + right * CIRCLE), (right * CIRCLE - up, up * CIRCLE + right),
                    (-up, right))
            quarters.append(" ".join(self._at(x + radius * a, y - radius * b) for a, b in bend) + " c")
        shape = " ".join(quarters)
        self._stroke(f"{self._at(x + radius, y)} m {shape} s", weight, grey, dash, closed=True)

    def stamp(self, x: float, y: float, side: float, shape: str) -> None:
        """A small picture of path operators in a square of 1 × 1 with its origin at the bottom left.

        The same picture costs a page a few bytes each further time.
        """
        scale = _n(side * POINT)
        self._put(f"q {scale} 0 0 {scale} {self._at(x, y + side)} cm {shape} Q")

    def dots(self, x: float, y: float, side: float, rows: tuple[tuple[bool, ...], ...]) -> None:
        """A square matrix, `side` wide, as one shape, so that no seam shows between neighbours."""
        scale = side / len(rows) * POINT
        # counted in squares from the top, and like ones together, which packs to half of what places in points take
        shapes = " ".join(f"{left} {top} {wide} {high} re" for wide, high, left, top in sorted(_rectangles(rows)))
        self._put(f"q {_n(scale, 5)} 0 0 {_n(-scale, 5)} {self._at(x, y, 3)} cm {shapes} f Q")

    def marks(self, *layers: Layer) -> str:
        """What was drawn of these layers, in its order."""
        return "\n".join(mark for layer, mark in self._marks if layer in layers)

    def _put(self, mark: str) -> None:
        self._marks.append((self._layer, mark))

    def _stroke(self, shape: str, weight: float, grey: float, dash: str, *, closed: bool = False) -> None:
        before = f"q {_grey(grey)} G" if grey else "q"
        pattern = f" [{dash}] 0 d" if dash else ""
        self._put(f"{before}{pattern} {_n(weight)} w {shape}{'' if closed else ' S'} Q")

    def _at(self, x: float, y: float, digits: int = 2) -> str:
        return f"{_n(x * POINT, digits)} {_n((self._height - y) * POINT, digits)}"


def _rectangles(rows: tuple[tuple[bool, ...], ...]) -> Iterator[tuple[int, int, int, int]]:
    """(width, height, left, top) of what is dark: stretches of a row, with the same stretches below them."""
    growing: dict[tuple[int, int], int] = {}
    for row, cells in enumerate((*rows, (False,) * len(rows))):
        edges = [column for column, (before, dark) in enumerate(pairwise((False, *cells, False))) if before != dark]
        stretches = dict.fromkeys(zip(edges[::2], edges[1::2], strict=True), row)
        for (left, right), top in growing.items():
            if (left, right) not in stretches:
                yield right - left, row - top, left, top
        growing = {stretch: growing.get(stretch, row) for stretch in stretches}


def _n(value: float, digits: int = 2) -> str:
    """A number as PDF writes it: no exponent, no idle zeros."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _grey(value: float) -> str:
    return _n(value)
