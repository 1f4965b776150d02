"""The field for a resident ID number: grouped 6-8-4 as it is typed, taken from a scan or a paste, masked once known."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from backbone_core.errors import Finding, RuleBroken
from backbone_core.identity import ResidentId, read_id_number
from backbone_desktop.ui.widgets.typed_edit import TypedEdit

CHARACTERS = 22
"""18 characters, two blanks between the groups, and room for a disability certificate's two more."""
_GROUPS = (6, 14, 18)
_BETWEEN = frozenset(" \t\r\n\u00a0\u3000\u200b\ufeff-‐‑–—_.·,'\"=")
_BURST_GAP = 0.06
"""Seconds. A barcode gun leaves some 5–20 ms between two characters, a person at least 80."""
_BURST_LENGTH = 15


def bare(text: str) -> str:
    """The number without what stands between its characters; full width becomes half, x becomes X.

    Anything that does not belong in a number stays, so that the rule can say so.
    """
    halved = (chr(ord(one) - 0xFEE0) if "！" <= one <= "～" else one for one in text)
    return "".join(one for one in halved if one not in _BETWEEN).upper()


def grouped(number: str) -> str:
    """The number in groups of 6, 8, 4 (and 2) as far as it has been typed."""
    edges = (0, *_GROUPS, len(number))
    return " ".join(part for start, end in pairwise(edges) if (part := number[start:end]))


class IdNumberEdit(TypedEdit):
    """Holds a number bare and shows it grouped. A known person's number is shown masked until it is revealed."""

    input_method = False

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent, characters=CHARACTERS)
        self._today = today
        self._hidden = ""
        self._burst = ""
        self._last_key = 0.0

    def read(self, text: str) -> ResidentId:
        return read_id_number(text, self._today())[0]

    def shown(self, text: str) -> str:
        return grouped(bare(text))

    def typed(self) -> str:
        return self._hidden or bare(self.text())

    def set_typed(self, text: str) -> None:
        self._hidden = ""
        self.setReadOnly(False)
        self.setText(grouped(bare(text)))
        self.setCursorPosition(0)

    def finding(self) -> Finding | None:
        return None if self._hidden else super().finding()

    @property
    def person(self) -> ResidentId | None:
        """What the number tells; None while it is no number."""
        number = self.typed()
        try:
            return self.read(number) if number else None
        except RuleBroken:
            return None

    @property
    def masked(self) -> bool:
        return bool(self._hidden)

    def set_masked(self, number: str, mask: str) -> None:
        """Keep `number`, show `mask`; the field takes no typing until `reveal`."""
        self._hidden = number
        self.setText(mask)
        self.setReadOnly(True)

    def reveal(self, number: str) -> None:
        """Show the whole number, now to be changed if need be."""
        self.set_typed(number)

    def entering(self) -> bool:
        """A gun's whole scan replaces what stood in the field before."""
        scanned = bare(self._burst)
        if len(scanned) >= _BURST_LENGTH and not self.isReadOnly() and scanned != self.typed():
            self.setText(grouped(scanned))
            self.edited.emit()
        self._burst = ""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._follow_burst(event.text())
        if not self.hasSelectedText() and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            at, text = self.cursorPosition(), self.text()
            if event.key() == Qt.Key.Key_Backspace and text[at - 1:at] == " ":
                self.setCursorPosition(at - 1)
            elif event.key() == Qt.Key.Key_Delete and text[at:at + 1] == " ":
                self.setCursorPosition(at + 1)
        super().keyPressEvent(event)

    def _follow_burst(self, text: str) -> None:
        if not text.isprintable() or not text:
            return
        now = time.monotonic()
        self._burst = (self._burst if now - self._last_key < _BURST_GAP else "") + text
        self._last_key = now

    def _on_edited(self) -> None:
        before = len(bare(self.text()[: self.cursorPosition()]))
        text = grouped(bare(self.text()))
        if text != self.text():
            self.setText(text)
            at = before + sum(1 for edge in _GROUPS if edge < before)
            self.setCursorPosition(at)
        super()._on_edited()
