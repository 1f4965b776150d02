"""What the Households page shows: rows of the list in a clerk's words, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backbone_core.identity import mask_id_no
from backbone_desktop.ui.presenters.people import place_line
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.rows import HouseholdRow, Page

PAGE = 100


def find_households(desk: Desk, typed: str, after: str | None = None, least: int = PAGE) -> Page[HouseholdRow]:
    """One page of the list; a refresh asks for as many rows as were there."""
    from backbone_desktop.services.registry import list_households

    return list_households(desk, typed, after, max(PAGE, least))


def head_line(row: HouseholdRow) -> str:
    """The head's name, and the member whom the search found when it is not the head."""
    return f"{row.head_name}（{row.matched}）" if row.matched else row.head_name


def number_line(row: HouseholdRow) -> str:
    return mask_id_no(row.head_id_no)


def home_line(row: HouseholdRow) -> str:
    return place_line(row.township, row.village, row.group)


def count_line(words: Words, total: int, typed: str) -> str:
    if total > 1000:
        return words("More than 1,000 households: type more of the name or number")
    if typed:
        return words("1 household found") if total == 1 else words("{n} households found", n=f"{total:,}")
    return words("1 household") if total == 1 else words("{n} households", n=f"{total:,}")


def poverty_words(words: Words, value: str) -> str:
    """The poverty type in the window's language; a value of a later version stays as it is."""
    from backbone_core.household import PovertyType

    try:
        return words(f"poverty.{PovertyType(value).name}")
    except ValueError:
        return value


def type_line(words: Words, row: HouseholdRow) -> str:
    """The poverty type, and that the household is off the list or closed."""
    kind = poverty_words(words, row.poverty_type)
    return kind if row.listing == "listed" else words("{name} ({relation})", name=kind,
                                                      relation=words(f"listing.{row.listing}"))


def status_words(words: Words, status: str) -> str:
    """Where a record stands with the centre."""
    return {
        "waiting": words("To be sent"), "sent": words("Sent"),
        "refused": words("Sent back"), "review": words("To compare"),
    }[status]
