"""Writes a line of text of which some stretches are bold: what answers to what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

Spans = Sequence[tuple[int, int]]
"""(from, to) of each bold stretch, in order and apart from each other."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Face(NamedTuple):
    """A font and its bold, with their measures; whoever paints keeps it: making one takes longer than a line."""

    plain: QFont
    plain_measures: QFontMetrics
    bold: QFont
    bold_measures: QFontMetrics


def face_of(font: QFont) -> Face:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.Bold)
    return Face(font, QFontMetrics(font), bold, QFontMetrics(bold))


def write_spans(painter: QPainter, area: QRect, text: str, bold: Spans, face: Face, *, right: bool = False) -> int:
    """Write `text`, cut short where it does not fit; return its width. The painter is left with the plain font."""
    painter.setFont(face.plain)
    if not bold:
        width = face.plain_measures.horizontalAdvance(text)
        shown = text if width <= area.width() else _cut(face.plain_measures, text, area.width())
        painter.drawText(area, _RIGHT if right else _LEFT, shown)
        return min(width, area.width())
    width = width_of(face, text, bold)
    left = max(area.left(), area.right() + 1 - width) if right else area.left()
    for piece, is_bold in pieces(text, bold):
        room, measures = area.right() + 1 - left, face.bold_measures if is_bold else face.plain_measures
        taken = measures.horizontalAdvance(piece)
        painter.setFont(face.bold if is_bold else face.plain)
        painter.drawText(QRect(left, area.top(), room, area.height()), _LEFT,
                         piece if taken <= room else _cut(measures, piece, room))
        if taken > room:
            break
        left += taken
    painter.setFont(face.plain)
    return min(width, area.width())


def width_of(face: Face, text: str, bold: Spans) -> int:
    return sum((face.bold_measures if is_bold else face.plain_measures).horizontalAdvance(piece)
               for piece, is_bold in pieces(text, bold))


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


def _cut(measures: QFontMetrics, text: str, room: int) -> str:
    return measures.elidedText(text, Qt.TextElideMode.ElideRight, room)
