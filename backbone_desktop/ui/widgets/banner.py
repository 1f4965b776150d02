"""A message that stays on the page until it is read, with a way on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import LARGE, MEANING_ICONS
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import IconButton, LinkButton
from backbone_desktop.ui.widgets.mark import icon_label
from backbone_desktop.ui.widgets.text import Prose


class Banner(QWidget):
    """Icon, sentence, the acts that lead on, and (with `close_tip`) a button that puts it away."""

    closed = Signal()

    def __init__(self, meaning: Meaning, text: str, parent: QWidget | None = None, *,
                 acts: tuple[tuple[str, Callable[[], None]], ...] = (), close_tip: str = "") -> None:
        super().__init__(parent)
        self._meaning = meaning
        self._prose = Prose(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, theme.S, theme.S, theme.S)
        row.setSpacing(theme.S)
        mark = icon_label(MEANING_ICONS[meaning], theme.colours().of(meaning)[0], LARGE)
        mark.setContentsMargins(0, 3, 0, 0)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._prose, 1, Qt.AlignmentFlag.AlignVCenter)
        for label, act in acts:
            button = LinkButton(label)
            button.clicked.connect(lambda _=False, act=act: act())
            row.addWidget(button)
        if close_tip:
            close = IconButton("x", close_tip)
            close.clicked.connect(self.closed)
            row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(text)

    def say(self, text: str) -> None:
        self._prose.say(text)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        return self.accessibleName()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().of(self._meaning)[1]))
        painter.drawRoundedRect(self.rect(), theme.RADIUS, theme.RADIUS)
