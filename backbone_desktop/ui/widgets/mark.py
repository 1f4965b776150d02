"""A status in one of the meaning colours, always with its icon and its word."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import MEANING_ICONS, SMALL, icon_pixmap
from backbone_desktop.ui.theme import Meaning


def icon_label(name: str, colour: str, size: int = SMALL) -> QLabel:
    """An icon that stands by itself in a layout; screen readers hear the word beside it instead."""
    label = QLabel()
    draw_icon(label, name, colour, size)
    return label


def draw_icon(label: QLabel, name: str, colour: str, size: int = SMALL) -> None:
    label.setPixmap(icon_pixmap(name, colour, theme.scaled(size), label.devicePixelRatioF()))


class MeaningMark(QWidget):
    """Icon and word; `icon_name` replaces the meaning's usual icon. With `wrap` a long sentence takes several lines."""

    def __init__(self, meaning: Meaning = Meaning.NONE, word: str = "", parent: QWidget | None = None, *,
                 icon_name: str = "", wrap: bool = False) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._word = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS + 2)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._word, int(wrap))
        if wrap:
            self._word.setWordWrap(True)
            self._word.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._icon.setContentsMargins(0, theme.XS, 0, 0)  # level with the first line
        else:
            row.addStretch(1)
        self.say(meaning, word, icon_name=icon_name)

    def say(self, meaning: Meaning, word: str, *, icon_name: str = "") -> None:
        colour, _ = theme.colours().of(meaning)
        draw_icon(self._icon, icon_name or MEANING_ICONS[meaning], colour)
        self._word.setText(word)
        theme.tint(self._word, colour)
        self.setAccessibleName(word)
