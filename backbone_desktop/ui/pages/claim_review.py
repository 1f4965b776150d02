"""The counter's way to a benefit and the centre's side by side, and the two answers that a person may give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.pages.claim_benefit import Steps
from backbone_desktop.ui.presenters import benefit_review
from backbone_desktop.ui.presenters import claim as form_of
from backbone_desktop.ui.presenters.benefit_review import Way
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import PlainButton
from backbone_desktop.ui.widgets.mark import MeaningMark
from backbone_desktop.ui.widgets.text import Secondary
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.benefit_review import CentreFinds


class WayColumn(QWidget):
    """Whose way it is, the amount, and the steps; those that the other way has not are marked."""

    def __init__(self) -> None:
        super().__init__()
        self.whose = Secondary()
        self.figure = QLabel()
        self.figure.setFont(theme.body_font(medium=True))
        self.steps = Steps()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self.whose)
        column.addWidget(self.figure)
        column.addWidget(self.steps)
        column.addStretch(1)

    def put(self, words: Words, way: Way) -> None:
        self.whose.setText(way.whose)
        self.figure.setText(words("{amount} yuan", amount=way.figure))
        self.steps.put(tuple(f"▸ {step}" if place in way.apart else step for place, step in enumerate(way.steps)),
                       numbered=True)


class ClaimReview(QWidget):
    """Hidden while the centre asks nothing."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._t = t = words
        self.claim_id = ""
        self.mark = MeaningMark(Meaning.ATTENTION)
        self.why = Secondary(wrap=True)
        self.here, self.centre = WayColumn(), WayColumn()
        self.adopt = PlainButton(t("Use the centre's amount"), icon_name="check")
        self.keep = PlainButton(t("Looked at; the amount stays"))
        ways, answers = QHBoxLayout(), QHBoxLayout()
        ways.setSpacing(theme.XL)
        for one in (self.here, self.centre):
            ways.addWidget(one, 1)
        for button in (self.adopt, self.keep):
            answers.addWidget(button)
        answers.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.M, 0, theme.S)
        column.setSpacing(theme.S)
        column.addWidget(self.mark)
        column.addWidget(self.why)
        column.addLayout(ways)
        column.addLayout(answers)
        self.hide()

    def show_finds(self, claim_id: str, finds: CentreFinds | None) -> None:
        self.claim_id = claim_id
        self.setVisible(finds is not None)
        if finds is None:
            return
        told = benefit_review.shown(self._t, finds)
        self.mark.say(Meaning.ATTENTION, self._t("The centre works this benefit out otherwise"))
        self.why.setText(told.why)
        self.here.put(self._t, told.here)
        self.centre.put(self._t, told.centre)
        self.adopt.setVisible(told.may_adopt)


class ReviewActs(QObject):
    """Carries the answer out on the store worker."""

    def __init__(self, context: Context, panel: ClaimReview, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._panel = context, panel
        panel.adopt.clicked.connect(lambda: self._answer(adopt=True))
        panel.keep.clicked.connect(lambda: self._answer(adopt=False))

    def _answer(self, *, adopt: bool) -> None:
        desk, claim_id = self._context.desk, self._panel.claim_id
        self._enable(on=False)
        self._context.store.run(lambda: benefit_review.answer(desk, claim_id, adopt=adopt),
                                lambda _: self._done(claim_id), self._refused)

    def _done(self, claim_id: str) -> None:
        self._enable(on=True)
        t = self._context.words
        self._context.signals.done.emit(t("Answered; the centre is told at the next exchange."))
        self._context.signals.changed.emit(form_of.changed(claim_id) | {("review", "")})

    def _refused(self, error: BackboneError) -> None:
        self._enable(on=True)
        self._context.signals.problem.emit(error)

    def _enable(self, *, on: bool) -> None:
        for button in (self._panel.adopt, self._panel.keep):
            button.setEnabled(on)
