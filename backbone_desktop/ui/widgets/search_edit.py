"""The field for one of a list too long to hold: each pause in typing asks for what fits, and the list drops down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from backbone_desktop.ui.widgets.choice_edit import Choice, ChoiceEdit

PAUSE_MS = 60
"""Between the last key and the question to the store."""
LIST_WIDTH = 440


class SearchEdit(ChoiceEdit):
    """`asked` carries what to look for; the page answers with `offer`. `picked` carries the choice that was taken.

    Whatever is typed may stay. Letters and figures look for something: who presses Enter before the answer is there
    goes on at once, and gets the only line that comes, or the one that says just what was typed; where there are
    several, the text stays and `unsure` says so.
    """

    asked = Signal(str)
    picked = Signal(object)
    """A `Choice`, before `edited` tells that the field has changed."""
    unsure = Signal()
    """The field was left for the next one, and what stands in it means several lines of the list."""
    list_width = LIST_WIDTH
    has_arrow = False

    def __init__(self, parent: QWidget | None = None, *, characters: int = 0, figures: bool = False) -> None:
        """`figures`: what is typed are codes, so the input method is off."""
        self.input_method = not figures
        super().__init__((), parent, characters=characters, free=True)
        self._typing = False
        """Whether the clerk has changed the text since the field was filled in, picked or left."""
        self._answered: str | None = None
        self._left_with: str | None = None
        """What was asked for by an Enter that did not wait."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def offer(self, typed: str, choices: Sequence[Choice]) -> None:
        """Answer `asked(typed)`; an answer to what is no longer typed is not shown."""
        left, self._left_with = self._left_with == typed, None
        if typed != self.text().strip() or not (left or self._typing):
            return
        self._choices = self._offered = tuple(choices)
        self._answered = typed
        if not left:
            if self.hasFocus():
                self._open(list(choices))
            return
        sure = [one for one in choices if typed.casefold() in (one.text.casefold(), one.value.casefold())] or choices
        if len(sure) == 1:
            self._take(self._offered.index(sure[0]))
        elif choices:
            self.unsure.emit()

    def set_typed(self, text: str) -> None:
        self._settle_typing()
        self._left_with = None
        super().set_typed(text)

    def entering(self) -> bool:
        text = self.text().strip()
        if self._typing and text and text.isascii() and self._answered != text:
            self._left_with = text
            self._ask()
            return True
        return super().entering()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._settle_typing()

    def _on_edited(self) -> None:
        self._settle_typing()
        self._typing, self._left_with = True, None
        if self.text().strip():
            self._pause.start()
        else:
            self._popup.hide()
        self.edited.emit()

    def _open_all(self) -> None:
        """Down or F4 ask again for what stands in the field."""
        if not self.isReadOnly() and self.isEnabled() and self.text().strip():
            self._typing, self._answered = True, None
            self._ask()

    def _open_by_mouse(self) -> None:
        """A click only sets the caret: there is no whole list to open."""

    def _take(self, row: int) -> None:
        choice = self._offered[row]
        self._settle_typing()
        self.setText(choice.text)
        self._popup.hide()
        self.picked.emit(choice)
        self.edited.emit()

    def _settle_typing(self) -> None:
        self._pause.stop()
        self._typing = False
        self._answered = None

    def _ask(self) -> None:
        self._pause.stop()
        if typed := self.text().strip():
            self.asked.emit(typed)
