"""Unlocking a store that the keyring does not open: with the office's passphrase or with the recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, RuleBroken
from backbone_desktop.ui.theme import Meaning, S
from backbone_desktop.ui.widgets.banner import Banner
from backbone_desktop.ui.widgets.buttons import LinkButton, PrimaryButton
from backbone_desktop.ui.widgets.entrance import Entrance
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form import Form
from backbone_desktop.ui.widgets.form_grid import FormGrid
from backbone_desktop.ui.widgets.password_edit import PasswordEdit
from backbone_desktop.ui.widgets.typed_edit import TypedEdit
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.ui.backend import Backend
    from backbone_desktop.ui.worker import StoreWorker


class UnlockPage(QWidget):
    """Offers the passphrase first where the machine has no keyring, the recovery code where it has one."""

    unlocked = Signal()

    def __init__(self, words: Words, backend: Backend, store: StoreWorker) -> None:
        super().__init__()
        self._backend, self._store = backend, store
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(S, S, S, S)
        self._sheet = self._put(words, by_code=backend.keyring_works)

    def again_in(self, words: Words) -> UnlockPage:
        page = UnlockPage(words, self._backend, self._store)
        page.unlocked.connect(self.unlocked)
        return page

    @property
    def sheet(self) -> UnlockSheet:
        return self._sheet

    def _put(self, words: Words, *, by_code: bool) -> UnlockSheet:
        sheet = UnlockSheet(words, self._backend, self._store, by_code=by_code)
        sheet.unlocked.connect(self.unlocked)
        sheet.other_way.connect(lambda: self._change_way(words))
        self._whole.addWidget(sheet)
        return sheet

    def _change_way(self, words: Words) -> None:
        before = self._sheet
        self._sheet = self._put(words, by_code=not before.by_code)
        self._whole.removeWidget(before)
        before.hide()
        before.deleteLater()


class UnlockSheet(QWidget):
    """One of the two ways in."""

    unlocked = Signal()
    other_way = Signal()

    def __init__(self, words: Words, backend: Backend, store: StoreWorker, *, by_code: bool) -> None:
        super().__init__()
        self._words, self._backend, self._store, self.by_code = words, backend, store, by_code
        self._form = Form(self)
        self._problem = Banner(Meaning.REFUSED, "")
        self._problem.hide()
        self._button = PrimaryButton(words("Unlock"))
        self._button.clicked.connect(self.unlock)
        if by_code:
            name, label = "recovery_code", words("&Recovery code")
            self._field = TypedEdit()
            self._field.setPlaceholderText("XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")
            sentence = words("Type the code from the sheet in the office's safe. Capitals and dashes do not matter.")
            other = LinkButton(words("Use the passphrase instead"))
        else:
            name, label = "passphrase", words("&Passphrase")
            self._field = PasswordEdit(words)
            sentence = words("This computer does not keep the key. Type the passphrase to open the register.")
            other = LinkButton(words("Use the recovery code instead"))
        other.clicked.connect(self.other_way)
        frame = Entrance(words("Backbone Desktop"), words("Unlock the register"), sentence)
        grid = FormGrid(columns=1)
        self._form.add(grid.add(FieldLine(words, label, self._field, name=name)))
        foot = QHBoxLayout()
        foot.addWidget(other)
        foot.addStretch(1)
        foot.addWidget(self._button)
        frame.column.addWidget(grid)
        frame.column.addWidget(self._problem)
        frame.column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        self._form.set_order((self._field, self._button), hand_in=self._button)
        QTimer.singleShot(0, self._field, self._field.setFocus)

    def unlock(self) -> None:
        typed = self._field.typed()
        if not typed:
            self._field.setFocus()
            return
        backend, by_code = self._backend, self.by_code
        self._problem.hide()
        self._form.forget()
        self._button.setEnabled(False)
        self._store.run(
            lambda: backend.unlock(recovery_code=typed) if by_code else backend.unlock(passphrase=typed),
            lambda _: self.unlocked.emit(), self._on_refused)

    def _on_refused(self, error: BackboneError) -> None:
        self._button.setEnabled(True)
        if isinstance(error, RuleBroken) and error.field:
            self._form.set_findings(error.findings)
            self._form.show_all()
            self._field.setFocus()
        else:
            self._problem.say(self._words.error(error))
            self._problem.show()
