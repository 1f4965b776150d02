"""The sign-in form: the accounts to choose from, the password, and what was wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.ui.theme import Meaning
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


class SignInForm(QWidget):
    signed_in = Signal(object, object)

    def __init__(self, words: Words, backend: Backend, store: StoreWorker, account: str, password: str) -> None:
        super().__init__()
        self._words, self._backend, self._store = words, backend, store
        self._account, self._password = ChoiceEdit((), free=True), PasswordEdit(words)
        self._account.set_typed(account)
        self._password.setText(password)
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
        self._frame = Entrance(words("Backbone Desktop"), words("Sign in"))
        self._frame.column.addWidget(grid)
        self._frame.column.addWidget(self._problem)
        self._frame.column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._frame)
        self._form.set_order((self._account, self._password, self._button), hand_in=self._button)

    @property
    def account(self) -> str:
        return self._account.typed()

    def take_focus(self, in_password: bool) -> None:
        field = self._password if in_password or self.account else self._account
        field.setFocus()
        field.deselect()  # what was typed goes on being typed
        field.end(False)

    def ask_accounts(self) -> None:
        self._store.run(lambda: (self._backend.account_names(), self._backend.profile()), self._show_accounts)

    def sign_in(self) -> None:
        account, password = self.account, self._password.typed()
        if not account or not password:
            (self._password if account else self._account).setFocus()
            return
        self._busy(True)
        backend = self._backend
        self._store.run(lambda: (backend.sign_in(account, password), backend.profile()), self._on_signed_in,
                        self._on_refused)

    def _show_accounts(self, found: tuple[tuple[tuple[str, str], ...], OfficeProfile]) -> None:
        people, office = found
        self._frame.say(f"{office.county_name} · {office.office}")
        typed = self.account
        self._account.set_choices([Choice(name, shown, name) for name, shown in people])
        if len(people) == 1 and not typed:
            self._account.set_typed(people[0][0])
        if self.account and not typed and self._account.hasFocus():
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
