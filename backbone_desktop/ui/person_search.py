"""The search box of the window: finds people from anywhere and opens their household."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from backbone_desktop.ui.context import Context
from backbone_desktop.ui.presenters.matched import advice, bold_in, bold_in_number, hint, joined, too_few
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.person_picker import ASKED_FOR, PersonPicker
from backbone_desktop.ui.widgets.popup_list import PopupLine

if TYPE_CHECKING:
    from backbone_desktop.services.rows import MemberHit
    from backbone_desktop.words import Words


class PersonSearch(PersonPicker):
    """Enter opens the household of the marked person; Esc empties the box, and again leads back to where one was."""

    def __init__(self, context: Context) -> None:
        words = context.words
        super().__init__(lambda hit: person_line(words, hit), lambda hit: hit.name,
                         lambda typed: nobody_line(words, typed), more=more_line(words))
        self._context = context
        self._before: QWidget | None = None
        self.setPlaceholderText(words("Find (Ctrl+K)"))
        self.setAccessibleName(words("Find a person"))
        known_by = words("By any part of an ID number, name, pinyin, phone, household number or village")
        self.setAccessibleDescription(known_by)
        self.setToolTip(known_by)
        self.asked.connect(self._find)
        self.picked.connect(self._open)

    def begin(self) -> None:
        if not self.hasFocus():
            self._before = QApplication.focusWidget()
        self.clear()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entering()
            return
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            super().keyPressEvent(event)
            if self.text():
                self.clear()
            elif self._before is not None and isValid(self._before):
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
                self._before = None
            else:
                return
            event.accept()
            return
        super().keyPressEvent(event)

    def _find(self, typed: str) -> None:
        from backbone_desktop.services.registry import find_members

        desk = self._context.desk
        self._context.store.run(lambda: find_members(desk, typed, ASKED_FOR),
                                lambda hits: self.offer(typed, hits), latest="search")

    def _open(self, hit: MemberHit) -> None:
        self.clear()
        self._context.navigate.open("household", household_id=hit.household_id)


def person_line(words: Words, hit: MemberHit) -> PopupLine:
    """A person as the list shows them: name and masked number, household and village, cover of the year.

    What answers to what was typed is bold, and where it is a phone number, it stands there too.
    """
    name, number = bold_in(hit.match, "name", hit.name), bold_in_number(hit.match, hit.id_no)
    phone = hit.phone if hit.match is not None and hit.match.field == "phone" else ""
    aside = joined(((hint(words, hit.match, hit.id_no), ()), number), "  ")
    below = joined((bold_in(hit.match, "phone", phone), bold_in(hit.match, "household_no", hit.household_no),
                    bold_in(hit.match, "township", hit.township), bold_in(hit.match, "village", hit.village)))
    if hit.standing != "present":
        meaning, word = Meaning.ATTENTION, words(f"standing.{hit.standing}")
    elif hit.enrolled:
        meaning, word = Meaning.DONE, words("Covered this year")
    else:
        meaning, word = Meaning.NONE, words("Not covered this year")
    return PopupLine(text=name[0], text_bold=name[1], aside=aside[0], aside_bold=aside[1], below=below[0],
                     below_bold=below[1], found=hit.match is not None, meaning=meaning, word=word)


def nobody_line(words: Words, typed: str, nobody: str = "") -> PopupLine:
    """What to do when nobody was found."""
    said = words("No number begins like this") if too_few(typed) else nobody or words("Nobody was found")
    return PopupLine(text=said, note=True, below=advice(words, typed, words(
        "Type less of it, or only the initials. New households are registered under Households.")))


def more_line(words: Words) -> str:
    return words("There are more: type on")
