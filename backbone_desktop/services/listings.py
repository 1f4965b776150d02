"""Lists: the order in which records stand, any stretch of it, and what a list may be narrowed to."""

from __future__ import annotations

from backbone_desktop.services.listing_ports import Asked, ListName, Order, Row
from backbone_desktop.services.ports import Desk

FIRST = 2_000
"""Records that are there before the whole order is: more than anybody scrolls to in that time."""


def order_list(desk: Desk, asked: Asked, limit: int | None = None) -> Order:
    """Where each record of the list stands. With `limit` the store may stop there (`Order.whole` says so), where
    that is any quicker. Raises RuleBroken list.sort_unknown, list.filter_unknown."""
    with desk.read() as work:
        return work.lists.order(asked, work.office.profile().policy_year, limit)


def list_rows(desk: Desk, name: ListName, order: Order, first: int, count: int) -> tuple[Row | None, ...]:
    """The rows at these places; None for one that has left the register since the list was ordered."""
    with desk.read() as work:
        return work.lists.rows(name, order.keys[first:first + count], order.matched, work.office.profile().policy_year)


def list_choices(desk: Desk, asked: Asked, what: str) -> tuple[tuple[str, int], ...]:
    """(value, count) of everything that the list may be narrowed to by `what`, its other filters left as they are."""
    with desk.read() as work:
        return work.lists.choices(asked, what, work.office.profile().policy_year)
