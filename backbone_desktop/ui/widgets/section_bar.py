"""The sections of a page side by side under its title; the arrow keys and Alt+1, Alt+2 … go from one to the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabBar, QWidget

from backbone_desktop.ui import theme


class SectionBar(QTabBar):
    """`chosen` carries the key of the section that is to be shown."""

    chosen = Signal(str)

    def __init__(self, sections: Sequence[tuple[str, str]], name: str, page: QWidget) -> None:
        super().__init__(page)
        self._keys = tuple(key for key, _ in sections)
        self._names = tuple(text for _, text in sections)
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFont(theme.body_font())
        for place, text in enumerate(self._names):
            self.addTab(text)
            keys = f"Alt+{place + 1}"
            self.setTabToolTip(place, f"{text} ({keys})")
            QShortcut(QKeySequence(keys), page, lambda place=place: self.setCurrentIndex(place))
        self.currentChanged.connect(lambda place: self.chosen.emit(self._keys[place]))

    @property
    def section(self) -> str:
        return self._keys[self.currentIndex()]

    def show_section(self, key: str) -> None:
        self.setCurrentIndex(self._keys.index(key))

    def count_in(self, key: str, count: int) -> None:
        """Write behind a section's name how many things stand in it; 0 writes nothing."""
        place = self._keys.index(key)
        self.setTabText(place, f"{self._names[place]} {count}" if count else self._names[place])
