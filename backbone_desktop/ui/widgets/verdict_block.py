"""The result of a check: a word in its meaning's colour with its icon, what it means, what to know, and a way on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import MEANING_ICONS
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import LinkButton
from backbone_desktop.ui.widgets.mark import draw_icon
from backbone_desktop.ui.widgets.text import Prose

ICON = 28


class VerdictBlock(QWidget):
    """Read aloud as one text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meaning = Meaning.NONE
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._icon, self._word, self._paper = QLabel(), QLabel(), QLabel()
        self._word.setFont(theme.title_font())
        self._paper.setFont(theme.body_font(medium=True))
        for label in (self._word, self._paper):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._paper.setWordWrap(True)
        self._paper.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._says, self._remarks = Prose(), Prose(secondary=True)
        self._acts = QVBoxLayout()
        self._acts.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(theme.L)
        first.addWidget(self._word)
        first.addWidget(self._paper, 1, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout()
        column.setSpacing(theme.XS)
        column.addLayout(first)
        column.addWidget(self._says)
        column.addWidget(self._remarks)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.M, theme.M, theme.M)
        row.setSpacing(theme.M)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        row.addLayout(self._acts)

    def say(self, meaning: Meaning, word: str, paper: str, sentences: Sequence[str], remarks: Sequence[str], *,
            icon_name: str = "", acts: Sequence[tuple[str, Callable[[], None]]] = ()) -> None:
        self._meaning = meaning
        colour, _ = theme.colours().of(meaning)
        draw_icon(self._icon, icon_name or MEANING_ICONS[meaning], colour, ICON)
        theme.tint(self._word, colour)
        self._word.setText(word)
        self._paper.setText(paper)
        self._says.say("\n".join(sentences))
        self._remarks.say("\n".join(remarks))
        self._offer(acts)
        self.setAccessibleName("\n".join((word, paper, *sentences, *remarks)))
        self.update()

    @property
    def text(self) -> str:
        return self.accessibleName()

    @property
    def first_act(self) -> QWidget | None:
        """The first way on, where there is one."""
        item = self._acts.itemAt(0)
        return item.widget() if item is not None else None

    def _offer(self, acts: Sequence[tuple[str, Callable[[], None]]]) -> None:
        while (item := self._acts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for label, act in acts:
            button = LinkButton(label)
            button.clicked.connect(lambda _=False, act=act: act())
            self._acts.addWidget(button)
        self._acts.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().of(self._meaning)[1]))
        painter.drawRoundedRect(self.rect(), theme.RADIUS, theme.RADIUS)
