"""Who becomes what to the head: a field for everybody, filled in with what is proposed and to be looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backbone_core.household import HEAD, Member
from backbone_desktop.services.household_act_typed import Relations
from backbone_desktop.ui.presenters import choices, household_act
from backbone_desktop.ui.widgets.choice_edit import Choice, ChoiceEdit
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form_grid import FormGrid
from backbone_desktop.ui.widgets.text import Heading, Secondary
from backbone_desktop.words import Words


class RelationFields(QWidget):
    """`place` is the name of the draft's field: a person's line is `<place>.<member id>`."""

    rebuilt = Signal()
    """Other people are asked for: the form must take the lines in anew."""

    def __init__(self, words: Words, place: str, title: str, hint: str) -> None:
        super().__init__()
        self._t, self._place = words, place
        self._choices = tuple(Choice(one.value, one.text, one.keys) for one in choices.relations(words)
                              if one.value != HEAD)
        self._people: tuple[str, ...] = ()
        self._head_id = ""
        self.grid = FormGrid(columns=1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(Heading(title))
        self._hint = Secondary(hint, wrap=True)
        self._column.addWidget(self._hint)
        self._column.addWidget(self.grid)
        self.hide()

    @property
    def lines(self) -> tuple[FieldLine, ...]:
        return self.grid.lines

    def relations(self) -> Relations:
        return tuple(
            (member_id, line.field.typed()) for member_id, line in zip(self._people, self.lines, strict=True)
            if isinstance(line.field, ChoiceEdit)
        )

    def ask(self, people: Sequence[Member], head_id: str, proposed: Relations) -> None:
        """Ask for these people. What stood in a field stays as long as the head is the same."""
        wanted = tuple(one.id for one in people)
        if (wanted, head_id) == (self._people, self._head_id):
            return
        typed = dict(self.relations()) if head_id == self._head_id else {}
        self._people, self._head_id = wanted, head_id
        self._column.removeWidget(self.grid)
        self.grid.hide()
        self.grid.deleteLater()
        self.grid = FormGrid(columns=1)
        for one in people:
            self.grid.add(FieldLine(self._t, one.name.replace("&", "&&"), ChoiceEdit(self._choices, characters=16),
                                    required=True, name=f"{self._place}.{one.id}")
                          ).note(household_act.was(self._t, one))
        self._column.addWidget(self.grid)
        self.setVisible(bool(people))
        self.fill({**dict(proposed), **typed})
        self.rebuilt.emit()

    def fill(self, values: Mapping[str, str]) -> None:
        for member_id, line in zip(self._people, self.lines, strict=True):
            if member_id in values and isinstance(line.field, ChoiceEdit):
                line.field.set_typed(values[member_id])
