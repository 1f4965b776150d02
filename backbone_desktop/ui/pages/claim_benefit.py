"""Beside the claim form: what the family will get, step by step, and which papers are still missing."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.presenters.benefit import Told
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.form_frame import quiet_scroll
from backbone_desktop.ui.widgets.mark import MeaningMark
from backbone_desktop.ui.widgets.text import Heading, Prose, Secondary
from backbone_desktop.words import Words

WIDTH = 320
LOW = 150
"""Height under a narrow window's form."""
MOST = 16_777_215
"""Qt's word for "as large as it likes"."""


class ClaimBenefit(QWidget):
    """A strip of paper at the window's edge; it stays while the form scrolls."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._t = words
        self.figure = QLabel()
        self.figure.setFont(theme.figure_font())
        self._below = Secondary()
        self.steps = Steps()
        self._missing = MeaningMark(Meaning.ATTENTION)
        self._papers = Secondary(wrap=True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.XL, theme.S, theme.XL, theme.L)
        column.setSpacing(theme.XS)
        column.addWidget(Heading(words("Benefit")))
        column.addWidget(self.figure)
        column.addWidget(self._below)
        column.addSpacing(theme.S)
        column.addWidget(self.steps)
        column.addSpacing(theme.M)
        column.addWidget(self._missing)
        column.addWidget(self._papers)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(quiet_scroll(inner))
        self.stand(beside=True)
        self.setAccessibleName(words("Benefit"))

    def stand(self, *, beside: bool) -> None:
        """Beside the form at its full height, or below it where the window is narrow."""
        width, low = theme.scaled(WIDTH), theme.scaled(LOW)
        self.setMinimumWidth(width if beside else 0)
        self.setMaximumWidth(width if beside else MOST)
        self.setMaximumHeight(MOST if beside else low)

    def show_told(self, told: Told) -> None:
        self.figure.setVisible(bool(told.figure))
        self._below.setVisible(bool(told.figure))
        self.figure.setText(told.figure)
        theme.tint(self.figure, theme.colours().accent)
        self._below.setText(told.below)
        self.steps.put(told.steps, numbered=bool(told.figure))
        self._missing.setVisible(bool(told.missing))
        self._papers.setVisible(bool(told.missing))
        self._missing.say(Meaning.ATTENTION, self._t("Papers still missing"))
        self._papers.setText("\n".join(told.missing))
        self.setAccessibleDescription(" ".join((told.figure, *told.steps)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().surface))
        painter.setPen(QColor(theme.colours().line))
        painter.drawLine(0, 0, 0, self.height())


class Steps(QWidget):
    """Sentences one below the other, numbered; the last one, which says the result, a little stronger."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S)

    @property
    def lines(self) -> tuple[str, ...]:
        return self._lines

    def put(self, lines: tuple[str, ...], *, numbered: bool) -> None:
        if lines == self._lines:
            return
        self._lines = lines
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, line in enumerate(lines, start=1):
            last = numbered and number == len(lines)
            prose = Prose(line, secondary=not numbered)
            if last:
                prose.setFont(theme.body_font(medium=True))
            # Otherwise a label insists on the height it would have at a width of its own choice.
            prose.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            prose.say(line)
            self._column.addWidget(prose)
