"""The claim form's fields: who and stay, the settlement sheet, the papers, the account."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from backbone_desktop.services.typed import ClaimDraft
from backbone_desktop.ui import theme
from backbone_desktop.ui.pages.claim_costs import ClaimCosts
from backbone_desktop.ui.pages.claim_lists import ClaimLists
from backbone_desktop.ui.pages.claim_papers import ClaimPapers
from backbone_desktop.ui.pages.claim_who import ClaimWho
from backbone_desktop.ui.pages.household_members import to_choices
from backbone_desktop.ui.presenters import choices
from backbone_desktop.ui.presenters.claim import ClaimForm, Weighed, hit_of
from backbone_desktop.ui.presenters.claim_cover import CoverShown
from backbone_desktop.ui.widgets.choice_edit import ChoiceEdit
from backbone_desktop.ui.widgets.date_edit import DateEdit
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form import Form
from backbone_desktop.ui.widgets.form_grid import FormGrid, align_labels
from backbone_desktop.ui.widgets.name_edit import NameEdit
from backbone_desktop.ui.widgets.phone_edit import AccountEdit
from backbone_desktop.ui.widgets.search_edit import SearchEdit
from backbone_desktop.ui.widgets.text import Heading
from backbone_desktop.ui.widgets.typed_edit import TypedEdit
from backbone_desktop.words import Words

WIDEST = 860
ACCOUNT = ("bank_name", "bank_account", "account_holder")


class ClaimFields(QWidget):
    edited = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._t = words
        self._claim_id = ""
        self._foot: tuple[QWidget, ...] = ()
        self._scans: tuple[QWidget, ...] = ()
        self.form = Form(self)
        self.who = ClaimWho(words)
        self.costs = ClaimCosts(words)
        self.papers = ClaimPapers(words)
        self.stay, self.account = FormGrid(), FormGrid()
        self.designated = QCheckBox(words("Designated hospital"))
        self.lines: dict[str, FieldLine] = {}
        self._add_lines()
        for line in (self.who.line, *self.lines.values(), *self.costs.lines.values()):
            self.form.add(line)
        self.lists = ClaimLists(words, self.lines, self)
        self.form.edited.connect(self.edited)
        self.papers.edited.connect(self.edited)
        self.papers.offered.connect(self._set_order)
        self.stay.columns_changed.connect(self.papers.set_columns)
        self._lay_out()

    def _add_lines(self) -> None:
        t = self._t
        level = ChoiceEdit(to_choices(choices.hospital_levels(t)), characters=18)
        cause = ChoiceEdit(to_choices(choices.causes(t)), characters=18)
        stay = (
            ("admitted", t("&Admitted"), DateEdit(), True), ("discharged", t("&Discharged"), DateEdit(), True),
            ("settled", t("&Settled"), DateEdit(), False), ("cause", t("&Cause"), cause, True),
            ("hospital", t("&Hospital"), SearchEdit(characters=48), True),
            ("hospital_level", t("&Level"), level, True), ("designated", "", self.designated, False),
            ("diagnosis", t("Dia&gnosis"), SearchEdit(characters=48), True),
            ("icd10", t("ICD-10"), SearchEdit(characters=12, figures=True), False),
            ("invoice_no", t("&Invoice no."), TypedEdit(characters=19), False),
        )
        account = (
            ("bank_name", t("&Bank"), TypedEdit(characters=30), False),
            ("bank_account", t("Account no."), AccountEdit(), False),
            ("account_holder", t("Account holder"), NameEdit(), False),
            ("remarks", t("&Remarks"), TypedEdit(characters=60), False),
        )
        for grid, fields in ((self.stay, stay), (self.account, account)):
            for name, text, field, required in fields:
                self.lines[name] = grid.add(FieldLine(t, text, field, required=required, name=name),
                                            wide=grid is self.account or name in ("hospital", "diagnosis"))
        self.designated.setAccessibleName(t("Designated hospital"))
        self.lines["invoice_no"].field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    # -- what was typed

    def put(self, form: ClaimForm) -> None:
        """Fill the whole form in."""
        draft = form.draft
        self._claim_id = form.claim_id
        for name, line in self.lines.items():
            if isinstance(line.field, TypedEdit):
                line.field.set_typed(getattr(draft, name))
            line.note("")
        self.designated.setChecked(draft.designated)
        picker = self.who.picker
        if form.weighed.coverage is not None:
            picker.set_person(hit_of(form.weighed.coverage))
        else:
            picker.set_text(draft.member_id)
        self.costs.put(draft.costs)
        self.papers.offer(form.weighed.appraisal.documents, draft.documents)
        self._set_order()
        self.form.forget()

    def draft(self) -> ClaimDraft:
        typed = {name: line.field.typed() for name, line in self.lines.items() if isinstance(line.field, TypedEdit)}
        return ClaimDraft(
            claim_id=self._claim_id, member_id=self.who.picker.typed(), designated=self.designated.isChecked(),
            costs=self.costs.typed(), documents=self.papers.typed(), **typed,
        )

    def show_weighed(self, weighed: Weighed, cover: CoverShown | None) -> None:
        """What the store found while the form was typed."""
        self.form.set_findings(weighed.findings)
        self.papers.offer(weighed.appraisal.documents)
        self.who.cover.show_cover(cover)

    def fill_account(self, draft: ClaimDraft) -> None:
        """The patient's account as the register has it, in fields that are empty."""
        if not any(self._field(name).typed() for name in ACCOUNT):
            for name in ACCOUNT:
                self._field(name).set_typed(getattr(draft, name))
            if draft.bank_account:
                self.lines["bank_account"].note(self._t("From the register"))

    def settle(self) -> None:
        """Bring the field that has the caret into its proper form before the form is handed in."""
        field = self.focusWidget()
        if isinstance(field, TypedEdit) and field.hasFocus():
            field.settle()

    def hold_scans(self, scans: QWidget, stops: tuple[QWidget, ...]) -> None:
        """Stand the scans under the papers. Tab goes through their `stops`; Enter has its own meaning there."""
        self._scans = stops
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self.papers) + 1, scans)

    def take_focus(self) -> None:
        picker = self.who.picker
        first = picker if picker.person is None else self.lines["admitted"].field
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def set_foot(self, foot: tuple[QWidget, ...]) -> None:
        """Where Enter goes after the last field."""
        self._foot = foot
        self._set_order()

    def _field(self, name: str) -> TypedEdit:
        field = self.lines[name].field
        assert isinstance(field, TypedEdit)
        return field

    def _set_order(self) -> None:
        own = [line.field for line in self.lines.values()]
        stay, account = own[:10], own[10:]
        amounts = [line.field for line in self.costs.lines.values()]
        self.form.set_order([self.who.picker, *stay, *amounts, *self.papers.stops, *account, *self._foot])
        for before, after in pairwise((self.papers.stops[-1], *self._scans, account[0])):
            QWidget.setTabOrder(before, after)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.L)
        column.setSpacing(0)
        for heading, part in ((self._t("Who and stay"), self.who), ("", self.stay),
                              (self._t("Settlement sheet"), self.costs), ("", self.papers),
                              (self._t("Where the money goes"), self.account)):
            if heading:
                column.addWidget(Heading(heading))
            column.addWidget(part)
            column.addSpacing(theme.S if part is not self.who else 0)
        column.addStretch(1)
        align_labels([self.who.grid, self.stay, *self.costs.grids, self.account])
        self.setMaximumWidth(theme.scaled(WIDEST))
