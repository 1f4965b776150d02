"""The field for the one-time code with which the centre lets a computer in."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from backbone_desktop.ui.widgets.typed_edit import TypedEdit

CHARACTERS = 18


class CodeEdit(TypedEdit):
    input_method = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, characters=CHARACTERS)
        self.setPlaceholderText("XXXX-XXXX-XXXX")

    def read(self, text: str) -> str:
        from backbone_core.protocol import read_code

        return read_code(text)

    def shown(self, text: str) -> str:
        code = self.read(text)
        return "-".join(code[start:start + 4] for start in range(0, len(code), 4))
