"""The window itself: paints its first frame with nothing heavy imported, then leads from sign-in to work."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMessageBox, QStackedWidget, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.ui import theme
from backbone_desktop.ui.backend import Backend, ProfileState
from backbone_desktop.ui.context import Signals
from backbone_desktop.ui.exchange_run import ExchangeRun
from backbone_desktop.ui.idle import IdleWatch
from backbone_desktop.ui.worker import StoreWorker, SyncWorker
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.rows import OfficeProfile
    from backbone_desktop.ui.main_window import MainWindow, Place

log = logging.getLogger(__name__)
USUAL_SIZE = QSize(1366, 768)
LEAST_SIZE = QSize(960, 600)


class Shell(QMainWindow):
    """One per program. What stands in it follows from `Backend.state`."""

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._backend = backend
        self._words = Words.load(backend.language, backend.resources / "locale")
        self.signals = Signals(self)
        self.store = StoreWorker("store", self.report_bug, self.signals.problem.emit)
        self.sync = SyncWorker("sync", self.report_bug, self.signals.problem.emit)
        self.exchange = ExchangeRun(backend, self.sync, self.signals, self)
        self._main: MainWindow | None = None
        self._begun = False
        self._told_bug = False
        self._idle = IdleWatch(self)
        self._idle.idle.connect(self.lock)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.setWindowTitle(self._words("Backbone Desktop"))
        self.setMinimumSize(LEAST_SIZE)
        self.resize(USUAL_SIZE.boundedTo(QGuiApplication.primaryScreen().availableSize()))
        self.signals.dress_wanted.connect(self._dress)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    # -- the first frame, and what comes after it

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._begun:
            self._begun = True
            QTimer.singleShot(0, self._begin)

    def _begin(self) -> None:
        if self._backend.is_set_up:
            self._show_sign_in()
        else:
            self._show_first_start()
        self.store.run(self._prepare, self._go_on, self._show_trouble)

    def _prepare(self) -> ProfileState:
        self._backend.prepare()
        state = self._backend.state()
        if state is ProfileState.READY:
            self._backend.open()
        return state

    def _go_on(self, state: ProfileState) -> None:
        from backbone_desktop.ui.pages.sign_in import SignInPage
        from backbone_desktop.ui.pages.trouble import TroublePage

        shown = self._stack.currentWidget()
        if state is ProfileState.LOCKED:
            self._show_unlock()
        elif state is ProfileState.READY:
            if not isinstance(shown, SignInPage):
                self._show_sign_in()
            self._ask_accounts()
        elif isinstance(shown, TroublePage | SignInPage):
            self._show_first_start()

    def open_again(self) -> None:
        """Look at the profile once more, after the clerk has done something about a trouble."""
        self.store.run(self._prepare, self._go_on, self._show_trouble)

    # -- the pages before work

    def _show_first_start(self) -> None:
        from backbone_desktop.ui.pages.first_start import FirstStartPage
        from backbone_desktop.ui.presenters.first_start import fresh_draft

        draft = fresh_draft(self._words.language, datetime.now(UTC))
        page = FirstStartPage(self._words, self._backend, self.store, self.signals, draft=draft)
        page.finished.connect(self._after_set_up)
        self._put(page)

    def _after_set_up(self, account: str) -> None:
        self._show_sign_in(account)
        self.open_again()

    def _show_unlock(self) -> None:
        from backbone_desktop.ui.pages.unlock import UnlockPage

        page = UnlockPage(self._words, self._backend, self.store)
        page.unlocked.connect(self.open_again)
        self._put(page)

    def _show_trouble(self, error: BackboneError) -> None:
        from backbone_desktop.ui.pages.trouble import TroublePage

        page = TroublePage(self._words, error)
        page.again.connect(self.open_again)
        page.unlock.connect(self._show_unlock)
        self._put(page)

    def _show_sign_in(self, account: str = "") -> None:
        from backbone_desktop.ui.pages.sign_in import SignInPage

        page = SignInPage(self._words, self._backend, self.store, account)
        page.signed_in.connect(self._work)
        self._put(page)

    def _ask_accounts(self) -> None:
        from backbone_desktop.ui.pages.sign_in import SignInPage

        page = self._stack.currentWidget()
        if isinstance(page, SignInPage):
            page.ask_accounts()

    # -- work

    def _work(self, desk: Desk, office: OfficeProfile, start: Place | None = None) -> None:
        from backbone_desktop.ui.main_window import TODAY, MainWindow

        if self._main is not None and self._main.context.desk.actor == desk.actor:
            self._put(self._main)  # the one who locked the window finds it as it was
        else:
            self._forget_main()
            self.exchange.work_for(desk)
            self._main = MainWindow(words=self._words, store=self.store, sync=self.sync, signals=self.signals,
                                    desk=desk, office=office, backend=self._backend, exchange=self.exchange,
                                    start=start or TODAY)
            self._main.lock_wanted.connect(self.lock)
            self._put(self._main)
        handle = self.windowHandle()
        if handle is not None:
            self._idle.watch(handle)

    @property
    def main(self) -> MainWindow | None:
        return self._main

    def lock(self) -> None:
        """Ask for the password again; the page stays as it is behind it."""
        if self._main is None or self._stack.currentWidget() is not self._main or not self._main.leave():
            return
        for sheet in self.findChildren(QDialog):
            sheet.reject()
        self._idle.stop()
        self._show_sign_in(self._main.context.desk.actor.account)
        self._ask_accounts()

    def _forget_main(self) -> None:
        if self._main is not None:
            self._stack.removeWidget(self._main)
            self._main.deleteLater()
            self._main = None

    # -- dressing anew

    def _dress(self, what: str, value: str) -> None:
        """Keep a choice of language, brightness or text size and build the window anew in it; nothing typed is lost."""
        act: Callable[[], None] = {
            "language": lambda: self._backend.set_language(value),
            "look": lambda: self._backend.set_look(value),
            "text_size": lambda: self._backend.set_text_size(int(value)),
        }[what]
        self.store.run(act, lambda _: self._dress_again(what))

    def _follow_system(self) -> None:
        if self._backend.look == theme.Look.SYSTEM:
            self._dress_again("look")

    def _dress_again(self, what: str) -> None:
        backend = self._backend
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply_theme(app, backend.resources, theme.Look(backend.look), backend.text_size)
        self._words = Words.load(backend.language, backend.resources / "locale")
        self.setWindowTitle(self._words("Backbone Desktop"))
        shown = self._stack.currentWidget()
        again = getattr(shown, "again_in", None)
        if shown is self._main and self._main is not None:
            self._work_again(self._main, what)
        elif again is not None:
            self._put(again(self._words))

    def _work_again(self, old: MainWindow, what: str) -> None:
        from backbone_desktop.ui.pages.settings import SettingsPage

        place, desk, office = old.place, old.context.desk, old.context.office
        old.leave()
        self._forget_main()
        self._work(desk, office, place)
        if self._main is not None and isinstance(page := self._main.page, SettingsPage):
            page.focus_on(what)

    # -- the end

    def _put(self, page: QWidget) -> None:
        """Show a page; the one before goes, unless it is the main window, which waits behind a locked screen."""
        before = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None and before is not page and before is not self._main:
            self._stack.removeWidget(before)
            before.deleteLater()

    def report_bug(self, bug: BaseException) -> None:
        """A mistake of the program: it is in the log already; say so once, and that nothing typed is lost."""
        if self._told_bug:
            return
        self._told_bug = True
        box = QMessageBox(QMessageBox.Icon.Warning, self._words("Backbone Desktop"),
                          self._words("The program made a mistake. What you typed is kept."),
                          QMessageBox.StandardButton.Close, self)
        box.setInformativeText(self._words("Please go on with another page, or start the program again. "
                                           "The log file helps whoever looks after it."))
        box.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._main is not None and not self._main.leave():
            event.ignore()
            return
        self.hide()
        self._idle.stop()
        self.exchange.cancel()
        self.sync.stop()
        self.store.run(self._backend.close)
        self.store.stop()
        event.accept()
