"""A small form in Settings: its fields one below the other, and what becomes of them when it is handed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backbone_core.errors import BackboneError, Finding, RuleBroken
from backbone_desktop.ui import theme
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form import Form
from backbone_desktop.ui.widgets.form_grid import FormGrid
from backbone_desktop.ui.widgets.typed_edit import TypedEdit

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk

class SettingsForm(QWidget):
    """`check` finds what is wrong while it is typed, `act` carries it out on the store worker; `at_fields` puts what
    `act` refuses at the form's fields."""

    done = Signal()
    given_up = Signal()

    def __init__(self, context: Context, lines: Sequence[FieldLine], *, act: Callable[[Desk, dict[str, str]], object],
                 check: Callable[[dict[str, str]], tuple[Finding, ...]],
                 at_fields: Callable[[tuple[Finding, ...]], tuple[Finding, ...]] = lambda found: found) -> None:
        super().__init__()
        self._context, self._act, self._check, self._at_fields = context, act, check, at_fields
        t = context.words
        self._form = Form(self)
        grid = FormGrid(columns=1)
        self.fields: dict[str, TypedEdit] = {}
        for line in lines:
            assert isinstance(line.field, TypedEdit)
            self.fields[line.name] = line.field
            self._form.add(grid.add(line))
        self._form.left.connect(lambda _name: self._look())
        self.save = PrimaryButton(t("Save"))
        self.save.clicked.connect(self.hand_in)
        cancel = PlainButton(t("Cancel"))
        cancel.clicked.connect(self.given_up)
        foot = QHBoxLayout()
        foot.setSpacing(theme.S)
        foot.addWidget(self.save)
        foot.addWidget(cancel)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, 0)
        column.addWidget(grid)
        column.addLayout(foot)
        self._form.set_order((*self.fields.values(), self.save), hand_in=self.save)

    def begin(self) -> None:
        next(iter(self.fields.values())).setFocus()

    def hand_in(self) -> None:
        self._look()
        self._form.show_all()
        if self._form.open:
            self._form.go_to_first_open()
            return
        desk, typed, act = self._context.desk, self._typed(), self._act
        self.save.setEnabled(False)
        self._context.store.run(lambda: act(desk, typed), lambda _: self.done.emit(), self._on_refused)

    def _typed(self) -> dict[str, str]:
        return {name: field.typed() for name, field in self.fields.items()}

    def _look(self) -> None:
        self._form.set_findings(self._check(self._typed()))

    def _on_refused(self, error: BackboneError) -> None:
        self.save.setEnabled(True)
        if not isinstance(error, RuleBroken):
            self._context.signals.problem.emit(error)
            return
        self._form.set_findings(self._at_fields(error.findings))
        self._form.show_all()
        self._form.go_to_first_open()
