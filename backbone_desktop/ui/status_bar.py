"""The line at the window's foot; it never blinks and says the same things in the same places."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.presenters.status import StatusLine
from backbone_desktop.ui.widgets.buttons import LinkButton
from backbone_desktop.ui.widgets.elided import ElidedLine
from backbone_desktop.ui.widgets.mark import draw_icon
from backbone_desktop.words import Words

DONE_FOR_MS = 6000
LINK_ICONS = {"up": "wifi", "down": "wifi-off", "none": "unplug"}


class StatusBar(QWidget):
    """`exchange_clicked` asks for the Exchange page."""

    exchange_clicked = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.L, 3, theme.L, 2)
        self._row.setSpacing(theme.XS + 2)
        self._person = self._part("user", words("Who works here"))
        self._office = self._part("building-2", words("Office"))
        self._done = ElidedLine()
        self._row.addStretch(1)
        self._row.addWidget(self._done)
        self._row.addStretch(1)
        self._refused = LinkButton("", icon_name="triangle-alert")
        self._waiting = LinkButton("", icon_name="clock", tip=words("Open the Exchange page"))
        for button in (self._refused, self._waiting):
            button.setFont(theme.secondary_font())
            button.clicked.connect(self.exchange_clicked)
            self._row.addWidget(button)
        self._refused.hide()
        self._row.addSpacing(theme.M)
        self._last = self._part("", words("Last exchange"))
        self._link_icon = QLabel()
        self._row.addWidget(self._link_icon)
        self._link = self._part("", words("Link to the centre"))
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(DONE_FOR_MS)
        self._fade.timeout.connect(lambda: self._done.setText(""))

    def show_status(self, status: StatusLine) -> None:
        for label, text in ((self._person, status.person), (self._office, status.office), (self._last, status.last),
                            (self._link, status.link_words)):
            label.setText(text)
        self._waiting.setText(status.waiting)
        self._waiting.setAccessibleName(status.waiting)
        self._refused.setText(status.refused)
        self._refused.setAccessibleName(status.refused)
        self._refused.setVisible(bool(status.refused))
        draw_icon(self._link_icon, LINK_ICONS[status.link], theme.colours().secondary)

    def say_done(self, sentence: str) -> None:
        """Something was done; the sentence goes by itself after a few seconds."""
        self._done.setText(sentence)
        self._fade.start()

    @property
    def done_text(self) -> str:
        return self._done.text()

    def _part(self, icon_name: str, name: str) -> ElidedLine:
        if icon_name:
            mark = QLabel()
            draw_icon(mark, icon_name, theme.colours().secondary)
            self._row.addWidget(mark)
        label = ElidedLine(name)
        self._row.addWidget(label)
        self._row.addSpacing(theme.M)
        return label

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().rail))
        painter.setPen(QColor(theme.colours().line))
        painter.drawLine(0, 0, self.width(), 0)
