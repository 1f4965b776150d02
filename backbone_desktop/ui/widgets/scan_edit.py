"""The field into which a barcode gun types: its burst ends with Enter, and the input method stays off."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QSizePolicy, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import icon
from backbone_desktop.ui.widgets.typed_edit import TypedEdit


class ScanEdit(TypedEdit):
    """`scanned` carries what was typed; `paste_wanted` leaves it to the page what the clipboard holds."""

    scanned = Signal(str)
    paste_wanted = Signal()
    input_method = False

    def __init__(self, prompt: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(prompt)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} (F3)")
        self.setClearButtonEnabled(True)
        self.addAction(icon("search"), self.ActionPosition.LeadingPosition)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(theme.scaled(36))
        self.returnPressed.connect(self._send)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _send(self) -> None:
        if typed := self.typed():
            self.scanned.emit(typed)
