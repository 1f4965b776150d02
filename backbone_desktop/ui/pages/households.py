"""Households: the register, found by number, name, initials or household number; F2 takes a new one in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.models.household_list import household_columns
from backbone_desktop.ui.models.keyset_model import KeysetModel
from backbone_desktop.ui.presenters.households import count_line, find_households
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.filter_line import FilterLine, SearchField
from backbone_desktop.ui.widgets.list_table import ListTable, RowAct
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.text import Secondary

if TYPE_CHECKING:
    from backbone_desktop.services.rows import HouseholdRow, Page


class HouseholdsPage(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Households")
        self._header = PageHeader(self.title)
        new = PrimaryButton(t("New household"), icon_name="plus", shortcut="F2")
        new.clicked.connect(self._new)
        roster = PlainButton(t("Import a roster"), icon_name="file-down")
        roster.clicked.connect(lambda: context.navigate.open("roster"))
        double = PlainButton(t("Double records"), icon_name="users", shortcut="Ctrl+D")
        double.clicked.connect(lambda: context.navigate.open("duplicates"))
        self._header.add_action(double)
        self._header.add_action(roster)
        self._header.add_action(new)
        self.search = SearchField(t("ID number, name, initials, household no."), t("Find a household"))
        self._model: KeysetModel[HouseholdRow] = KeysetModel(household_columns(t), self)
        self._empty_act = PlainButton(t("New household"), icon_name="plus")
        self._empty_act.clicked.connect(self._new)
        self._empty = EmptyState("users", "", "", self._empty_act)
        self.table = ListTable(self._model, self.title, empty=self._empty,
                               acts=(RowAct(t("Open"), self._open, "file-text"),))
        self._count = Secondary()
        self._lay_out()
        self.search.sought.connect(lambda _: self.refresh())
        self.search.went_on.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))
        self.search.opened.connect(self._open_marked)
        self.table.opened.connect(self._open)
        self.table.typed_ahead.connect(self._search_for)
        self._model.wanted.connect(self._fetch)
        context.signals.changed.connect(self._on_changed)

    def show_with(self, **_arguments: str) -> None:
        self.refresh()
        self.search.setFocus(Qt.FocusReason.TabFocusReason)

    def refresh(self) -> None:
        desk, typed, least = self._context.desk, self.search.text().strip(), len(self._model.rows)
        self._context.store.run(lambda: (typed, find_households(desk, typed, None, least)), self._show,
                                latest="households")

    def leave(self) -> bool:
        return True

    def _show(self, found: tuple[str, Page[HouseholdRow]]) -> None:
        typed, page = found
        t = self._t
        if typed:
            self._empty.say(t("Nobody was found"), t("Check the number or the name, or register the household."))
        else:
            self._empty.say(t("No household is registered yet"),
                            t("Households and their people are registered here; whoever is eligible is covered at "
                              "once."))
        self.table.show_page(page)
        self._count.setText(count_line(t, page.total, typed) if page.rows else "")

    def _fetch(self, after: str) -> None:
        desk, typed = self._context.desk, self.search.text().strip()
        self._context.store.run(lambda: find_households(desk, typed, after),
                                lambda page: self._model.append(after, page),
                                self._fetching_failed, latest="households.more")

    def _fetching_failed(self, error: Exception) -> None:
        self._model.give_up()
        self._context.signals.problem.emit(error)

    def _new(self) -> None:
        self._context.navigate.open("household", household_id="")

    def _open(self, row: HouseholdRow) -> None:
        self._context.navigate.open("household", household_id=row.id)

    def _open_marked(self) -> None:
        if (row := self.table.row) is not None:
            self._open(row)

    def _search_for(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(text)

    def _on_changed(self, _changes: frozenset[tuple[str, str]]) -> None:
        if self.isVisible():
            self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(FilterLine(self.search))
        column.addWidget(self.table, 1)
        column.addSpacing(theme.S)
        column.addWidget(self._count)
