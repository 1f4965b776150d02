"""Sign-in: who works, and the password. Its two fields take keys before anything else of the program is there.

It is made in two steps, because a clerk's first key must not wait for an import: two bare fields at once, and the form
with its checks in their place as soon as it is there, with what was typed so far and the caret where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from backbone_desktop.ui import theme

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.rows import OfficeProfile
    from backbone_desktop.ui.backend import Backend
    from backbone_desktop.ui.pages.sign_in_form import SignInForm
    from backbone_desktop.ui.worker import StoreWorker
    from backbone_desktop.words import Words

WIDTH = 460


class SignInPage(QWidget):
    """`signed_in` carries the `Desk` and the `OfficeProfile`."""

    signed_in = Signal(object, object)

    def __init__(self, words: Words, account: str = "") -> None:
        super().__init__()
        self._words = words
        self._in_haste = False
        self._form: SignInForm | None = None
        self._bare = _BareFields(words, account)
        self._bare.entered.connect(self._remember_haste)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self._bare)

    @property
    def form(self) -> SignInForm | None:
        return self._form

    def be_ready(self, backend: Backend, store: StoreWorker) -> None:
        """Put the form where the bare fields are; somebody who has pressed Enter already is signed in."""
        from backbone_desktop.ui.pages.sign_in_form import SignInForm

        bare = self._bare
        in_password = bare.password.hasFocus()
        self._form = SignInForm(self._words, backend, store, bare.account.text(), bare.password.text())
        self._form.signed_in.connect(self._on_signed_in)
        self._whole.addWidget(self._form)
        self._whole.removeWidget(bare)
        bare.hide()
        bare.deleteLater()
        self._form.take_focus(in_password)
        if self._in_haste:
            self._form.sign_in()

    def take_focus(self) -> None:
        self._bare.take_focus()

    def ask_accounts(self) -> None:
        """Ask who may sign in, once the store is open."""
        if self._form is not None:
            self._form.ask_accounts()

    def again_in(self, words: Words) -> SignInPage:
        return SignInPage(words, self._form.account if self._form is not None else self._bare.account.text())

    def _remember_haste(self) -> None:
        self._in_haste = True

    def _on_signed_in(self, desk: Desk, office: OfficeProfile) -> None:
        self.signed_in.emit(desk, office)


class _BareFields(QWidget):
    """The look of the form with nothing behind it."""

    entered = Signal()

    def __init__(self, words: Words, account: str) -> None:
        super().__init__()
        inner = QWidget()
        inner.setFixedWidth(theme.scaled(WIDTH))
        title = QLabel(words("Sign in"))
        title.setFont(theme.title_font())
        product = QLabel(words("Backbone Desktop"))
        product.setFont(theme.secondary_font())
        theme.tint(product, theme.colours().secondary)
        product.setContentsMargins(theme.scaled(24) + theme.S, 0, 0, 0)
        self.account, self.password = QLineEdit(account), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        button = QPushButton(words("Sign in"))
        button.setProperty("kind", "primary")
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.XL)
        for row, (text, field) in enumerate(((words("Account"), self.account), (words("Password"), self.password))):
            label = QLabel(text)
            theme.tint(label, theme.colours().secondary)
            field.setAccessibleName(text)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(product)
        column.addSpacing(theme.L)
        column.addWidget(title)
        column.addSpacing(theme.XL)
        column.addLayout(grid)
        column.addSpacing(theme.L)
        column.addLayout(foot)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(inner)
        across.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addLayout(across)
        whole.addStretch(3)
        self.account.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self.entered)
        button.clicked.connect(self.entered)

    def take_focus(self) -> None:
        (self.password if self.account.text() else self.account).setFocus()
