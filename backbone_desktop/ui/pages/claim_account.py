"""The form that puts right the account to which a claim's money could not be paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.presenters import claim_account as shown
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import PrimaryButton
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form import Form
from backbone_desktop.ui.widgets.form_foot import FormFoot
from backbone_desktop.ui.widgets.form_frame import lay_out_form
from backbone_desktop.ui.widgets.form_grid import FormGrid
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.name_edit import NameEdit
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.phone_edit import AccountEdit
from backbone_desktop.ui.widgets.text import Prose
from backbone_desktop.ui.widgets.typed_edit import TypedEdit

if TYPE_CHECKING:
    from backbone_desktop.services.account_correction import AccountInDoubt, AccountTyped
    from backbone_desktop.services.claims import ClaimView


class ClaimAccountPage(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Correct the account")
        self._claim_id = ""
        self._doubt: AccountInDoubt | None = None
        self._saving = False
        self._header = PageHeader(self.title, back=t("Back (Esc)"))
        self.failed = Prose("")
        self.notice = FormNotice(t)
        self.form = Form(self)
        grid = FormGrid(columns=1)
        self.fields: dict[str, TypedEdit] = {
            "account_holder": NameEdit(), "bank_name": TypedEdit(characters=30), "bank_account": AccountEdit(),
            "note": TypedEdit(characters=60),
        }
        for name, label in shown.labels(t).items():
            line = FieldLine(t, label, self.fields[name], required=name != "bank_name", name=name)
            self.form.add(grid.add(line))
        self.save_button = PrimaryButton(t("Save the account"), icon_name="check")
        self.save_button.setToolTip(t("Save the account (Ctrl+S)"))
        self.foot = FormFoot(t, self.save_button)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, theme.M, 0, 0)
        column.addWidget(grid)
        column.addStretch(1)
        lay_out_form(self, body, (self._header, self.failed, self.notice), self.foot)
        self._connect()

    def show_with(self, claim_id: str = "", **_arguments: str) -> None:
        self._claim_id = claim_id
        self.notice.clear()
        self._load()

    def refresh(self) -> None:
        """Ask the store again, unless somebody is in the middle of the form."""
        if not self._saving and not self.changed:
            self._load()

    def leave(self) -> bool:
        return not self._saving

    @property
    def changed(self) -> bool:
        return self._doubt is not None and self.typed() != shown.as_it_stands(self._doubt)

    def typed(self) -> AccountTyped:
        return shown.typed({name: field.typed() for name, field in self.fields.items()})

    def save(self) -> None:
        if self._saving or self._doubt is None:
            return
        self._check()
        self.form.show_all()
        if self.form.open:
            self.form.go_to_first_open()
            return
        desk, claim_id, typed = self._context.desk, self._claim_id, self.typed()
        self._tell_saving(is_saving=True)
        self._context.store.run(lambda: shown.correct(desk, claim_id, typed), self._saved, self._refused)

    def _load(self) -> None:
        desk, claim_id = self._context.desk, self._claim_id
        self._context.store.run(lambda: shown.in_doubt(desk, claim_id), self._show, self._not_there,
                                latest="claim_account")

    def _show(self, doubt: AccountInDoubt) -> None:
        self._doubt = doubt
        self._header.set_title(self.title, f"{doubt.claim.receipt_no} · {doubt.member.name}")
        self.failed.say(shown.failed(self._t, doubt))
        for name, text in shown.texts(doubt).items():
            self.fields[name].set_typed(text)
        self._check()
        self.fields["account_holder"].setFocus()

    def _check(self) -> None:
        if self._doubt is not None:
            self.form.set_findings(shown.check(self._doubt, self.typed()))

    def _saved(self, _nothing: None) -> None:
        self._tell_saving(is_saving=False)
        self._doubt = None
        self._context.signals.changed.emit(frozenset({("claim", self._claim_id)}))
        self._context.signals.done.emit(self._t("The account was corrected; the money can be paid again"))
        self._context.navigate.back()

    def _refused(self, error: BackboneError) -> None:
        self._tell_saving(is_saving=False)
        if isinstance(error, RuleBroken):
            self.notice.refuse(self.form, error)
        else:
            self._context.signals.problem.emit(error)

    def _not_there(self, error: BackboneError) -> None:
        self._context.signals.problem.emit(error)
        self._context.navigate.back()

    def _tell_saving(self, *, is_saving: bool) -> None:
        self._saving = is_saving
        self.save_button.setEnabled(not is_saving)

    def _connect(self) -> None:
        self._header.back_clicked.connect(self._context.navigate.back)
        self.form.left.connect(lambda _name: self._check())
        self.form.opened.connect(self.foot.set_open)
        self.foot.wanted_first.connect(self.form.go_to_first_open)
        self.save_button.clicked.connect(self.save)
        self.form.set_order((*self.fields.values(), self.foot.count, self.save_button), hand_in=self.save_button)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.save)


def tell_failed(context: Context, notice: FormNotice, view: ClaimView) -> None:
    """On a claim's page: that its money came back, and the way to correct the account."""
    notice.clear()
    text = shown.came_back(context.words, view)
    if text:
        way, claim_id = context.navigate, view.claim.id
        acts = ((shown.act_words(context.words, view), lambda: way.open("claim_account", claim_id=claim_id)),)
        done = shown.is_corrected(view)
        notice.say(Meaning.WAITING if done else Meaning.ATTENTION, text,
                   *(acts if shown.may_correct(context.desk) else ()))
