"""The place on a form for one message about the whole of it; empty, it takes no room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.banner import Banner
from backbone_desktop.words import Words


class FormNotice(QWidget):
    """Shows a `Banner` until another is said, it is put away, or the form is left."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = words
        self.banner: Banner | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.S)
        self._column.setSpacing(0)
        self.hide()

    @property
    def text(self) -> str:
        return self.banner.text if self.banner is not None else ""

    def say(self, meaning: Meaning, text: str, *acts: tuple[str, Callable[[], None]]) -> None:
        self.clear()
        self.banner = Banner(meaning, text, acts=acts, close_tip=self._t("Put this message away"))
        self.banner.closed.connect(self.clear)
        self._column.addWidget(self.banner)
        self.show()

    def clear(self) -> None:
        if self.banner is not None:
            self._column.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        self.hide()
