"""Rows of a form as its words name them: names beside values, and tables with a head."""

from __future__ import annotations

from collections.abc import Sequence

from backbone_desktop.printing.elements import Content, Lines, Row, Section, Twin
from backbone_desktop.printing.fonts import Face
from backbone_desktop.printing.setter import Setter
from backbone_desktop.words import Words
from backbone_desktop.words.both import BENEATH

Cell = tuple[Content, float]


def first(text: str) -> str:
    """The first of two languages."""
    return text.partition(BENEATH)[0]


class Grid:
    """`prefix` is what the codes of the form's words begin with ("form.receipt."), `inner` the width of its rows in
    millimetres. What is not known is a dash, or with `open_` white, to be written in."""

    def __init__(self, setter: Setter, words: Words, prefix: str, inner: float, *, open_: bool = False) -> None:
        self._set, self._words, self._prefix, self._open = setter, words, prefix, open_
        self.inner = inner

    def say(self, name: str, /, **facts: object) -> str:
        return self._words(f"{self._prefix}{name}", **facts)

    def label(self, name: str, width: float) -> Cell:
        return self._set.label(self.say(name), width, most=2, least=0.8), width

    def value(self, text: str, width: float, face: Face = Face.TEXT, *, align: str = "left") -> Content:
        if self._open and not text:
            return self.blank(width)
        return self._set.value(text, width, face, align=align)

    def centred(self, text: str, width: float, face: Face = Face.TEXT) -> Content:
        """In the middle of a narrow cell: smaller before it is broken, and in the paper's first language alone."""
        text = first(text) or "—"
        return self._set.lines(text, width, face, least=self._set.size.text * 0.7, most=text.count("\n") + 1,
                               align="centre", filled=True)

    def blank(self, width: float) -> Content:
        """To be written in by hand."""
        return self._set.lines("", width)

    def pairs(self, label: float, *values: tuple[str, str, Face]) -> Row:
        """(name, value, face) beside each other, the values sharing what the names leave."""
        wide = self.inner / len(values) - label
        return self._set.row(*(cell for name, text, face in values
                               for cell in (self.label(name, label), (self.value(text, wide, face), wide))))

    def wide(self, name: str, label: float, content: Content) -> Row:
        """One name and what stands beside it, to the end of the row."""
        return self._set.row(self.label(name, label), (content, self.inner - label))

    def section(self, name: str, *rows: Row) -> Section:
        return Section(self._name(name), rows)

    def table(self, name: str, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[Content]]) -> Section:
        """`columns` are (name, width); the head stands again on every page."""
        widths = [width for _, width in columns]
        return Section(self._name(name), tuple(self._set.row(*zip(row, widths, strict=True)) for row in rows),
                       self._set.row(*(self.label(column, width) for column, width in columns)))

    def _name(self, name: str) -> Lines | str | Twin:
        return self._set.section_name(self.say(name), upright=self._words.language.startswith("zh"))
