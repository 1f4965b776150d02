"""One of a few values, side by side, all of them in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from backbone_desktop.ui import theme


class ChoiceRow(QWidget):
    """`chosen` carries the value that the clerk took; the arrow keys move along."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], value: str, name: str,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.L)
        self.buttons: dict[str, QRadioButton] = {}
        for one, text in choices:
            button = QRadioButton(text)
            button.setAccessibleName(f"{name}: {text}")
            button.setChecked(one == value)
            button.clicked.connect(lambda _=False, one=one: self.chosen.emit(one))
            self._group.addButton(button)
            row.addWidget(button)
            self.buttons[one] = button
        row.addStretch(1)

    def choose(self, value: str) -> None:
        """Show what stands already; nothing is told."""
        if value in self.buttons:
            self.buttons[value].setChecked(True)

    @property
    def value(self) -> str:
        return next((one for one, button in self.buttons.items() if button.isChecked()), "")
