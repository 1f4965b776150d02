"""What the models of all lists share, and the model of the shorter ones: rows that come page after page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from backbone_desktop.services.rows import Page
from backbone_desktop.ui.presenters.matched import Spans
from backbone_desktop.ui.theme import Meaning

# Roles arrive as plain ints and are compared by the ten thousand: an enum's own comparison costs ten times as much.
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
MARK = int(Qt.ItemDataRole.UserRole)
"""A cell's `Mark` or None."""
QUIET = MARK + 1
"""Whether a cell is written in the secondary colour."""
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
HORIZONTAL = Qt.Orientation.Horizontal
_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class HasId(Protocol):
    @property
    def id(self) -> str: ...


RowT = TypeVar("RowT", bound=HasId)


@dataclass(frozen=True, slots=True)
class Mark:
    """The icon beside a cell's word; `icon` "" = the meaning's usual one."""

    meaning: Meaning
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[RowT]):
    """`width` is in characters (figures); 0 takes the room that is left. `sort` gives what the column is ordered by,
    `by` names the order where the store does it. `bold` gives the stretches of the text that answer to a search.

    A `spare` column is shown when it is chosen from the header's menu.
    """

    title: str
    text: Callable[[RowT], str]
    width: int = 0
    right: bool = False
    quiet: bool = False
    spare: bool = False
    mark: Callable[[RowT], Mark | None] | None = None
    tip: Callable[[RowT], str] | None = None
    sort: Callable[[RowT], Any] | None = None
    by: str = ""
    bold: Callable[[RowT], Spans] | None = None


Cell = tuple[str, Mark | None, bool, bool, Spans]
"""A cell as it is painted: its text, its mark, whether it is quiet, whether it stands at the right, what is bold."""
BLANK: Cell = ("", None, True, False, ())


class ListModel(QAbstractTableModel, Generic[RowT]):
    """What the table of every list asks of its model: columns, and the row of each line."""

    def __init__(self, columns: Sequence[Column[RowT]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)

    def row(self, line: int) -> RowT | None:
        """The record on a line; None where there is none, or not yet."""
        raise NotImplementedError

    def row_of(self, record_id: str) -> int:
        """The line of a record, -1 where it is not (yet) in the list."""
        raise NotImplementedError

    def cell(self, line: int, column: int) -> Cell:
        """All of a cell at once: a painter that asked role by role would wait for Qt most of the time."""
        row = self.row(line)
        if row is None:
            return BLANK
        shown = self.columns[column]
        return (shown.text(row), shown.mark(row) if shown.mark is not None else None, shown.quiet, shown.right,
                shown.bold(row) if shown.bold is not None else ())

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid():
            return None
        if role == ALIGNMENT:
            return RIGHT if self.columns[index.column()].right else LEFT
        if role in (DISPLAY, MARK, QUIET):
            return self.cell(index.row(), index.column())[0 if role == DISPLAY else role - MARK + 1]
        if role == TOOLTIP and (tip := self.columns[index.column()].tip) is not None:
            row = self.row(index.row())
            return None if row is None else tip(row)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != HORIZONTAL or not 0 <= section < len(self.columns):
            return None
        if role == DISPLAY:
            return self.columns[section].title
        return (RIGHT if self.columns[section].right else LEFT) if role == ALIGNMENT else None


class KeysetModel(ListModel[RowT]):
    """`wanted` asks for the page after a key; the list's owner answers with `append` (or `give_up`)."""

    wanted = Signal(str)

    def __init__(self, columns: Sequence[Column[RowT]], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._rows: list[RowT] = []
        self._next: str | None = None
        self._fetching = False
        self.total = 0

    @property
    def rows(self) -> tuple[RowT, ...]:
        return tuple(self._rows)

    @property
    def whole(self) -> bool:
        """Whether every row is here, so that the header may sort them."""
        return self._next is None

    def begin(self, page: Page[RowT]) -> None:
        """Show a list from its start."""
        self.beginResetModel()
        self._rows = list(page.rows)
        self._next, self.total, self._fetching = page.next, page.total, False
        self.endResetModel()

    def append(self, after: str, page: Page[RowT]) -> None:
        """Take the page that `wanted(after)` asked for; one that belongs to an earlier list is left out."""
        if after != self._next or not self._fetching:
            return
        self._fetching = False
        self._next = page.next
        if page.rows:
            first = len(self._rows)
            self.beginInsertRows(_NOWHERE, first, first + len(page.rows) - 1)
            self._rows.extend(page.rows)
            self.endInsertRows()

    def give_up(self) -> None:
        """The page that was asked for did not come; the next scrolling asks again."""
        self._fetching = False

    def row(self, line: int) -> RowT | None:
        return self._rows[line] if 0 <= line < len(self._rows) else None

    def row_of(self, record_id: str) -> int:
        return next((place for place, row in enumerate(self._rows) if row.id == record_id), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._next is not None and not self._fetching

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent) and self._next is not None:
            self._fetching = True
            self.wanted.emit(self._next)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column. Only a list that is whole can be: what has not come yet has no place."""
        key = self.columns[column].sort if 0 <= column < len(self.columns) else None
        if key is None or not self.whole:
            return
        self.beginResetModel()
        self._rows.sort(key=lambda row: _none_last(key(row)), reverse=order == Qt.SortOrder.DescendingOrder)
        self.endResetModel()


def _none_last(value: Any) -> tuple[bool, Any]:
    return (value is None, value if value is not None else 0)
