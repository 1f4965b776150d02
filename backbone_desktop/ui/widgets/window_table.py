"""The table of a list of any length, by place or not: → unfolds a head, ← folds it or goes up to it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from backbone_desktop.services.listing_ports import Order
from backbone_desktop.ui.models.window_model import WindowModel
from backbone_desktop.ui.presenters.lists import Marked, Pages, Shown
from backbone_desktop.ui.presenters.outline import Head, HeadKey, Outline, all_folded
from backbone_desktop.ui.widgets.outline_painter import OutlinePainter
from backbone_desktop.ui.widgets.row_table import RowAct, RowTable
from backbone_desktop.words import Words

_TOGGLES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class WindowTable(RowTable):
    """The store sorts: a header that is clicked sends `sort_wanted(by, descending)`."""

    sort_wanted = Signal(str, bool)

    def __init__(self, model: WindowModel[Any], name: str, words: Words, parent: QWidget | None = None, *,
                 acts: tuple[RowAct, ...] = (), empty: QWidget | None = None) -> None:
        super().__init__(model, name, parent, acts=acts, empty=empty)
        self._window = model
        self._t = words
        self._painter = OutlinePainter(self, model)
        self._sorted_by = ("", False)
        self._opens_when_here = False

    # -- lists come and go

    def show_list(self, shown: Shown, *, anew: bool) -> None:
        """Show a list; unless it is another one (`anew`), it stays scrolled where it was."""
        bar = self.verticalScrollBar()
        scrolled = 0 if anew else bar.value()
        self._window.show(shown.order, shown.outline, shown.pages)
        self._sorted_by = (shown.asked.sort, shown.asked.descending)
        self._tell_sorting()
        if shown.outline.count:
            self.mark(max(0, shown.line))
        else:
            self.marked.emit(None)
        if shown.line < 0 or not anew:
            bar.setValue(scrolled)
        self._show_empty(not shown.outline.count)

    def take(self, order: Order, pages: Pages) -> None:
        """The rows that the model asked for, of the list that stood in this order."""
        for page, rows in pages.items():
            self._window.put(order, page, rows)
        if self._opens_when_here and self.row is not None:
            self._open(self.currentIndex().row())

    @property
    def looked_at(self) -> tuple[int, int]:
        """The first line that is seen and how many there is room for."""
        height = self.verticalHeader().defaultSectionSize()
        return self.verticalScrollBar().value() // height, self.viewport().height() // height + 2

    @property
    def marked_key(self) -> Marked:
        line = self.currentIndex().row()
        if line < 0:
            return None
        head = self._window.head(line)
        return head.key if head is not None else self._window.key_of(line)

    @property
    def head(self) -> Head | None:
        """The marked head, None where a record is marked."""
        line = self.currentIndex().row()
        return self._window.head(line) if line >= 0 else None

    # -- folding

    @property
    def folded(self) -> frozenset[HeadKey]:
        return self._window.outline.folded

    def fold(self, folded: frozenset[HeadKey]) -> None:
        """Show the list with these heads folded; what is marked stays marked, or the head that hides it is."""
        kept, order, before = self.marked_key, self._window.order, self.currentIndex().row()
        at = self._window.outline.at(before) if before >= 0 else 0
        scrolled = self.verticalScrollBar().value()
        outline = Outline(len(order.keys), order.places, folded)
        self._window.fold(outline)
        if isinstance(at, Head):
            line = outline.line_of_head(at.key) if kept is not None else -1
            line = line if line >= 0 else outline.line_of_head((at.township, None))
        else:
            line = outline.line_of(at)
        self.verticalScrollBar().setValue(scrolled)
        self.mark(max(0, line))

    def fold_all(self) -> None:
        self.fold(all_folded(self._window.order.places))

    def unfold_all(self) -> None:
        self.fold(frozenset())

    def toggle(self, head: Head) -> None:
        self.fold(self.folded ^ {head.key})

    # -- keys, menu, header

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._opens_when_here = False
        line = self.currentIndex().row()
        if line >= 0 and self._window.outline.by_place and self._folding_key(event, line):
            return
        if event.key() in _TOGGLES[:2] and line >= 0 and self.row is None:
            self._opens_when_here = True
            return
        super().keyPressEvent(event)

    def _folding_key(self, event: QKeyEvent, line: int) -> bool:
        head, whole = self._window.head(line), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        if key == Qt.Key.Key_Right and whole:
            self.unfold_all()
        elif key == Qt.Key.Key_Left and whole:
            self.fold_all()
        elif head is not None and (key in _TOGGLES or (key == Qt.Key.Key_Right and head.folded)
                                   or (key == Qt.Key.Key_Left and not head.folded)):
            self.toggle(head)
        elif key == Qt.Key.Key_Right and head is not None:
            self.mark(min(line + 1, self._window.outline.count - 1))
        elif key == Qt.Key.Key_Left and (over := self._window.outline.head_over(line)) >= 0:
            self.mark(over)
        else:
            return key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        return True

    def _open(self, line: int) -> None:
        self._opens_when_here = False
        head = self._window.head(line) if 0 <= line < self._window.outline.count else None
        if head is not None:
            self.toggle(head)
        else:
            super()._open(line)

    def folding_menu(self, head: Head) -> QMenu:
        menu = QMenu(self)
        for text, do in ((self._t("Unfold") if head.folded else self._t("Fold"), lambda: self.toggle(head)),
                         (self._t("Unfold all"), self.unfold_all), (self._t("Fold all"), self.fold_all)):
            entry = QAction(text, menu)
            entry.triggered.connect(do)
            menu.addAction(entry)
        return menu

    def _marked_menu(self) -> QMenu | None:
        head = self.head
        return self.folding_menu(head) if head is not None else super()._marked_menu()

    def copy(self) -> None:
        head = self.head
        if head is not None:
            self._copy_text("\t".join((head.township, head.village or "", str(head.count))))
        else:
            super().copy()

    def _sort_by(self, place: int) -> None:
        """Up, down, and back to the list's own order."""
        by = self._rows.columns[place].by
        if by:
            sorted_by, down = self._sorted_by
            third = sorted_by == by and down
            self.sort_wanted.emit("" if third else by, sorted_by == by and not down)

    def _tell_sorting(self) -> None:
        head = self.horizontalHeader()
        by, down = self._sorted_by
        place = next((place for place, column in enumerate(self._rows.columns) if column.by == by), -1) if by else -1
        head.setSortIndicatorShown(place >= 0)
        if place >= 0:
            head.setSortIndicator(place, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)

    def columns_menu(self) -> QMenu:
        """Which columns are shown, and by which the list is sorted: for whoever has no mouse."""
        menu = super().columns_menu()
        menu.addSeparator()
        orders = menu.addMenu(self._t("Sort by"))
        own = orders.addAction(self._t("As it was entered, newest first"))
        own.triggered.connect(lambda: self.sort_wanted.emit("", False))
        for column in self._rows.columns:
            if column.by:
                entry = orders.addAction(column.title)
                entry.triggered.connect(lambda _=False, by=column.by: self.sort_wanted.emit(by, False))
        return menu
