"""What the Households page shows: rows of the list in a clerk's words, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backbone_core.identity import mask_id_no
from backbone_desktop.services.list_words import poverty_words, status_words
from backbone_desktop.ui.presenters.matched import Marked, Spans, bold_in_number, hint, spans_in
from backbone_desktop.ui.presenters.people import place_line
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.rows import HouseholdRow

__all__ = ["count_line", "head_line", "home_line", "number_line", "poverty_words", "status_words"]


def head_line(row: HouseholdRow) -> str:
    """The head's name, and the member whom the search found when it is not the head."""
    return f"{row.head_name}（{row.matched}）" if row.matched else row.head_name


def head_found(words: Words, row: HouseholdRow) -> Marked:
    """The same with what answers to a search: bold, or said where the list does not show it."""
    text, match = head_line(row), row.match
    if match is None:
        return text, ()
    if match.field == "name":
        return text, spans_in(match, "name", len(row.head_name) + 1 if row.matched else 0)
    said = hint(words, match, "" if row.matched else row.head_id_no)
    if not said:
        return text, ()
    return f"{row.head_name}（{row.matched} {said}）" if row.matched else f"{row.head_name}（{said}）", ()


def number_bold(row: HouseholdRow) -> Spans:
    return () if row.match is None or row.matched else bold_in_number(row.match, row.head_id_no)[1]


def number_line(row: HouseholdRow) -> str:
    return mask_id_no(row.head_id_no)


def home_line(row: HouseholdRow) -> str:
    return place_line(row.township, row.village, row.group)


def count_line(words: Words, total: int, narrowed: bool, capped: bool = False) -> str:
    """`capped`: the search ended before everything was found."""
    if capped:
        return words("More than 1,000 households: type more of the name or number")
    if narrowed:
        return words("1 household found") if total == 1 else words("{n} households found", n=f"{total:,}")
    return words("1 household") if total == 1 else words("{n} households", n=f"{total:,}")


def type_line(words: Words, row: HouseholdRow) -> str:
    """The poverty type, and that the household is off the list or closed."""
    kind = poverty_words(words, row.poverty_type)
    return kind if row.listing == "listed" else words("{name} ({relation})", name=kind,
                                                      relation=words(f"listing.{row.listing}"))
