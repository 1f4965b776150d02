"""Labels in the theme's few voices: section heading, running text, secondary text, a figure with its name."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from backbone_desktop.ui import theme


class Heading(QLabel):
    """A section's name; space and this line set sections apart, no frame does."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFont(theme.body_font(medium=True))
        self.setContentsMargins(0, theme.S, 0, theme.XS)


class Secondary(QLabel):
    """A quieter line: a count, a date, an explanation."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> None:
        super().__init__(text, parent)
        self.setFont(theme.secondary_font())
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        theme.tint(self, theme.colours().secondary)


class Prose(QLabel):
    """Running text that wraps, with the line height that Chinese needs; never takes markup from data."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, secondary: bool = False) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if secondary:
            self.setFont(theme.secondary_font())
            theme.tint(self, theme.colours().secondary)
        self.say(text)

    def say(self, text: str) -> None:
        paragraphs = "".join(f'<p style="line-height:110%; margin:0">{escape(line)}</p>' for line in text.splitlines())
        self.setText(paragraphs)
        self.setAccessibleName(text)


class StatFigure(QAbstractButton):
    """A 20-pt figure with what it counts below it; a click or Enter leads to what was counted."""

    def __init__(self, name: str, figure: str = "—", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._colour = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_figure(figure)

    def show_figure(self, figure: str, colour: str = "") -> None:
        self.setText(figure)
        self._colour = colour
        self.setAccessibleName(f"{self._name}: {figure}")
        self.update()

    def sizeHint(self) -> QSize:
        figure, name = QFontMetrics(theme.figure_font()), QFontMetrics(theme.secondary_font())
        width = max(figure.horizontalAdvance(self.text()), name.horizontalAdvance(self._name))
        return QSize(width + 2 * theme.S, figure.height() + name.height() + theme.S)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.colours()
        painter = QPainter(self)
        area = self.rect().adjusted(0, theme.XS, -theme.S, -theme.XS)
        if self.hasFocus():
            painter.fillRect(area.left(), self.height() - 2, area.width(), 2, QColor(now.accent))
        painter.setFont(theme.figure_font())
        painter.setPen(QColor(self._colour or now.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self.text())
        painter.setFont(theme.secondary_font())
        painter.setPen(QColor(now.accent if self.underMouse() or self.hasFocus() else now.secondary))
        shown = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, shown)
