"""While a person is typed: who in the register looks like them, in a line below their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.presenters.household_alike import alike_line, ask
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import LinkButton
from backbone_desktop.ui.widgets.mark import icon_label
from backbone_desktop.ui.widgets.text import Secondary
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.duplicates import LookAlike
    from backbone_desktop.services.typed import HouseholdDraft
    from backbone_desktop.ui.context import Context

PAUSE_MS = 350
"""After the last key; nobody is compared in the middle of a word."""


class AlikeLines(QWidget):
    """Takes no room while nobody looks like the person. `opened` carries a household's id."""

    opened = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._t = words
        self.people: tuple[LookAlike, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.XS)
        self._column.setSpacing(theme.XS)
        self.hide()

    @property
    def text(self) -> str:
        return self.accessibleName()

    def say(self, people: tuple[LookAlike, ...]) -> None:
        if people == self.people:
            return
        self.people = people
        for row in self.findChildren(_Row):
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for one in people:
            row = _Row(self._t, alike_line(self._t, one))
            row.open.clicked.connect(lambda _=False, home=one.person.household_id: self.opened.emit(home))
            self._column.addWidget(row)
        self.setAccessibleName("\n".join(alike_line(self._t, one) for one in people))
        self.setVisible(bool(people))


class _Row(QWidget):
    def __init__(self, words: Words, text: str) -> None:
        super().__init__()
        said = Secondary(text, wrap=True)
        theme.tint(said, theme.colours().attention)
        mark: QLabel = icon_label("users", theme.colours().of(Meaning.ATTENTION)[0])
        self.open = LinkButton(words("Open the household"), tip=words("Open the household (F4)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(mark)
        row.addWidget(said, 1)
        row.addWidget(self.open)


class AlikeWatch(QObject):
    """Asks the store a moment after the last key, and never keeps anybody from typing."""

    def __init__(self, context: Context, draft: Callable[[], HouseholdDraft],
                 lines: Callable[[], list[AlikeLines]], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._draft = draft
        self._lines = lines
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def touch(self) -> None:
        """Something was typed, or a form was opened."""
        self._pause.start()

    def _ask(self) -> None:
        desk, draft = self._context.desk, self._draft()
        self._context.store.run(lambda: ask(desk, draft), lambda found: self._show(draft, found),
                                latest="household.alike")

    def _show(self, asked: HouseholdDraft, found: Mapping[int, tuple[LookAlike, ...]]) -> None:
        if asked == self._draft():  # else somebody typed on, and the next answer is on its way
            for place, line in enumerate(self._lines()):
                line.say(found.get(place, ()))
