"""Hospital and diagnosis on the claim form: picked from the lists of this computer, or written freely."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from backbone_desktop.ui.context import Context
from backbone_desktop.ui.widgets.choice_edit import Choice
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.search_edit import SearchEdit
from backbone_desktop.ui.widgets.typed_edit import TypedEdit
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.reference_rows import Entry

HOSPITAL, DIAGNOSIS, CODE, LEVEL = "hospital", "diagnosis", "icd10", "hospital_level"


@dataclass(frozen=True, slots=True)
class Listed(Choice):
    """A choice with what it fills in elsewhere: a hospital's level, a diagnosis's code, a code's diagnosis."""

    other: str = ""


class ClaimLists(QObject):
    """Picking fills the field that belongs to it, unless something else was typed there: then it is only told."""

    def __init__(self, words: Words, lines: Mapping[str, FieldLine], parent: QObject) -> None:
        super().__init__(parent)
        self._t = words
        self._lines = lines
        self._filled: dict[str, str] = {}
        """What was filled in by an earlier pick, and may be replaced by the next."""
        for name, other in ((HOSPITAL, LEVEL), (DIAGNOSIS, CODE), (CODE, DIAGNOSIS)):
            field = self._search(name)
            field.picked.connect(lambda choice, other=other: self._fill(other, choice.other))
            field.unsure.connect(lambda name=name: lines[name].note(words("Several in the list fit")))
            field.edited.connect(lambda name=name: lines[name].note(""))
        self._typed(LEVEL).edited.connect(lambda: lines[LEVEL].note(""))

    def ask(self, context: Context) -> None:
        """Look things up in the store from now on."""
        for name in (HOSPITAL, DIAGNOSIS, CODE):
            self._search(name).asked.connect(lambda typed, name=name: self._find(context, name, typed))

    def _find(self, context: Context, name: str, typed: str) -> None:
        from backbone_desktop.services.reference import find_entries
        from backbone_desktop.services.reference_rows import ReferenceKind

        desk, field = context.desk, self._search(name)
        kind = ReferenceKind.HOSPITAL if name == HOSPITAL else ReferenceKind.DIAGNOSIS
        shown = {HOSPITAL: self._hospital, DIAGNOSIS: _diagnosis, CODE: _code}[name]
        context.store.run(lambda: _offered(find_entries(desk, kind, typed), shown),
                          lambda choices: field.offer(typed, choices), latest=f"claim.{name}")

    def _fill(self, name: str, text: str) -> None:
        field, line = self._typed(name), self._lines[name]
        stands = field.typed()
        if not text or stands == text:
            return
        if stands and stands != self._filled.get(name):
            line.note(self._t("The list says {text}", text=self._said(name, text)))
            return
        field.set_typed(text)
        self._filled[name] = text
        line.note(self._t("From the list"))

    def _said(self, name: str, text: str) -> str:
        return self._t(f"hospital_level.{text}") if name == LEVEL else text

    def _hospital(self, one: Entry) -> Listed:
        level = self._t(f"hospital_level.{one.level}") if one.level else ""
        return Listed(one.name, one.name, aside=" · ".join(part for part in (level, one.area or one.code) if part),
                      other=one.level)

    def _search(self, name: str) -> SearchEdit:
        field = self._lines[name].field
        assert isinstance(field, SearchEdit)
        return field

    def _typed(self, name: str) -> TypedEdit:
        field = self._lines[name].field
        assert isinstance(field, TypedEdit)
        return field


def _diagnosis(one: Entry) -> Listed:
    return Listed(one.name, one.name, aside=one.code, other=one.code)


def _code(one: Entry) -> Listed:
    return Listed(one.code, one.code, aside=one.name, other=one.name)


def _offered(entries: Sequence[Entry], shown: Callable[[Entry], Listed]) -> tuple[Listed, ...]:
    return tuple(map(shown, entries))
