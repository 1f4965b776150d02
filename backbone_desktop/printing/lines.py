"""Breaks text into lines as Chinese is set: no line begins with a closing mark or ends with an opening one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

CANNOT_BEGIN = frozenset("，。、；：！？）》」』】〉〕］｝”’…—～％℃°·,.;:!?)]}%»›")
CANNOT_END = frozenset("（《「『【〈〔［｛“‘￥¥＄$([{«‹№①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
COUNTED = frozenset("年月日时分元角天项份次")
"""What stands behind a number and never begins the next line without it."""
APOSTROPHE = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z ]|$)")
"""A Chinese font sets this mark as wide as a character, which tears an English word apart."""
Measure = Callable[[str], float]


class SizedMeasure(Protocol):
    def __call__(self, text: str, /, size: float) -> float: ...


def clean(text: str) -> str:
    """Text as it can be set: marks that only steer (tabs, line ends of other systems) become blanks or line ends."""
    whole = APOSTROPHE.sub("'", text.replace("\r\n", "\n").replace("\r", "\n"))
    if whole.isprintable():
        return whole
    return "".join(" " if unicodedata.category(one) == "Cc" and one != "\n" else one for one in whole)


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of `text`, none wider than `width`; at least one line, which may be empty."""
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        lines += _lines(paragraph, width, measure)
    return lines


def fit(text: str, width: float, measure: SizedMeasure, sizes: tuple[float, float],
        lines: int) -> tuple[float, list[str]]:
    """The largest type between `sizes` (smallest, largest) at which `text` takes at most `lines`.

    A text that is too long for that even at the smallest keeps the smallest and takes the lines it needs.
    """
    smallest, size = sizes
    while True:
        broken = wrap(text, width, partial(measure, size=size))
        if len(broken) <= lines or size <= smallest:
            return size, broken
        size = max(smallest, size - 0.25)


def _lines(paragraph: str, width: float, measure: Measure) -> Iterator[str]:
    if measure(text := paragraph.rstrip()) <= width:
        yield text
        return
    line, used = "", 0.0
    for unit in _units(paragraph):
        part = unit
        # a blank may stand beyond the edge, where nobody sees it
        if line and used + measure(part.rstrip()) > width:
            yield line.rstrip()
            line, used = "", 0.0
            part = part.lstrip()
        if measure(part.rstrip()) > width:
            *whole, part = _pieces(part, width, measure)
            yield from whole
        line += part
        used += measure(part)
    yield line.rstrip()


def _pieces(unit: str, width: float, measure: Measure) -> Iterator[str]:
    """A word that is longer than the line, cut where the line ends."""
    piece = ""
    for one in unit:
        if piece and measure(piece + one) > width:
            yield piece
            piece = ""
        piece += one
    yield piece


def _units(paragraph: str) -> Iterator[str]:
    """Stretches that stay on one line."""
    unit = ""
    for one in paragraph:
        if unit and _may_part(unit[-1], one):
            yield unit
            unit = ""
        unit += one
    if unit:
        yield unit


def _may_part(before: str, after: str) -> bool:
    if after == " " or after in CANNOT_BEGIN or before in CANNOT_END or (after in COUNTED and before in "0123456789"):
        return False
    return before == " " or _wide(before) or _wide(after) or (before in CANNOT_BEGIN and after in CANNOT_END)


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" or character in "…—·"
