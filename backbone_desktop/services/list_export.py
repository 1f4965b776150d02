"""Taking a list out of the register as a file: with a reason, by whoever may, marked with who took it and why."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from backbone_core.errors import RuleBroken, refuse_if_any
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.list_columns import export_columns
from backbone_desktop.services.listing_ports import MOST_FOUND, Asked, ListName, Order
from backbone_desktop.services.listings import list_rows, order_list
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.reading import Reading
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

AT_A_TIME = 500
"""Records that are read and written in one step: other work on the store finds its turn in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    asked: Asked
    reason: str
    whole_numbers: bool = False
    """ID numbers stand whole in the file; masked otherwise."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the file besides the records. `columns` are (title, width in characters)."""

    title: str
    mark: str
    """Who took the list out of the register, for which office, when and why; on every printed page too."""
    columns: tuple[tuple[str, int], ...]


class ListWriter(Protocol):
    """A file that is written aside: it is there under its name only after `keep`, and after `discard` nothing is.

    Raises RuleBroken export.exists, Unavailable export.not_written.
    """

    def write(self, rows: Iterable[Sequence[str]]) -> None: ...

    def finish(self) -> None:
        """Write the file to its end, still aside."""

    def keep(self) -> None: ...

    def discard(self) -> None: ...


def check_export(desk: Desk, request: ExportRequest) -> str:
    """The reason as it is written down.

    Raises RuleBroken account.not_allowed, export.reason_missing, text.too_long, text.characters.
    """
    require(desk, Duty.EXPORT_WHOLE_NUMBERS if request.whole_numbers else Duty.EXPORT)
    form = Reading()
    reason = form.text("reason", request.reason, missing="export.reason_missing")
    refuse_if_any(form.findings)
    return reason


def export_list(desk: Desk, request: ExportRequest, words: Words,
                make: Callable[[Sheet], ListWriter]) -> Generator[tuple[int, int], None, None]:
    """Write the list step by step; after each (records written, records in all) is given. All of it or nothing:
    who closes the generator before its end leaves no file and no word of one.

    The audit trail names the reason, the count and who it was before the file appears. Raises as `check_export`,
    `order_list` and `ListWriter` do, and RuleBroken export.not_all_found.
    """
    reason, asked = check_export(desk, request), request.asked
    with desk.read() as work:
        policy_year = work.office.profile().policy_year
        office = work.office.profile().office
    columns = export_columns(words, asked.name, policy_year, whole_numbers=request.whole_numbers)
    at = desk.clock.now().astimezone(CHINA)
    mark = words("Taken out by {who}, {office}, {when}. Reason: {reason}", who=desk.actor.display_name, office=office,
                 when=f"{at:%Y-%m-%d %H:%M}", reason=reason)
    order = order_list(desk, asked)
    if order.capped:
        raise RuleBroken("export.not_all_found", "find", most=MOST_FOUND)
    file = make(Sheet(title(words, asked.name), mark, tuple((name, width) for name, width, _ in columns)))
    try:
        count = 0
        for first in range(0, len(order.keys), AT_A_TIME):
            rows = [[cell(row) for _, _, cell in columns] for row in _rows(desk, asked.name, order, first)]
            file.write(rows)
            count += len(rows)
            yield min(first + AT_A_TIME, len(order.keys)), len(order.keys)
        file.finish()
        yield len(order.keys), len(order.keys)
        with desk.open() as work:
            work.audit.add("export_list", "list", asked.name, {
                "reason": reason, "count": count, "whole_numbers": request.whole_numbers,
                "narrowed": [what for what, _ in asked.narrowed], "searched": bool(asked.typed),
            })
            work.commit()
        file.keep()
    finally:
        file.discard()


def _rows(desk: Desk, name: ListName, order: Order, first: int) -> list[object]:
    return [row for row in list_rows(desk, name, order, first, AT_A_TIME) if row is not None]


def title(words: Words, name: ListName) -> str:
    """What the list is called."""
    return {ListName.HOUSEHOLDS: words("Households"), ListName.PEOPLE: words("Persons"),
            ListName.CLAIMS: words("Claims")}[name]
