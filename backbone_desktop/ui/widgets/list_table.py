"""The table of a list that is held whole, or page after page from its start."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from backbone_desktop.services.rows import Page
from backbone_desktop.ui.models.keyset_model import KeysetModel
from backbone_desktop.ui.widgets.row_table import RowAct, RowTable

__all__ = ["ListTable", "RowAct"]


class ListTable(RowTable):
    """The header sorts the rows here, once all of them are here."""

    def __init__(self, model: KeysetModel[Any], name: str, parent: QWidget | None = None, *,
                 acts: tuple[RowAct, ...] = (), empty: QWidget | None = None) -> None:
        super().__init__(model, name, parent, acts=acts, empty=empty)
        self._held = model
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    def show_page(self, page: Page[Any]) -> None:
        """Show a list from its start. The marked row stays marked, and where it was, when it is still there."""
        kept, scrolled = self.record_id, self.verticalScrollBar().value()
        self._held.begin(page)
        if self._sorted_by is not None and self._held.whole:
            self._held.sort(*self._sorted_by)
        self._tell_sorting()
        place = self._held.row_of(kept) if kept else -1
        if place >= 0:
            self.mark(place)
            self.verticalScrollBar().setValue(scrolled)
        elif page.rows:
            self.mark(0)
        else:
            self.marked.emit(None)
        self._show_empty(not page.rows)

    def _sort_by(self, place: int) -> None:
        column = self._held.columns[place]
        if column.sort is None or not self._held.whole:
            return
        down = self._sorted_by == (place, Qt.SortOrder.AscendingOrder)
        self._sorted_by = (place, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        kept = self.record_id
        self._held.sort(*self._sorted_by)
        self.mark(max(0, self._held.row_of(kept)))
        self._tell_sorting()

    def _tell_sorting(self) -> None:
        head = self.horizontalHeader()
        on = self._sorted_by is not None and self._held.whole
        head.setSortIndicatorShown(on)
        if self._sorted_by is not None and on:
            head.setSortIndicator(*self._sorted_by)
