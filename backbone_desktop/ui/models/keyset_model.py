"""The model of every list: frozen rows that come page by page, each page asked for where the one before ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from backbone_desktop.services.rows import Page
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
    """`width` is in characters (figures); 0 takes the room that is left. `sort` gives what the column is ordered by.

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


class KeysetModel(QAbstractTableModel, Generic[RowT]):
    """`wanted` asks for the page after a key; the list's owner answers with `append` (or `give_up`)."""

    wanted = Signal(str)

    def __init__(self, columns: Sequence[Column[RowT]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
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

    def row_of(self, record_id: str) -> int:
        """The place of a record, -1 where it is not (yet) in the list."""
        return next((place for place, row in enumerate(self._rows) if row.id == record_id), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role == DISPLAY:
            return column.text(row)
        if role == MARK:
            return column.mark(row) if column.mark is not None else None
        if role == QUIET:
            return column.quiet
        if role == ALIGNMENT:
            return RIGHT if column.right else LEFT
        if role == TOOLTIP and column.tip is not None:
            return column.tip(row)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != HORIZONTAL or not 0 <= section < len(self.columns):
            return None
        if role == DISPLAY:
            return self.columns[section].title
        return (RIGHT if self.columns[section].right else LEFT) if role == ALIGNMENT else None

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
