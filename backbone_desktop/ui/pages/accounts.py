"""The people of the office in Settings: who may sign in, letting another one in, one's own password."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backbone_desktop.services.rows import Page as RowPage
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.models.keyset_model import Column, KeysetModel
from backbone_desktop.ui.pages.settings_form import SettingsForm
from backbone_desktop.ui.presenters.accounts import (
    NEW_PERSON,
    OWN_PASSWORD,
    AccountLine,
    account_lines,
    accounts,
    add_person,
    at_fields,
    change_own_password,
    check,
    may_add,
    roles,
)
from backbone_desktop.ui.widgets.buttons import PlainButton
from backbone_desktop.ui.widgets.choice_edit import Choice, ChoiceEdit
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.list_table import ListTable
from backbone_desktop.ui.widgets.password_edit import PasswordEdit
from backbone_desktop.ui.widgets.typed_edit import TypedEdit
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.rows import Account

MOST_ROWS = 4
Act = Callable[["Desk", dict[str, str]], None]


class AccountsPart(QWidget):
    """A list, two buttons, and one form at a time below them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self._form: AccountForm | None = None
        model: KeysetModel[AccountLine] = KeysetModel((
            Column(title=t("Name"), text=lambda row: row.name, width=14),
            Column(title=t("Account"), text=lambda row: row.account),
            Column(title=t("Role"), text=lambda row: row.role, width=18),
        ), self)
        self.table = ListTable(model, t("People who work here"))
        self.add = PlainButton(t("Add a person who works here"), icon_name="user-plus")
        self.password = PlainButton(t("Change my password"), icon_name="lock")
        self.add.clicked.connect(lambda: self._open(NEW_PERSON, add_person, t("The account is there")))
        self.password.clicked.connect(
            lambda: self._open(OWN_PASSWORD, change_own_password, t("The password is changed")))
        self.add.setVisible(False)
        acts = QHBoxLayout()
        acts.setSpacing(theme.S)
        acts.addWidget(self.add)
        acts.addWidget(self.password)
        acts.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S)
        self._column.addWidget(self.table)
        self._column.addLayout(acts)
        self.add.setVisible(may_add(context.desk.actor))

    @property
    def form(self) -> AccountForm | None:
        return self._form

    def refresh(self) -> None:
        desk = self._context.desk
        self._context.store.run(lambda: accounts(desk), self._show, latest="accounts")

    def _show(self, found: tuple[Account, ...]) -> None:
        lines = account_lines(self._t, found)
        self.table.show_page(RowPage(lines, None, len(lines)))
        self.table.setFixedHeight(theme.scaled(32) * (min(len(lines), MOST_ROWS) + 1) + theme.S)

    def _open(self, fields: tuple[str, ...], act: Act, done: str) -> None:
        self._close()
        self._form = AccountForm(self._context, fields, act)
        self._form.done.connect(lambda: self._on_done(done))
        self._form.given_up.connect(self._close)
        self._column.addWidget(self._form)
        self._form.begin()

    def _on_done(self, sentence: str) -> None:
        self._close()
        self._context.signals.done.emit(sentence)
        self.refresh()

    def _close(self) -> None:
        if self._form is not None:
            self._column.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
            self._form = None


class AccountForm(SettingsForm):
    """The fields of one of the two acts."""

    def __init__(self, context: Context, fields: tuple[str, ...], act: Act) -> None:
        t = context.words
        labels, account = _labels(t), context.desk.actor.account
        super().__init__(
            context, [FieldLine(t, labels[name], _field(t, name), required=True, name=name) for name in fields],
            act=act, check=lambda typed: check(fields, typed, account),
            at_fields=lambda found: at_fields(fields, found))



def _labels(t: Words) -> dict[str, str]:
    return {
        "display_name": t("&Name"), "account": t("&Account"), "role": t("&Role"), "password": t("&Password"),
        "password_again": t("Password a&gain"), "old_password": t("&Old password"),
    }


def _field(t: Words, name: str) -> TypedEdit:
    if name == "role":
        return ChoiceEdit([Choice(value, text) for value, text in roles(t)], characters=24)
    if "password" in name:
        return PasswordEdit(t, characters=24)
    return TypedEdit(characters=24)
