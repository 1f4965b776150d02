"""Lays field lines out in two columns, or in one where the window is narrow; labels stand right-aligned in a column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.widgets.field_line import FieldLine

TOP = Qt.AlignmentFlag.AlignTop


class FormGrid(QWidget):
    """Lines run along the rows in the paper's order; with `down` they run down the columns, that many in the first.

    A `wide` line takes a row of its own.
    """

    columns_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, gap: int = 0, columns: int = 2, down: int = 0) -> None:
        super().__init__(parent)
        self._lines: list[tuple[FieldLine, bool]] = []
        self._most = columns
        self._down = down
        self._columns = 0
        self._agreed: dict[int, tuple[int, int]] = {}
        self._page: tuple[FormGrid, ...] = (self,)
        self._port: QWidget | None = None
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

    def agree(self, page: tuple[FormGrid, ...], widths: dict[int, tuple[int, int]]) -> None:
        """Stand on one page with others: the widths of the label columns by the number of columns."""
        self._page, self._agreed = page, widths
        self._columns = 0
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def showEvent(self, event: object) -> None:
        self._watch_port()
        self._lay_out()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._lay_out()
        return False

    def _watch_port(self) -> None:
        """What scrolls does not get narrower than its fields; the window onto it does."""
        if self._port is None and (scroll := scroll_area_of(self)) is not None:
            self._port = scroll.viewport()
            self._port.installEventFilter(self)

    def _room(self) -> int:
        """Pixels that the grid can have without anything being cut off."""
        if self._port is None:
            return self.width()
        body = self._port.findChild(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return self.width() if body is None else self.width() - max(0, body.width() - self._port.width())

    def _needed(self) -> int:
        """Pixels that two columns take."""
        widths = self._agreed.get(2) or self.label_widths()
        fields = [0, 0]
        for line, (_, column, span) in zip(self.lines, self._places(2), strict=True):
            if span == 1:
                fields[column] = max(fields[column], line.minimumSizeHint().width())
        return sum(widths) + 2 * max(fields)

    def _lay_out(self) -> None:
        columns = self._most
        if self.window().width() < theme.scaled(theme.TWO_COLUMNS_FROM) or (
            self.isVisible() and self._room() < max(grid._needed() for grid in self._page)
        ):
            columns = 1
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.takeAt(0) is not None:
            pass
        for line, (row, column, span) in zip(self.lines, self._places(columns), strict=True):
            self._grid.addWidget(line.label, row, 2 * column, TOP)
            self._grid.addWidget(line, row, 2 * column + 1, 1, span)
        widths = self._agreed.get(columns) or self.label_widths(columns)
        for column in range(2):
            used = column < columns
            self._grid.setColumnMinimumWidth(2 * column, widths[column] if used else 0)
            self._grid.setColumnStretch(2 * column + 1, 1 if used else 0)
        self.columns_changed.emit(columns)

    def _places(self, columns: int) -> list[tuple[int, int, int]]:
        """(row, column, how many grid columns its field spans) of each line."""
        if self._down:
            high = self._down if columns > 1 else len(self._lines)
            return [(place, 0, 1) if place < high else (place - high, 1, 1) for place in range(len(self._lines))]
        places, row, column = [], 0, 0
        for _, wide in self._lines:
            if wide and column:
                row, column = row + 1, 0
            places.append((row, column, 2 * columns - 1 if wide else 1))
            column += 1
            if wide or column == columns:
                row, column = row + 1, 0
        return places

    def label_widths(self, columns: int = 2) -> tuple[int, int]:
        """What the labels of the first and the second column need."""
        widest = [0, 0]
        for line, (_, column, _) in zip(self.lines, self._places(min(columns, self._most)), strict=True):
            widest[column] = max(widest[column], line.label.sizeHint().width())
        return widest[0], widest[1]


def align_labels(grids: Sequence[FormGrid]) -> None:
    """Give the grids of one page the same columns, so that all its fields stand on one line."""
    shared: dict[int, tuple[int, int]] = {}
    for columns in (1, 2):
        widths = [grid.label_widths(columns) for grid in grids]
        shared[columns] = (max((one[0] for one in widths), default=0), max((one[1] for one in widths), default=0))
    for grid in grids:
        grid.agree(tuple(grids), shared)


def scroll_area_of(widget: QWidget) -> QScrollArea | None:
    """The scroll area that a widget stands in."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent
