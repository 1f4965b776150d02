"""Doubtful rows of imported rosters: what the roster says beside who is registered, and one key to decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.services.rows import Page as RowPage
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.models.keyset_model import Column, KeysetModel
from backbone_desktop.ui.presenters import roster as roster_shown
from backbone_desktop.ui.presenters import roster_doubts as shown
from backbone_desktop.ui.presenters.roster_doubts import DoubtRow, Line
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import IconButton, PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.list_table import ListTable
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.text import Heading, Prose, Secondary

if TYPE_CHECKING:
    from backbone_desktop.services.roster_doubts import Candidate, Doubt
    from backbone_desktop.services.roster_ports import Settled

ASIDE = 620


class RosterDoubtsPage(QWidget):
    """F6 the same person, F7 somebody else, F8 leave it; then the next row is marked."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self.title = t("Roster rows to decide")
        self._busy = False
        self._whole = False
        self._header = PageHeader(self.title, back=t("Back (Esc)"))
        self._header.back_clicked.connect(context.navigate.back)
        self.notice = FormNotice(t)
        self._model: KeysetModel[DoubtRow] = KeysetModel((
            Column(title=t("Row"), text=lambda row: row.row, width=6, right=True, quiet=True),
            Column(title=t("Name"), text=lambda row: row.name, width=11),
            Column(title=t("Why nobody was changed"), text=lambda row: row.why, tip=lambda row: row.why),
        ), self)
        self.table = ListTable(self._model, self.title, empty=EmptyState(
            "check", t("Nothing to decide"), t("Doubtful rows of an imported roster come here.")))
        self.table.marked.connect(self._show_row)
        self.who = QComboBox()
        self.who.setAccessibleName(t("Who may be meant"))
        self.who.currentIndexChanged.connect(lambda _: self._show_lines())
        self.reveal = IconButton("eye", t("Show the whole number (this is recorded)"))
        self.reveal.clicked.connect(self._reveal)
        self._why = Prose()
        self._lines = QGridLayout()
        self.same = PrimaryButton(t("The same person: take over the roster"), icon_name="check", shortcut="F6")
        self.new = PlainButton(t("Somebody else: register"), icon_name="user-plus", shortcut="F7")
        self.left = PlainButton(t("Leave it as it is"), shortcut="F8")
        self._count = Secondary()
        self._aside = self._make_aside()
        self._lay_out()
        self._connect()

    def show_with(self, **_arguments: str) -> None:
        self.notice.clear()
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        from backbone_desktop.services.roster_doubts import doubts

        desk, words = self._context.desk, self._t
        self._context.store.run(lambda: shown.doubt_rows(words, doubts(desk)), self._show, latest="roster_doubts")

    def leave(self) -> bool:
        return not self._busy

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self._context.navigate.back()
        else:
            super().keyPressEvent(event)

    # --- what is shown

    @property
    def doubt(self) -> Doubt | None:
        row = self.table.row
        return None if row is None else row.doubt

    def _show(self, rows: tuple[DoubtRow, ...]) -> None:
        self._count.setText(shown.waiting_words(self._t, len(rows)))
        self.table.show_page(RowPage(rows, None, len(rows)))

    def _show_row(self, row: DoubtRow | None) -> None:
        self._whole = False
        self._aside.setVisible(row is not None)
        self._why.say(row.why if row is not None else "")
        self.who.blockSignals(True)
        self.who.clear()
        for member_id, words in shown.candidate_choices(self._t, row.doubt) if row is not None else ():
            self.who.addItem(words, member_id)
        self.who.blockSignals(False)
        self.who.setVisible(self.who.count() > 1)
        self.same.setEnabled(self.who.count() > 0)
        self._show_lines()

    @property
    def candidate(self) -> Candidate | None:
        doubt, at = self.doubt, self.who.currentIndex()
        return doubt.candidates[at] if doubt is not None and 0 <= at < len(doubt.candidates) else None

    def _show_lines(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if (doubt := self.doubt) is None:
            return
        for place, title in enumerate((self._t("On the roster"), self._t("Registered")), start=1):
            self._lines.addWidget(Secondary(title), 0, place)
        for n, line in enumerate(shown.compared(self._t, doubt, self.candidate, whole=self._whole), start=1):
            self._put(n, line)

    def _put(self, n: int, line: Line) -> None:
        title = Secondary(line.title)
        title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lines.addWidget(title, n, 0)
        for place, text in enumerate((line.roster, line.registered), start=1):
            label = QLabel(text or "—")
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if line.differs:
                font = label.font()
                font.setBold(True)
                label.setFont(font)
            self._lines.addWidget(label, n, place)
        if line.differs:
            self._lines.addWidget(Secondary(self._t("differs")), n, 3)

    def _reveal(self) -> None:
        from backbone_desktop.services.roster_doubts import reveal_candidates

        desk, doubt = self._context.desk, self.doubt
        if doubt is not None:
            def show(_found: tuple[Candidate, ...]) -> None:
                if self.doubt is not None and self.doubt.id == doubt.id:
                    self._whole = True
                    self._show_lines()

            self._context.store.run(lambda: reveal_candidates(desk, doubt.import_id, doubt.row_no), show)

    # --- deciding

    def _decide(self, how: Settled) -> None:
        from backbone_desktop.services.roster_doubts import settle_doubt
        from backbone_desktop.services.roster_ports import Settled

        doubt, candidate, desk = self.doubt, self.candidate, self._context.desk
        if doubt is None or self._busy or (how is Settled.SAME and candidate is None):
            return
        member_id = candidate.member.id if candidate is not None and how is Settled.SAME else ""
        self._busy = True
        self.notice.clear()
        self._context.store.run(lambda: settle_doubt(desk, doubt.import_id, doubt.row_no, how, member_id),
                                self._decided, self._failed)

    def _decided(self, how: Settled) -> None:
        from backbone_desktop.services.roster_ports import Settled

        self._busy = False
        if how is not Settled.LEFT:
            self._context.signals.changed.emit(roster_shown.CHANGED)
        self._context.signals.done.emit(self._t("Decided."))
        self.refresh()

    def _failed(self, error: BackboneError) -> None:
        self._busy = False
        if not isinstance(error, RuleBroken):
            self._context.signals.problem.emit(error)
            return
        self.notice.say(Meaning.ATTENTION, self._t.error(error))
        if error.code == "roster.doubt_gone":
            self.refresh()

    def _connect(self) -> None:
        from backbone_desktop.services.roster_ports import Settled

        acts: tuple[tuple[PrimaryButton | PlainButton, Settled], ...] = (
            (self.same, Settled.SAME), (self.new, Settled.NEW), (self.left, Settled.LEFT))
        for button, how in acts:
            button.clicked.connect(self._deciding(how))

    def _deciding(self, how: Settled) -> Callable[[], None]:
        return lambda: self._decide(how)

    # --- layout

    def _make_aside(self) -> QWidget:
        aside = QWidget()
        aside.setFixedWidth(theme.scaled(ASIDE))
        self._lines.setHorizontalSpacing(theme.M)
        self._lines.setVerticalSpacing(theme.S)
        self._lines.setColumnMinimumWidth(0, theme.scaled(110))
        self._lines.setColumnStretch(1, 1)
        self._lines.setColumnStretch(2, 1)
        head = QHBoxLayout()
        head.addWidget(Heading(self._t("Is it the same person?")))
        head.addStretch(1)
        head.addWidget(self.reveal)
        column = QVBoxLayout(aside)
        column.setContentsMargins(theme.L, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addLayout(head)
        column.addWidget(self._why)
        column.addWidget(self.who)
        column.addLayout(self._lines)
        column.addWidget(self.same)
        column.addWidget(self.new)
        column.addWidget(self.left)
        column.addStretch(1)
        aside.hide()
        return aside

    def _lay_out(self) -> None:
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.table, 1)
        beside.addWidget(self._aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.notice)
        column.addLayout(beside, 1)
        column.addWidget(self._count)
