"""Handing claims' papers on: which claims wait, a list made of those that are chosen, and the lists made before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.services.duties import Duty, may
from backbone_desktop.services.handover_ports import HandoverNote, Leg
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.models.handover_list import list_columns, waiting_columns
from backbone_desktop.ui.models.keyset_model import KeysetModel
from backbone_desktop.ui.presenters import handover as shown
from backbone_desktop.ui.presenters.handover import Shown, Waiting
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import LinkButton, PrimaryButton
from backbone_desktop.ui.widgets.choice_row import ChoiceRow
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.filter_line import Chip, Chips
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.list_table import ListTable, RowAct
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.text import Secondary

if TYPE_CHECKING:
    from backbone_desktop.services.handover_ports import Handover

WAITING, MADE = "waiting", "made"
RECEIVER_WIDTH = 280
CHANGED = frozenset({("handover", ""), ("claim", "")})


class ChoosingTable(ListTable):
    """Space or a click on the mark takes a claim onto the list or leaves it out."""

    turned = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.row is not None:
            self.turned.emit(self.row)
        else:
            super().keyPressEvent(event)

    def turn_at(self, index: QModelIndex) -> None:
        if index.column() == 0 and self.row is not None:
            self.turned.emit(self.row)


class HandoverPage(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Handover of claim papers")
        self._leg: Leg | None = None
        self._left_out: set[str] = set()
        self._known: set[str] = set()
        """Claims whose choice the clerk has seen: a claim that comes while the page is open is chosen at first."""
        self._busy = False
        self._may_make = may(context.desk, Duty.REGISTER)
        self._header = PageHeader(self.title, back=t("Back (Esc)"))
        self._header.back_clicked.connect(self.go_back)
        self.make = PrimaryButton(t("Make the list"), icon_name="file-text", shortcut="F9")
        self._header.add_action(self.make)
        self.notice = FormNotice(t)
        self.views = Chips([(WAITING, t("To be handed on")), (MADE, t("Lists made"))], t("What is shown"))
        self.legs = ChoiceRow([(leg.value, t(f"handover_leg.{leg}")) for leg in Leg], "", t("Way"))
        self.again = Chip("again", t("Also those on a list"))
        self._claims: KeysetModel[Waiting] = KeysetModel(
            waiting_columns(t, lambda one: one.id not in self._left_out), self)
        self.claims = ChoosingTable(self._claims, t("Claims that wait"), empty=EmptyState(
            "check", t("No claim waits"), t("Claims with all their papers that are on no list yet come here.")))
        self._lists: KeysetModel[HandoverNote] = KeysetModel(list_columns(t), self)
        self.lists = ListTable(self._lists, t("Lists made"), empty=EmptyState(
            "file-text", t("No list was made yet"), t("Choose the claims that go on, then make the list.")), acts=(
                RowAct(t("Print"), self._open_list, "printer", lambda row: not row.void),
                RowAct(t("Void"), self._ask_void, "x", lambda row: not row.void and self._may_make)))
        self.receiver = QLineEdit()
        self.receiver.setFixedWidth(theme.scaled(RECEIVER_WIDTH))
        self.receiver.setAccessibleName(t("Taken over by"))
        self.receiver.setPlaceholderText(t("left blank: written by hand"))
        self.all = LinkButton(t("Choose all"))
        self.none = LinkButton(t("Choose none"))
        self._count = Secondary()
        self._tables = QStackedWidget()
        self._lay_out()
        self._connect()

    # -- the page as the window knows it

    def show_with(self, **_arguments: str) -> None:
        self.notice.clear()
        self.refresh()
        self._show_view(self.views.value or WAITING)

    def refresh(self) -> None:
        desk, leg, again = self._context.desk, self._leg, self.again.isChecked()
        self._context.store.run(lambda: shown.load(desk, leg, again=again), self._show, latest="handover")

    def leave(self) -> bool:
        return not self._busy

    def go_back(self) -> None:
        if not self._busy:
            self._context.navigate.back()

    # -- what is there

    def _show(self, found: Shown) -> None:
        self._leg = found.leg
        self.legs.choose(found.leg.value)
        fresh = [one for one in found.waiting if one.id not in self._known]
        self._left_out |= shown.left_out_at_first(fresh)
        self._known |= {one.id for one in fresh}
        self.claims.show_page(shown.page_of(found.waiting))
        self.lists.show_page(shown.page_of(found.lists))
        for value, count in ((WAITING, len(found.waiting)), (MADE, len(found.lists))):
            self.views.chips[value].set_count(count)
        self._tell()

    def _tell(self) -> None:
        waiting = self._claims.rows
        on_claims = self.views.value != MADE
        self._count.setText(shown.chosen_line(self._t, waiting, self._left_out) if on_claims
                            else shown.list_count_line(self._t, self._lists.rows))
        self.make.setVisible(self._may_make and on_claims)
        self.make.setEnabled(bool(shown.chosen(waiting, self._left_out)) and not self._busy)
        self.claims.viewport().update()

    def _show_view(self, view: str) -> None:
        self.views.choose(view)
        table = self.lists if view == MADE else self.claims
        self._tables.setCurrentWidget(table)
        for widget in (self.legs, self.again, self._foot):
            widget.setVisible(view != MADE)
        self._tell()
        table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_leg(self, value: str) -> None:
        self._leg = Leg(value)
        self._left_out.clear()
        self._known.clear()
        self.refresh()

    def _turn(self, one: Waiting) -> None:
        self._left_out ^= {one.id}
        self._tell()

    def _turn_all(self, taken: bool) -> None:
        self._left_out = set() if taken else {one.id for one in self._claims.rows}
        self._tell()

    # -- making and voiding

    def carry_out(self) -> None:
        taken = shown.chosen(self._claims.rows, self._left_out)
        if self._busy or not taken or self.views.value == MADE:
            return
        desk, leg, receiver, again = self._context.desk, self._leg, self.receiver.text(), self.again.isChecked()
        claims = tuple(one.id for one in taken)

        def make() -> Handover:
            from backbone_desktop.services.handovers import make_handover

            return make_handover(desk, claims, leg=leg, receiver=receiver, again=again)

        self._set_busy(True)
        self._context.store.run(make, self._made, self._refused)

    def _made(self, made: Handover) -> None:
        self._set_busy(False)
        self.receiver.clear()
        self.again.setChecked(False)
        self._known -= {row.claim_id for row in made.rows}
        self.notice.say(Meaning.DONE, self._t("Handover list {number} is made, {n} claims.", number=made.number,
                                              n=len(made.rows)))
        self._context.signals.changed.emit(CHANGED)
        self.refresh()
        self._context.navigate.open("paper", form="handover", subject=made.id)

    def _open_list(self, row: HandoverNote) -> None:
        if row.void:
            self.notice.say(Meaning.ATTENTION, self._t("handover.void", number=row.number))
        else:
            self._context.navigate.open("paper", form="handover", subject=row.id)

    def _ask_void(self, row: HandoverNote) -> None:
        self.notice.say(
            Meaning.ATTENTION,
            self._t("Void list {number}? Its claims wait again; the number is not given again.", number=row.number),
            (self._t("Void the list"), lambda: self._void(row)))

    def _void(self, row: HandoverNote) -> None:
        from backbone_desktop.services.handovers import void_handover

        desk = self._context.desk
        self._set_busy(True)
        self._context.store.run(lambda: void_handover(desk, row.id), lambda _: self._voided(row), self._refused)

    def _voided(self, row: HandoverNote) -> None:
        self._set_busy(False)
        self.notice.say(Meaning.DONE, self._t("Handover list {number} is void; its claims wait again.",
                                              number=row.number))
        self._context.signals.changed.emit(CHANGED)
        self.refresh()

    def _refused(self, error: BackboneError) -> None:
        self._set_busy(False)
        if isinstance(error, RuleBroken):
            self.notice.say(Meaning.ATTENTION, self._t.error(error))
            self.refresh()
        else:
            self._context.signals.problem.emit(error)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._tell()

    # -- around them

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _on_changed(self, _changes: frozenset[tuple[str, str]]) -> None:
        if self.isVisible() and not self._busy:
            self.refresh()

    def _connect(self) -> None:
        self.make.clicked.connect(self.carry_out)
        self.views.chosen.connect(self._show_view)
        self.legs.chosen.connect(self._choose_leg)
        self.again.clicked.connect(self.refresh)
        self.claims.turned.connect(self._turn)
        self.claims.clicked.connect(self.claims.turn_at)
        self.claims.opened.connect(lambda one: self._context.navigate.open("claim", claim_id=one.id))
        self.lists.opened.connect(self._open_list)
        self.all.clicked.connect(lambda: self._turn_all(True))
        self.none.clicked.connect(lambda: self._turn_all(False))
        self._context.signals.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.L)
        line.addWidget(self.views)
        line.addWidget(self.legs)
        line.addWidget(self.again)
        line.addStretch(1)
        self._tables.addWidget(self.claims)
        self._tables.addWidget(self.lists)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(theme.M)
        label = QLabel(self._t("&Taken over by"))
        label.setBuddy(self.receiver)
        for widget in (self.all, self.none, label, self.receiver):
            foot.addWidget(widget)
        below = QHBoxLayout()
        below.addWidget(self._count, 1)
        below.addWidget(self._foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(self._header)
        column.addWidget(self.notice)
        column.addLayout(line)
        column.addWidget(self._tables, 1)
        column.addLayout(below)
