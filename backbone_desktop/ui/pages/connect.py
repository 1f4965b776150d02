"""The form that makes this computer known to the centre: its address and a one-time code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.presenters.exchange import refusal_at
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.banner import Banner
from backbone_desktop.ui.widgets.buttons import PrimaryButton
from backbone_desktop.ui.widgets.code_edit import CodeEdit
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form import Form
from backbone_desktop.ui.widgets.form_grid import FormGrid
from backbone_desktop.ui.widgets.text import Heading, Prose
from backbone_desktop.ui.widgets.typed_edit import TypedEdit

ADDRESS_CHARACTERS = 44


class ConnectForm(QWidget):
    connected = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        t = context.words
        self._t = t
        self.address = TypedEdit(characters=ADDRESS_CHARACTERS)
        self.address.setPlaceholderText("https://")
        self.address.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.code = CodeEdit()
        self.button = PrimaryButton(t("Connect"), icon_name="server")
        self.button.clicked.connect(self.connect_device)
        self._problem = Banner(Meaning.ATTENTION, "")
        self._problem.hide()
        self.form = Form(self)
        grid = FormGrid(columns=1)
        for name, label, field in (("server_url", t("&Address of the centre"), self.address),
                                   ("code", t("One-time &code"), self.code)):
            self.form.add(grid.add(FieldLine(t, label, field, required=True, name=name)))
        foot = QHBoxLayout()
        foot.addWidget(self.button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(Heading(t("Connect this computer to the centre")))
        column.addWidget(Prose(t("The county gives the address and a code that works once. Until then everything is "
                                 "kept here and nothing is lost."), secondary=True))
        column.addSpacing(theme.S)
        column.addWidget(grid)
        column.addWidget(self._problem)
        column.addLayout(foot)
        self.form.set_order((self.address, self.code, self.button), hand_in=self.button)

    def connect_device(self) -> None:
        self._problem.hide()
        self.form.set_findings(())
        self.form.show_all()
        if self.form.open:
            self.form.go_to_first_open()
            return
        for field in (self.address, self.code):
            if not field.typed():
                field.setFocus()
                return
        backend, desk = self._context.backend, self._context.desk
        address, code = self.address.typed(), self.code.typed()
        self._busy(True)
        self._context.sync.run(lambda: backend.enrol(desk, address, code), lambda _: self._on_connected(),
                               self._on_refused)

    def _on_connected(self) -> None:
        self._busy(False)
        self.code.clear()
        self._context.signals.done.emit(self._t("This computer is connected to the centre"))
        self._context.signals.changed.emit(frozenset({("exchange", "")}))
        self.connected.emit()

    def _on_refused(self, error: BackboneError) -> None:
        self._busy(False)
        self.form.set_findings(refusal_at(error))
        self.form.show_all()
        if self.form.general:
            self._problem.say(self._t.finding(self.form.general[0]))
            self._problem.show()
        else:
            self.form.go_to_first_open()

    def _busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.button.setText(self._t("Connecting…") if busy else self._t("Connect"))
