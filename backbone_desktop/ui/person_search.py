"""The search box of the window: finds people from anywhere and opens their household."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from backbone_desktop.ui.context import Context
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.person_picker import PersonPicker
from backbone_desktop.ui.widgets.popup_list import PopupLine

if TYPE_CHECKING:
    from backbone_desktop.services.rows import MemberHit
    from backbone_desktop.words import Words

FOUND_AT_MOST = 20


class PersonSearch(PersonPicker):
    """Enter opens the household of the marked person; Esc leaves the box as it was found, empty."""

    def __init__(self, context: Context) -> None:
        words = context.words
        super().__init__(lambda hit: person_line(words, hit), lambda hit: hit.name, words("Nobody was found"))
        self._context = context
        self.setPlaceholderText(words("Find (F3)"))
        self.setAccessibleName(words("Find a person"))
        self.setAccessibleDescription(words("By ID number, name, initials, phone or household number"))
        self.setToolTip(words("By ID number, name, initials, phone or household number"))
        self.asked.connect(self._find)
        self.picked.connect(self._open)

    def begin(self) -> None:
        self.clear()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entering()
            return
        if event.key() == Qt.Key.Key_Escape and not event.modifiers() and self.text():
            super().keyPressEvent(event)
            self.clear()
            event.accept()
            return
        super().keyPressEvent(event)

    def _find(self, typed: str) -> None:
        from backbone_desktop.services.registry import find_members

        desk = self._context.desk
        self._context.store.run(lambda: find_members(desk, typed, FOUND_AT_MOST),
                                lambda hits: self.offer(typed, hits), latest="search")

    def _open(self, hit: MemberHit) -> None:
        self.clear()
        self._context.navigate.open("household", household_id=hit.household_id)


def person_line(words: Words, hit: MemberHit) -> PopupLine:
    """A person as the list shows them: name and masked number, household and village, cover of the year."""
    from backbone_core.identity import mask_id_no

    place = " · ".join(part for part in (hit.household_no, hit.township, hit.village) if part)
    if hit.standing != "present":
        return PopupLine(text=hit.name, aside=mask_id_no(hit.id_no), below=place, meaning=Meaning.ATTENTION,
                         word=words(f"standing.{hit.standing}"))
    return PopupLine(
        text=hit.name, aside=mask_id_no(hit.id_no), below=place,
        meaning=Meaning.DONE if hit.enrolled else Meaning.NONE,
        word=words("Covered this year") if hit.enrolled else words("Not covered this year"),
    )
