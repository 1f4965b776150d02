"""Exchange: what waits, sending it now, what the centre answered, and what came back to be looked at."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backbone_desktop.services.rows import Page as RowPage
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.models.keyset_model import Column, KeysetModel, Mark
from backbone_desktop.ui.pages.connect import ConnectForm
from backbone_desktop.ui.presenters.exchange import (
    AnswerLine,
    ExchangeFound,
    ReturnedLine,
    WaitingLine,
    ask,
    exchange_view,
    where_to_go,
)
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.banner import Banner
from backbone_desktop.ui.widgets.buttons import PrimaryButton
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.list_table import ListTable, RowAct
from backbone_desktop.ui.widgets.mark import MeaningMark
from backbone_desktop.ui.widgets.page_header import PageHeader
from backbone_desktop.ui.widgets.text import Heading, Secondary

LINK_MEANINGS = {"up": Meaning.DONE, "down": Meaning.ATTENTION, "none": Meaning.NONE}
LINK_ICONS = {"up": "wifi", "down": "wifi-off", "none": "unplug"}
RETURNED_ROWS = 5
SINCE, NARROW = 2, 900
"""A column that gives way on a page narrower than so many pixels at 100 % text."""


class ExchangePage(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = context.words
        self.title = self._t("Exchange")
        self._enrolled = False
        self._header = PageHeader(self.title)
        self._send = PrimaryButton(self._t("Send now"), icon_name="send", shortcut="F8")
        self._send.clicked.connect(context.signals.exchange_wanted)
        self._send.setEnabled(False)
        self._header.add_action(self._send)
        self._link = MeaningMark()
        self._centre = Secondary()
        self._clock = Banner(Meaning.ATTENTION, "")
        self._clock.hide()
        self.connect_form = ConnectForm(context)
        self.connect_form.connected.connect(self.refresh)
        self.connect_form.hide()
        self._waiting_heading, self._returned_heading = Heading(""), Heading(self._t("To look at"))
        self.waiting, self.returned, self.answers = self._waiting_table(), self._returned_table(), self._answer_table()
        self._lay_out()
        context.signals.changed.connect(self._on_changed)
        context.signals.working.connect(self._on_working)

    def show_with(self, **_arguments: str) -> None:
        self.refresh()
        QTimer.singleShot(0, self, self._take_focus)

    def refresh(self) -> None:
        desk = self._context.desk
        self._context.store.run(lambda: ask(desk), self._show, latest="exchange page")

    def leave(self) -> bool:
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.waiting.setColumnHidden(SINCE, self.width() < theme.scaled(NARROW))

    def _take_focus(self) -> None:
        if self.isVisible():
            (self.connect_form.address if self.connect_form.isVisible() else self.waiting).setFocus()

    def _on_changed(self, _changes: frozenset[tuple[str, str]]) -> None:
        if self.isVisible():
            self.refresh()

    def _on_working(self, working: bool) -> None:
        self._send.setEnabled(self._enrolled and not working)
        self._send.setText(self._t("Sending…") if working else self._t("Send now"))

    def _show(self, found: ExchangeFound) -> None:
        t = self._t
        view = exchange_view(t, found)
        was, self._enrolled = self._enrolled, view.enrolled
        if was != view.enrolled:
            self._send.setEnabled(view.enrolled)
        self._link.say(LINK_MEANINGS[view.link], view.link_words, icon_name=LINK_ICONS[view.link])
        self._centre.setText(view.centre)
        self._clock.say(view.clock)
        self._clock.setVisible(bool(view.clock))
        self.connect_form.setVisible(not view.enrolled)
        self._waiting_heading.setText(t("Waiting to be sent ({n})", n=f"{view.waiting_total:,}")
                                      if view.waiting_total else t("Waiting to be sent"))
        self.waiting.show_page(RowPage(view.waiting, None, len(view.waiting)))
        self.answers.show_page(RowPage(view.answers, None, len(view.answers)))
        self.returned.show_page(RowPage(view.returned, None, len(view.returned)))
        rows = min(RETURNED_ROWS, len(view.returned))
        self.returned.setFixedHeight((rows + 1) * theme.scaled(32) + 2)
        for widget in (self._returned_heading, self.returned):
            widget.setVisible(bool(view.returned))

    def _go_to(self, line: ReturnedLine) -> None:
        desk, navigate = self._context.desk, self._context.navigate

        def go(place: tuple[str, dict[str, str]] | None) -> None:
            if place is not None:
                navigate.open(place[0], **place[1])

        self._context.store.run(lambda: where_to_go(desk, line.kind, line.record_id), go)

    # -- the lists

    def _waiting_table(self) -> ListTable:
        t = self._t
        model: KeysetModel[WaitingLine] = KeysetModel((
            Column(title=t("What"), text=lambda row: row.what, width=19),
            Column(title=t("Number"), text=lambda row: row.label),
            Column(title=t("Since"), text=lambda row: row.when, width=11, quiet=True),
        ), self)
        return ListTable(model, t("Waiting to be sent"), empty=EmptyState(
            "circle-check", t("Nothing waits"), t("The centre has everything that was registered here.")))

    def _returned_table(self) -> ListTable:
        t = self._t
        model: KeysetModel[ReturnedLine] = KeysetModel((
            Column(title=t("What"), text=lambda row: row.what, width=34, mark=lambda row: Mark(Meaning(row.meaning))),
            Column(title=t("Why, and what to do"), text=lambda row: row.why, tip=lambda row: row.why),
        ), self)
        table = ListTable(model, t("To look at"), acts=(RowAct(t("Open"), self._go_to, "pencil"),))
        table.opened.connect(self._go_to)
        return table

    def _answer_table(self) -> ListTable:
        t = self._t
        model: KeysetModel[AnswerLine] = KeysetModel((
            Column(title=t("When"), text=lambda row: row.when, width=11, quiet=True),
            Column(title=t("Answer"), text=lambda row: row.short, tip=lambda row: row.whole,
                   mark=lambda row: Mark(Meaning(row.meaning))),
        ), self)
        return ListTable(model, t("Last answers"), empty=EmptyState(
            "arrow-left-right", t("No exchange yet"), t("What the centre answers will stand here.")))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        column.setSpacing(0)
        column.addWidget(self._header)
        link = QHBoxLayout()
        link.setSpacing(theme.L)
        link.addWidget(self._link)
        link.addWidget(self._centre)
        link.addStretch(1)
        column.addLayout(link)
        column.addSpacing(theme.S)
        column.addWidget(self._clock)
        column.addWidget(self.connect_form)
        column.addWidget(self._returned_heading)
        column.addWidget(self.returned)
        sides = QHBoxLayout()
        sides.setSpacing(theme.XXL)
        for heading, table in ((self._waiting_heading, self.waiting), (Heading(self._t("Last answers")), self.answers)):
            side = QVBoxLayout()
            side.setSpacing(theme.XS)
            side.addWidget(heading)
            side.addWidget(table, 1)
            sides.addLayout(side, 1)
        column.addSpacing(theme.S)
        column.addLayout(sides, 1)
        self._returned_heading.hide()
        self.returned.hide()
