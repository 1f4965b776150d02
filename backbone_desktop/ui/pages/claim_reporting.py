"""Above the list of claims: reporting to the insurer everything that was checked twice, under one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.services.rows import Role
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import LinkButton, PlainButton
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.text import Secondary

if TYPE_CHECKING:
    from backbone_desktop.services.claim_way import Reported


class ClaimReporting(QWidget):
    """Shown to the county while there is something to report; the button asks once more before it reports."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._t = context, context.words
        self._told = Secondary()
        self.ask = PlainButton(self._t("Report them to the insurer…"), icon_name="send")
        self.yes = PlainButton(self._t("Yes, report them"), icon_name="check")
        self.no = LinkButton(self._t("Not now"))
        self.notice = FormNotice(self._t)
        self.ask.clicked.connect(lambda: self._asking(True))
        self.no.clicked.connect(lambda: self._asking(False))
        self.yes.clicked.connect(self._report)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, theme.S)
        row.setSpacing(theme.M)
        for one in (self._told, self.ask, self.yes, self.no):
            row.addWidget(one)
        row.addWidget(self.notice, 1)
        row.addStretch(0)
        self._count = 0
        self._asking(False)
        self.hide()

    def offer(self, count: int) -> None:
        """`count` claims wait to be reported."""
        if count != self._count:
            self._asking(False)
        self._count = count
        self._told.setText(self._t("{n} checked twice, to be reported", n=f"{count:,}"))
        self.setVisible(count > 0 and self._context.desk.actor.role == Role.COUNTY)

    def _asking(self, asking: bool) -> None:
        self.notice.clear()
        self.ask.setVisible(not asking)
        self.yes.setVisible(asking)
        self.no.setVisible(asking)
        if self.isVisible():
            (self.yes if asking else self.ask).setFocus()

    def _report(self) -> None:
        from backbone_desktop.services.claim_way import report_all

        desk = self._context.desk
        self.yes.setEnabled(False)
        self._context.store.run(lambda: report_all(desk), self._done, self._refused)

    def _done(self, done: Reported) -> None:
        self.yes.setEnabled(True)
        self._asking(False)
        self._context.signals.done.emit(self._t("{n} claims reported under {batch}", n=len(done.claim_ids),
                                                batch=done.batch))
        self._context.signals.changed.emit(frozenset({("claim", ""), ("claim_step", "")}))

    def _refused(self, error: BackboneError) -> None:
        self.yes.setEnabled(True)
        if isinstance(error, RuleBroken):
            self._asking(False)
            self.notice.say(Meaning.ATTENTION, self._t.error(error))
        else:
            self._context.signals.problem.emit(error)
