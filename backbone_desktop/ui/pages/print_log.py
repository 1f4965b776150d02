"""The log of prints: who put which paper out when, and which copy it was; from here it is printed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.services.worklists import forms_here
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.models.keyset_model import KeysetModel
from backbone_desktop.ui.models.paper_list import print_columns
from backbone_desktop.ui.presenters.paper import title_of
from backbone_desktop.ui.presenters.print_log import count_words, log_page
from backbone_desktop.ui.widgets.buttons import PrimaryButton
from backbone_desktop.ui.widgets.choice_chip import ChoiceChip
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.filter_line import FilterLine, SearchField
from backbone_desktop.ui.widgets.list_table import ListTable, RowAct
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.text import Secondary

if TYPE_CHECKING:
    from backbone_desktop.services.print_ports import PrintRow
    from backbone_desktop.services.rows import Page


class PrintLogPage(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Log of prints")
        self._header = PageHeader(self.title, back=t("Back"))
        self._header.back_clicked.connect(context.navigate.back)
        self.again = PrimaryButton(t("Print again…"), icon_name="printer", shortcut="F9")
        self._header.add_action(self.again)
        self.search = SearchField(t("Number, clerk or printer"), t("Find a print"))
        self.form = ChoiceChip(t("Form"), t("All"))
        self._model: KeysetModel[PrintRow] = KeysetModel(print_columns(t), self)
        self.table = ListTable(
            self._model, self.title, acts=(RowAct(t("Print again…"), self._print_again, "printer"),),
            empty=EmptyState("printer", t("Nothing was printed here"),
                             t("Every paper that goes out stands here, with its number and who printed it.")))
        self._count = Secondary()
        self._lay_out()
        self._connect()

    def show_with(self, **_arguments: str) -> None:
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        desk, typed, form = self._context.desk, self.search.text().strip(), self.form.value
        self._context.store.run(lambda: log_page(desk, typed, form, None), self._show, latest="print log")

    def leave(self) -> bool:
        return True

    def _show(self, page: Page[PrintRow]) -> None:
        self.table.show_page(page)
        self._count.setText(count_words(self._t, page.total) if page.total else "")
        self.again.setEnabled(bool(page.rows))

    def _more(self, after: str) -> None:
        desk, typed, form = self._context.desk, self.search.text().strip(), self.form.value
        self._context.store.run(lambda: log_page(desk, typed, form, after),
                                lambda page: self._model.append(after, page), self._failed)

    def _failed(self, error: BackboneError) -> None:
        self._model.give_up()
        self._context.signals.problem.emit(error)

    def _print_again(self, row: PrintRow) -> None:
        self._context.navigate.open("paper", form=row.form, subject=row.subject)

    def _print_marked_again(self) -> None:
        if (row := self.table.row) is not None:
            self._print_again(row)

    def _offer_forms(self) -> None:
        self.form.offer([(form.value, title_of(self._t, form), -1) for form in forms_here()])

    def _on_changed(self, _changes: frozenset[tuple[str, str]]) -> None:
        if self.isVisible():
            self.refresh()

    def _connect(self) -> None:
        self.search.sought.connect(lambda _: self.refresh())
        self.search.went_on.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))
        self.search.opened.connect(self._print_marked_again)
        self.form.wanted.connect(self._offer_forms)
        self.form.chosen.connect(lambda _: self.refresh())
        self.table.opened.connect(self._print_again)
        self.again.clicked.connect(self._print_marked_again)
        self._model.wanted.connect(self._more)
        self._context.signals.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(FilterLine(self.search, self.form))
        column.addWidget(self.table, 1)
        column.addSpacing(theme.S)
        column.addWidget(self._count)
