"""The claim form as it stands on screen: fields, the benefit beside them, and the foot with the acts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.ui import theme
from backbone_desktop.ui.pages.claim_benefit import ClaimBenefit
from backbone_desktop.ui.pages.claim_form import ClaimFields
from backbone_desktop.ui.pages.claim_look import ClaimLook
from backbone_desktop.ui.pages.claim_scans import ClaimScans
from backbone_desktop.ui.presenters.benefit import told
from backbone_desktop.ui.presenters.claim import Weighed
from backbone_desktop.ui.presenters.claim_cover import CoverShown
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.form_foot import FormFoot
from backbone_desktop.ui.widgets.form_frame import inset, quiet_scroll
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.words import Words

BESIDE_FROM = 880
"""Width of the page at 100 % text from which the benefit stands beside the form and not below it."""


class ClaimMaking(QWidget):
    back_clicked = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._t = words
        self._look: ClaimLook | None = None
        self._header = PageHeader(words("New claim"), back=words("Back (Esc)"))
        self._header.back_clicked.connect(self.back_clicked)
        self.notice = FormNotice(words)
        self.fields = ClaimFields(words)
        self.benefit = ClaimBenefit(words)
        self.draft_button = PlainButton(words("Keep as draft"), icon_name="save", tip=words("Keep as draft (Ctrl+S)"))
        self.submit_button = PrimaryButton(words("Take in"), icon_name="check",
                                           tip=words("Take the claim in and give the receipt (Ctrl+Enter, F9)"))
        self.foot = FormFoot(words, self.draft_button, self.submit_button)
        form = self.fields.form
        form.opened.connect(self.foot.set_open)
        self.foot.wanted_first.connect(form.go_to_first_open)
        self._lay_out()
        self.fields.set_foot((self.foot.count, self.submit_button))
        self.fields.who.picker.arrived.connect(lambda: form.go(self.fields.who.picker, 1))

    def hold_scans(self, scans: ClaimScans, new: QWidget) -> None:
        """Under the papers; the scan that is looked at stands where the benefit stands else."""
        self.fields.hold_scans(scans, scans.stops)
        self._look = scans.look
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.count() - 1, inset(new))
        self._parts.addWidget(scans.look)
        scans.look.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._share()
        return super().eventFilter(watched, event)

    def show_title(self, title: str) -> None:
        self._header.set_title(title)

    def show_weighed(self, weighed: Weighed, cover: CoverShown | None) -> None:
        self.fields.show_weighed(weighed, cover)
        self.benefit.show_told(told(self._t, weighed))

    def show_refused(self, error: BackboneError) -> bool:
        """Say at the fields what stood in the way; False for a trouble that belongs to no field."""
        if not isinstance(error, RuleBroken):
            return False
        self.notice.refuse(self.fields.form, error)
        return True

    def set_ready(self, *, changed: bool, busy: bool) -> None:
        self.draft_button.setEnabled(changed and not busy)
        self.submit_button.setEnabled(not busy)
        self.submit_button.setText(self._t("Taking in…") if busy else self._t("Take in"))
        if not changed:
            self.foot.say_kept("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Who gets how much of the width: the form, and beside it the benefit or a scan."""
        wide = self.width() >= theme.scaled(BESIDE_FROM)
        looking = self._look is not None and not self._look.isHidden()
        if self._look is not None:
            self._look.stand(self.width(), beside=wide)
        self.benefit.setVisible(not looking)
        self._parts.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.benefit.stand(beside=wide)

    def _lay_out(self) -> None:
        body = QWidget()
        body.setContentsMargins(theme.XL, 0, theme.L, 0)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.fields)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(0)
        self._parts.addWidget(quiet_scroll(body), 1)
        self._parts.addWidget(self.benefit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.L, 0, theme.M)
        column.setSpacing(0)
        column.addWidget(inset(self._header))
        column.addWidget(inset(self.notice))
        column.addLayout(self._parts, 1)
        column.addWidget(inset(self.foot))
