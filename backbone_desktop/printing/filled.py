"""Sentences of which a part is filled in: on a pre-printed form "编号：" is there already and the number is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backbone_desktop.printing.fonts import Face, Fonts
from backbone_desktop.printing.paper import POINT, Ink
from backbone_desktop.words.both import BENEATH

if TYPE_CHECKING:
    from backbone_desktop.words import Words

_FROM, _TO = "\ue000", "\ue001"
"""Around what is filled in; no font has them, and no text that is drawn keeps them."""
_FACT = "{fact}"
"""A sentence of a fact alone."""
_PIECES = re.compile(f"{_FROM}([^{_TO}]*){_TO}")


def fill(words: Words, code: str, **facts: object) -> str:
    """A sentence of the catalogue that remembers which parts of it are facts; only `draw_filled` may draw it."""
    shown = {name: words(_FACT, fact=fact) for name, fact in facts.items()}
    return words(code, **{name: BENEATH.join(f"{_FROM}{half}{_TO}" for half in text.split(BENEATH))
                          for name, text in shown.items()})


def plain(text: str) -> str:
    """The sentence as it is read."""
    return text.replace(_FROM, "").replace(_TO, "")


def draw_filled(ink: Ink, fonts: Fonts, text: str, at: tuple[float, float], size: float, *,
                often: bool = False) -> None:
    """Draw it from (x, baseline) on: its facts as data, the rest as form. A text without facts is data as a whole.
    `often` as in `Ink.filled`."""
    x, base = at
    parts = _PIECES.split(text) if _FROM in text else ["", text]
    for place, part in enumerate(parts):
        if not part:
            continue
        if place % 2:
            with ink.filled(often=often):
                ink.text(x, base, part, Face.TEXT, size)
        else:
            with ink.placed():
                ink.text(x, base, part, Face.TEXT, size)
        x += fonts.width(part, Face.TEXT, size) / POINT
