"""What a list page shows of the store: an order with its lines, and the rows that are seen first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backbone_core.household import PovertyType
from backbone_desktop.ui.presenters.claims import state_words
from backbone_desktop.ui.presenters.households import poverty_words, status_words
from backbone_desktop.ui.presenters.outline import HeadKey, Outline, first_folding
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.listing_ports import Asked, ListName, Order
    from backbone_desktop.services.ports import Desk

Marked = int | HeadKey | None
"""What is marked in a list: a record by the store's row number, or a head."""
Pages = dict[int, tuple[Any, ...]]
PAGE = 100
"""Rows that are read at once."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where somebody looks at a list: from `top` on, `lines` lines far. `folded` None = as it is folded at first."""

    asked: Asked
    marked: Marked = None
    folded: frozenset[HeadKey] | None = None
    top: int = 0
    lines: int = 60


@dataclass(frozen=True, slots=True)
class Shown:
    asked: Asked
    order: Order
    outline: Outline
    pages: Pages
    line: int
    """Where the marked line is now; -1 where it is not any more."""


def open_list(desk: Desk, look: Look, limit: int | None = None) -> Shown:
    """The list as it is now, with the rows at which somebody looks."""
    from backbone_desktop.services.listings import order_list

    order = order_list(desk, look.asked, limit)
    outline = Outline(len(order.keys), order.places,
                      first_folding(order.places) if look.folded is None else look.folded)
    line = _line_of(order, outline, look.marked)
    first, after = outline.positions(look.top, look.top + look.lines)
    return Shown(look.asked, order, outline, fetch(desk, look.asked.name, order, pages_of(first, after)), line)


def pages_of(first: int, after: int) -> range:
    """The pages on which the records from `first` to before `after` stand."""
    return range(first // PAGE, -(-after // PAGE))


def fetch(desk: Desk, name: ListName, order: Order, pages: range | list[int]) -> Pages:
    from backbone_desktop.services.listings import list_rows
    return {page: list_rows(desk, name, order, page * PAGE, PAGE) for page in pages}


def _line_of(order: Order, outline: Outline, marked: Marked) -> int:
    if marked is None:
        return -1
    if isinstance(marked, tuple):
        return outline.line_of_head(marked)
    try:
        return outline.line_of(order.keys.index(marked))
    except ValueError:
        return -1


def choice_words(words: Words, what: str, value: str, policy_year: int) -> str:
    """A value that a list is narrowed to, as a clerk reads it."""
    if what == "poverty_type":
        return poverty_words(words, value)
    if what == "status":
        return status_words(words, value)
    if what == "state":
        return state_words(words, value)
    if what == "pile":
        return words(f"claim_pile.{value.partition('|')[0]}")
    if what == "cover":
        return (words("Covered in {year}", year=policy_year) if value == "covered"
                else words("Not covered in {year}", year=policy_year))
    return value


def choices_in_order(what: str, choices: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Places as they are read aloud, everything else in the order of its meaning; nothing that nobody can choose."""
    ranks = {"poverty_type": [str(one) for one in PovertyType], "cover": ["covered", "not_covered"],
             "status": ["waiting", "sent", "refused", "review"]}.get(what)
    named = tuple(choice for choice in choices if choice[0])
    if ranks is None:
        return named
    return tuple(sorted(named, key=lambda one: ranks.index(one[0]) if one[0] in ranks else len(ranks)))
