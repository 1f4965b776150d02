"""A household's page: its form, checked field by field, and beside it enrolments, claims and history."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, Finding, RuleBroken
from backbone_core.household import Listing
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.pages.household_alike import AlikeWatch
from backbone_desktop.ui.pages.household_fields import HouseholdFields
from backbone_desktop.ui.pages.household_sections import (
    CLAIMS,
    ENROLMENTS,
    HISTORY,
    MEMBERS,
    ActsButton,
    FormerMembers,
    Sections,
)
from backbone_desktop.ui.pages.household_take_back import TakingBack
from backbone_desktop.ui.presenters import household as form_of
from backbone_desktop.ui.presenters import household_story as story
from backbone_desktop.ui.presenters.household import HouseholdForm
from backbone_desktop.ui.presenters.status import moment
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.form_foot import FormFoot
from backbone_desktop.ui.widgets.form_frame import lay_out_form
from backbone_desktop.ui.widgets.form_keeper import FormKeeper
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.print_button import PrintButton, forms_of
from backbone_desktop.ui.widgets.section_bar import SectionBar

if TYPE_CHECKING:
    from backbone_desktop.services.household_history import Told
    from backbone_desktop.services.registry import HouseholdSaved, HouseholdView



class HouseholdPage(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Household")
        self._household_id = ""
        self._opened: HouseholdForm | None = None
        self._counties: dict[str, str] = {}
        self._saving = False
        self._header = PageHeader(self.title, back=t("Back (Esc)"))
        self.notice = FormNotice(t)
        self.fields = HouseholdFields(t, context.desk.clock.today, self._counties, self.notice)
        self.former, self.sections = FormerMembers(t), Sections(t)
        self.bar = SectionBar(((MEMBERS, t("Members")), (ENROLMENTS, t("Enrolments")), (CLAIMS, t("Claims")),
                               (HISTORY, t("What happened"))), t("Sections of this page"), self)
        self.acts_button, self.print_button = ActsButton(t), PrintButton(t)
        self.save_button = PrimaryButton(t("Save"), icon_name="check")
        self.save_button.setToolTip(t("Save (Ctrl+S)"))
        self.undo_button = PlainButton(t("Undo changes"))
        self.foot = FormFoot(t, self.undo_button, self.save_button)
        self._taking_back = TakingBack(context, self.notice, self)
        self._keeper = FormKeeper(context.store, self._gather_keeping, self)
        self._alike = AlikeWatch(context, self.fields.draft, lambda: [one.alike for one in self.fields.blocks], self)
        self._lay_out()
        self._connect()
        self.fields.places.ask(context)

    def show_with(self, household_id: str = "", section: str = "", **_arguments: str) -> None:
        if household_id != self._household_id or section:
            self.bar.show_section(section or MEMBERS)
        self._household_id = household_id
        self._load(self.notice.clear)

    def refresh(self) -> None:
        """Ask the register again, unless somebody is in the middle of changing the form."""
        if not self._saving and not self.changed:
            self._load()

    def leave(self) -> bool:
        self._keeper.keep_now()
        return not self._saving

    @property
    def changed(self) -> bool:
        return self._opened is not None and not form_of.same(self.fields.draft(), self._opened.stored)

    # -- opening

    def _load(self, then: Callable[[], Any] | None = None, *, afresh: bool = False) -> None:
        desk, office, household_id = self._context.desk, self._context.office, self._household_id
        backend, known, words = self._context.backend, bool(self._counties), self._t

        def load() -> tuple[HouseholdForm, dict[str, str], tuple[Told, ...]]:
            from backbone_desktop.services.household_history import household_history

            counties = {} if known else {one.code: one.name for one in backend.counties()}
            told = household_history(desk, household_id, words) if household_id else ()
            return form_of.open_form(desk, household_id, office, afresh=afresh), counties, told

        self.fields.setEnabled(False)
        self._context.store.run(load, lambda found: self._show(*found, then), self._not_there, latest="household")

    def _show(self, form: HouseholdForm, counties: dict[str, str], told: tuple[Told, ...],
              then: Callable[[], Any] | None) -> None:
        self._counties.update(counties)
        self._opened = form
        self.fields.setEnabled(True)
        covers = form_of.covers(self._t, form.view, self._context.office.policy_year) if form.view else {}
        self.fields.put(form.draft, form.stored, covers)
        self.fields.form.set_findings(form.findings)
        self._show_head(form, told)
        if then is not None:
            then()
        if form.kept_at is not None:
            when = moment(form.kept_at, self._context.desk.clock.now())
            self.notice.say(Meaning.WAITING, self._t("This form was not finished. Here it is as it was typed ({when}).",
                                                     when=when),
                            (self._t("Start afresh"), self._start_afresh))
        self._tell_state()
        self._alike.touch()
        self._show_section()
        if self.bar.section == MEMBERS:
            self.fields.take_focus(new=form.view is None)
        else:
            self.bar.setFocus()

    def _show_head(self, form: HouseholdForm, told: tuple[Told, ...]) -> None:
        view = form.view
        subtitle = story.subtitle(self._t, view) if view is not None else self._t(
            "Whoever is eligible is covered when the household is saved.")
        self._header.set_title(form_of.title(self._t, form), subtitle)
        self.bar.setVisible(view is not None)
        if view is None:
            self.bar.show_section(MEMBERS)
            self.former.hide()
            return
        self.former.show_household(view)
        self.sections.show_household(view, told, self._context.office.policy_year)
        self.bar.count_in(MEMBERS, len(view.members))
        self.bar.count_in(CLAIMS, len(view.claims))
        self.acts_button.offer(view)
        self.print_button.offer(forms_of("household"))

    @property
    def closed(self) -> bool:
        """Nobody lives in the household any more: there is nothing to fill in."""
        view = self._opened.view if self._opened is not None else None
        return view is not None and view.household.listing is Listing.CLOSED

    def _on_chosen(self, _section: str) -> None:
        self.bar.setFocus(Qt.FocusReason.OtherFocusReason)  # what had the caret is about to be hidden
        self._show_section()

    def _show_section(self) -> None:
        section = self.bar.section
        self.fields.setVisible(section == MEMBERS and not self.closed)
        self._people.setVisible(section == MEMBERS)
        self.sections.show_section(section)
        self._foot_line.setVisible(section == MEMBERS and not self.closed)
        self._scroll.verticalScrollBar().setValue(0)

    def _not_there(self, error: BackboneError) -> None:
        self._context.signals.problem.emit(error)
        self._context.navigate.back()

    def _start_afresh(self) -> None:
        self._keeper.let_go()
        self._load(self.notice.clear, afresh=True)

    # -- typing

    def _on_edited(self) -> None:
        self._alike.touch()
        if not self._saving:  # what is being saved is kept by being saved
            self._keeper.touch()
        self._tell_state()

    def _on_changed(self, _changes: frozenset[tuple[str, str]]) -> None:
        if self.isVisible():
            self.refresh()

    def _on_left(self, _name: str) -> None:
        self._check()

    def _check(self) -> None:
        desk, draft, household_id = self._context.desk, self.fields.draft(), self._household_id
        self._context.store.run(lambda: form_of.check(desk, draft, household_id), self._show_findings,
                                latest="household.check")

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        self.fields.form.set_findings(findings)

    def _gather_keeping(self) -> Callable[[], Any]:
        desk, draft, household_id = self._context.desk, self.fields.draft(), self._household_id
        if not self.changed:
            return lambda: form_of.forget(desk, household_id)
        return lambda: form_of.keep(desk, household_id, draft)

    def _on_kept(self) -> None:
        now = self._context.desk.clock.now()
        self.foot.say_kept(self._t("Kept as typed, {when}", when=moment(now, now)) if self.changed else "")

    def _tell_state(self) -> None:
        changed = self.changed
        new = self._opened is not None and self._opened.view is None
        self.undo_button.setVisible(changed)
        self.save_button.setEnabled(not self._saving and (changed or new))
        self.acts_button.setVisible(not new and not self.closed)
        self.acts_button.allow(not changed)
        self.print_button.setVisible(not new)
        self.print_button.setEnabled(not changed)
        if not changed:
            self.foot.say_kept("")

    # -- saving

    def save(self) -> None:
        if self._saving or not self.save_button.isEnabled():
            return
        self.fields.settle()
        desk, draft, household_id = self._context.desk, self.fields.draft(), self._household_id
        self._keeper.let_go()
        self._set_saving(True)

        def act() -> tuple[HouseholdSaved, HouseholdView]:
            from backbone_desktop.services.registry import open_household

            saved = form_of.save(desk, household_id, draft)
            return saved, open_household(desk, saved.household_id)

        self._context.store.run(act, lambda done: self._saved(*done, new=not household_id), self._refused)

    def _saved(self, saved: HouseholdSaved, view: HouseholdView, *, new: bool) -> None:
        self._household_id = saved.household_id
        self._context.signals.changed.emit(form_of.changed(saved))
        self._set_saving(False)
        text = form_of.saved_words(self._t, saved, view, self._context.office.policy_year, new=new)
        self._load(lambda: self.notice.say(Meaning.DONE, text))
        self._context.signals.done.emit(self._t("Household {number} is saved", number=saved.household_no))

    def _refused(self, error: BackboneError) -> None:
        self._set_saving(False)
        self._keeper.touch()
        if not isinstance(error, RuleBroken):
            self._context.signals.problem.emit(error)
            return
        self.notice.refuse(self.fields.form, error)

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.save_button.setText(self._t("Saving…") if saving else self._t("Save"))
        self._tell_state()

    # -- known numbers, other pages

    def _reveal(self, member_id: str) -> None:
        desk = self._context.desk
        self._context.store.run(lambda: form_of.reveal(desk, member_id),
                                lambda _: self.fields.show_number(member_id))

    def _record_act(self, kind: str) -> None:
        self._context.navigate.open("household_act", household_id=self._household_id, act=kind)

    def _print(self, form: str) -> None:
        self._context.navigate.open("paper", form=form, subject=self._household_id)

    def _new_claim(self, member_id: str) -> None:
        self._context.navigate.open("claim", claim_id="", member_id=member_id)

    def _open_claim(self, claim_id: str) -> None:
        self._context.navigate.open("claim", claim_id=claim_id)

    def _connect(self) -> None:
        self._context.signals.changed.connect(self._on_changed)
        form = self.fields.form
        form.edited.connect(self._on_edited)
        form.left.connect(self._on_left)
        form.opened.connect(self.foot.set_open)
        self.fields.lines_changed.connect(self._on_lines_changed)
        self.fields.reveal_wanted.connect(self._reveal)
        self.fields.claim_wanted.connect(self._new_claim)
        self.fields.alike_wanted.connect(lambda home: self._context.navigate.open("household", household_id=home))
        self.sections.claims.claim_opened.connect(self._open_claim)
        self.sections.history.take_back_wanted.connect(self._taking_back.ask)
        self._taking_back.done.connect(lambda told: self._load(lambda: self.notice.say(Meaning.DONE, told)))
        self.acts_button.chosen.connect(self._record_act)
        self.print_button.chosen.connect(self._print)
        self.bar.chosen.connect(self._on_chosen)
        self.foot.wanted_first.connect(form.go_to_first_open)
        self._keeper.kept.connect(self._on_kept)
        self._header.back_clicked.connect(self._context.navigate.back)
        self.save_button.clicked.connect(self.save)
        self.undo_button.clicked.connect(self._start_afresh)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.save)
        QShortcut(QKeySequence("F4"), self, self.fields.open_alike)
        self.fields.set_foot((self.foot.count, self.save_button))

    def _on_lines_changed(self) -> None:
        self._on_edited()
        self._check()

    def _lay_out(self) -> None:
        self._header.add_action(self.print_button)
        self._header.add_action(self.acts_button)
        self._people = QWidget()
        people = QVBoxLayout(self._people)
        people.setContentsMargins(0, 0, 0, 0)
        people.addWidget(self.fields)
        people.addWidget(self.former)
        people.addStretch(1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._people)
        column.addWidget(self.sections)
        self._scroll = lay_out_form(self, body, (self._header, self.notice, self.bar), self.foot)
        holder = self.foot.parentWidget()
        assert holder is not None
        self._foot_line = holder
