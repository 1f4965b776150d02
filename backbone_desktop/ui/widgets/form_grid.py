"""Lays field lines out in two columns, or in one where the window is narrow; labels stand right-aligned in a column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.widgets.field_line import FieldLine

TOP = Qt.AlignmentFlag.AlignTop


class FormGrid(QWidget):
    """Lines run along the rows in the paper's order. A `wide` line takes a row of its own."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 0, columns: int = 2) -> None:
        super().__init__(parent)
        self._lines: list[tuple[FieldLine, bool]] = []
        self._most = columns
        self._columns = 0
        self._label_width = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(gap)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @property
    def columns(self) -> int:
        return self._columns

    @property
    def lines(self) -> tuple[FieldLine, ...]:
        return tuple(line for line, _ in self._lines)

    def add(self, line: FieldLine, *, wide: bool = False) -> FieldLine:
        line.label.setParent(self)
        line.setParent(self)
        self._lines.append((line, wide))
        self._columns = 0  # laid out anew when it is next shown or resized
        if self.isVisible():
            self._lay_out()
            line.label.show()  # at once: the line may be about to get the caret
            line.show()
        return line

    def widest_label(self) -> int:
        return max((line.label.sizeHint().width() for line, _ in self._lines), default=0)

    def set_label_width(self, width: int) -> None:
        self._label_width = width
        self._columns = 0
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def showEvent(self, event: object) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        columns = min(self._most, 2 if self.window().width() >= theme.TWO_COLUMNS_FROM else 1)
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.takeAt(0) is not None:
            pass
        row, column = 0, 0
        for line, wide in self._lines:
            if wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(line.label, row, 2 * column, TOP)
            self._grid.addWidget(line, row, 2 * column + 1, 1, 2 * columns - 1 if wide else 1)
            column += 1
            if wide or column == columns:
                row, column = row + 1, 0
        width = self._label_width or self.widest_label()
        for column in range(2):
            used = column < columns
            self._grid.setColumnMinimumWidth(2 * column, width if used else 0)
            self._grid.setColumnStretch(2 * column + 1, 1 if used else 0)


def align_labels(grids: Sequence[FormGrid]) -> None:
    """Give the grids of one page one label column, so that all its fields stand on one line."""
    width = max((grid.widest_label() for grid in grids), default=0)
    for grid in grids:
        grid.set_label_width(width)
