"""The model of a list of any length: it knows the order, and holds the rows of the stretches that somebody looks at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Generic

from PySide6.QtCore import QObject, QTimer, Signal

from backbone_desktop.services.listing_ports import Order
from backbone_desktop.ui.models.keyset_model import _NOWHERE, BLANK, Cell, Column, Index, ListModel, RowT
from backbone_desktop.ui.presenters.lists import PAGE, Pages
from backbone_desktop.ui.presenters.outline import Head, Outline, head_text
from backbone_desktop.words import Words

KEPT = 40
"""Pages that are held, some thousand rows: what lies further off is read again when somebody comes back to it."""
_NEAR = 30
"""Rows before the end of a page from which on the next one is wanted."""


class WindowModel(ListModel[RowT], Generic[RowT]):
    """`wanted(pages)` asks for pages of rows; the list's owner answers each with `put`."""

    wanted = Signal(object)

    def __init__(self, columns: Sequence[Column[RowT]], words: Words, parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._words = words
        self.order = Order(())
        self.outline = Outline(0)
        self._pages: OrderedDict[int, tuple[RowT | None, ...]] = OrderedDict()
        self._missing: set[int] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)

    @property
    def rows(self) -> tuple[RowT, ...]:
        """The rows that are here, in the list's order."""
        return tuple(row for page in sorted(self._pages) for row in self._pages[page] if row is not None)

    def show(self, order: Order, outline: Outline, pages: Pages) -> None:
        """Show another list, with the pages that are seen first."""
        self.beginResetModel()
        self.order, self.outline = order, outline
        self._pages = OrderedDict(pages)
        self._missing.clear()
        self.endResetModel()

    def fold(self, outline: Outline) -> None:
        """Show other lines of the same records."""
        self.beginResetModel()
        self.outline = outline
        self.endResetModel()

    def put(self, order: Order, page: int, rows: tuple[RowT | None, ...]) -> None:
        """Take a page that `wanted` asked for; one of an earlier list is left out."""
        if order is not self.order:
            return
        self._pages[page] = rows
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        first, last = self.outline.line_of(page * PAGE), self.outline.line_of(page * PAGE + len(rows) - 1)
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def head(self, line: int) -> Head | None:
        at = self.outline.at(line)
        return at if isinstance(at, Head) else None

    def row(self, line: int) -> RowT | None:
        at = self.outline.at(line) if self.outline.by_place else line
        if isinstance(at, Head) or not 0 <= at < self.outline.total:
            return None
        number, place = divmod(at, PAGE)
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return None
        if place >= PAGE - _NEAR and number + 1 not in self._pages and (number + 1) * PAGE < self.outline.total:
            self._want(number + 1)
        return page[place] if place < len(page) else None

    def key_of(self, line: int) -> int | None:
        """The store's row number of the record on a line; it is known before the row is here."""
        if not 0 <= line < self.outline.count:
            return None
        at = self.outline.at(line)
        return None if isinstance(at, Head) else self.order.keys[at]

    def row_of(self, record_id: str) -> int:
        for number, page in self._pages.items():
            for place, row in enumerate(page):
                if row is not None and row.id == record_id:
                    return self.outline.line_of(number * PAGE + place)
        return -1

    def cell(self, line: int, column: int) -> Cell:
        head = self.head(line) if self.outline.by_place else None
        if head is None:
            return super().cell(line, column)
        return (head_text(self._words, head), None, False, False, ()) if column == 0 else BLANK

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.outline.count

    def _want(self, page: int) -> None:
        self._missing.add(page)
        if not self._soon.isActive():
            self._soon.start(0)  # once the frame is painted, all that it lacked is asked for together

    def _ask(self) -> None:
        missing = sorted(self._missing)
        self._missing.clear()
        if missing:
            self.wanted.emit(missing)
