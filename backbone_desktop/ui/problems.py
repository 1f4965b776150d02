"""The banners above a page for what is not there (disk, link, printer, keyring): each stays until it is read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from backbone_core.errors import BackboneError
from backbone_desktop.ui import theme
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.banner import Banner
from backbone_desktop.words import Words

MOST = 3
"""More would push the page off the screen; the oldest gives way."""


class Problems(QWidget):
    def __init__(self, words: Words, ways_on: Callable[[str], tuple[tuple[str, Callable[[], None]], ...]],
                 parent: QWidget | None = None) -> None:
        """`ways_on(code)` names the acts that lead on from a problem."""
        super().__init__(parent)
        self._words = words
        self._ways_on = ways_on
        self._banners: dict[str, Banner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.XL, theme.S, theme.XL, 0)
        self._column.setSpacing(theme.XS)
        self.hide()

    def show_problem(self, error: BackboneError) -> None:
        """The same problem again replaces its banner instead of piling up."""
        self.put_away(error.code)
        while len(self._banners) >= MOST:
            self.put_away(next(iter(self._banners)))
        banner = Banner(Meaning.ATTENTION, self._words.error(error), self, acts=self._ways_on(error.code),
                        close_tip=self._words("I have read this"))
        banner.closed.connect(lambda code=error.code: self.put_away(code))
        self._banners[error.code] = banner
        self._column.addWidget(banner)
        self.show()

    def put_away(self, code: str) -> None:
        banner = self._banners.pop(code, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._banners))

    def settle(self, areas: frozenset[str]) -> None:
        """Put away what has proved to be over, by the first part of its code."""
        for code in [code for code in self._banners if code.partition(".")[0] in areas]:
            self.put_away(code)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(banner.text for banner in self._banners.values())
