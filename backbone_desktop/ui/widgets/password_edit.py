"""The field for a secret: dots, taken as it was typed, shown only while its eye is pressed on."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from backbone_desktop.ui.icons import icon
from backbone_desktop.ui.widgets.typed_edit import TypedEdit
from backbone_desktop.words import Words


class PasswordEdit(TypedEdit):
    input_method = False

    def __init__(self, words: Words, parent: QWidget | None = None, *, characters: int = 0) -> None:
        super().__init__(parent, characters=characters)
        self._t = words
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = QAction(self)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._eye.triggered.connect(lambda: self.reveal(self.echoMode() is QLineEdit.EchoMode.Password))
        self.reveal(False)

    def typed(self) -> str:
        return self.text()  # a blank at either end may be meant

    def settle(self) -> None:
        """A secret is never put into another form."""

    def reveal(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icon("eye-off" if shown else "eye"))
        self._eye.setToolTip(self._t("Hide") if shown else self._t("Show what is typed"))
