"""Sentences of which a part is filled in: on a pre-printed form "编号：" is there already and the number is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from backbone_desktop.printing.fonts import Face, Fonts
from backbone_desktop.printing.paper import POINT, Ink
from backbone_desktop.words.both import BENEATH

if TYPE_CHECKING:
    from backbone_desktop.words import Words

_FROM, _TO = "\ue000", "\ue001"
"""Around what is filled in; no font has them, and no text that is drawn keeps them."""
_ALONE = "{fact}"
"""A fact by itself, as it is shown in the middle of a sentence."""
_PIECES = re.compile(f"{_FROM}([^{_TO}]*){_TO}")


def fill(words: Words, code: str, **facts: object) -> str:
    """A sentence of the catalogue that remembers which parts of it are facts; only `draw_filled` may draw it. Names
    in two languages stand beside each other before a fact that stands once."""
    return _once(_marked(words, code, facts))


def fill_apart(words: Words, code: str, **facts: object) -> tuple[str, str]:
    """(as `fill` in the first language, the bare name in the second or "")."""
    first, _, second = _marked(words, code, facts).partition(BENEATH)
    return first, _PIECES.sub("", second).rstrip(" :")


def _marked(words: Words, code: str, facts: Mapping[str, object]) -> str:
    shown = {name: words(_ALONE, fact=fact) for name, fact in facts.items()}
    return words(code, **{name: BENEATH.join(f"{_FROM}{half}{_TO}" for half in text.split(BENEATH))
                          for name, text in shown.items()})


def _once(text: str) -> str:
    """"单位：X" and "Office: X" as "单位 Office：X". What is no row of names before facts stays as it is."""
    first, _, second = text.partition(BENEATH)
    one, other = _PIECES.split(first), _PIECES.split(second)
    names = one[:-1:2]
    if one[1::2] != other[1::2] or one[-1] or other[-1] or not all(name.endswith("：") for name in names):
        return text
    return "".join(f"{name[:-1]} {said.strip(' ,:')}：{_FROM}{fact}{_TO}"
                   for name, said, fact in zip(names, other[::2], one[1::2], strict=False))


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
