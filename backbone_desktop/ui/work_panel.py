"""The panel at the foot for long work: what, how far, how long still, cancel. The rest of the window works on."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.presenters.progress import how_far
from backbone_desktop.ui.widgets.buttons import PlainButton
from backbone_desktop.ui.widgets.text import Secondary
from backbone_desktop.words import Words


class WorkPanel(QWidget):
    cancelled = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._began = 0.0
        self._what = QLabel()
        self._far = Secondary()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.scaled(240))
        self._cancel = PlainButton(words("Cancel"))
        self._cancel.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        row.setSpacing(theme.M)
        row.addWidget(self._what)
        row.addWidget(self._bar)
        row.addWidget(self._far, 1)
        row.addWidget(self._cancel)
        self.hide()

    def begin(self, what: str) -> None:
        self._began = time.monotonic()
        self._what.setText(what)
        self.setAccessibleName(what)
        self._bar.setAccessibleName(what)
        self._bar.setRange(0, 0)
        self._far.setText("")
        self._cancel.setEnabled(True)
        self.show()

    def advance(self, done: int, of: int) -> None:
        self._bar.setRange(0, of)
        self._bar.setValue(done)
        self._far.setText(how_far(self._words, done, of, time.monotonic() - self._began))

    def end(self) -> None:
        self.hide()

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._far.setText(self._words("Stopping…"))
        self.cancelled.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().surface))
        painter.setPen(QColor(theme.colours().line))
        painter.drawLine(0, 0, self.width(), 0)
