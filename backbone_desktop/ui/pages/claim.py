"""A claim: while it is made, the form with the benefit beside it; once it was taken in, a calm summary."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.pages.claim_account import tell_failed
from backbone_desktop.ui.pages.claim_making import ClaimMaking
from backbone_desktop.ui.pages.claim_review import ReviewActs
from backbone_desktop.ui.pages.claim_scans import ClaimScans
from backbone_desktop.ui.pages.claim_steps import ClaimSteps
from backbone_desktop.ui.pages.claim_summary import ClaimSummary
from backbone_desktop.ui.pages.new_scans import NewScans
from backbone_desktop.ui.presenters import claim as form_of
from backbone_desktop.ui.presenters.claim import ClaimForm, Weighed
from backbone_desktop.ui.presenters.claim_cover import show_cover
from backbone_desktop.ui.presenters.status import moment
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.form_keeper import FormKeeper

if TYPE_CHECKING:
    from backbone_desktop.services.claims import ClaimTaken, ClaimView
    from backbone_desktop.services.rows import MemberHit

PAUSE_MS = 120
"""Between the last key and weighing the form anew."""


class ClaimPage(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Claim")
        self._opened: ClaimForm | None = None
        self._shown: ClaimView | None = None
        self._arguments = ("", "")
        self._counties: dict[str, str] = {}
        self._busy = False
        self.making = ClaimMaking(t)
        self.summary = ClaimSummary(t)
        self.steps = ClaimSteps(context, self.summary.way, self)
        self.scans, self.scans_taken = ClaimScans(context, self.making), ClaimScans(context, self.summary)
        self.new_scans = NewScans(context, self.scans, self.making)
        self.new_scans_taken = NewScans(context, self.scans_taken, self.summary)
        self.making.hold_scans(self.scans, self.new_scans)
        self.summary.hold_scans(self.scans_taken, self.new_scans_taken)
        self.answers = ReviewActs(context, self.summary.review, self)
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self.making)
        self._layers.addWidget(self.summary)
        self._keeper = FormKeeper(context.store, self._gather_keeping, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._weigh)
        self._connect()
        self.making.fields.lists.ask(context)

    def show_with(self, claim_id: str = "", member_id: str = "", **_arguments: str) -> None:
        self._arguments = (claim_id, member_id)
        self.summary.way.close()
        self._load(self.making.notice.clear)

    def refresh(self) -> None:
        """Ask the store again; a form that is being made is only weighed anew."""
        if self._opened is None:
            self._load()
        elif not self._busy:
            self._weigh()

    def leave(self) -> bool:
        self._keeper.keep_now()
        self._pause.stop()
        return not self._busy

    @property
    def changed(self) -> bool:
        form = self._opened
        return form is not None and (self.making.fields.draft() != form.stored
                                     or (form.is_new and bool(self.scans.kept)))

    # -- opening

    def _load(self, then: Callable[[], Any] | None = None, *, afresh: bool = False) -> None:
        desk, backend, (claim_id, member_id) = self._context.desk, self._context.backend, self._arguments
        known = bool(self._counties)

        def load() -> tuple[ClaimForm | ClaimView, dict[str, str]]:
            counties = {} if known else {one.code: one.name for one in backend.counties()}
            return form_of.open_claim(desk, claim_id, member_id, afresh=afresh), counties

        self.making.fields.setEnabled(False)
        self._context.store.run(load, lambda found: self._show(*found, then), self._not_there, latest="claim")

    def _show(self, found: ClaimForm | ClaimView, counties: dict[str, str], then: Callable[[], Any] | None) -> None:
        self._counties.update(counties)
        if then is not None:
            then()
        if isinstance(found, ClaimForm):
            self._show_form(found)
        else:
            self._opened = None
            self._shown = found
            self.summary.show_claim(found)
            self.scans_taken.show_claim(found.claim.id, found.scheme.documents if found.scheme else (), found)
            tell_failed(self._context, self.summary.notice, found)
            self._layers.setCurrentWidget(self.summary)
            if self.summary.way.sheet.act is None:
                self.summary.take_focus()

    def _show_form(self, form: ClaimForm) -> None:
        self._opened = form
        making = self.making
        making.show_title(form_of.title(self._t, form))
        making.fields.setEnabled(True)
        making.fields.put(form)
        self.scans.show_claim(form.claim_id, form.weighed.appraisal.documents)
        self._show_weighed(form.weighed)
        self._layers.setCurrentWidget(making)
        if form.kept_at is not None:
            when = moment(form.kept_at, self._context.desk.clock.now())
            acts = [(self._t("Start afresh"), self._start_afresh)]
            if form.is_new:
                acts.insert(0, (self._t("Leave it for later"), self._begin_another))
            text = self._t("This form was not finished. Here it is as it was typed ({when}).", when=when)
            making.notice.say(Meaning.WAITING, text, *acts)
        self._tell_state()
        making.fields.take_focus()

    def _not_there(self, error: BackboneError) -> None:
        self._context.signals.problem.emit(error)
        self._context.navigate.back()

    def _begin_another(self) -> None:
        """A new form; the one that stands here waits on the Today page."""
        self._keeper.keep_now()
        self._arguments = ("", "")
        self._load(self.making.notice.clear, afresh=True)

    def _start_afresh(self) -> None:
        """Let go of what was typed since the claim was last stored."""
        self._keeper.let_go()
        form = self._opened
        if form is not None:
            desk, claim_id = self._context.desk, form.claim_id
            self._context.store.run(lambda: form_of.let_go(desk, claim_id))
            self._arguments = ("", self._arguments[1]) if form.is_new else (claim_id, "")
            self._load(self.making.notice.clear, afresh=form.is_new)

    # -- typing

    def _on_edited(self) -> None:
        if not self._busy:  # what is being taken in is kept by being taken in
            self._keeper.touch()
        self._pause.start()
        self._tell_state()

    def _on_changed(self, _changes: frozenset[tuple[str, str]]) -> None:
        if self.isVisible() and not self._busy:
            self.refresh()

    def _weigh(self) -> None:
        desk, draft = self._context.desk, self.making.fields.draft()
        self._context.store.run(lambda: form_of.weigh(desk, draft), self._show_weighed, latest="claim.weigh")

    def _show_weighed(self, weighed: Weighed) -> None:
        cover = None
        if weighed.coverage is not None:
            year = weighed.appraisal.policy_year or self._context.office.policy_year
            cover = show_cover(self._t, weighed.coverage, year, today=self._context.desk.clock.today(),
                               counties=self._counties, but=self._opened.claim_id if self._opened else "")
        self.making.show_weighed(weighed, cover)
        self.scans.offer(weighed.appraisal.documents)

    def _find(self, typed: str) -> None:
        desk, picker = self._context.desk, self.making.fields.who.picker
        self._context.store.run(lambda: form_of.find_people(desk, typed), lambda hits: picker.offer(typed, hits),
                                latest="claim.people")

    def _on_picked(self, _hit: MemberHit) -> None:
        desk, draft = self._context.desk, self.making.fields.draft()
        self._context.store.run(lambda: form_of.with_account(desk, draft), self.making.fields.fill_account,
                                latest="claim.account")
        self._on_edited()
        self._weigh()

    def _keep_with_scans(self, count: int) -> None:
        """A form that has nothing but scans is one in progress too."""
        if count and self._opened is not None and self._opened.is_new and not self._busy:
            self._keeper.touch()
            self._tell_state()

    def _offer_brought(self, document: str) -> None:
        if self._shown is not None:
            self.scans_taken.offer_brought(self._shown, document)

    def _gather_keeping(self) -> Callable[[], Any]:
        desk, draft = self._context.desk, self.making.fields.draft()
        if not self.changed:
            return lambda: form_of.forget(desk, draft.claim_id)
        return lambda: form_of.keep(desk, draft)

    def _on_kept(self) -> None:
        now = self._context.desk.clock.now()
        self.making.foot.say_kept(self._t("Kept as typed, {when}", when=moment(now, now)) if self.changed else "")

    def _tell_state(self) -> None:
        self.making.set_ready(changed=self.changed, busy=self._busy)

    # -- acts

    def save_draft(self) -> None:
        """Keep the claim as a 草稿 among the claims."""
        if self._begin_act():
            desk, draft = self._context.desk, self.making.fields.draft()
            self._context.store.run(lambda: form_of.save_draft(desk, draft), self._draft_saved, self._refused)

    def _draft_saved(self, claim_id: str) -> None:
        self._context.signals.changed.emit(form_of.changed(claim_id))
        self._end_act()
        self._arguments = (claim_id, "")
        self._load(lambda: self.making.notice.say(Meaning.DONE, self._t("Kept as a draft among the claims.")))
        self._context.signals.done.emit(self._t("Kept as a draft among the claims."))

    def submit(self) -> None:
        """Take the claim in, and go to its receipt; one that was taken in is brought on."""
        if self._layers.currentWidget() is self.summary:
            self.summary.way.go_on()
        elif self._begin_act():
            desk, draft = self._context.desk, self.making.fields.draft()
            self._context.store.run(lambda: form_of.take_in(desk, draft), self._taken_in, self._refused)

    def _taken_in(self, taken: ClaimTaken) -> None:
        self._context.signals.changed.emit(form_of.changed(taken.claim_id))
        self._end_act()
        self._opened = None
        self._context.signals.done.emit(self._t("Taken in: {receipt_no}", receipt_no=taken.receipt_no))
        self._context.navigate.open("paper", form="receipt", subject=taken.claim_id)

    def _refused(self, error: BackboneError) -> None:
        self._end_act()
        self._keeper.touch()
        if not self.making.show_refused(error):
            self._context.signals.problem.emit(error)

    def _begin_act(self) -> bool:
        if self._busy or self._opened is None:
            return False
        self.making.fields.settle()
        self._pause.stop()
        self._keeper.let_go()
        self._busy = True
        self._tell_state()
        return True

    def _end_act(self) -> None:
        self._busy = False
        self._tell_state()

    def _connect(self) -> None:
        making, summary, way = self.making, self.summary, self._context.navigate
        making.fields.edited.connect(self._on_edited)
        making.fields.who.picker.asked.connect(self._find)
        making.fields.who.picker.picked.connect(self._on_picked)
        making.back_clicked.connect(way.back)
        making.draft_button.clicked.connect(self.save_draft)
        making.submit_button.clicked.connect(self.submit)
        self.scans.brought.connect(making.fields.papers.tick)
        self.scans_taken.brought.connect(self._offer_brought)
        self.scans.counted.connect(self._keep_with_scans)
        self._keeper.kept.connect(self._on_kept)
        self._context.signals.changed.connect(self._on_changed)
        summary.back_clicked.connect(way.back)
        summary.receipt_wanted.connect(lambda claim_id: way.open("paper", form="receipt", subject=claim_id))
        summary.paper_wanted.connect(lambda form, claim_id: way.open("paper", form=form, subject=claim_id))
        summary.household_wanted.connect(lambda household_id: way.open("household", household_id=household_id))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.submit)
        QShortcut(QKeySequence("F9"), self, self._on_print_key)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.save_draft)

    def _on_print_key(self) -> None:
        """F9 leads to the receipt: of the claim that stands here, or by taking it in first."""
        if self._layers.currentWidget() is self.summary:
            self.summary.ask_receipt()
        else:
            self.submit()
