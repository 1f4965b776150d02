"""The window somebody works in after signing in: rail, page, banners, long work and the status line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.ui.context import Context, Page, Signals
from backbone_desktop.ui.page_table import make_page, widget_of
from backbone_desktop.ui.person_search import PersonSearch
from backbone_desktop.ui.presenters.status import status_line
from backbone_desktop.ui.problems import Problems
from backbone_desktop.ui.rail import Rail
from backbone_desktop.ui.shortcuts import shortcut_sheet
from backbone_desktop.ui.status_bar import StatusBar
from backbone_desktop.ui.work_panel import WorkPanel

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.rows import ExchangeNote, ExchangeState, OfficeProfile
    from backbone_desktop.ui.backend import Backend
    from backbone_desktop.ui.exchange_run import ExchangeRun
    from backbone_desktop.ui.worker import StoreWorker, SyncWorker
    from backbone_desktop.words import Words

REMEMBERED_PLACES = 30
EXCHANGE_AREAS = frozenset({"exchange", "server"})
"""First parts of the codes of problems that a later exchange does away with."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page and what it was opened with."""

    page: str
    arguments: Mapping[str, str]


TODAY = Place("today", {})
_AREAS = {
    "household": "households",
    "household_act": "households",
    "roster": "households",
    "roster_doubts": "households",
    "duplicates": "households",
    "claim": "claims",
    "verify": "claims",
    "reference": "settings",
    "print_log": "print",
    "calibration": "print",
    "scheme": "settings",
}


class MainWindow(QWidget):
    """Implements `Navigator`. One lives from sign-in to sign-out; text size or language make a new one."""

    lock_wanted = Signal()

    def __init__(self, *, words: Words, store: StoreWorker, sync: SyncWorker, signals: Signals, desk: Desk,
                 office: OfficeProfile, backend: Backend, exchange: ExchangeRun, start: Place = TODAY) -> None:
        super().__init__()
        self.context = Context(words, store, sync, signals, self, desk, office, backend)
        self._words = words
        self._pages: dict[str, Page] = {}
        self._been: list[Place] = []
        self._place: Place | None = None
        self._search = PersonSearch(self.context)
        self._rail = Rail(words, self._search)
        self._problems = Problems(words, self._ways_on)
        self._stack = QStackedWidget()
        self._panel = WorkPanel(words)
        self._status = StatusBar(words)
        self._exchange = exchange
        self._lay_out()
        self._connect(signals)
        self.open(start.page, **start.arguments)
        self._ask_status()

    def open(self, page: str, **arguments: str) -> None:
        """Show a page; the one that stands there keeps what was typed, or stays when it is in the middle of an act."""
        if self._place is not None and not self._pages[self._place.page].leave():
            self._status.say_done(self._words("One moment: this page is still saving."))
            return
        if self._place is not None and self._place != Place(page, arguments):
            self._been = [*self._been, self._place][-REMEMBERED_PLACES:]
        self._show(Place(page, arguments))

    def back(self) -> None:
        if not self._been or self._place is None or not self._pages[self._place.page].leave():
            return
        self._show(self._been.pop())

    @property
    def place(self) -> Place | None:
        return self._place

    @property
    def page(self) -> Page:
        assert self._place is not None
        return self._pages[self._place.page]

    def leave(self) -> bool:
        """Keep what was typed, before the window closes, locks or is dressed anew."""
        return self._place is None or self.page.leave()

    def refresh(self) -> None:
        self.page.refresh()
        self._ask_status()

    def show_problem(self, error: BackboneError) -> None:
        self._problems.show_problem(error)

    def _show(self, place: Place) -> None:
        page = self._pages.get(place.page)
        if page is None:
            page = self._pages[place.page] = make_page(place.page, self.context)
            self._stack.addWidget(widget_of(page))
        self._place = place
        self._rail.mark(area_of(place.page))
        self._stack.setCurrentWidget(widget_of(page))
        page.show_with(**place.arguments)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._problems)
        right.addWidget(self._stack, 1)
        right.addWidget(self._panel)
        above = QHBoxLayout()
        above.setSpacing(0)
        above.addWidget(self._rail)
        above.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(above, 1)
        whole.addWidget(self._status)

    def _connect(self, signals: Signals) -> None:
        self._rail.chosen.connect(self._open_from_rail)
        self._rail.lock_clicked.connect(self.lock_wanted)
        self._rail.help_clicked.connect(self._show_shortcuts)
        self._status.exchange_clicked.connect(lambda: self.open("exchange"))
        signals.changed.connect(self._on_changed)
        signals.problem.connect(self.show_problem)
        signals.done.connect(self._status.say_done)
        self._exchange.began.connect(self._on_exchange_began)
        self._exchange.advanced.connect(self._panel.advance, Qt.ConnectionType.QueuedConnection)
        self._exchange.ended.connect(self._on_exchanged)
        self._panel.cancelled.connect(self._exchange.cancel)
        QShortcut(QKeySequence("Ctrl+K"), self, self._search.begin)
        QShortcut(QKeySequence("Ctrl+Shift+V"), self, lambda: self.open("verify"))
        if self._exchange.running:
            self._on_exchange_began()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing inside wanted: a page's own F3 or Esc comes before the window's."""
        acts: dict[int, Callable[[], None]] = {
            int(Qt.Key.Key_F1): self._show_shortcuts, int(Qt.Key.Key_F3): self._search.begin,
            int(Qt.Key.Key_F5): self.refresh, int(Qt.Key.Key_Escape): self.back,
        }
        act = acts.get(int(event.key()))
        if act is None or event.modifiers():
            super().keyPressEvent(event)
            return
        act()

    def _open_from_rail(self, page: str) -> None:
        self.open(page)
        if self._place is not None:
            self._rail.mark(area_of(self._place.page))  # the page before may have had to stay

    def _show_shortcuts(self) -> None:
        shortcut_sheet(self._words, self).open()

    def _on_changed(self, _changes: frozenset[tuple[str, str]]) -> None:
        self._ask_status()

    def _on_exchange_began(self) -> None:
        self._panel.begin(self._words("Exchange with the centre"))

    def _on_exchanged(self, note: ExchangeNote | None) -> None:
        self._panel.end()
        if note is not None:
            self._problems.settle(EXCHANGE_AREAS)

    def _ask_status(self) -> None:
        from backbone_desktop.services.exchange import exchange_state

        desk = self.context.desk
        self.context.store.run(lambda: exchange_state(desk), self._show_status, latest="status")

    def _show_status(self, state: ExchangeState) -> None:
        desk, office = self.context.desk, self.context.office
        self._status.show_status(status_line(self._words, desk.actor, office, state, desk.clock.now()))

    def _ways_on(self, code: str) -> tuple[tuple[str, Callable[[], None]], ...]:
        """What a banner offers: to send again, to go where the trouble is mended, or to ask the store again."""
        area = code.partition(".")[0]
        if code == "exchange.not_enrolled" or area == "enrol":
            return ((self._words("Open the Exchange page"), lambda: self.open("exchange")),)
        if area in EXCHANGE_AREAS:
            return ((self._words("Send again"), self.context.signals.exchange_wanted.emit),)
        if area in ("backup", "keys"):
            return ((self._words("Open Settings"), lambda: self.open("settings")),)
        return ((self._words("Try again"), self._try_again),)

    def _try_again(self) -> None:
        self.refresh()


def area_of(page: str) -> str:
    """The page of the rail that a page belongs to."""
    return _AREAS.get(page, page)
