"""The form of one act on a household: recorded with its day and reason, or left with nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, Finding, RuleBroken
from backbone_core.household_act import ActKind
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.pages.household_act_fields import ActFields
from backbone_desktop.ui.presenters import household_act as shown
from backbone_desktop.ui.presenters.household_act import ActForm
from backbone_desktop.ui.presenters.status import moment
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.form_foot import FormFoot
from backbone_desktop.ui.widgets.form_frame import lay_out_form
from backbone_desktop.ui.widgets.form_keeper import FormKeeper
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.text import Secondary

if TYPE_CHECKING:
    from backbone_desktop.services.household_acts import ActDone
    from backbone_desktop.services.registry import HouseholdView

FOUND_AT_MOST = 20
CHANGED = frozenset({("household", ""), ("member", ""), ("enrolment", "")})


class HouseholdActPage(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Record a change")
        self._household_id, self._kind = "", ActKind.HEAD
        self._opened: ActForm | None = None
        self._saving = self._done = False
        self._header = PageHeader(self.title, back=t("Back (Esc)"))
        self._explained = Secondary(wrap=True)
        self.notice = FormNotice(t)
        self.fields = ActFields(t, self._kind, context.desk.clock.today)
        self.record_button = PrimaryButton(t("Record"), icon_name="check")
        self.record_button.setToolTip(t("Record (Ctrl+S)"))
        self.undo_button = PlainButton(t("Start afresh"))
        self.foot = FormFoot(t, self.undo_button, self.record_button)
        self._keeper = FormKeeper(context.store, self._gather_keeping, self)
        self._body = QVBoxLayout()
        body = QWidget()
        body.setLayout(self._body)
        lay_out_form(self, body, (self._header, self._explained, self.notice), self.foot)
        self._connect()

    def show_with(self, household_id: str = "", act: str = ActKind.HEAD.value, **_arguments: str) -> None:
        self._household_id, self._kind = household_id, ActKind(act)
        self.notice.clear()
        self._load()

    def refresh(self) -> None:
        """Ask the register again, unless somebody is in the middle of the form."""
        if not self._saving and not self._done and not self.changed:
            self._load()

    def leave(self) -> bool:
        self._keeper.keep_now()
        return not self._saving

    @property
    def changed(self) -> bool:
        return self._opened is not None and not self._done and self.fields.draft() != self._opened.blank

    # -- opening

    def _load(self, *, afresh: bool = False) -> None:
        desk, household_id, kind = self._context.desk, self._household_id, self._kind
        self._context.store.run(lambda: shown.open_form(desk, household_id, kind, afresh=afresh), self._show,
                                self._not_there, latest="household_act")

    def _show(self, form: ActForm) -> None:
        self._opened, self._done = form, False
        self._new_fields()
        self._header.set_title(shown.title(self._t, self._kind, form.view))
        self._explained.setText(shown.explained(self._t, self._kind))
        self.fields.put(form.view, form.draft, form.coming)
        self.record_button.setText(self._t("Record"))
        if form.kept_at is not None:
            when = moment(form.kept_at, self._context.desk.clock.now())
            self.notice.say(Meaning.WAITING, self._t("This form was not finished. Here it is as it was typed ({when}).",
                                                     when=when))
        self._tell_state()
        self._check()
        self.fields.take_focus()

    def _new_fields(self) -> None:
        """Each act has its own fields."""
        self._body.removeWidget(self.fields)
        self.fields.hide()
        self.fields.deleteLater()
        self.fields = fields = ActFields(self._t, self._kind, self._context.desk.clock.today)
        self._body.addWidget(fields)
        fields.form.edited.connect(self._on_edited)
        fields.form.left.connect(lambda _: self._check())
        fields.form.opened.connect(self.foot.set_open)
        fields.asked.connect(self._find)
        fields.other_picked.connect(self._ask_other)
        fields.set_foot((self.foot.count, self.record_button))

    def _not_there(self, error: BackboneError) -> None:
        self._context.signals.problem.emit(error)
        self._context.navigate.back()

    def _start_afresh(self) -> None:
        self._keeper.let_go()
        self.notice.clear()
        self._load(afresh=True)

    # -- typing

    def _on_edited(self) -> None:
        if not self._saving:
            self._keeper.touch()
        self._tell_state()

    def _check(self) -> None:
        from backbone_desktop.services.household_acts import check_act

        desk, draft, household_id, kind = self._context.desk, self.fields.draft(), self._household_id, self._kind
        self._context.store.run(lambda: check_act(desk, household_id, kind, draft), self._show_findings,
                                latest="household_act.check")

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        if not self._done:
            self.fields.form.set_findings(findings)

    def _find(self, typed: str) -> None:
        from backbone_desktop.services.registry import find_members

        desk, fields = self._context.desk, self.fields
        self._context.store.run(lambda: find_members(desk, typed, FOUND_AT_MOST),
                                lambda hits: fields.offer(typed, hits), latest="household_act.find")

    def _ask_other(self, household_no: str) -> None:
        desk, fields, kind = self._context.desk, self.fields, self._kind

        def show(other: HouseholdView | None) -> None:
            if other is not None and kind is ActKind.MERGE and fields is self.fields:
                fields.show_coming(other)
            self._on_edited()
            self._check()

        self._context.store.run(lambda: shown.other_household(desk, household_no), show, latest="household_act.other")

    def _gather_keeping(self) -> Callable[[], Any]:
        desk, draft, household_id, kind = self._context.desk, self.fields.draft(), self._household_id, self._kind
        if not self.changed:
            return lambda: shown.forget(desk, household_id, kind)
        return lambda: shown.keep(desk, household_id, kind, draft)

    def _on_kept(self) -> None:
        now = self._context.desk.clock.now()
        self.foot.say_kept(self._t("Kept as typed, {when}", when=moment(now, now)) if self.changed else "")

    def _tell_state(self) -> None:
        self.undo_button.setVisible(self.changed)
        self.record_button.setEnabled(not self._saving)
        if not self.changed:
            self.foot.say_kept("")

    # -- recording

    def record(self) -> None:
        """Carry the act out; afterwards the same button leads back to the household."""
        if self._done:
            self._context.navigate.back()
            return
        if self._saving:
            return
        desk, draft, household_id, kind = self._context.desk, self.fields.draft(), self._household_id, self._kind
        self._keeper.let_go()
        self._saving = True
        self._tell_state()
        self._context.store.run(lambda: shown.carry_out(desk, household_id, kind, draft), self._recorded, self._refused)

    def _recorded(self, done: ActDone) -> None:
        from backbone_desktop.services.household_act_words import done_lines

        self._saving, self._done = False, True
        self._context.signals.changed.emit(CHANGED)
        self.fields.form.set_findings(())
        self.fields.setEnabled(False)
        lines = done_lines(self._t, done)
        acts: tuple[tuple[str, Callable[[], None]], ...] = ()
        if done.other_id:
            acts = ((self._t("Open household {number}", number=done.other_no),
                     lambda: self._context.navigate.open("household", household_id=done.other_id)),)
        self.notice.say(Meaning.DONE, "\n".join(lines), *acts)
        self.record_button.setText(self._t("Go back"))
        self._tell_state()
        self.record_button.setFocus()
        self._context.signals.done.emit(lines[0])

    def _refused(self, error: BackboneError) -> None:
        self._saving = False
        self._keeper.touch()
        self._tell_state()
        if not isinstance(error, RuleBroken):
            self._context.signals.problem.emit(error)
            return
        self.notice.refuse(self.fields.form, error)

    def _go_to_first_open(self) -> None:
        self.fields.form.go_to_first_open()

    def _connect(self) -> None:
        self.foot.wanted_first.connect(self._go_to_first_open)
        self._keeper.kept.connect(self._on_kept)
        self._header.back_clicked.connect(self._context.navigate.back)
        self.record_button.clicked.connect(self.record)
        self.undo_button.clicked.connect(self._start_afresh)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.record)
