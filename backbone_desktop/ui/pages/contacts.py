"""The contacts of the office in Settings: what its letters name, and the form to change it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backbone_desktop.services.contacts import OfficeContacts, contacts
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.pages.settings_form import SettingsForm
from backbone_desktop.ui.presenters.accounts import may_add as may_run_office
from backbone_desktop.ui.presenters.contacts import check, labels, save, told
from backbone_desktop.ui.widgets.buttons import PlainButton
from backbone_desktop.ui.widgets.field_line import FieldLine, without_letter
from backbone_desktop.ui.widgets.text import Prose
from backbone_desktop.ui.widgets.typed_edit import TypedEdit


class ContactsPart(QWidget):
    """What is filled in and what is not; the form to change it stands in its place."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._t = t = context.words
        self._form: ContactsForm | None = None
        self._contacts = OfficeContacts()
        self.filled, self.empty = Prose(""), Prose("", secondary=True)
        self.change = PlainButton(t("Change the contacts"), icon_name="pencil")
        self.change.clicked.connect(self._open)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S)
        self._told = QWidget()
        lines = QVBoxLayout(self._told)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.S)
        for widget in (self.filled, self.empty):
            lines.addWidget(widget)
        lines.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._told)
        self.change.setVisible(may_run_office(context.desk.actor))

    @property
    def form(self) -> ContactsForm | None:
        return self._form

    def refresh(self) -> None:
        desk = self._context.desk
        self._context.store.run(lambda: contacts(desk), self._show, latest="contacts")

    def _show(self, found: OfficeContacts) -> None:
        self._contacts = found
        plain = {name: without_letter(label) for name, label in labels(self._t).items()}
        for widget, text in zip((self.filled, self.empty), told(self._t, found, plain), strict=True):
            widget.say(text)
            widget.setVisible(bool(text))

    def _open(self) -> None:
        self._close()
        self._form = ContactsForm(self._context, self._contacts)
        self._form.done.connect(self._on_done)
        self._form.given_up.connect(self._close)
        self._column.addWidget(self._form)
        self._told.hide()
        self._form.begin()

    def _on_done(self) -> None:
        self._close()
        self._context.signals.done.emit(self._t("Letters name these contacts from now on"))
        self.refresh()

    def _close(self) -> None:
        if self._form is not None:
            self._column.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
            self._form = None
            self._told.show()


class ContactsForm(SettingsForm):
    def __init__(self, context: Context, known: OfficeContacts) -> None:
        t = context.words
        lines = []
        for name, label in labels(t).items():
            field = TypedEdit(characters=6 if name == "review_days" else 32)
            field.set_typed(getattr(known, name))
            lines.append(FieldLine(t, label, field, name=name))
        super().__init__(context, lines, act=save, check=check)
