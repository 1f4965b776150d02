"""The button of a record's page that leads to the papers which are printed of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from backbone_desktop.services.forms import ABOUT, Form
from backbone_desktop.ui.widgets.buttons import PlainButton
from backbone_desktop.words import Words


def forms_of(about: str) -> tuple[Form, ...]:
    """The forms that are printed of a record of this kind."""
    from backbone_desktop.services.form_loaders import LOADERS

    return tuple(form for form in Form if ABOUT[form] == about and form in LOADERS)


class PrintButton(PlainButton):
    """`chosen` carries the form; the figures before the names choose too."""

    chosen = Signal(str)

    def __init__(self, words: Words, shortcut: str = "F9") -> None:
        super().__init__(words("Papers…"), icon_name="printer", shortcut=shortcut,
                         tip=words("Print a paper of this record"))
        self._t = words
        self.setMenu(QMenu(self))

    def offer(self, forms: Sequence[Form]) -> None:
        menu = self.menu()
        menu.clear()
        for place, form in enumerate(forms, start=1):
            act = menu.addAction(f"&{place % 10}  {self._t(f'form.{form}.title')}")
            act.triggered.connect(lambda _=False, form=form: self.chosen.emit(form.value))
        self.setVisible(bool(forms))
