"""The line above a list: where to type what is looked for, and chips that narrow the list to one state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import icon

PAUSE_MS = 80
SEARCH_WIDTH = 380


class SearchField(QLineEdit):
    """`sought` is sent shortly after the last key; Down or Enter go on into the list. F3 comes here from anywhere."""

    sought = Signal(str)
    went_on = Signal()
    opened = Signal()

    def __init__(self, prompt: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(prompt)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} (F3)")
        self.setClearButtonEnabled(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setMaximumWidth(theme.scaled(SEARCH_WIDTH))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._send)
        self.textChanged.connect(self._wait)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_F3), self)
        shortcut.activated.connect(lambda: self.setFocus(Qt.FocusReason.ShortcutFocusReason))

    def _wait(self) -> None:
        self._pause.start()

    def _send(self) -> None:
        self.sought.emit(self.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.went_on.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class Chip(QAbstractButton):
    """A word with its count; the chosen one is filled with the accent's soft colour."""

    def __init__(self, value: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = value
        self._word = text
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_count(None)

    def set_count(self, count: int | None) -> None:
        self.setText(self._word if count is None else f"{self._word} {count:,}")
        self.setAccessibleName(self.text())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.secondary_font())
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * theme.M, metrics.height() + theme.S + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        on, over = self.isChecked(), self.underMouse()
        edge = now.accent if self.hasFocus() or on else now.border if over else now.line
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(now.accent_soft if on else now.surface))
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.setPen(QColor(now.accent if on else now.secondary if self.isEnabled() else now.border))
        painter.setFont(theme.secondary_font())
        painter.drawText(self.text_area(), Qt.AlignmentFlag.AlignCenter, self.text())

    def text_area(self) -> QRectF:
        return QRectF(self.rect())


class Chips(QWidget):
    """One of several; the arrow keys move along."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.XS + 2)
        self.chips: dict[str, Chip] = {}
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show these chips in this order; the chosen one stays chosen, else the first is."""
        chosen = self.value
        wanted = [value for value, _ in choices]
        for value in [one for one in self.chips if one not in wanted]:
            gone = self.chips.pop(value)
            self._group.removeButton(gone)
            self._row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, (value, text) in enumerate(choices):
            if value not in self.chips:
                self.chips[value] = self._make(value, text)
                self._row.insertWidget(place, self.chips[value])
        self.chips = {value: self.chips[value] for value in wanted}
        if choices:
            self.chips[chosen if chosen in self.chips else wanted[0]].setChecked(True)

    def _make(self, value: str, text: str) -> Chip:
        chip = Chip(value, text)
        chip.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
        self._group.addButton(chip)
        return chip

    @property
    def value(self) -> str:
        button = self._group.checkedButton()
        return button.value if isinstance(button, Chip) else ""

    def clear_choice(self) -> None:
        """None of them is chosen, until somebody clicks one."""
        self._group.setExclusive(False)
        for chip in self.chips.values():
            chip.setChecked(False)
        self._group.setExclusive(True)

    def choose(self, value: str) -> None:
        if value in self.chips and self.value != value:
            self.chips[value].setChecked(True)
            self.chosen.emit(value)


class FilterLine(QWidget):
    """The search field and, beside it, the chips or whatever else narrows the list."""

    def __init__(self, search: SearchField, chips: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, theme.S)
        row.setSpacing(theme.L)
        row.addWidget(search, 3)
        if chips is not None:
            row.addWidget(chips)
        row.addStretch(0 if chips is None else 1)
