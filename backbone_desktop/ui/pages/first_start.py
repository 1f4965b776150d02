"""The first start: from an empty profile to an office that can register, step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, Finding, RuleBroken
from backbone_desktop.ui import theme
from backbone_desktop.ui.pages.first_start_steps import (
    FieldsStep,
    LanguageStep,
    ReadyStep,
    StepSheet,
    StepWords,
)
from backbone_desktop.ui.pages.first_start_words import labels, step_name, step_words
from backbone_desktop.ui.pages.place_fields import place_choices
from backbone_desktop.ui.pages.recovery_code import RecoveryCodeStep
from backbone_desktop.ui.presenters.first_start import FirstStartDraft, Step, findings, request_of, step_of, steps
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.banner import Banner
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.choice_edit import Choice, ChoiceEdit
from backbone_desktop.ui.widgets.step_list import StepList
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_core.places import CountyPlaces
    from backbone_desktop.ui.backend import Backend, County, RecoverySheet
    from backbone_desktop.ui.context import Signals
    from backbone_desktop.ui.worker import StoreWorker

WIDTH = 640


class FirstStartPage(QWidget):
    """`finished` carries the first account's name."""

    finished = Signal(str)

    def __init__(self, words: Words, backend: Backend, store: StoreWorker, signals: Signals, *,
                 draft: FirstStartDraft, step: Step = Step.LANGUAGE, code: str = "") -> None:
        super().__init__()
        self._words, self._backend, self._store, self._signals = words, backend, store, signals
        self._draft, self._step, self._code = draft, step, code
        self._counties: dict[str, County] = {}
        self._steps = steps(True)
        self._sheets: dict[Step, StepSheet] = {}
        self._list = StepList(words("Backbone Desktop"), self._step_names())
        self._stack = QStackedWidget()
        self._problem = Banner(Meaning.ATTENTION, "")
        self._problem.hide()
        self._back = PlainButton(words("Back"), icon_name="arrow-left")
        self._back.clicked.connect(self._go_back)
        self._next = PrimaryButton("")
        self._next.clicked.connect(self.go_on)
        self._lay_out()
        self._store.run(lambda: (backend.keyring_works, backend.counties(spelt=True)), self._take_machine)
        self._show(step)

    def again_in(self, words: Words) -> FirstStartPage:
        """The same step in other words, with all that was typed."""
        draft = replace(self._gathered(), language=words.language)
        page = FirstStartPage(words, self._backend, self._store, self._signals, draft=draft, step=self._step,
                              code=self._code)
        page.finished.connect(self.finished)
        return page

    @property
    def step(self) -> Step:
        return self._step

    @property
    def sheet(self) -> StepSheet:
        return self._sheets[self._step]

    def go_on(self) -> None:
        """To the next step, when nothing is open on this one."""
        sheet = self.sheet
        if isinstance(sheet, FieldsStep) and not sheet.ready():
            return
        self._draft = self._gathered()
        following = self._steps[self._steps.index(self._step) + 1:]
        if not following:
            self.finished.emit(self._draft.account)
        elif following[0] is Step.RECOVERY and not self._code:
            self._set_up()
        else:
            self._show(following[0])

    def _go_back(self) -> None:
        self._draft = self._gathered()
        self._show(self._steps[self._steps.index(self._step) - 1])

    # -- setting up

    def _set_up(self) -> None:
        request, passphrase = request_of(self._draft, self._counties), self._draft.passphrase
        self._busy(True)
        self._store.run(lambda: self._backend.set_up(request, passphrase), self._on_set_up, self._on_refused)

    def _on_set_up(self, code: str) -> None:
        self._busy(False)
        self._code = code
        self._draft = replace(self._draft, password="", password_again="", passphrase="", passphrase_again="")
        self._show(Step.RECOVERY)

    def _on_refused(self, error: BackboneError) -> None:
        self._busy(False)
        if isinstance(error, RuleBroken) and (step := step_of(error.field)) is not None:
            self._show(step)
            if isinstance(self.sheet, FieldsStep):
                self.sheet.form.set_findings(error.findings)
                self.sheet.form.show_all()
                self.sheet.form.go_to_first_open()
            return
        self._problem.say(self._words.error(error))
        self._problem.show()

    def _busy(self, busy: bool) -> None:
        self._problem.hide()
        self.setEnabled(not busy)
        if busy:
            self._next.setText(self._words("Setting up…"))

    # -- the steps

    def _show(self, step: Step) -> None:
        self._step = step
        if step not in self._sheets or step in (Step.RECOVERY, Step.FINISH):
            self._sheets[step] = self._make(step)
            self._stack.addWidget(self._sheets[step])
        place = self._steps.index(step)
        self._list.at(place)
        self._stack.setCurrentWidget(self.sheet)
        self._back.setVisible(0 < place < self._steps.index(Step.RECOVERY))
        last_question = place + 1 == self._steps.index(Step.RECOVERY)
        self._next.setText(self._words("Set up") if last_question else
                           self._words("Go to sign-in") if step is Step.FINISH else self._words("Next"))
        self._next.setEnabled(step is not Step.RECOVERY)
        if step is Step.OFFICE:
            backend, county = self._backend, self._draft.county
            self._store.run(lambda: backend.shipped_places(county), self._offer_townships, latest="places")
        self.sheet.enter()

    def _make(self, step: Step) -> StepSheet:
        words = self._words
        if step is Step.LANGUAGE:
            sheet = LanguageStep(step_words(words, step), words.language)
            sheet.chosen.connect(lambda code: self._signals.dress_wanted.emit("language", code))
            return sheet
        if step is Step.RECOVERY:
            return self._make_recovery()
        if step is Step.FINISH:
            return ReadyStep(StepWords(words("This office is ready"), words(
                "{name} can sign in as {account} and register households and claims, with or without a link. "
                "The Exchange page connects this computer to the centre.",
                name=self._draft.display_name, account=self._draft.account)))
        form = FieldsStep(words, step, self._draft, texts=step_words(words, step), labels=labels(words, step),
                          check=lambda typed: self._check(step, typed), next_button=self._next)
        county = form.fields.get("county")
        if isinstance(county, ChoiceEdit):
            self._offer_counties(county)
        return form

    def _make_recovery(self) -> RecoveryCodeStep:
        from backbone_desktop.ui.pages.recovery_paper import RecoveryPaper

        step = RecoveryCodeStep(self._words, self._code)
        step.proved.connect(self._next.setEnabled)
        paper = RecoveryPaper(self._words, self._backend, self._store, self._sheet_data, step)
        paper.done.connect(step.say_saved)
        paper.failed.connect(self._say_problem)
        return step

    def _check(self, step: Step, typed: dict[str, str]) -> tuple[Finding, ...]:
        return findings(step, replace(self._draft, **typed), self._counties, self._backend.check_passphrase)

    def _gathered(self) -> FirstStartDraft:
        sheet = self._sheets.get(self._step)
        return replace(self._draft, **sheet.typed()) if isinstance(sheet, FieldsStep) else self._draft

    def _step_names(self) -> tuple[str, ...]:
        return tuple(step_name(self._words, step) for step in self._steps)

    def _take_machine(self, found: tuple[bool, tuple[County, ...]]) -> None:
        """What had to be looked up: whether there is a keyring (else one step more), and the counties."""
        keyring_works, counties = found
        self._steps = steps(keyring_works)
        self._list.name(self._step_names())
        self._list.at(self._steps.index(self._step))
        self._counties = {county.code: county for county in counties}
        sheet = self._sheets.get(Step.COUNTY)
        if isinstance(sheet, FieldsStep):
            self._offer_counties(sheet.fields["county"])

    def _offer_counties(self, field: QWidget) -> None:
        assert isinstance(field, ChoiceEdit)
        field.set_choices([
            Choice(county.code, f"{county.name} · {county.prefecture} · {county.province}",
                   " ".join((county.code, *county.letters)))
            for county in self._counties.values()
        ])
        field.set_typed(self._draft.county)

    def _offer_townships(self, places: CountyPlaces | None) -> None:
        sheet = self._sheets.get(Step.OFFICE)
        if isinstance(sheet, FieldsStep) and isinstance(field := sheet.fields["township"], ChoiceEdit):
            field.set_choices(place_choices(self._words, places.townships if places else ()))

    def _sheet_data(self) -> RecoverySheet:
        from backbone_desktop.ui.backend import RecoverySheet

        county = self._counties.get(self._draft.county)
        return RecoverySheet(
            office=self._draft.office, device_name=f"{self._draft.device_name} ({self._draft.device_no})",
            county_name=county.name if county else "", code=self._code,
            made_at=datetime.now(CHINA).strftime("%Y-%m-%d %H:%M"), language=self._words.language)

    def _say_problem(self, error: BackboneError) -> None:
        self._problem.say(self._words.error(error))
        self._problem.show()

    def _lay_out(self) -> None:
        """The steps scroll where the window is low; the buttons below them always stand there."""
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.XXL, theme.M, theme.XXL, theme.XL)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._next)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.XXL, theme.XXL, theme.XXL, 0)
        column.addWidget(self._problem)
        column.addWidget(self._stack, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        middle = QWidget()
        middle.setMaximumWidth(theme.scaled(WIDTH) + 2 * theme.XXL)
        rows = QVBoxLayout(middle)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(scroll, 1)
        rows.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._list)
        whole.addWidget(middle, 1)
        whole.addStretch(0)
