"""A framed table of facts within a letter: labels and values side by side, and rows that take the whole width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backbone_desktop.printing.elements import FRAME, RULE, Content, Row
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.paper import POINT, Ink
from backbone_desktop.printing.setter import Setter


@dataclass(frozen=True, slots=True)
class FactsTable:
    """Rows in a frame, with so many millimetres of white before and after them."""

    rows: tuple[Row, ...]
    above: float
    below: float

    @property
    def height(self) -> float:
        return self.above + sum(row.height for row in self.rows) + self.below

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        top = y = y + self.above
        for number, row in enumerate(self.rows):
            if number:
                ink.line(x, y, x + width, y, RULE)
            row.draw(ink, x, y, row.height)
            y += row.height
        ink.box(x, top, width, y - top, FRAME)

    def split(self, room: float) -> tuple[Content, Content] | None:
        """Between two rows, or within one that is higher than the page."""
        left, fitting = room - self.above, 0
        for row in self.rows:
            if row.height > left:
                break
            left -= row.height
            fitting += 1
        first, rest = self.rows[:fitting], self.rows[fitting:]
        halves = rest[0].split(left) if rest and rest[0].height > room * 0.6 else None
        if halves is not None:
            first, rest = (*first, halves[0]), (halves[1], *rest[1:])
        return (replace(self, rows=first, below=0), replace(self, rows=rest, above=0)) if first and rest else None


@dataclass(frozen=True, slots=True)
class Filled:
    """Content that is data through and through."""

    content: Content

    @property
    def height(self) -> float:
        return self.content.height

    def draw(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        with ink.filled():
            self.content.draw(ink, x, y, width, height)

    def split(self, room: float) -> tuple[Content, Content] | None:
        halves = self.content.split(room)
        return halves and (Filled(halves[0]), Filled(halves[1]))


class TableSetter:
    """Makes a table's rows. A letter's tables are set in the size of its labels; `label` is the width of their cells
    in ems of it."""

    def __init__(self, setter: Setter, width: float, label: float) -> None:
        size = setter.size
        self.set = Setter(setter.fonts, replace(size, text=size.label, row=size.label * 2.05 / POINT))
        self.width = width
        self.label = label * size.label / POINT + 2 * size.pad

    def pairs(self, *pairs: tuple[str, str]) -> Row:
        """(label, value) once over the whole width, or two beside each other."""
        value = self.width / len(pairs) - self.label
        cells: list[tuple[Content, float]] = []
        for label, text in pairs:
            cells += [(self.set.label(label, self.label), self.label), (self.set.value(text, value), value)]
        return self.set.row(*cells)

    def amount(self, label: str, figures: str, capitals: str) -> Row:
        """An amount in figures, which stand out, and in capitals."""
        money = self.width / 2 - self.label
        return self.set.row(
            (self.set.label(label, self.label), self.label),
            (self.set.lines(figures, money, Face.STRONG, size=self.set.size.text * 1.15, least=self.set.size.text * 0.8,
                            filled=True), money),
            (self.set.amount(capitals, self.width / 2), self.width / 2))

    def sentences(self, label: str, sentences: Sequence[str], after: str) -> Row:
        """Numbered sentences, and one without a number below them."""
        value = self.width - self.label
        steps = self.set.steps(sentences, value, self.set.size.text, after=after)
        return self.set.row((self.set.label(label, self.label), self.label), (Filled(steps), value))
