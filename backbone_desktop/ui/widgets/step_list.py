"""The list of steps at the left of the first start: done, at it, still to come."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import LARGE
from backbone_desktop.ui.widgets.mark import draw_icon, icon_label
from backbone_desktop.ui.widgets.text import Secondary

WIDTH = 248


class StepList(QWidget):
    def __init__(self, product: str, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.scaled(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XXL, theme.L, theme.XL)
        column.setSpacing(theme.M)
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(icon_label("landmark", theme.colours().accent, 24))
        head.addWidget(Secondary(product, wrap=True), 1)
        column.addLayout(head)
        column.addSpacing(theme.L)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.M)
        column.addLayout(self._column)
        column.addStretch(1)
        self._names: tuple[str, ...] = ()
        self._rows: list[tuple[QLabel, QLabel]] = []
        self.name(names)

    def name(self, names: tuple[str, ...]) -> None:
        """Take the steps' names anew."""
        if names == self._names:
            return
        self._names = names
        while (item := self._column.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.deleteLater()
        self._rows = []
        for name in names:
            row, mark, label = QWidget(), QLabel(), QLabel(name)
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(theme.S)
            line.addWidget(mark)
            line.addWidget(label, 1)
            self._column.addWidget(row)
            self._rows.append((mark, label))

    def at(self, place: int) -> None:
        now = theme.colours()
        for number, (mark, label) in enumerate(self._rows):
            done, here = number < place, number == place
            colour = now.accent if done or here else now.faint
            draw_icon(mark, "circle-check" if done else "circle-dot" if here else "circle", colour, LARGE)
            label.setFont(theme.body_font(medium=here))
            theme.tint(label, now.text if here else now.secondary)
        self.setAccessibleName(self._names[place])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().rail))
        painter.setPen(QColor(theme.colours().line))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
