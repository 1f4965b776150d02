"""The way in: from the profile's state, by first start, unlocking or a trouble, to somebody who has signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from backbone_core.errors import BackboneError
    from backbone_desktop.ui.backend import ProfileState
    from backbone_desktop.ui.shell import Shell


class Entry(QObject):
    """Puts the pages before work into the shell. `signed_in` carries the `Desk` and the `OfficeProfile`."""

    signed_in = Signal(object, object)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell

    def begin(self) -> None:
        if self._shell.backend.is_set_up:
            self.ready_sign_in()
        else:
            self._show_first_start()
        self.open_again()

    def open_again(self) -> None:
        """Look at the profile: at the start, and once more when the clerk has done something about a trouble."""
        self._shell.store.run(self._prepare, self._go_on, self._show_trouble)

    def _prepare(self) -> ProfileState:
        from backbone_desktop.ui.backend import ProfileState

        self._shell.backend.prepare()
        state = self._shell.backend.state()
        if state is ProfileState.READY:
            self._shell.backend.open()
        return state

    def _go_on(self, state: ProfileState) -> None:
        from backbone_desktop.ui.backend import ProfileState
        from backbone_desktop.ui.pages.sign_in import SignInPage

        self._shell.tidy()
        if state is ProfileState.LOCKED:
            self._show_unlock()
        elif state is ProfileState.READY:
            if not isinstance(self._shell.page, SignInPage):
                self.show_sign_in()
            self.ask_accounts()
        else:
            self._stay_at_first_start()

    def _stay_at_first_start(self) -> None:
        from backbone_desktop.ui.pages.first_start import FirstStartPage

        if not isinstance(self._shell.page, FirstStartPage):
            self._show_first_start()

    def _show_first_start(self) -> None:
        from datetime import UTC, datetime

        from backbone_desktop.ui.pages.first_start import FirstStartPage
        from backbone_desktop.ui.presenters.first_start import fresh_draft

        shell = self._shell
        draft = fresh_draft(shell.words.language, datetime.now(UTC))
        page = FirstStartPage(shell.words, shell.backend, shell.store, shell.signals, draft=draft)
        page.finished.connect(self._after_set_up)
        shell.put(page)

    def _after_set_up(self, account: str) -> None:
        self.show_sign_in(account)
        self.open_again()

    def _show_unlock(self) -> None:
        from backbone_desktop.ui.pages.unlock import UnlockPage

        page = UnlockPage(self._shell.words, self._shell.backend, self._shell.store)
        page.unlocked.connect(self.open_again)
        self._shell.put(page)

    def _show_trouble(self, error: BackboneError) -> None:
        from backbone_desktop.ui.pages.trouble import TroublePage

        self._shell.tidy()
        page = TroublePage(self._shell.words, error)
        page.again.connect(self.open_again)
        page.unlock.connect(self._show_unlock)
        self._shell.put(page)

    def show_sign_in(self, account: str = "") -> None:
        from backbone_desktop.ui.pages.sign_in import SignInPage

        self._shell.put(SignInPage(self._shell.words, account or self._shell.backend.last_account))
        self.ready_sign_in()

    def ready_sign_in(self) -> None:
        from backbone_desktop.ui.pages.sign_in import SignInPage

        page = self._shell.page
        if isinstance(page, SignInPage):
            page.be_ready(self._shell.backend, self._shell.store)
            page.signed_in.connect(self.signed_in)

    def ask_accounts(self) -> None:
        from backbone_desktop.ui.pages.sign_in import SignInPage

        page = self._shell.page
        if isinstance(page, SignInPage):
            page.ask_accounts()
