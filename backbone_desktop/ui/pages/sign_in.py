"""Sign-in: who works, and the password. It stands there before the store is open, so that nobody waits to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.ui.theme import Meaning, S
from backbone_desktop.ui.widgets.banner import Banner
from backbone_desktop.ui.widgets.buttons import PrimaryButton
from backbone_desktop.ui.widgets.choice_edit import Choice, ChoiceEdit
from backbone_desktop.ui.widgets.entrance import Entrance
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form import Form
from backbone_desktop.ui.widgets.form_grid import FormGrid
from backbone_desktop.ui.widgets.password_edit import PasswordEdit
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.rows import OfficeProfile
    from backbone_desktop.ui.backend import Backend
    from backbone_desktop.ui.worker import StoreWorker


class SignInPage(QWidget):
    """`signed_in` carries the `Desk` and the `OfficeProfile`."""

    signed_in = Signal(object, object)

    def __init__(self, words: Words, backend: Backend, store: StoreWorker, account: str = "") -> None:
        super().__init__()
        self._words, self._backend, self._store = words, backend, store
        self._people: tuple[tuple[str, str], ...] = ()
        self._frame = Entrance(words("Backbone Desktop"), words("Sign in"))
        self._account = ChoiceEdit((), free=True)
        self._password = PasswordEdit(words)
        self._form = Form(self)
        grid = FormGrid(columns=1)
        for name, text, field in (("account", words("&Account"), self._account),
                                  ("password", words("&Password"), self._password)):
            self._form.add(grid.add(FieldLine(words, text, field, name=name)))
        self._problem = Banner(Meaning.REFUSED, "")
        self._problem.hide()
        self._button = PrimaryButton(words("Sign in"))
        self._button.clicked.connect(self.sign_in)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._button)
        column = self._frame.column
        column.addWidget(grid)
        column.addWidget(self._problem)
        column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(S, S, S, S)
        whole.addWidget(self._frame)
        self._form.set_order((self._account, self._password, self._button))
        self._account.set_typed(account)
        self._password.returnPressed.connect(self.sign_in)
        QTimer.singleShot(0, self, self._take_focus)

    def again_in(self, words: Words) -> SignInPage:
        """This page in other words, with what was typed."""
        page = SignInPage(words, self._backend, self._store, self._account.typed())
        page.signed_in.connect(self.signed_in)
        page.ask_accounts()
        return page

    def ask_accounts(self) -> None:
        """Ask who may sign in, once the store is open."""
        self._store.run(lambda: (self._backend.account_names(), self._backend.profile()), self._show_accounts)

    def sign_in(self) -> None:
        account, password = self._account.typed(), self._password.typed()
        if not account or not password:
            (self._password if account else self._account).setFocus()
            return
        self._busy(True)
        backend = self._backend
        self._store.run(lambda: (backend.sign_in(account, password), backend.profile()), self._on_signed_in,
                        self._on_refused)

    def _show_accounts(self, found: tuple[tuple[tuple[str, str], ...], OfficeProfile]) -> None:
        people, office = found
        self._people = people
        self._frame.say(f"{office.county_name} · {office.office}")
        self._account.set_choices([Choice(name, shown, name) for name, shown in people])
        if len(people) == 1 and not self._account.typed():
            self._account.set_typed(people[0][0])
        if self._account.typed() and self._account.hasFocus():
            self._password.setFocus()

    def _on_signed_in(self, found: tuple[Desk, OfficeProfile]) -> None:
        self._password.clear()
        self.signed_in.emit(*found)

    def _on_refused(self, error: BackboneError) -> None:
        self._busy(False)
        self._password.selectAll()
        if isinstance(error, RuleBroken):
            self._form.set_findings(error.findings)
            self._form.show_all()
            self._password.setFocus()
        else:
            self._problem.say(self._words.error(error))
            self._problem.show()

    def _busy(self, busy: bool) -> None:
        self._problem.hide()
        self._form.forget()
        self._button.setEnabled(not busy)
        self._button.setText(self._words("One moment…") if busy else self._words("Sign in"))

    def _take_focus(self) -> None:
        (self._password if self._account.typed() else self._account).setFocus()
