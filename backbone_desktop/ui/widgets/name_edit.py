"""The field for a person's name: any character of GB 18030, the middle dot put right when the field is left."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from backbone_core.names import read_name
from backbone_desktop.ui.widgets.typed_edit import TypedEdit

CHARACTERS = 16


class NameEdit(TypedEdit):
    def __init__(self, parent: QWidget | None = None, *, characters: int = CHARACTERS) -> None:
        super().__init__(parent, characters=characters)

    def read(self, text: str) -> str:
        return read_name(text)

    def shown(self, text: str) -> str:
        return self.read(text)
