"""Today: what came in, what waits, what was left unfinished, and the two acts that begin a day's work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from backbone_desktop.services.duties import Duty, may
from backbone_desktop.services.rows import Page as RowPage
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.models.keyset_model import Column, KeysetModel, Mark
from backbone_desktop.ui.presenters.claim_state import state_meaning
from backbone_desktop.ui.presenters.claims import state_words
from backbone_desktop.ui.presenters.today import (
    Unfinished,
    amount,
    day_line,
    figures,
    month_line,
    taken_in,
    to_tell,
    unfinished,
)
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import LinkButton, PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.list_table import ListTable
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.text import Heading, Secondary, StatFigure

if TYPE_CHECKING:
    from backbone_desktop.services.rows import ClaimRow
    from backbone_desktop.services.today import TodayView


class TodayPage(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = context.words
        self.title = self._t("Today")
        self._now = context.desk.clock.now()
        self._header = PageHeader(self.title)
        household = PlainButton(self._t("New household"), icon_name="users", shortcut="F2")
        claim = PrimaryButton(self._t("New claim"), icon_name="plus", shortcut="Shift+F2")
        household.clicked.connect(lambda: context.navigate.open("household", household_id=""))
        claim.clicked.connect(lambda: context.navigate.open("claim", claim_id="", member_id=""))
        for act in (household, claim):
            if not may(context.desk, Duty.REGISTER):
                act.hide()
            self._header.add_action(act)
        self._figures: dict[str, StatFigure] = {}
        self._figure_row = QHBoxLayout()
        self._figure_row.setSpacing(theme.XL)
        self._unfinished_heading = Heading(self._t("To go on with"))
        self._unfinished = QGridLayout()
        self._unfinished.setHorizontalSpacing(theme.L)
        self._unfinished.setVerticalSpacing(0)
        self._month = Secondary()
        self._table = self._make_table()
        self._lay_out()
        context.signals.changed.connect(self._on_changed)

    def show_with(self, **_arguments: str) -> None:
        self.refresh()
        QTimer.singleShot(0, self, self._take_focus)

    def refresh(self) -> None:
        from backbone_desktop.services.today import today

        desk = self._context.desk
        self._context.store.run(lambda: (today(desk), desk.clock.now()), self._show, latest="today")

    def leave(self) -> bool:
        return True

    def _take_focus(self) -> None:
        if self.isVisible():
            self._table.setFocus()

    def _on_changed(self, _changes: frozenset[tuple[str, str]]) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, found: tuple[TodayView, datetime]) -> None:
        view, self._now = found
        self._header.set_title(self.title, day_line(self._t, self._now, self._context.office.policy_year))
        for figure in figures(self._t, view):
            if figure.key not in self._figures:
                shown = StatFigure(figure.name)
                shown.clicked.connect(self._way(figure.page, dict(figure.arguments)))
                self._figures[figure.key] = shown
                self._figure_row.addWidget(shown, 1)
            colour = theme.colours().of(Meaning(figure.meaning))[0] if figure.meaning else ""
            self._figures[figure.key].show_figure(figure.figure, colour)
        self._show_unfinished((*to_tell(self._t, view), *unfinished(self._t, view, self._now)))
        self._month.setText(month_line(self._t, view))
        self._table.show_page(RowPage(view.recent, None, len(view.recent)))

    def _show_unfinished(self, lines: tuple[Unfinished, ...]) -> None:
        while (item := self._unfinished.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._unfinished_heading.setVisible(bool(lines))
        for row, line in enumerate(lines):
            tip = line.tip or self._t("Go on with this form")
            go = LinkButton(line.title, icon_name="printer" if line.tip else "pencil-line", tip=tip)
            go.setAccessibleName(f"{tip}: {line.title} {line.detail}")
            go.clicked.connect(self._way(line.page, dict(line.arguments)))
            self._unfinished.addWidget(go, row, 0)
            self._unfinished.addWidget(Secondary(line.detail), row, 1)
            self._unfinished.addWidget(Secondary(line.when), row, 2, Qt.AlignmentFlag.AlignRight)
        self._unfinished.setColumnStretch(1, 1)

    def _way(self, page: str, arguments: dict[str, str]) -> Callable[[], None]:
        return lambda: self._context.navigate.open(page, **arguments)

    def _make_table(self) -> ListTable:
        t = self._t
        model: KeysetModel[ClaimRow] = KeysetModel((
            Column(title=t("Receipt number"), text=lambda row: row.receipt_no, width=25),
            Column(title=t("Name"), text=lambda row: row.member_name, width=14),
            Column(title=t("Hospital"), text=lambda row: row.hospital),
            Column(title=t("Provisional benefit"), text=amount, width=17, right=True),
            Column(title=t("State"), text=lambda row: state_words(t, row.state), width=19,
                   mark=lambda row: Mark(Meaning(state_meaning(row.state)))),
            Column(title=t("Last change"), text=lambda row: taken_in(row, self._now), width=12, quiet=True),
        ), self)
        first = PrimaryButton(t("New claim"), icon_name="plus")
        first.clicked.connect(lambda: self._context.navigate.open("claim", claim_id="", member_id=""))
        if not may(self._context.desk, Duty.REGISTER):
            first.hide()
        empty = EmptyState("file-text", t("No claim was taken in yet"),
                           t("Register the household first, then the claim of one of its members."), first)
        table = ListTable(model, t("Recent claims"), empty=empty)
        table.opened.connect(lambda row: self._context.navigate.open("claim", claim_id=row.id))
        return table

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addSpacing(theme.S)
        column.addLayout(self._figure_row)
        column.addSpacing(theme.S)
        column.addWidget(self._unfinished_heading)
        column.addLayout(self._unfinished)
        head = QHBoxLayout()
        head.addWidget(Heading(self._t("Recent claims")))
        head.addStretch(1)
        head.addWidget(self._month, 0, Qt.AlignmentFlag.AlignBottom)
        column.addSpacing(theme.S)
        column.addLayout(head)
        column.addWidget(self._table, 1)
        self._unfinished_heading.hide()
