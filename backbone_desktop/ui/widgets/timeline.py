"""What happened, from the latest to the first: day by day down a line, each in a sentence with what goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLayoutItem, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.widgets.buttons import LinkButton
from backbone_desktop.ui.widgets.form_grid import scroll_area_of
from backbone_desktop.ui.widgets.text import Secondary

DOT = 7
GAP = 28
"""Between the day and its sentence: the room in which the line runs."""
_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
STEP = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`weighty` marks an act of its own among mere corrections; `offer` names what can be done about it."""

    day: str
    text: str
    below: tuple[str, ...] = ()
    weighty: bool = False
    offer: str = ""
    key: str = ""


class Timeline(QWidget):
    """One stop for Tab, then what is offered; the arrow keys scroll it. `taken` carries the key of an offer."""

    taken = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._dots: list[tuple[QLabel, bool]] = []
        self._buttons: list[QWidget] = []
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, theme.S, 0, theme.S)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(theme.L)
        self._grid.setColumnStretch(1, 1)

    def put(self, events: Sequence[Event]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            _let_go(item)
        self._dots, self._buttons = [], []
        for row, event in enumerate(events):
            day = QLabel(event.day)
            theme.tint(day, theme.colours().secondary)
            day.setFixedWidth(QFontMetrics(theme.body_font()).horizontalAdvance("2020-00-00") + theme.S)
            self._grid.addWidget(day, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addLayout(self._told(event), row, 1)
            self._dots.append((day, event.weighty))
        for before, after in zip([self, *self._buttons], self._buttons, strict=False):
            QWidget.setTabOrder(before, after)
        self.setAccessibleName(self._name)
        self.setAccessibleDescription("\n".join(" ".join((one.day, one.text, *one.below)) for one in events))
        self.update()

    def _told(self, event: Event) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(1)
        text = QLabel(event.text)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setFont(theme.body_font(medium=event.weighty))
        column.addWidget(text)
        for line in event.below:
            column.addWidget(Secondary(line, wrap=True))
        if event.offer:
            button = LinkButton(event.offer, tip=f"{event.offer}: {event.text}")
            button.setFont(theme.secondary_font())
            button.clicked.connect(lambda: self.taken.emit(event.key))
            self._buttons.append(button)
            last = column.takeAt(column.count() - 1).widget()
            row = QHBoxLayout()
            row.setSpacing(theme.M)
            if isinstance(last, QLabel):
                last.setWordWrap(False)
                row.addWidget(last)
            row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        return column

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step, scroll = _KEYS.get(Qt.Key(event.key())), scroll_area_of(self)
        if step is None or scroll is None:
            super().keyPressEvent(event)
            return
        bar = scroll.verticalScrollBar()
        bar.setValue(bar.value() + step * theme.scaled(STEP))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._dots:
            return
        now, painter = theme.colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = [(day.geometry().right() + GAP / 2, day.geometry().top() + day.fontMetrics().height() / 2)
                  for day, _ in self._dots]
        painter.setPen(QColor(now.accent if self.hasFocus() else now.line))
        painter.drawLine(int(places[0][0]), int(places[0][1]), int(places[-1][0]), int(places[-1][1]))
        for (x, y), (_, weighty) in zip(places, self._dots, strict=True):
            painter.setPen(QColor(now.accent if weighty else now.border))
            painter.setBrush(QColor(now.accent if weighty else now.window))
            painter.drawEllipse(QRectF(x - DOT / 2, y - DOT / 2, DOT, DOT))


def _let_go(item: QLayoutItem) -> None:
    """A layout that is taken out leaves its widgets standing: they go with it."""
    if (widget := item.widget()) is not None:
        widget.hide()
        widget.deleteLater()
    elif (inner := item.layout()) is not None:
        while (part := inner.takeAt(0)) is not None:
            _let_go(part)
