"""A claim that was taken in: its state, what it states, what was worked out, and the way to its receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.pages.claim_benefit import ClaimBenefit
from backbone_desktop.ui.pages.claim_look import ClaimLook
from backbone_desktop.ui.pages.claim_review import ClaimReview
from backbone_desktop.ui.pages.claim_scans import ClaimScans
from backbone_desktop.ui.pages.claim_way import ClaimWayBar
from backbone_desktop.ui.presenters.claim_summary import papers_of, summary_of
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import LinkButton, PrimaryButton
from backbone_desktop.ui.widgets.form_frame import inset, quiet_scroll
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.mark import MeaningMark
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.print_button import PrintButton
from backbone_desktop.ui.widgets.text import Heading, Secondary
from backbone_desktop.ui.widgets.timeline import Event, Timeline
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.claims import ClaimView

WIDEST = 860
_TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_TOP_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class ClaimSummary(QWidget):
    back_clicked = Signal()
    receipt_wanted = Signal(str)
    paper_wanted = Signal(str, str)
    """Form and claim id."""
    household_wanted = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._t = words
        self._claim_id = self._household_id = ""
        self._look: ClaimLook | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._header = PageHeader(words("Claim"), back=words("Back (Esc)"))
        self._header.back_clicked.connect(self.back_clicked)
        household = LinkButton(words("To the household"), icon_name="users")
        household.clicked.connect(lambda: self.household_wanted.emit(self._household_id))
        self.receipt_button = PrimaryButton(words("Receipt"), icon_name="printer")
        self.receipt_button.clicked.connect(self.ask_receipt)
        self.print_button = PrintButton(words, "Ctrl+P")
        self.print_button.chosen.connect(lambda form: self.paper_wanted.emit(form, self._claim_id))
        self._header.add_action(household)
        self._header.add_action(self.print_button)
        self._header.add_action(self.receipt_button)
        self.setAccessibleName(words("Claim"))
        self.notice = FormNotice(words)
        self.state = MeaningMark()
        self.centre = MeaningMark()
        self._received = Secondary()
        self._facts = QGridLayout()
        self._amounts = QGridLayout()
        self._answer_heading = Heading(words("Decision and payment"))
        self.decision = QGridLayout()
        self.payments = QGridLayout()
        self._papers = Secondary(wrap=True)
        self.timeline = Timeline(words("History"))
        self.way = ClaimWayBar(words)
        self.review = ClaimReview(words)
        self.benefit = ClaimBenefit(words)
        self._lay_out()

    def show_claim(self, view: ClaimView) -> None:
        shown = summary_of(self._t, view)
        self._claim_id, self._household_id = view.claim.id, view.household.id
        self._header.set_title(shown.title, shown.subtitle)
        self.review.show_finds(view.claim.id, view.finds)
        self.receipt_button.setText(shown.receipt_act)
        self.print_button.offer(papers_of(view))
        self.receipt_button.setToolTip(f"{shown.receipt_act} (F9)")
        self.state.say(Meaning(shown.state_meaning), shown.state)
        self.centre.say(Meaning(shown.centre_meaning), shown.centre)
        self._received.setText(shown.received)
        self._fill(self._facts, shown.facts)
        self._fill(self._amounts, shown.amounts, right=True)
        self._answer_heading.setVisible(bool(shown.decision))
        self._fill(self.decision, shown.decision, columns=1)
        self._fill(self.payments, shown.payments, columns=1)
        self._papers.setText(shown.papers)
        self.timeline.put([Event(day=one.day, text=one.text, below=one.below, weighty=one.weighty)
                           for one in shown.history])
        self.way.show_way(view)
        self.benefit.show_told(shown.told)

    def hold_scans(self, scans: ClaimScans, new: QWidget) -> None:
        """Under the papers; the scan that is looked at stands where the benefit stands else."""
        self._body.insertWidget(self._body.indexOf(self._papers) + 1, scans)
        self._look = scans.look
        self._parts.addWidget(scans.look)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.addWidget(inset(new))
        scans.look.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent) and self._look is not None:
            self._look.stand(self.width(), beside=True)
            self.benefit.setVisible(self._look.isHidden())
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._look is not None:
            self._look.stand(self.width(), beside=True)

    def take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_receipt(self) -> None:
        self.receipt_wanted.emit(self._claim_id)

    def _fill(self, grid: QGridLayout, pairs: tuple[tuple[str, str], ...], *, right: bool = False,
              columns: int = 2) -> None:
        while (item := grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        high = -(-len(pairs) // columns)
        for place, (name, value) in enumerate(pairs):
            row, column = place % high, place // high * 3
            label, text = QLabel(name), QLabel(value)
            theme.tint(label, theme.colours().secondary)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(not right)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setAccessibleName(f"{name}: {value}")
            grid.addWidget(label, row, column, _TOP_LEFT if right else _TOP_RIGHT)
            grid.addWidget(text, row, column + 1, _TOP_RIGHT if right else Qt.AlignmentFlag.AlignTop)

    def _lay_out(self) -> None:
        for grid, stretch in ((self._facts, (1, 4)), (self.decision, (1,)), (self.payments, (1,)),
                              (self._amounts, (2, 5))):
            grid.setHorizontalSpacing(theme.M)
            grid.setVerticalSpacing(theme.XS + 2)
            for place in stretch:
                grid.setColumnStretch(place, 1)
        marks = QHBoxLayout()
        marks.setSpacing(theme.XL)
        marks.addWidget(self.state)
        marks.addWidget(self.centre)
        marks.addWidget(self._received)
        marks.addStretch(1)
        body = QWidget()
        body.setContentsMargins(theme.XL, 0, theme.L, 0)
        self._body = column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, theme.L)
        column.setSpacing(theme.XS)
        column.addLayout(marks)
        column.addWidget(self.review)
        t = self._t
        column.addSpacing(theme.M)
        column.addWidget(self._answer_heading)
        answer = QHBoxLayout()
        answer.setSpacing(theme.XL)
        for grid in (self.decision, self.payments):
            side = QVBoxLayout()
            side.addLayout(grid)
            side.addStretch(1)
            answer.addLayout(side, 1)
        column.addLayout(answer)
        for heading, part in ((t("Who and stay"), self._facts), (t("Settlement sheet"), self._amounts),
                              (t("Papers"), self._papers), (t("History"), self.timeline)):
            column.addSpacing(theme.M)
            column.addWidget(Heading(heading))
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        column.addStretch(1)
        self._parts = parts = QHBoxLayout()
        parts.setSpacing(0)
        parts.addWidget(quiet_scroll(body), 1)
        parts.addWidget(self.benefit)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.L, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(inset(self._header))
        whole.addWidget(inset(self.notice))
        whole.addWidget(inset(self.way))
        whole.addLayout(parts, 1)
