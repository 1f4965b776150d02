"""A list in which many rows are ticked: by Space, by a click on the box, or all of them by Ctrl+A."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from backbone_desktop.ui.models.keyset_model import KeysetModel
from backbone_desktop.ui.widgets.list_table import ListTable
from backbone_desktop.ui.widgets.row_table import RowAct


class TickTable(ListTable):
    """`ticked` holds the ids of the ticked rows; its owner shows it in the first column."""

    ticks_changed = Signal()

    def __init__(self, model: KeysetModel[Any], name: str, ticked: set[str], parent: QWidget | None = None, *,
                 acts: tuple[RowAct, ...] = (), empty: QWidget | None = None) -> None:
        super().__init__(model, name, parent, acts=acts, empty=empty)
        self.ticked = ticked
        self.clicked.connect(lambda index: self.toggle(index.row()) if index.column() == 0 else None)
        self.horizontalHeader().sectionClicked.connect(lambda place: self.tick_all() if place == 0 else None)

    def toggle(self, line: int) -> None:
        row = self._held.row(line)
        if row is not None:
            self.ticked.symmetric_difference_update({row.id})
            self._tell()

    def tick_all(self) -> None:
        """Every row, or none when every one is ticked already."""
        here = {row.id for row in self._held.rows}
        if here <= self.ticked:
            self.ticked.difference_update(here)
        else:
            self.ticked.update(here)
        self._tell()

    def keep(self, ids: set[str]) -> None:
        self.ticked.intersection_update(ids)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggle(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.tick_all()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        self.viewport().update()
        self.ticks_changed.emit()
