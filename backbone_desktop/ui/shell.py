"""The window itself: paints its first frame with nothing imported, then leads from sign-in to work.

The order of a start: the product's name; the sign-in page, ready for keys; then workers, forms and the store.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.rows import OfficeProfile
    from backbone_desktop.ui.backend import Backend
    from backbone_desktop.ui.context import Signals
    from backbone_desktop.ui.entry import Entry
    from backbone_desktop.ui.exchange_run import ExchangeRun
    from backbone_desktop.ui.idle import IdleWatch
    from backbone_desktop.ui.main_window import MainWindow, Place
    from backbone_desktop.ui.tidying import Tidying
    from backbone_desktop.ui.worker import StoreWorker, SyncWorker
    from backbone_desktop.words import Words

USUAL_SIZE = (1366, 768)
LEAST_SIZE = (960, 600)
PRODUCT = "Backbone Desktop"
"""As the first frame writes it, before there are words."""
PAUSE_MS = 10
"""Between the sign-in page and all that follows it, so that the page is painted and its caret is seen."""


class Shell(QMainWindow):
    """One per program. What stands in it follows from `Backend.state`."""

    backend: Backend
    words: Words
    signals: Signals
    store: StoreWorker
    sync: SyncWorker
    exchange: ExchangeRun
    _entry: Entry
    _idle: IdleWatch

    def __init__(self, backend: Backend | Callable[[], Backend]) -> None:
        """`backend` may be a function that makes it, which is called once the first frame has been painted."""
        super().__init__()
        self._given = backend
        self._main: MainWindow | None = None
        self._seen = False
        self._working = False
        self._furnished = False
        self._told_bug = False
        self._tidying: Tidying | None = None
        self._stale = False
        """The main window was dressed before the last choice of language or looks, and waits behind a locked screen."""
        self.setWindowTitle(PRODUCT)
        self.setCentralWidget(_product_alone())
        room = self.screen().availableSize()
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(min(USUAL_SIZE[0], room.width()), min(USUAL_SIZE[1], room.height()))

    @property
    def settled(self) -> bool:
        """The start is over, and both workers have answered everything."""
        return self._furnished and self._working and self.store.idle and self.sync.idle

    @property
    def main(self) -> MainWindow | None:
        return self._main

    @property
    def page(self) -> QWidget | None:
        """What stands in the window now."""
        return self._stack.currentWidget() if self._seen else None

    # -- the first frame, and what comes after it

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            self._stack = QStackedWidget()
            QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        from backbone_desktop.ui.application import dress
        from backbone_desktop.words import Words

        given = self._given
        self.backend = given() if callable(given) else given
        app = QApplication.instance()
        if isinstance(app, QApplication) and not app.styleSheet():
            dress(app, self.backend)
        self.words = Words.load(self.backend.language, self.backend.resources / "locale")
        self.setWindowTitle(self.words("Backbone Desktop"))
        self.setCentralWidget(self._stack)
        self._stack.show()  # at once: what is not visible yet gets no caret when the desktop gives us the keyboard
        if self.backend.is_set_up:
            from backbone_desktop.ui.pages.sign_in import SignInPage

            page = SignInPage(self.words, self.backend.last_account)
            self.put(page)
            page.take_focus()
            QTimer.singleShot(PAUSE_MS, self, self._begin_work)
        else:
            self._begin_work()

    def _begin_work(self) -> None:
        """What nobody waits for: icons, workers, forms, and the store behind them. Between the steps keys are heard."""
        from PySide6.QtGui import QGuiApplication, QIcon

        from backbone_desktop.ui.icons import use_icons

        QGuiApplication.setDesktopFileName("backbone-desktop")
        self.setWindowIcon(QIcon(str(self.backend.resources / "backbone-desktop.svg")))
        use_icons(self.backend.resources)
        QTimer.singleShot(0, self, self._employ)

    def _employ(self) -> None:
        if self.isHidden():  # closed already
            return
        from PySide6.QtGui import QGuiApplication

        from backbone_desktop.ui.context import Signals
        from backbone_desktop.ui.entry import Entry
        from backbone_desktop.ui.exchange_run import ExchangeRun
        from backbone_desktop.ui.idle import IdleWatch
        from backbone_desktop.ui.worker import StoreWorker, SyncWorker

        self.signals = Signals(self)
        self.store = StoreWorker("store", self.report_bug, self.signals.problem.emit)
        self.sync = SyncWorker("sync", self.report_bug, self.signals.problem.emit)
        self.exchange = ExchangeRun(self.backend, self.sync, self.signals, self)
        self._entry = Entry(self)
        self._entry.signed_in.connect(self._work)
        self._idle = IdleWatch(self)
        self._idle.idle.connect(self.lock)
        self.signals.dress_wanted.connect(self._dress)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._working = True
        QTimer.singleShot(0, self, self._furnish)

    def _furnish(self) -> None:
        if not self._working:
            return
        self._entry.begin()
        self._furnished = True

    def tidy(self) -> None:
        """Everything is imported: from now on the window's thread collects what is left behind."""
        if self._tidying is None:
            from backbone_desktop.ui.tidying import Tidying

            self._tidying = Tidying(self)

    # -- work

    def _work(self, desk: Desk, office: OfficeProfile, start: Place | None = None) -> None:
        from backbone_desktop.ui.main_window import TODAY, MainWindow

        if self._main is not None and self._main.context.desk.actor == desk.actor and not start:
            self.put(self._main)  # the one who locked the window finds it as it was
            if self._stale:
                self._work_again(self._main, "language")
        else:
            self._stale = False
            self._forget_main()
            self.exchange.work_for(desk)
            self._main = MainWindow(words=self.words, store=self.store, sync=self.sync, signals=self.signals,
                                    desk=desk, office=office, backend=self.backend, exchange=self.exchange,
                                    start=start or TODAY)
            self._main.lock_wanted.connect(self.lock)
            self.put(self._main)
        handle = self.windowHandle()
        if handle is not None:
            self._idle.watch(handle)

    def lock(self) -> None:
        """Ask for the password again; the page stays as it is behind it."""
        from PySide6.QtWidgets import QDialog

        if self._main is None or self.page is not self._main or not self._main.leave():
            return
        for sheet in self.findChildren(QDialog):
            sheet.reject()
        self._idle.stop()
        self._entry.show_sign_in(self._main.context.desk.actor.account)
        self._entry.ask_accounts()
        self.sync.run(self.backend.back_up_if_due)  # a window that is never closed would never make the day's copy

    def _forget_main(self) -> None:
        if self._main is not None:
            self._stack.removeWidget(self._main)
            self._main.deleteLater()
            self._main = None

    # -- dressing anew

    def _dress(self, what: str, value: str) -> None:
        """Keep a choice of language, brightness or text size and build the window anew in it; nothing typed is lost."""
        act: Callable[[], None] = {
            "language": lambda: self.backend.set_language(value),
            "look": lambda: self.backend.set_look(value),
            "text_size": lambda: self.backend.set_text_size(int(value)),
        }[what]
        self.store.run(act, lambda _: self._dress_again(what))

    def _follow_system(self) -> None:
        if self.backend.look == "system":
            self._dress_again("look")

    def _dress_again(self, what: str) -> None:
        from backbone_desktop.ui.application import dress
        from backbone_desktop.words import Words

        app = QApplication.instance()
        assert isinstance(app, QApplication)
        dress(app, self.backend)
        self.words = Words.load(self.backend.language, self.backend.resources / "locale")
        self.setWindowTitle(self.words("Backbone Desktop"))
        shown = self.page
        again = getattr(shown, "again_in", None)
        if shown is self._main and self._main is not None:
            self._work_again(self._main, what)
            return
        self._stale = self._main is not None
        if again is not None:
            self.put(again(self.words))
            self._entry.ready_sign_in()
            self._entry.ask_accounts()

    def _work_again(self, old: MainWindow, what: str) -> None:
        from backbone_desktop.ui.pages.settings import SettingsPage

        if not old.leave():  # in the middle of an act; the next lock takes the new dress on
            self._stale = True
            return
        place, desk, office = old.place, old.context.desk, old.context.office
        self._forget_main()
        self._work(desk, office, place)
        if self._main is not None and isinstance(page := self._main.page, SettingsPage):
            page.focus_on(what)

    # -- the end

    def put(self, page: QWidget) -> None:
        """Show a page; the one before goes, unless it is the main window, which waits behind a locked screen."""
        before = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None and before is not page and before is not self._main:
            self._stack.removeWidget(before)
            before.deleteLater()

    def report_bug(self, bug: BaseException) -> None:
        """A mistake of the program: it is in the log already; say so once, and that nothing typed is lost."""
        from backbone_desktop.ui.bug_box import tell_bug

        if not self._told_bug and self._seen:
            self._told_bug = True
            tell_bug(self, self.words)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._main is not None and not self._main.leave():
            event.ignore()
            return
        self.hide()
        if self._tidying is not None:
            self._tidying.stop()
        if self._working:
            self._working = False
            self._idle.stop()
            self.exchange.cancel()
            self.sync.stop()
            self.store.stop()
        event.accept()


def _product_alone() -> QWidget:
    frame = QWidget()
    row = QHBoxLayout(frame)
    row.addStretch(1)
    row.addWidget(QLabel(PRODUCT))
    row.addStretch(1)
    return frame
