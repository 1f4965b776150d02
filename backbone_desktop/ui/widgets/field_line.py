"""A field with its label before it and, under it, the line that says what is wrong or what was worked out."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from backbone_core.errors import Finding
from backbone_desktop.ui import theme
from backbone_desktop.ui.widgets.mark import draw_icon
from backbone_desktop.ui.widgets.text import Secondary
from backbone_desktop.ui.widgets.typed_edit import TypedEdit
from backbone_desktop.words import Words

_LETTER = re.compile(r"\(&(\w)\)|&(\w)")
NOTE_ICON = 14
FIELD_FIRST = 1000
"""How much rather the room of a line goes to its field, up to the field's own width, than to the blank behind it."""
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def without_letter(label: str) -> str:
    """A label as it is read while Alt is not held down."""
    return _LETTER.sub(lambda found: found[2] or "", label).strip()


class FieldLabel(QLabel):
    """The words of a label; its letter (Alt+…) leads to the field and is written out while Alt is held down."""

    def __init__(self, text: str, field: QWidget, parent: QWidget | None = None, *, required: bool = False) -> None:
        super().__init__(parent)
        self._text = text
        self._required = required
        self._field = field
        self.plain = without_letter(text)
        self.setAlignment(RIGHT)
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.tint(self, theme.colours().secondary)
        self.setContentsMargins(0, 0, theme.M, 0)
        self.show_letter(False)
        field.setAccessibleName(self.plain)
        if letter := _LETTER.search(text):
            key = (letter[1] or letter[2]).upper()
            shortcut = QShortcut(QKeySequence(f"Alt+{key}"), field)
            # Two fields of one window may share a letter: pressing it again goes to the next one.
            shortcut.activated.connect(self._go)
            shortcut.activatedAmbiguously.connect(self._go)
            self.setToolTip(f"Alt+{key}")

    def show_letter(self, shown: bool) -> None:
        self.setText(self._text if shown else self.plain.replace("&", "&&"))
        self.setTextFormat(Qt.TextFormat.PlainText)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._required:
            painter = QPainter(self)
            painter.setPen(QColor(theme.colours().attention))
            painter.drawText(self.rect().adjusted(0, 0, -2, 0), RIGHT, "*")

    def mousePressEvent(self, event: object) -> None:
        self._go()

    def _go(self) -> None:
        if self._field.isVisible():
            self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)


class UnderLine(QWidget):
    """One line under a field: a finding with its icon, or a quiet note. `keep` holds its room while it is empty."""

    def __init__(self, parent: QWidget | None = None, *, keep: bool = True) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text = Secondary(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 0, 0, 0)
        row.setSpacing(theme.XS)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self._icon.hide()
        self._keep = keep
        if keep:
            self.setMinimumHeight(self._text.fontMetrics().height())
        else:
            self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, text: str, *, icon_name: str = "", colour: str = "") -> None:
        self._text.setText(text)
        theme.tint(self._text, colour or theme.colours().secondary)
        self._icon.setVisible(bool(icon_name))
        if icon_name:
            draw_icon(self._icon, icon_name, colour, NOTE_ICON)
            self._icon.setContentsMargins(0, (self._text.fontMetrics().height() - theme.scaled(NOTE_ICON)) // 2, 0, 0)
        self.setVisible(self._keep or bool(text))


class FieldLine(QWidget):
    """`label` stands in another column of the grid; this widget is the field with its line below.

    `aside` stands at the field's right, `below` under its line.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, words: Words, text: str, field: QWidget, *, required: bool = False, aside: QWidget | None = None,
                 below: QWidget | None = None, keep: bool = True, name: str = "") -> None:
        super().__init__()
        self._words = words
        self._note = ""
        self._right = False
        self.name = name
        self.field = field
        self.label = FieldLabel(text, field, required=required)
        self.under = UnderLine(keep=keep)
        self.findings: tuple[Finding, ...] = ()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(field, 0 if isinstance(field, QAbstractButton) else FIELD_FIRST)
        if aside is not None:
            row.addWidget(aside)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(row)
        column.addWidget(self.under)
        if below is not None:
            column.addWidget(below)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if isinstance(field, TypedEdit):
            field.edited.connect(self.edited)
            field.left.connect(self.left)
        elif isinstance(field, QAbstractButton):
            field.clicked.connect(self.edited)
            field.clicked.connect(self.left)
        self.label.setFixedHeight(field.sizeHint().height())

    def say(self, findings: tuple[Finding, ...]) -> None:
        """Show what the rules found at this field: the first refusal, else the first warning; () clears it."""
        self.findings = findings
        worst = next((found for found in findings if found.refuses), findings[0] if findings else None)
        if isinstance(self.field, TypedEdit):
            self.field.show_finding("" if worst is None else "refusal" if worst.refuses else "warning")
        self._draw(worst)

    def note(self, text: str, *, right: bool = False) -> None:
        """What was worked out from the field, shown while nothing is wrong with it; `right` says that it fits."""
        self._note, self._right = text, right
        self.say(self.findings)

    def _draw(self, worst: Finding | None) -> None:
        if worst is None:
            self.under.say(self._note, icon_name="circle-check" if self._right else "",
                           colour=theme.colours().done if self._right else "")
            self.field.setAccessibleDescription(self._note)
            return
        text = self._words.finding(worst)
        self.under.say(text, icon_name="triangle-alert" if worst.refuses else "info", colour=theme.colours().attention)
        self.field.setAccessibleDescription(text)
