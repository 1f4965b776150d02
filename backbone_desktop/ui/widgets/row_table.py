"""What the tables of all lists share: keys, acts in a menu, copying as text, and a word where there is nothing."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import icon
from backbone_desktop.ui.models.keyset_model import Index, ListModel
from backbone_desktop.ui.widgets.row_painter import RowPainter

ROW_HEIGHT = 32
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class RowAct:
    """What can be done with the marked row; stands in the context menu as it does on a button."""

    text: str
    do: Callable[[Any], None]
    icon_name: str = ""
    fits: Callable[[Any], bool] = lambda row: True


class RowTable(QTableView):
    """Enter or a double click sends `opened(row)`; moving the mark sends `marked(row)` (None = no row)."""

    opened = Signal(object)
    marked = Signal(object)
    typed_ahead = Signal(str)
    """A letter or figure was typed on the list: the search line wants it."""

    def __init__(self, model: ListModel[Any], name: str, parent: QWidget | None = None, *,
                 acts: tuple[RowAct, ...] = (), empty: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._acts = acts
        self._empty = empty
        self.setModel(model)
        self._painter = RowPainter(self, model)
        self._over = -1
        self.setAccessibleName(name)
        self._dress()
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        if empty is not None:
            empty.setParent(self.viewport())
            empty.hide()

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.scaled(ROW_HEIGHT))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(theme.XXL)
        head.setFont(theme.secondary_font())
        head.setFixedHeight(theme.scaled(ROW_HEIGHT))
        head.setSortIndicatorShown(False)
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._sort_by)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._choose_columns)
        figure = QFontMetricsF(self.font()).horizontalAdvance("0")  # whole pixels would cut a long number's end off
        for place, column in enumerate(self._rows.columns):
            self.setColumnHidden(place, column.spare)
            if column.width:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(place, math.ceil(column.width * figure) + 2 * theme.S + 2)
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    # -- the marked row

    @property
    def row(self) -> Any:
        """The marked row, or None."""
        index = self.currentIndex()
        return self._rows.row(index.row()) if index.isValid() else None

    @property
    def first(self) -> Any:
        """The first row, or None."""
        return self._rows.row(0) if self._rows.rowCount() else None

    @property
    def record_id(self) -> str:
        row = self.row
        return "" if row is None else str(row.id)

    def mark(self, place: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        index = self._rows.index(place, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.marked.emit(self._rows.row(current.row()) if current.isValid() else None)

    # -- keys, menu, copying

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENS:
            self._open(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._rows.rowCount():
            self.mark(0 if event.key() == Qt.Key.Key_Home else self._rows.rowCount() - 1)
        elif (text := event.text()) and text.isprintable() and not text.isspace() and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            self.typed_ahead.emit(text)
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the marked row on the clipboard as text, its visible cells with tabs between them."""
        if (row := self.row) is not None:
            head = self.horizontalHeader()
            shown = (head.logicalIndex(visual) for visual in range(head.count()))
            cells = [self._rows.columns[one].text(row) for one in shown if not self.isColumnHidden(one)]
            self._copy_text("\t".join(cells))

    def _copy_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def menu_for(self, row: Any) -> QMenu:
        """The acts that fit a row, the same as its buttons."""
        menu = QMenu(self)
        for act in self._acts:
            if act.fits(row):
                entry = QAction(icon(act.icon_name), act.text, menu) if act.icon_name else QAction(act.text, menu)
                entry.triggered.connect(lambda _=False, act=act: act.do(row))
                menu.addAction(entry)
        return menu

    def _marked_menu(self) -> QMenu | None:
        row = self.row
        return None if row is None else self.menu_for(row)

    def _show_menu(self, at: QPoint) -> None:
        menu = self._marked_menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.viewport().mapToGlobal(at))

    def _open(self, place: int) -> None:
        if (row := self._rows.row(place)) is not None:
            self.opened.emit(row)

    # -- header and the empty list

    def _sort_by(self, place: int) -> None:
        """The header of a column was clicked."""
        raise NotImplementedError

    def _choose_columns(self, at: QPoint) -> None:
        menu = self.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def columns_menu(self) -> QMenu:
        """Which columns are shown; the first one always is."""
        menu = QMenu(self)
        for place, column in enumerate(self._rows.columns):
            entry = QAction(column.title, menu)
            entry.setCheckable(True)
            entry.setChecked(not self.isColumnHidden(place))
            entry.setEnabled(place > 0)
            entry.toggled.connect(lambda on, place=place: self.setColumnHidden(place, not on))
            menu.addAction(entry)
        return menu

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._painter.paint(painter, event.rect(), self._over)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._go_over(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._go_over(-1)

    def _go_over(self, row: int) -> None:
        if row != self._over:
            self._over = row
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_empty()

    def _show_empty(self, empty: bool) -> None:
        if self._empty is not None:
            self._empty.setVisible(empty)
            self._place_empty()

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self.horizontalHeader().setVisible(self._empty.isHidden())
