"""The fields for a phone number and for a bank account: digits, with the input method off."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from backbone_core.names import read_account, read_phone
from backbone_desktop.ui.widgets.typed_edit import TypedEdit


class PhoneEdit(TypedEdit):
    input_method = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, characters=14)

    def read(self, text: str) -> str:
        return read_phone(text)

    def shown(self, text: str) -> str:
        return self.read(text)


class AccountEdit(TypedEdit):
    """Shows an account in groups of four, as it stands on the card; keeps it without blanks."""

    input_method = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, characters=24)

    def read(self, text: str) -> str:
        return read_account(text)[0]

    def typed(self) -> str:
        return "".join(self.text().split())

    def shown(self, text: str) -> str:
        account = self.read(text)
        return " ".join(account[start:start + 4] for start in range(0, len(account), 4))
