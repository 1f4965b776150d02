"""Carries the acts of a claim's page out on the store worker, and says how it went."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from backbone_core.claim import ClaimAct
from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.pages.claim_way import ClaimWayBar
from backbone_desktop.ui.presenters import claim as form_of
from backbone_desktop.ui.presenters import claim_way


class ClaimSteps(QObject):
    def __init__(self, context: Context, bar: ClaimWayBar, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._t, self._bar = context, context.words, bar
        self._busy = False
        bar.wanted.connect(self._carry_out)
        bar.seen.connect(self._note)

    def _carry_out(self, act: str, note: str, papers: tuple[str, ...]) -> None:
        if self._busy:
            return
        self._busy = True
        desk, claim_id, what = self._context.desk, self._bar.claim_id, ClaimAct(act)
        self._context.store.run(lambda: claim_way.carry_out(desk, claim_id, what, note, papers),
                                lambda done: self._on_done(claim_id, what, done), self._refused)

    def _on_done(self, claim_id: str, act: ClaimAct, done: Any) -> None:
        self._busy = False
        self._bar.notice.clear()
        self._bar.close()
        t = self._t
        if act is ClaimAct.COMPLETE and done is None:
            self._context.signals.done.emit(t("Noted. Other papers are still missing."))
        else:
            self._context.signals.done.emit(t("Done: {act_code}", act_code=f"act.claim_{act}"))
        self._context.signals.changed.emit(form_of.changed(claim_id) | {("claim_step", "")})
        if act is ClaimAct.ASK_PAPERS:  # the family is told at once and once, of everything (保险法 art. 22)
            self._context.navigate.open("paper", form="missing_papers", subject=claim_id)

    def _note(self, step_id: str) -> None:
        from backbone_desktop.services.claim_way import note_refusal

        desk, claim_id = self._context.desk, self._bar.claim_id
        self._context.store.run(lambda: note_refusal(desk, step_id),
                                lambda _: self._context.signals.changed.emit(form_of.changed(claim_id)), self._refused)

    def _refused(self, error: BackboneError) -> None:
        self._busy = False
        if isinstance(error, RuleBroken):
            self._bar.say(self._t.error(error))
        else:
            self._context.signals.problem.emit(error)
