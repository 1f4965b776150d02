"""The recovery code: shown once, in groups, to be printed or written down, and proved by typing two groups back."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.pages.first_start_steps import StepSheet, StepWords
from backbone_desktop.ui.presenters.first_start import groups, is_group
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import PlainButton
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form_grid import FormGrid
from backbone_desktop.ui.widgets.mark import MeaningMark
from backbone_desktop.ui.widgets.text import Secondary
from backbone_desktop.ui.widgets.typed_edit import TypedEdit

if TYPE_CHECKING:
    from backbone_desktop.words import Words

GROUP_CHARACTERS = 9


class RecoveryCodeStep(StepSheet):
    """`proved` tells whether both groups that are asked for have been typed back."""

    proved = Signal(bool)
    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, words: Words, code: str) -> None:
        super().__init__(StepWords(
            words("Recovery code"),
            words("With this code the register opens on another computer when this one breaks. It is shown only now. "
                  "Print it or write it down and keep it in the office's safe.")))
        self._words = words
        self._code = code
        self.asked = tuple(sorted(secrets.SystemRandom().sample(range(len(groups(code))), 2)))
        self.column.addWidget(self._sheet())
        acts = QHBoxLayout()
        for text, picture, wanted in ((words("Print"), "printer", self.print_wanted),
                                      (words("Save as PDF"), "file-down", self.save_wanted)):
            button = PlainButton(text, icon_name=picture)
            button.clicked.connect(wanted)
            acts.addWidget(button)
        self._saved = MeaningMark(Meaning.DONE, "")
        self._saved.hide()
        acts.addWidget(self._saved)
        acts.addStretch(1)
        self.column.addLayout(acts)
        self.column.addSpacing(theme.M)
        self.column.addWidget(Secondary(words("To be sure that it was copied well, type two of its groups back:")))
        grid = FormGrid(columns=1)
        self.fields: list[TypedEdit] = []
        for number in self.asked:
            field = TypedEdit(characters=GROUP_CHARACTERS)
            field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            field.textEdited.connect(self._look)
            line = FieldLine(words, words("Group {n}", n=number + 1), field, keep=False)
            grid.add(line)
            self.fields.append(field)
        self.column.addWidget(grid)
        self.column.addStretch(1)

    def enter(self) -> None:
        self.fields[0].setFocus()

    def say_saved(self, sentence: str) -> None:
        self._saved.say(Meaning.DONE, sentence)
        self._saved.show()

    def _look(self) -> None:
        right = [is_group(self._code, number, field.typed())
                 for number, field in zip(self.asked, self.fields, strict=True)]
        for good, field, after in zip(right, self.fields, [*self.fields[1:], None], strict=True):
            full = len(field.typed()) >= len(groups(self._code)[0])
            field.show_finding("" if good or not full else "refusal")
            if good and field.hasFocus() and after is not None:
                after.setFocus()
        self.proved.emit(all(right))

    def _sheet(self) -> QWidget:
        """The groups with their numbers, large enough to be copied by hand."""
        sheet = QWidget()
        sheet.setAccessibleName(self._words("Recovery code"))
        sheet.setAccessibleDescription(self._code)
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, theme.S, 0, theme.S)
        grid.setHorizontalSpacing(theme.XL)
        grid.setVerticalSpacing(theme.M)
        for number, group in enumerate(groups(self._code)):
            row, column = divmod(number, 3)
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(Secondary(str(number + 1)))
            label = QLabel(group)
            label.setFont(theme.figure_font())
            cell.addWidget(label)
            grid.addLayout(cell, row, column)
        grid.setColumnStretch(3, 1)
        return sheet
