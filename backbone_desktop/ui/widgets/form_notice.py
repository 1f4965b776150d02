"""The place on a form for one message about the whole of it; empty, it takes no room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.banner import Banner
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.errors import RuleBroken
    from backbone_desktop.ui.widgets.form import Form


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

    def refuse(self, form: Form, refused: RuleBroken) -> None:
        """Show what stood in the way at its fields, and here what concerns the whole; the caret goes to the first."""
        form.set_findings(refused.findings)
        form.show_all()
        general = [found for found in form.general if found.refuses]
        if general:
            self.say(Meaning.ATTENTION, "\n".join(self._t.finding(found) for found in general))
        form.go_to_first_open()

    def clear(self) -> None:
        if self.banner is not None:
            self._column.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        self.hide()
