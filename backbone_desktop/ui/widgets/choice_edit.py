"""The field for one of a set of values: typed, by its words or by initials, with the list under it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from backbone_core.errors import RuleBroken
from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import icon
from backbone_desktop.ui.widgets.popup_list import PopupLine, PopupList
from backbone_desktop.ui.widgets.typed_edit import TypedEdit


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` goes into the draft, `text` is read; `keys` are pinyin initials or a code that finds it too.

    `also` are other names, which find it and never stand for it; `aside` is read beside it, the first key if "".
    """

    value: str
    text: str
    keys: str = ""
    also: tuple[str, ...] = ()
    aside: str = ""

    def answers(self, typed: str) -> int:
        """How well this choice fits what was typed: 0 exactly, 1 by its beginning, 2 by a part, 9 not at all."""
        typed, text, keys = _plain(typed).casefold(), self.text.casefold(), self.keys.casefold().split()
        if typed in (text, self.value.casefold(), *keys):
            return 0
        if any(one.startswith(typed) for one in (text, *keys, *self.also)):
            return 1
        return 2 if any(typed in one for one in (text, *self.also)) else 9


def _plain(typed: str) -> str:
    """Letters and figures half-width, as an input method may not have left them."""
    return unicodedata.normalize("NFKC", typed)


class ChoiceEdit(TypedEdit):
    """Down, F4 or a click open the whole list; typing narrows it; Enter or leaving takes the marked line.

    With `free` any other text is kept as well: then letters and figures look for something, and the first line that
    they find is marked; Chinese text may be meant as it stands, and a line is marked only when it says the same.
    """

    list_width = 0
    """Pixels of the list at 100 % text; at least as wide as the field."""
    has_arrow = True

    def __init__(self, choices: Sequence[Choice] = (), parent: QWidget | None = None, *, characters: int = 0,
                 free: bool = False) -> None:
        super().__init__(parent, characters=characters)
        self._choices = tuple(choices)
        self._offered: tuple[Choice, ...] = ()
        self._free = free
        self._popup = PopupList(self)
        self._popup.chosen.connect(self._take)
        if self.has_arrow:
            arrow = self.addAction(icon("chevron-down"), QLineEdit.ActionPosition.TrailingPosition)
            arrow.triggered.connect(self._open_all)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer others; what stands in the field stays, with the caret in its place."""
        typed, at = self.typed(), self.cursorPosition()
        self._choices = tuple(choices)
        self.set_typed(typed)
        self.setCursorPosition(at)

    @property
    def choice(self) -> Choice | None:
        text = self.text().strip()
        return next((one for one in self._choices if text in (one.text, one.value)), None) if text else None

    def read(self, text: str) -> str:
        if self._best(text) is None and not self._free:
            raise RuleBroken("choice.unknown")
        return text

    def shown(self, text: str) -> str:
        best = self._best(text)
        return text if best is None else best.text

    def typed(self) -> str:
        return self.choice.value if self.choice is not None else self.text().strip()

    def set_typed(self, text: str) -> None:
        known = next((one for one in self._choices if one.value == text), None)
        self.setText(known.text if known is not None else text)
        self.setCursorPosition(0)

    def entering(self) -> bool:
        if self._popup.isVisible() and self._popup.row >= 0:
            self._take(self._popup.row)
        self._popup.hide()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._popup.take_key(event):
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4) and not self.isReadOnly():
            self._open_all()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._open_by_mouse()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._popup.hide()
        super().focusOutEvent(event)

    def _on_edited(self) -> None:
        text = self.text().strip()
        ranked = sorted(((one.answers(text), one) for one in self._choices), key=lambda pair: pair[0])
        self._open([one for rank, one in ranked if rank < 9] if text else list(self._choices))
        super()._on_edited()

    def _open_by_mouse(self) -> None:
        if self._popup.isHidden() and not self.isReadOnly():
            self._open_all()

    def _open_all(self) -> None:
        if self.isReadOnly() or not self.isEnabled():
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._open(list(self._choices))

    def _open(self, choices: list[Choice]) -> None:
        self._offered = tuple(choices)
        text = self.text().strip()
        first = 0 if text and (_plain(text).isascii() or not self._free) else -1
        current = next((row for row, one in enumerate(choices) if text in (one.text, one.value)), first)
        self._popup.open_with([PopupLine(text=one.text, aside=one.aside or one.keys.split(" ")[0]) for one in choices],
                              current=current, least_width=theme.scaled(self.list_width))

    def _take(self, row: int) -> None:
        before = self.typed()
        self.setText(self._offered[row].text)
        self._popup.hide()
        if self.typed() != before:
            self.edited.emit()

    def _best(self, text: str) -> Choice | None:
        """The choice that the text means: exactly one, or the only one that begins so."""
        for limit in (0, 1, 2):
            fitting = [one for one in self._choices if one.answers(text) <= limit]
            if len(fitting) == 1 or (limit == 0 and fitting and not self._free):
                return None if limit and self._free else fitting[0]
        return None
