"""The end of a receipt: where the family and the clerk sign, the fingerprint, the code that proves it, the seal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING

from backbone_desktop.printing.elements import (
    FINGERPRINT,
    RULE,
    SEAL,
    SEAL_OFFICE,
    SIGNATURE,
    Lines,
    Section,
    seal_space,
    space,
)
from backbone_desktop.printing.filled import draw_filled, fill, plain
from backbone_desktop.printing.paper import MIDDLE, POINT, Ink
from backbone_desktop.printing.qr import QUIET, qr_matrix
from backbone_desktop.printing.seal import who_seals
from backbone_desktop.printing.setter import Setter
from backbone_desktop.words.both import first_language
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.receipts import ReceiptData
    from backbone_desktop.words import Words

MODULE = 0.5
"""Millimetres of one square of the code: what a barcode gun reads from an office printer's sheet."""
MOST_BESIDE = 30.0
"""Millimetres that the papers' list may take beside the seal; a longer one gets rows of its own."""


class Closing:
    """Stands at the foot of the last page and is never parted."""

    def __init__(self, setter: Setter, data: ReceiptData, words: Words, width: float,
                 papers: Callable[[float], Section], *, beside: bool) -> None:
        self._set, self._data, self._words, self._width = setter, data, words, width
        self._left = width - SEAL - 3
        self._matrix = qr_matrix(data.qr)
        small = setter.size.small
        self._caption = small * 1.5 / POINT
        self._hands = self._caption + FINGERPRINT[1]
        narrow = papers(self._left)
        self._papers = narrow if beside and narrow.height <= MOST_BESIDE else None
        self.before: tuple[Section, ...] = () if self._papers else (papers(width),)
        """Sections that go before the benefit because there is no room for them here."""
        name = words("form.receipt.signatures")
        self._name = setter.section_name(name, upright=data.language.startswith("zh"))

    @property
    def height(self) -> float:
        hands = max(self._hands, len(self._matrix) * MODULE + QUIET * MODULE + self._caption) + 2.6
        return max(SEAL + 2.4, hands + (self._papers.height if self._papers else 0))

    def draw(self, ink: Ink, x: float, y: float) -> None:
        height, left = self.height, x
        ink.line(x, y, x + self._width, y, RULE)
        ink.line(x + self._left, y, x + self._left, y + height, RULE)
        beside = x + self._left, y, self._width - self._left, height
        if self._papers:
            self._set.side(ink, self._papers, x, y)
            for number, row in enumerate(self._papers.rows):
                if number:
                    ink.line(x + self._set.size.side, y, x + self._left, y, RULE)
                row.draw(ink, x + self._set.size.side, y, row.height)
                y += row.height
                height -= row.height
            ink.line(x, y, x + self._left, y, RULE)
        self._set.side_name(ink, self._name, left, y, height)
        self._signatures(ink, x + self._set.size.side, y, self._left - self._set.size.side, height)
        self._seal(ink, *beside)

    def _signatures(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        words, code = self._words, len(self._matrix) * MODULE
        quiet = QUIET * MODULE
        gap = (width - SIGNATURE[0] - FINGERPRINT[0] - code) / 4
        top = y + (height - self._hands) / 2
        at = top
        for text in (words("form.receipt.signed_by_applicant"),
                     fill(words, "form.receipt.signed_by_clerk", name=self._data.received_by)):
            self._over(ink, text, x + gap, at, SIGNATURE[0])
            space(ink, x + gap, at + self._caption, SIGNATURE)
            at = top + self._hands - SIGNATURE[1] - self._caption  # the second ends level with the fingerprint
        x += gap + SIGNATURE[0] + gap
        self._over(ink, words("form.receipt.fingerprint"), x, top, FINGERPRINT[0], align="centre")
        space(ink, x, top + self._caption, FINGERPRINT)
        x += FINGERPRINT[0] + gap
        below = top + (self._hands - code - quiet - self._caption) / 2
        with ink.filled():
            ink.dots(x, below, code, self._matrix)
        self._over(ink, words("form.receipt.scan"), x - quiet, below + code + quiet, code + 2 * quiet,
                   align="centre")

    def _over(self, ink: Ink, text: str, x: float, y: float, width: float, *,
              align: str = "left") -> None:
        """A caption over a space, shrunken to its width."""
        size = self._set.size.small
        line = self._set.lines(plain(text), width + 2 * self._set.size.pad, size=size, least=size * 0.6, air=0)
        free = width - self._set.fonts.width(line.lines[0], line.face, line.size) / POINT
        at = x + (free / 2 if align == "centre" else 0), y + self._caption / 2 + MIDDLE * line.size / POINT
        marked = plain(text) != text
        if marked and line.lines[0] == plain(text):
            draw_filled(ink, self._set.fonts, text, at, line.size, often=True)
        else:  # without facts, or too long for its line
            with ink.filled(often=True) if marked else nullcontext():
                ink.text(*at, line.lines[0], line.face, line.size)

    def _seal(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        """Office and date stand where the seal goes over them."""
        middle, centre = y + height / 2, x + width / 2
        seal_space(ink, centre, middle)
        size = self._set.size
        chord = SEAL * 0.84
        day = self._data.received_at.astimezone(CHINA)
        date = self._set.lines(first_language(self._words("form.date", year=day.year, month=day.month, day=day.day)),
                               chord, size=size.text, align="centre", air=0)
        office = self._set.balanced(self._data.office, chord, tall=SEAL_OFFICE - date.height)
        stack: list[Lines] = [office, date]
        at = middle - sum(lines.height for lines in stack) / 2
        with ink.filled():
            for lines in stack:
                lines.draw(ink, centre - chord / 2, at, chord, lines.height)
                at += lines.height
        who_seals(ink, self._set, self._words("form.receipt.seal"), centre, middle)
