"""The base of all fields: one line that keeps what was typed, judges it when it is left, and knows its width."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from backbone_core.errors import Finding, RuleBroken

FRAME = 20
"""Pixels of a field that are not text: border, padding and the caret's room."""
LEAST_TEXT = 16
"""Characters that a field for text shows at least."""
_STAYS = (
    Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason,
)


class TypedEdit(QLineEdit):
    """A field. A kind of field overrides `read` (raise `RuleBroken` when the text is no such value) and `shown`."""

    left = Signal()
    """The clerk has gone to another field (not: to another window)."""
    edited = Signal()
    """The clerk has changed something; never sent for what the program fills in."""
    input_method = True
    """False for numbers: the input method is off, so that digits and barcode guns go straight in."""

    def __init__(self, parent: QWidget | None = None, *, characters: int = 0) -> None:
        super().__init__(parent)
        self._characters = characters
        self.textEdited.connect(self._on_edited)
        self._settle_input_method()
        self._fit()

    def read(self, text: str) -> object:
        """The value that the text stands for; raises `RuleBroken` when it stands for none."""
        return text

    def shown(self, text: str) -> str:
        """The same value as the paper writes it; called with text that can be read."""
        return text

    def typed(self) -> str:
        """What goes into the form's draft."""
        return self.text().strip()

    def set_typed(self, text: str) -> None:
        """Fill in what a draft holds; half a value is shown as it was typed."""
        self.setText(text)
        self.settle()
        self.setCursorPosition(0)

    def finding(self) -> Finding | None:
        """What the field's own rule says against the text; an empty field says nothing."""
        text = self.typed()
        if not text:
            return None
        try:
            self.read(text)
        except RuleBroken as broken:
            return Finding(broken.code, "", broken.facts)
        return None

    def settle(self) -> None:
        """Show a readable value in its proper form."""
        if self.isReadOnly() or not self.typed() or self.finding() is not None:
            return
        proper = self.shown(self.typed())
        if proper != self.text():
            self.setText(proper)

    def entering(self) -> bool:
        """Enter was pressed here; False keeps the caret here."""
        return True

    def show_finding(self, severity: str) -> None:
        """Colour the border: "refusal", "warning" or "" (the words stand under the field)."""
        if (self.property("finding") or "") != severity:
            self.setProperty("finding", severity)
            self.style().unpolish(self)
            self.style().polish(self)

    def setReadOnly(self, read_only: bool) -> None:
        super().setReadOnly(read_only)
        self._settle_input_method()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.settle()
            self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _on_edited(self) -> None:
        self.edited.emit()

    def _settle_input_method(self) -> None:
        if not self.input_method:  # Qt turns it on again whenever a field becomes writable
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def _fit(self) -> None:
        """As wide as what goes in. Text gives way where there is no room; a number is never cut."""
        if self._characters:
            figure = self.fontMetrics().horizontalAdvance("0")
            least = min(self._characters, LEAST_TEXT) if self.input_method else self._characters
            self.setMinimumWidth(figure * least + FRAME)
            self.setMaximumWidth(figure * self._characters + FRAME)
