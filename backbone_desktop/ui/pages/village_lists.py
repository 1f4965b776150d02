"""The lists of villages: which list, for which days, of which village; looked at and printed, or all in one PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backbone_core.dates import last_working_day
from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.services.rows import Page
from backbone_desktop.services.village_papers import VillagePaper, village_papers
from backbone_desktop.services.villages import USUAL_WORKING_DAYS, VillageList
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.long_work import LongWork
from backbone_desktop.ui.models.keyset_model import KeysetModel
from backbone_desktop.ui.models.village_list import village_columns
from backbone_desktop.ui.paper_out import ask_where
from backbone_desktop.ui.presenters import village_lists as shown
from backbone_desktop.ui.presenters.print_batch import Outcome, save_all
from backbone_desktop.ui.presenters.village_lists import Typed
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.date_edit import DateEdit
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.filter_line import Chips, FilterLine, SearchField
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.list_table import ListTable, RowAct
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.text import Secondary

DAY_WIDTH = 116


class VillageListsPage(QWidget):
    """Enter or F9 looks at the marked village's list, from where it is printed; Ctrl+S saves all that are shown."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Lists of villages")
        self._header = PageHeader(self.title, back=t("Back (Esc)"))
        self._header.back_clicked.connect(self.go_back)
        self.save = PlainButton(t("Save all as one PDF…"), icon_name="file-down", shortcut="Ctrl+S")
        self.look = PrimaryButton(t("Look and print"), icon_name="printer", shortcut="F9")
        for button in (self.save, self.look):
            self._header.add_action(button)
        self.notice = FormNotice(t)
        self.kinds = Chips([(kind.value, shown.kind_words(t, kind)) for kind in VillageList], t("Kind of list"))
        self.search = SearchField(t("Township or village"), t("Find a village"))
        self.first, self.last = DateEdit(), DateEdit()
        self.paid_first, self.paid_last = DateEdit(), DateEdit()
        self._days = Secondary()
        self._model: KeysetModel[VillagePaper] = KeysetModel(village_columns(t), self)
        self.table = ListTable(self._model, self.title, empty=EmptyState(
            "file-text", t("No village has such a list"), t("Look for another name, or choose another list.")),
            acts=(RowAct(t("Look and print"), self._open, "printer"),))
        self._count = Secondary()
        self._hanging, self._payments = QWidget(), QWidget()
        self._body = QWidget()
        self.work = LongWork(context, self.notice, self._body, self)
        self._lay_out()
        self._connect()

    # -- the page as the window knows it

    def show_with(self, **_arguments: str) -> None:
        self.notice.clear()
        if not self.first.typed():
            self._hang_from(self._context.desk.clock.today())
        self._choose_kind(self.kinds.value or VillageList.COVERED.value)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        desk, asked = self._context.desk, self.typed.asked()
        self._context.store.run(lambda: village_papers(desk, asked), self._show, self._failed, latest="village lists")

    def leave(self) -> bool:
        return not self.work.busy

    def go_back(self) -> None:
        if not self.work.busy:
            self._context.navigate.back()

    # -- what is asked for, and what there is

    @property
    def typed(self) -> Typed:
        return Typed(VillageList(self.kinds.value), self.search.text(), self.first.day, self.last.day,
                     self.paid_first.day, self.paid_last.day)

    def _choose_kind(self, value: str) -> None:
        self.kinds.choose(value)
        self._hanging.setVisible(value != VillageList.RENEWAL)
        self._payments.setVisible(value == VillageList.PAID)
        self.refresh()

    def _hang_from(self, first: date) -> None:
        self.first.set_typed(first.isoformat())
        self.last.set_typed(last_working_day(first, USUAL_WORKING_DAYS).isoformat())

    def _first_left(self) -> None:
        """The usual number of days from the new day on; the last one may be changed after it."""
        if (first := self.first.day) is not None and (self.last.day is None or self.last.day < first):
            self._hang_from(first)
        self.refresh()

    def _show(self, rows: tuple[VillagePaper, ...]) -> None:
        marked = self.table.row
        self.table.show_page(Page(rows, None, len(rows)))
        if marked is not None:  # the same village under another key
            self.table.mark(next((n for n, one in enumerate(rows) if one.place == marked.place), 0))
        self._count.setText(shown.count_line(self._t, rows, self.typed.kind))
        self._days.setText(shown.days_line(self._t, self.typed))
        for button in (self.save, self.look):
            button.setEnabled(bool(rows))

    def _failed(self, error: BackboneError) -> None:
        self._show(())
        self._count.setText("")
        if isinstance(error, RuleBroken):
            self.notice.say(Meaning.ATTENTION, self._t.error(error))
        else:
            self._context.signals.problem.emit(error)

    # -- looking, printing, saving

    def _open(self, row: VillagePaper) -> None:
        self._context.navigate.open("paper", form=self.typed.kind.form.value, subject=row.id)

    def look_at_marked(self) -> None:
        if (row := self.table.row) is not None and not self.work.busy:
            self._open(row)

    def _ask_where(self) -> None:
        kind = self._t(f"village_list.{self.typed.kind}")
        path = ask_where(self, self._t("Save all as one PDF…"), f"{kind}.pdf")
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        run, desk = shown.run_of_all(self._model.rows, self.typed.kind), self._context.desk
        papers = self._context.backend.papers
        self.work.carry_out(self._t("Writing the PDF"), lambda report, stopped: save_all(
            desk, papers, run, path, report=report, stopped=stopped), lambda done: self._saved(done, path),
            self.table.setFocus, aside=True)

    def _saved(self, outcome: Outcome, path: Path) -> None:
        if outcome.whole:
            self.notice.say(Meaning.DONE, self._t("{n} lists are saved as {name}", n=outcome.of, name=path.name))
        else:
            self.notice.say(Meaning.ATTENTION, self._t("Stopped: no file was written and nothing was logged."))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- around them

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _on_changed(self, _changes: frozenset[tuple[str, str]]) -> None:
        if self.isVisible() and not self.work.busy:
            self.refresh()

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._choose_kind)
        self.search.sought.connect(lambda _: self.refresh())
        self.search.went_on.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))
        self.search.opened.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))
        self.first.left.connect(self._first_left)
        for day in (self.last, self.paid_first, self.paid_last):
            day.left.connect(self.refresh)
        for day in (self.first, self.last, self.paid_first, self.paid_last):
            day.edited.connect(self.notice.clear)
            day.returnPressed.connect(self.focusNextChild)
        self.table.opened.connect(self._open)
        self.look.clicked.connect(self.look_at_marked)
        self.save.clicked.connect(self._ask_where)
        self._context.signals.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        t = self._t
        days = QHBoxLayout()
        days.setSpacing(theme.L)
        days.addWidget(self._hanging)
        days.addWidget(self._payments)
        days.addStretch(1)
        _period(self._hanging, (t("&Hangs from"), self.first), (t("&to"), self.last), self._days)
        _period(self._payments, (t("&Paid from"), self.paid_first), (t("t&o"), self.paid_last),
                Secondary(t("blank: the whole policy year")))
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(FilterLine(self.search, self.kinds))
        column.addLayout(days)
        column.addWidget(self.table, 1)
        column.addWidget(self._count)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(self.notice)
        whole.addWidget(self._body, 1)
        whole.addWidget(self.work.panel)


def _period(around: QWidget, since: tuple[str, DateEdit], until: tuple[str, DateEdit], note: QWidget) -> None:
    row = QHBoxLayout(around)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.S)
    for name, day in (since, until):
        label = QLabel(name)
        label.setBuddy(day)
        day.setAccessibleName(f"{since[0]} {name}".replace("&", "") if day is until[1] else name.replace("&", ""))
        day.setFixedWidth(theme.scaled(DAY_WIDTH))
        row.addWidget(label)
        row.addWidget(day)
    row.addWidget(note)

