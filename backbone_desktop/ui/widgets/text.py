"""Labels in the theme's few voices: section heading, running text, secondary text, a figure with its name."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

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


class StatFigure(QWidget):
    """A 20-pt figure with what it counts below it."""

    def __init__(self, name: str, figure: str = "—", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._figure = QLabel(figure)
        self._figure.setFont(theme.figure_font())
        self._label = Secondary(name, wrap=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._figure)
        rows.addWidget(self._label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.show_figure(figure)

    def show_figure(self, figure: str, colour: str = "") -> None:
        self._figure.setText(figure)
        theme.tint(self._figure, colour or theme.colours().text)
        self.setAccessibleName(f"{self._name}: {figure}")
