"""Where a text that is shown bears what was typed, without telling a figure that is hidden."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from backbone_core.identity import mask_id_no
from backbone_desktop.services.matched import PART
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.matched import Match

Spans = tuple[tuple[int, int], ...]
Marked = tuple[str, Spans]
"""A text and its bold stretches."""


def too_few(typed: str) -> bool:
    """Whether these are figures of which only a beginning is looked for: so few stand in nearly every number."""
    figures = typed.strip()
    return figures.isdigit() and len(figures) < PART


def advice(words: Words, typed: str, otherwise: str) -> str:
    """What to do where nothing was found."""
    if too_few(typed):
        return words("Type at least four figures: then any part of a number will do")
    return otherwise


def spans_in(match: Match | None, field: str, at: int = 0) -> Spans:
    """What is bold in a text in which the field's value stands from `at` on."""
    if match is None or match.field != field:
        return ()
    return ((at + match.start, at + match.start + match.length),)


def bold_in(match: Match | None, field: str, text: str) -> Marked:
    """`text` is the field's value as it stands."""
    return text, spans_in(match, field)


def bold_in_number(match: Match | None, id_no: str) -> Marked:
    """The masked number; of a match only the figures that are to be seen are bold."""
    shown = mask_id_no(id_no)
    if match is None or match.field != "id_no":
        return shown, ()
    start, end = match.start, match.start + match.length
    hidden = (shown.find("*"), shown.rfind("*") + 1) if "*" in shown else (len(shown), len(shown))
    seen = ((start, min(end, hidden[0])), (max(start, hidden[1]), end))
    return shown, tuple(one for one in seen if one[0] < one[1])


def hint(words: Words, match: Match | None, id_no: str) -> str:
    """What is said where a match touches figures that are hidden, or a phone that is not shown; "" where neither.

    `id_no` "" is a number that is not shown at all.
    """
    if match is None:
        return ""
    if match.field == "other_phone":
        return words("Phone matches")
    hidden = not id_no or "*" in mask_id_no(id_no)[match.start:match.start + match.length]
    return words("ID number matches") if match.field == "id_no" and hidden else ""


def place_found(match: Match | None, township: str, village: str, group: str) -> Marked:
    """A place as lists write it."""
    return joined((bold_in(match, "township", township), bold_in(match, "village", village), (group, ())), " ")


def joined(parts: Iterable[Marked], between: str = " · ") -> Marked:
    """Several texts in one line, those that are empty left out."""
    text, bold = "", []
    for part, spans in parts:
        if part:
            start = len(text) + (len(between) if text else 0)
            text = f"{text}{between}{part}" if text else part
            bold += [(start + one, start + other) for one, other in spans]
    return text, tuple(bold)
