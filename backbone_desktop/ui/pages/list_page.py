"""What the pages of the long lists share: search, chips, by place or not, sorting, scrolling, refreshing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.services.duties import Duty, may
from backbone_desktop.services.listing_ports import Asked, ListName
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.models.keyset_model import Column
from backbone_desktop.ui.models.window_model import WindowModel
from backbone_desktop.ui.pages.list_export import ListExport
from backbone_desktop.ui.presenters.lists import Look, Shown, choice_words, choices_in_order, fetch, open_list
from backbone_desktop.ui.widgets.buttons import IconButton, PlainButton
from backbone_desktop.ui.widgets.choice_chip import ChoiceChip
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.filter_line import Chip, Chips, FilterLine, SearchField
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.row_table import RowAct
from backbone_desktop.ui.widgets.text import Secondary
from backbone_desktop.ui.widgets.window_table import WindowTable

SLOW_MS = 250
"""An order that takes longer is told to be under way."""


class ListPage(QWidget):
    """A page says which list it shows, its columns, and in which words; the rest is the same for all."""

    def __init__(self, context: Context, name: ListName, title: str, columns: Sequence[Column[Any]], *,
                 prompt: str, search_name: str, empty: EmptyState, acts: tuple[RowAct, ...],
                 filters: Mapping[str, str], buttons: tuple[QPushButton, ...], chips: Chips | None = None) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self._name = name
        self.title = title
        self._empty = empty
        self._asked: Asked | None = None
        """What the list that is shown was asked for; None before the first."""
        self._sort = ("", False)
        self.search = SearchField(prompt, search_name)
        self._model: WindowModel[Any] = WindowModel(columns, t, self)
        self.table = WindowTable(self._model, title, t, empty=empty, acts=acts)
        self.choices = {what: ChoiceChip(words, t("All")) for what, words in filters.items()}
        self.by_place = Chip("by_place", t("By village"))
        self._columns = IconButton("columns-3", t("Columns and order"))
        self._count = Secondary()
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(lambda: self._count.setText(t("Counting…")))
        self._header = PageHeader(title)
        self.export = ListExport(context, title, self.asked)
        self._export = PlainButton(t("Export"), icon_name="file-spreadsheet", shortcut="Ctrl+E")
        if not may(context.desk, Duty.EXPORT):
            self._export.hide()
        for button in (self._columns, self._export, *buttons):
            self._header.add_action(button)
        self._lay_out(chips)
        self._connect()

    # --- what a page says itself

    def _narrowed(self) -> tuple[tuple[str, str], ...]:
        """What the list is narrowed to; a page with chips of its own adds them."""
        return tuple((what, chip.value) for what, chip in self.choices.items() if chip.value)

    def _say_count(self, total: int, narrowed: bool, capped: bool) -> str:
        raise NotImplementedError

    def _say_empty(self, narrowed: bool) -> None:
        """Put words into `_empty`."""
        raise NotImplementedError

    def _open(self, row: Any) -> None:
        raise NotImplementedError

    def _beside(self) -> Callable[[], Any]:
        """What else the store is asked for with each list; carried out on the store worker."""
        return lambda: None

    def _show_beside(self, answer: Any) -> None:
        pass

    # --- the page as the window knows it

    def show_with(self, **_arguments: str) -> None:
        self.refresh()
        self.search.setFocus(Qt.FocusReason.TabFocusReason)

    def leave(self) -> bool:
        return True

    def asked(self) -> Asked:
        sort, down = self._sort
        return Asked(name=self._name, typed=self.search.text().strip(), narrowed=self._narrowed(), sort=sort,
                     descending=down, by_place=self.by_place.isChecked())

    def refresh(self) -> None:
        """Ask for the list anew. Of another one the beginning is shown as soon as it is there."""
        from backbone_desktop.services.listings import FIRST

        anew = self.asked() != self._asked
        self._ask(anew, FIRST if anew else None)

    def _ask(self, anew: bool, limit: int | None) -> None:
        desk, look, beside = self._context.desk, self._look(anew), self._beside()
        self._slow.start()
        self._context.store.run(lambda: (open_list(desk, look, limit), beside()),
                                lambda answer: self._show(*answer, anew=anew), self._failed, latest=self._name)

    def _look(self, anew: bool) -> Look:
        top, lines = (0, 60) if anew else self.table.looked_at
        before = self._asked
        refolds = before is None or not before.by_place or before.narrowed != self._narrowed()
        asked = self.asked()
        # Whoever types means the best find, whatever was marked before.
        kept = self.table.marked_key if before is None or before.typed == asked.typed else None
        return Look(asked, kept, None if refolds else self.table.folded, top, lines)

    def _show(self, shown: Shown, beside: Any, *, anew: bool) -> None:
        self._slow.stop()
        narrowed = bool(shown.asked.typed or shown.asked.narrowed)
        self._say_empty(narrowed)
        self._asked = shown.asked
        self.table.show_list(shown, anew=anew)
        self._show_beside(beside)
        if not shown.order.whole:
            self._count.setText("")
            self._ask(False, None)
            return
        total = shown.outline.total
        self._count.setText(self._say_count(total, narrowed, shown.order.capped) if total else "")

    def _failed(self, error: BackboneError) -> None:
        self._slow.stop()
        self._context.signals.problem.emit(error)

    # --- what is asked for while somebody scrolls, narrows and sorts

    def _fetch(self, pages: list[int]) -> None:
        desk, name, order = self._context.desk, self._name, self._model.order
        self._context.store.run(lambda: fetch(desk, name, order, pages),
                                lambda found: self.table.take(order, found), self._context.signals.problem.emit,
                                latest=f"{self._name}.rows")

    def _offer(self, what: str) -> None:
        from backbone_desktop.services.listings import list_choices

        desk, asked, year = self._context.desk, self.asked(), self._context.office.policy_year

        def show(found: tuple[tuple[str, int], ...]) -> None:
            self.choices[what].offer([(value, choice_words(self._t, what, value, year), n)
                                      for value, n in choices_in_order(what, found)])

        self._context.store.run(lambda: list_choices(desk, asked, what), show, latest=f"{self._name}.choices")

    def _narrow(self, what: str) -> None:
        if what == "township" and "village" in self.choices:
            village = self.choices["village"]
            village.choose("", "")
            village.setEnabled(bool(self.choices[what].value))
        self.refresh()

    def _sort_by(self, by: str, descending: bool) -> None:
        self._sort = (by, descending)
        self.refresh()

    def _open_marked(self) -> None:
        if (row := self.table.row) is not None:
            self._open(row)

    def _search_for(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(text)

    def _on_changed(self, _changes: frozenset[tuple[str, str]]) -> None:
        if self.isVisible():
            self.refresh()

    def _choose_columns(self) -> None:
        menu = self.table.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._columns.mapToGlobal(QPoint(0, self._columns.height())))

    def _connect(self) -> None:
        self.search.sought.connect(lambda _: self.refresh())
        self.search.went_on.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))
        self.search.opened.connect(self._open_marked)
        self.table.opened.connect(self._open)
        self.table.typed_ahead.connect(self._search_for)
        self.table.sort_wanted.connect(self._sort_by)
        self._model.wanted.connect(self._fetch)
        for what, chip in self.choices.items():
            chip.wanted.connect(lambda what=what: self._offer(what))
            chip.chosen.connect(lambda _, what=what: self._narrow(what))
        if "village" in self.choices:
            self.choices["village"].setEnabled(False)
        self.by_place.clicked.connect(lambda _=False: self.refresh())
        self._columns.clicked.connect(self._choose_columns)
        self._export.clicked.connect(self.export.begin)
        self.export.closed.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self._context.signals.changed.connect(self._on_changed)

    def _lay_out(self, chips: Chips | None) -> None:
        narrowing = QWidget()
        row = QHBoxLayout(narrowing)
        row.setContentsMargins(0, 0, 0, 0 if chips is None else theme.S)
        row.setSpacing(theme.XS + 2)
        for chip in self.choices.values():
            row.addWidget(chip)
        row.addSpacing(theme.S)
        row.addWidget(self.by_place)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.export)
        column.addWidget(FilterLine(self.search, narrowing if chips is None else chips))
        if chips is not None:
            column.addWidget(narrowing)
        column.addWidget(self.table, 1)
        column.addSpacing(theme.S)
        column.addWidget(self._count)
