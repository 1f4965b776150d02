"""Takes back an act that was recorded by mistake, after asking on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.form_notice import FormNotice

if TYPE_CHECKING:
    from backbone_core.household_act import HouseholdAct

CHANGED = frozenset({("household", ""), ("member", ""), ("enrolment", "")})


class TakingBack(QObject):
    """`done` carries the sentence that tells of it, when everything stands as before."""

    done = Signal(str)

    def __init__(self, context: Context, notice: FormNotice, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._t, self._notice = context, context.words, notice

    def ask(self, act_id: str, told: str) -> None:
        self._notice.say(Meaning.ATTENTION, self._t("Take this back? What it changed will stand as before.\n{told}",
                                                    told=told),
                         (self._t("Yes, take it back"), lambda: self._carry_out(act_id)))

    def _carry_out(self, act_id: str) -> None:
        from backbone_desktop.services.household_act_undo import take_back

        desk = self._context.desk
        self._notice.clear()
        self._context.store.run(lambda: take_back(desk, act_id), self._on_done, self._refused)

    def _on_done(self, act: HouseholdAct) -> None:
        self._context.signals.changed.emit(CHANGED)
        self.done.emit(self._t("{act_code} is taken back.", act_code=f"act.{act.kind}"))

    def _refused(self, error: BackboneError) -> None:
        if isinstance(error, RuleBroken):
            self._notice.say(Meaning.ATTENTION, self._t.error(error))
        else:
            self._context.signals.problem.emit(error)
