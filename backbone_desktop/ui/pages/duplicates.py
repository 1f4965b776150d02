"""Double records: the search over the whole roll, the pairs that it found, and each pair decided by somebody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.models.duplicate_list import pair_columns
from backbone_desktop.ui.models.keyset_model import KeysetModel
from backbone_desktop.ui.pages.duplicates_compare import CompareStep
from backbone_desktop.ui.pages.duplicates_search import DuplicateSearch
from backbone_desktop.ui.presenters import duplicates as shown
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import PrimaryButton
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.list_table import ListTable, RowAct
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.text import Secondary
from backbone_desktop.ui.work_panel import WorkPanel

if TYPE_CHECKING:
    from backbone_desktop.services.duplicate_ports import Pair
    from backbone_desktop.services.duplicates import PairRow
    from backbone_desktop.services.merging import Merged, PairView
    from backbone_desktop.services.rows import Page


class DuplicatesPage(QWidget):
    """The first visit searches. What was found stays until somebody searches again; a decided pair goes at once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Double records")
        self._pairs: tuple[Pair, ...] | None = None
        self.searching = DuplicateSearch(context, self)
        self._deciding = False
        self._header = PageHeader(self.title, back=t("Back (Esc)"))
        self._header.back_clicked.connect(self.go_back)
        self.search = PrimaryButton(t("Search the whole register"), icon_name="search", shortcut="F2")
        self.search.clicked.connect(self.begin_search)
        self._header.add_action(self.search)
        self.notice = FormNotice(t)
        self._model: KeysetModel[PairRow] = KeysetModel(pair_columns(t), self)
        self._empty = EmptyState("users", "")
        self.table = ListTable(self._model, self.title, empty=self._empty,
                               acts=(RowAct(t("Compare"), self._open_row, "file-text"),))
        self._count = Secondary()
        self.compare = CompareStep(t)
        self.panel = WorkPanel(t)
        self._steps = QStackedWidget()
        self._lay_out()
        self._connect()

    def show_with(self, one_id: str = "", other_id: str = "", **_arguments: str) -> None:
        self.notice.clear()
        if one_id:
            self._open(one_id, other_id)
        elif self._pairs is None and not self.searching.running:
            self._show_list()
            self.begin_search()
        else:
            self._show_list()
            self.refresh()

    def refresh(self) -> None:
        """Ask anew who the people of the pairs are; the register is searched again on purpose only."""
        if self.step is self.compare and self.compare.view is not None:
            view = self.compare.view
            self._open(view.one.member.id, view.other.member.id)
        elif self._pairs is not None:
            desk, pairs = self._context.desk, self._pairs
            self._context.store.run(lambda: shown.page_of(desk, pairs, None), self._show_pairs, latest="duplicates")

    def leave(self) -> bool:
        return not self._deciding

    @property
    def step(self) -> QWidget:
        return self._steps.currentWidget()

    # -- the search

    def begin_search(self) -> None:
        if not self.searching.running:
            self._show_list()
            self.search.setEnabled(False)
            self._empty.say(self._t("Searching…"), "")
            self.panel.begin(self._t("Searching the whole register"))
            self.searching.begin()

    def stop_search(self) -> None:
        self.searching.stop()
        self._search_ended()
        if self._pairs is None:
            self._empty.say(self._t("The register was not searched to its end"), self._t("F2 searches again."))

    def _found(self, pairs: tuple[Pair, ...]) -> None:
        self._pairs = pairs
        self._search_ended()
        self._empty.say(self._t("No double records"), self._t("Nobody in the register looks like somebody else."))
        self.refresh()

    def _search_failed(self, error: BackboneError) -> None:
        self.stop_search()
        self._context.signals.problem.emit(error)

    def _search_ended(self) -> None:
        self.search.setEnabled(True)
        self.panel.end()

    # -- the pairs

    def _show_pairs(self, page: Page[PairRow]) -> None:
        self.table.show_page(page)
        self._count.setText(shown.count_line(self._t, len(self._pairs or ())))

    def _fetch(self, after: str) -> None:
        desk, pairs = self._context.desk, self._pairs or ()
        self._context.store.run(lambda: shown.page_of(desk, pairs, after),
                                lambda page: self._model.append(after, page),
                                lambda _: self._model.give_up(), latest="duplicates.more")

    def _open_row(self, row: PairRow) -> None:
        self.notice.clear()
        self._open(row.one.id, row.other.id)

    def _open(self, one_id: str, other_id: str) -> None:
        desk = self._context.desk
        self._context.store.run(lambda: shown.open_pair(desk, one_id, other_id), self._show_pair, self._failed,
                                latest="duplicates.pair")

    def _show_pair(self, view: PairView) -> None:
        self.compare.show_pair(view)
        self._steps.setCurrentWidget(self.compare)
        self.search.hide()
        self.compare.take_focus()

    def _show_list(self) -> None:
        self._steps.setCurrentIndex(0)
        self.search.show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- deciding

    def carry_merge(self) -> None:
        view, sides, desk = self.compare.view, dict(self.compare.sides), self._context.desk
        if view is not None:
            self._decide(lambda: shown.merge(desk, view, sides), lambda made: self._merged(view, made))

    def carry_different(self) -> None:
        from backbone_desktop.services.duplicates import tell_apart

        view, desk = self.compare.view, self._context.desk
        if view is not None:
            ids = view.one.member.id, view.other.member.id
            self._decide(lambda: tell_apart(desk, *ids), lambda _: self._told_apart(view))

    def take_back(self, view: PairView) -> None:
        from backbone_desktop.services.duplicates import take_back

        desk, pair = self._context.desk, shown.pair_of(view)
        self._pairs = (pair, *(self._pairs or ()))
        self._decide(lambda: take_back(desk, pair.one_id, pair.other_id), lambda _: self._decided(""))

    def _decide(self, act: Callable[[], Any], done: Callable[[Any], None]) -> None:
        if self._deciding:
            return
        self._deciding = True
        self.notice.clear()
        self.compare.setEnabled(False)

        def finish(result: Any) -> None:
            self._rest()
            done(result)

        self._context.store.run(act, finish, self._refused)

    def _merged(self, view: PairView, made: Merged) -> None:
        self._forget(view)
        self._decided(shown.merged_words(self._t, made))

    def _told_apart(self, view: PairView) -> None:
        self._forget(view)
        self._decided(shown.told_apart_words(self._t, view),
                      (self._t("Undo"), lambda: self.take_back(view)))

    def _forget(self, view: PairView) -> None:
        if self._pairs is not None:
            self._pairs = shown.without(self._pairs, view)

    def _decided(self, text: str, *acts: tuple[str, Callable[[], None]]) -> None:
        self._show_list()
        self._context.signals.changed.emit(shown.CHANGED)
        if text:
            self.notice.say(Meaning.DONE, text, *acts)
        self.refresh()

    def _rest(self) -> None:
        self._deciding = False
        self.compare.setEnabled(True)

    def _refused(self, error: BackboneError) -> None:
        self._rest()
        if not isinstance(error, RuleBroken):
            self._context.signals.problem.emit(error)
            return
        self.notice.say(Meaning.ATTENTION, "\n".join(self._t.finding(found) for found in error.findings))
        self.compare.go_to(error.field)

    def _failed(self, error: BackboneError) -> None:
        if isinstance(error, RuleBroken):
            self.notice.say(Meaning.ATTENTION, self._t.error(error))
            self._show_list()
        else:
            self._context.signals.problem.emit(error)

    def _reveal(self) -> None:
        view, desk = self.compare.view, self._context.desk
        if view is not None:
            self._context.store.run(lambda: shown.revealed(desk, view),
                                    lambda found: self.compare.show_pair(found, whole=True), self._failed)

    # -- around them

    def go_back(self) -> None:
        if self._deciding:
            return
        self.notice.clear()
        if self.step is self.compare and self._pairs is not None:
            self._show_list()
        else:
            self._context.navigate.back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _on_changed(self, _changes: frozenset[tuple[str, str]]) -> None:
        if self.isVisible() and not self._deciding and self.step is not self.compare:
            self.refresh()

    def _connect(self) -> None:
        self.table.opened.connect(self._open_row)
        self._model.wanted.connect(self._fetch)
        self.panel.cancelled.connect(self.stop_search)
        self.searching.advanced.connect(self.panel.advance)
        self.searching.found.connect(self._found)
        self.searching.failed.connect(self._search_failed)
        self.compare.merge.clicked.connect(self.carry_merge)
        self.compare.different.clicked.connect(self.carry_different)
        self.compare.whole.clicked.connect(self._reveal)
        self.compare.household_wanted.connect(
            lambda household_id: self._context.navigate.open("household", household_id=household_id))
        self._context.signals.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        pairs = QWidget()
        inside = QVBoxLayout(pairs)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.S)
        inside.addWidget(Secondary(self._t(
            "Records that may be one person's: the same number, one mistake in it, the same name and birth date, or "
            "the same phone and account. Enter compares a pair.")))
        inside.addWidget(self.table, 1)
        inside.addWidget(self._count)
        self._steps.addWidget(pairs)
        self._steps.addWidget(self.compare)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.notice)
        column.addWidget(self._steps, 1)
        column.addWidget(self.panel)
