"""The field that finds a person: by ID number, name, pinyin initials, phone or household number, as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from backbone_core.errors import Finding
from backbone_desktop.services.rows import MemberHit
from backbone_desktop.ui import theme
from backbone_desktop.ui.icons import icon
from backbone_desktop.ui.widgets.popup_list import PopupLine, PopupList
from backbone_desktop.ui.widgets.typed_edit import TypedEdit

LIST_WIDTH = 520
SHOWN_AT_MOST = 10
ASKED_FOR = SHOWN_AT_MOST + 1
"""One more than is shown tells that there are more."""


class PersonPicker(TypedEdit):
    """`asked` carries what to look for; the page answers with `offer`. `picked` carries the person.

    A scan or a quick typist presses Enter before the answer is there: it then takes the first person that comes.
    `nobody` is said when nobody was found, and may depend on what was typed; `more` when there are more than are shown.
    """

    asked = Signal(str)
    picked = Signal(object)
    """A `MemberHit`."""
    arrived = Signal()
    """The person that Enter was waiting for is there, and the form may go on."""

    def __init__(self, describe: Callable[[MemberHit], PopupLine], name_of: Callable[[MemberHit], str],
                 nobody: str | Callable[[str], PopupLine], parent: QWidget | None = None, *, characters: int = 0,
                 more: str = "") -> None:
        super().__init__(parent, characters=characters)
        self._describe = describe
        self._name_of = name_of
        self._nobody = nobody
        self._more = more
        self._hits: tuple[MemberHit, ...] = ()
        self._answered = ""
        self._waiting = False
        self._person: MemberHit | None = None
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._popup = PopupList(self)
        self._popup.chosen.connect(self._take)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(0)  # keys that came in one burst, as from a scanner, are one question
        self._pause.timeout.connect(self._ask)

    @property
    def person(self) -> MemberHit | None:
        return self._person

    def typed(self) -> str:
        return self._person.member_id if self._person is not None else self.text().strip()

    def finding(self) -> Finding | None:
        return Finding("person.not_picked") if self._person is None and self.text().strip() else None

    def settle(self) -> None:
        """A person's name stays as it was put there; what goes into the draft is their id."""

    def set_person(self, hit: MemberHit) -> None:
        """Show a person who is known already, without asking or telling anybody."""
        self._person = hit
        self.setText(self._name_of(hit))
        self.setCursorPosition(0)

    def set_text(self, text: str) -> None:
        """Show what was being looked for when a form was left; nobody is picked."""
        self._person = None
        self._answered = ""
        self.setText(text)

    def offer(self, typed: str, hits: Sequence[MemberHit]) -> None:
        """Answer `asked(typed)`; an answer to what is no longer typed is not shown."""
        if typed != self.text().strip() or self._person is not None:
            return
        self._hits, self._answered = tuple(hits[:SHOWN_AT_MOST]), typed
        if self._waiting:
            self._waiting = False
            if hits:
                self._take(0)
                self.arrived.emit()
                return
        if not self.hasFocus():
            return
        lines = [self._describe(hit) for hit in self._hits]
        if not hits:
            lines = [PopupLine(text=self._nobody, note=True) if isinstance(self._nobody, str) else self._nobody(typed)]
        elif len(hits) > SHOWN_AT_MOST and self._more:
            lines.append(PopupLine(text=self._more, note=True))
        self._popup.open_with(lines, current=0 if hits else -1, least_width=theme.scaled(LIST_WIDTH))

    def entering(self) -> bool:
        if self._person is not None or not self.text().strip():
            return True
        if self._answered == self.text().strip():
            if self._hits:
                self._take(max(0, self._popup.row))
            return bool(self._hits)
        self._waiting = True
        self._ask()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._popup.take_key(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._popup.hide()
        super().focusOutEvent(event)

    def _on_edited(self) -> None:
        self._person = None
        self._answered = ""
        self._waiting = False
        if self.text().strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._popup.hide()
        super()._on_edited()

    def _ask(self) -> None:
        self._pause.stop()
        if self._person is None and (typed := self.text().strip()):
            self.asked.emit(typed)

    def _take(self, row: int) -> None:
        if row >= len(self._hits):
            return
        self._popup.hide()
        self.set_person(self._hits[row])
        self.picked.emit(self._person)
