"""Writes a line of text of which some stretches are bold: what answers to what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

Spans = Sequence[tuple[int, int]]
"""(from, to) of each bold stretch, in order and apart from each other."""


def bold_of(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.Bold)
    return bold


def write_spans(painter: QPainter, area: QRect, text: str, bold: Spans, *, right: bool = False) -> int:
    """Write `text` in the painter's font and colour, cut short where it does not fit; return its width."""
    plain, width = painter.font(), width_of(painter.font(), text, bold)
    left = max(area.left(), area.right() + 1 - width) if right else area.left()
    for piece, font in _runs(plain, text, bold):
        room = area.right() + 1 - left
        metrics = QFontMetrics(font)
        fits = metrics.horizontalAdvance(piece) <= room
        shown = piece if fits else metrics.elidedText(piece, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.drawText(QRect(left, area.top(), room, area.height()),
                         Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        left += metrics.horizontalAdvance(shown)
        if not fits:
            break
    painter.setFont(plain)
    return min(width, area.width())


def width_of(font: QFont, text: str, bold: Spans) -> int:
    return sum(QFontMetrics(one).horizontalAdvance(piece) for piece, one in _runs(font, text, bold))


def _runs(font: QFont, text: str, bold: Spans) -> Iterator[tuple[str, QFont]]:
    strong = bold_of(font)
    for piece, is_bold in pieces(text, bold):
        yield piece, strong if is_bold else font


def pieces(text: str, bold: Spans) -> Iterator[tuple[str, bool]]:
    """The text in order, each piece with whether it is bold."""
    done = 0
    for start, end in bold:
        if start > done:
            yield text[done:start], False
        if text[start:end]:
            yield text[start:end], True
        done = max(done, end)
    if text[done:]:
        yield text[done:], False
