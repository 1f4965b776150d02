"""What can be printed of one form: found, narrowed to a village, ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.services.forms import ABOUT, Form
from backbone_desktop.services.listing_ports import Asked
from backbone_desktop.services.rows import Page
from backbone_desktop.services.worklists import Sought, Worklist, list_of, subjects, worklist
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.models.keyset_model import KeysetModel
from backbone_desktop.ui.models.paper_list import paper_columns
from backbone_desktop.ui.presenters.lists import choice_words, choices_in_order
from backbone_desktop.ui.widgets.buttons import LinkButton
from backbone_desktop.ui.widgets.choice_chip import ChoiceChip
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.filter_line import Chip, FilterLine, SearchField
from backbone_desktop.ui.widgets.row_table import RowAct
from backbone_desktop.ui.widgets.text import Secondary
from backbone_desktop.ui.widgets.tick_table import TickTable

if TYPE_CHECKING:
    from backbone_desktop.services.worklists import PaperRow


class PrintList(QWidget):
    """One per form. `opened(subject)` when somebody wants to see a paper."""

    opened = Signal(str)
    ticks_changed = Signal()

    def __init__(self, context: Context, form: Form, kind: str) -> None:
        """`kind` of `worklists.KINDS`, "" for a form that has one list."""
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.form, self.kind = form, kind
        self._whole = True
        self.ticked: set[str] = set()
        sought = {"village": t("Village"), "handover": t("Number")}.get(ABOUT[form], t("Number or name"))
        self.search = SearchField(sought, t("Find what to print"))
        self.places = {what: ChoiceChip(name, t("All"))
                       for what, name in (("township", t("Township")), ("village", t("Village")))}
        self.fresh = Chip("fresh", t("Not printed yet"))
        self._model: KeysetModel[PaperRow] = KeysetModel(paper_columns(t, form, self.ticked), self)
        self.table = TickTable(
            self._model, t("What can be printed"), self.ticked,
            empty=EmptyState("printer", t("Nothing to print here"),
                             t("Look without the filters, or type less of the number or name.")),
            acts=(RowAct(t("Look at it"), lambda row: self.opened.emit(row.id), "eye"),))
        self._count = Secondary()
        self.all = LinkButton(t("Tick all"))
        self._lay_out()
        self._connect()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ticked subjects in the list's order; with none ticked, the marked one."""
        return subjects(self._model.rows, self.ticked) or ((self.table.record_id,) if self.table.record_id else ())

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the caret stops, in the order of the page."""
        return (self.search, *self.places.values(), self.fresh, self.table, self.all)

    def refresh(self) -> None:
        desk, sought = self._context.desk, Sought(self.form, self.kind, self.search.text().strip(), self._narrowed(),
                                                  self.fresh.isChecked())
        self._context.store.run(lambda: worklist(desk, sought), self._show, self._failed,
                                latest=f"worklist {self.form} {self.kind}")

    def untick(self, done: tuple[str, ...]) -> None:
        self.ticked.difference_update(done)
        self._on_ticks()

    def _narrowed(self) -> tuple[tuple[str, str], ...]:
        return tuple((what, chip.value) for what, chip in self.places.items() if chip.value)

    def _show(self, found: Worklist) -> None:
        self._whole = found.whole
        self.table.show_page(Page(found.rows, None, len(found.rows)))
        self.ticked.intersection_update({row.id for row in found.rows})
        self._on_ticks()

    def _failed(self, error: BackboneError) -> None:
        self.table.show_page(Page((), None, 0))
        self._on_ticks()
        self._context.signals.problem.emit(error)

    def _on_ticks(self) -> None:
        t, n = self._t, len(self._model.rows)
        listed = (t("1 in the list") if n == 1 else t("{n} in the list", n=n)) if self._whole else t(
            "The first {n}; narrow the list to see the others", n=n)
        self._count.setText(f"{listed} · {t('{n} ticked', n=len(self.ticked))}" if self.ticked else listed)
        self.all.setText(t("Tick none") if n and len(self.ticked) == n else t("Tick all"))
        self.all.setEnabled(bool(n))
        self.table.viewport().update()
        self.ticks_changed.emit()

    def _offer(self, what: str) -> None:
        from backbone_desktop.services.listings import list_choices

        name = list_of(self.form)
        if name is None:
            return
        others = tuple(pair for pair in self._narrowed() if pair[0] != what)
        desk, asked, year = self._context.desk, Asked(name=name, narrowed=others), self._context.office.policy_year

        def show(found: tuple[tuple[str, int], ...]) -> None:
            self.places[what].offer([(value, choice_words(self._t, what, value, year), n)
                                     for value, n in choices_in_order(what, found)])

        self._context.store.run(lambda: list_choices(desk, asked, what), show, latest="worklist choices")

    def _narrow(self, what: str) -> None:
        if what == "township":
            self.places["village"].choose("", "")
        self.refresh()

    def _connect(self) -> None:
        self.search.sought.connect(lambda _: self.refresh())
        self.search.went_on.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))
        self.search.opened.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))
        for what, chip in self.places.items():
            chip.wanted.connect(lambda what=what: self._offer(what))
            chip.chosen.connect(lambda _, what=what: self._narrow(what))
            chip.setVisible(list_of(self.form) is not None)
        self.fresh.clicked.connect(lambda _=False: self.refresh())
        self.all.clicked.connect(self.table.tick_all)
        self.table.ticks_changed.connect(self._on_ticks)
        self.table.marked.connect(lambda _: self.ticks_changed.emit())
        self.table.opened.connect(lambda row: self.opened.emit(row.id))

    def _lay_out(self) -> None:
        narrowing = QWidget()
        row = QHBoxLayout(narrowing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS + 2)
        for chip in (*self.places.values(), self.fresh):
            row.addWidget(chip)
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self.all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(FilterLine(self.search, narrowing))
        column.addWidget(self.table, 1)
        column.addLayout(foot)
