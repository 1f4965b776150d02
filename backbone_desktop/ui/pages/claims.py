"""Claims: everything that was taken in or begun, narrowed by state, found by receipt number, name or ID number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backbone_core.claim import ClaimState
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.models.claim_list import claim_columns
from backbone_desktop.ui.models.keyset_model import KeysetModel
from backbone_desktop.ui.presenters.claims import (
    count_claims,
    count_in,
    count_line,
    find_claims,
    state_words,
    states_offered,
)
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.filter_line import Chips, FilterLine, SearchField
from backbone_desktop.ui.widgets.list_table import ListTable, RowAct
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.text import Secondary

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.rows import ClaimRow, Page


class ClaimsPage(QWidget):
    """Opened with `state`, the list is narrowed to it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Claims")
        self._header = PageHeader(self.title)
        new = PrimaryButton(t("New claim"), icon_name="plus", shortcut="F2")
        new.clicked.connect(self._new)
        self._header.add_action(new)
        self.search = SearchField(t("Receipt no., name, initials, ID number"), t("Find a claim"))
        self.chips = Chips([(one, state_words(t, one)) for one in states_offered({})], t("State"))
        self._model: KeysetModel[ClaimRow] = KeysetModel(claim_columns(t), self)
        first = PlainButton(t("New claim"), icon_name="plus")
        first.clicked.connect(self._new)
        self._empty = EmptyState("file-text", "", "", first)
        self.table = ListTable(self._model, self.title, empty=self._empty, acts=(
            RowAct(t("Open"), self._open, "file-text"),
            RowAct(t("Receipt"), self._open_receipt, "printer", lambda row: row.state is not ClaimState.DRAFT),
        ))
        self._count = Secondary()
        self._lay_out()
        self.search.sought.connect(lambda _: self.refresh())
        self.search.went_on.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))
        self.search.opened.connect(self._open_marked)
        self.chips.chosen.connect(lambda _: self.refresh())
        self.table.opened.connect(self._open)
        self.table.typed_ahead.connect(self._search_for)
        self._model.wanted.connect(self._fetch)
        context.signals.changed.connect(self._on_changed)

    def show_with(self, state: str = "", **_arguments: str) -> None:
        if state:
            self._offer_states({}, state)
            self.chips.choose(state)
        self.refresh()
        self.search.setFocus(Qt.FocusReason.TabFocusReason)

    def refresh(self) -> None:
        desk, typed, state, least = self._asked()
        self._context.store.run(lambda: (find_claims(desk, typed, state, None, least), count_claims(desk)),
                                self._show, latest="claims")

    def leave(self) -> bool:
        return True

    def _asked(self) -> tuple[Desk, str, str, int]:
        return self._context.desk, self.search.text().strip(), self.chips.value, len(self._model.rows)

    def _show(self, found: tuple[Page[ClaimRow], Mapping[str, int]]) -> None:
        page, counts = found
        t, typed, state = self._t, self.search.text().strip(), self.chips.value
        self._offer_states(counts, state)
        for one, chip in self.chips.chips.items():
            chip.set_count(count_in(counts, one))
        if typed or state:
            self._empty.say(t("No claim was found"), t("Look under All, or type less of the name or number."))
        else:
            self._empty.say(t("No claim was taken in yet"),
                            t("Register the household first, then the claim of one of its members."))
        self.table.show_page(page)
        self._count.setText(count_line(t, page.total, bool(typed or state)) if page.rows else "")

    def _offer_states(self, counts: Mapping[str, int], chosen: str) -> None:
        self.chips.offer([(one, state_words(self._t, one)) for one in states_offered(counts, chosen)])

    def _fetch(self, after: str) -> None:
        desk, typed, state, _ = self._asked()
        self._context.store.run(lambda: find_claims(desk, typed, state, after),
                                lambda page: self._model.append(after, page),
                                self._fetching_failed, latest="claims.more")

    def _fetching_failed(self, error: Exception) -> None:
        self._model.give_up()
        self._context.signals.problem.emit(error)

    def _new(self) -> None:
        self._context.navigate.open("claim", claim_id="", member_id="")

    def _open(self, row: ClaimRow) -> None:
        self._context.navigate.open("claim", claim_id=row.id)

    def _open_receipt(self, row: ClaimRow) -> None:
        self._context.navigate.open("receipt", claim_id=row.id)

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
        column.addWidget(FilterLine(self.search, self.chips))
        column.addWidget(self.table, 1)
        column.addSpacing(theme.S)
        column.addWidget(self._count)
