"""The first part of the claim form: the patient, found by typing, and their cover at once."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.person_search import more_line, nobody_line, person_line
from backbone_desktop.ui.presenters.claim import name_of
from backbone_desktop.ui.presenters.claim_cover import CoverShown
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form_grid import FormGrid
from backbone_desktop.ui.widgets.mark import MeaningMark
from backbone_desktop.ui.widgets.person_picker import PersonPicker
from backbone_desktop.ui.widgets.text import Secondary
from backbone_desktop.words import Words

PICKER_CHARACTERS = 48


class ClaimWho(QWidget):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self.picker = PersonPicker(lambda hit: person_line(words, hit), name_of,
                                   lambda typed: nobody_line(words, typed, words(
                                       "Nobody was found. Register the household first.")),
                                   characters=PICKER_CHARACTERS, more=more_line(words))
        self.picker.setPlaceholderText(words("ID number, name, initials, phone or household no."))
        self.cover = CoverPanel()
        self.grid = FormGrid()
        self.line = self.grid.add(FieldLine(words, words("&Patient"), self.picker, required=True, below=self.cover,
                                            name="member_id"), wide=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.grid)


class CoverPanel(QWidget):
    """Who was picked, whether they are covered, and what came before; nothing while nobody is picked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = MeaningMark(wrap=True)
        self._who = Secondary(wrap=True)
        self._earlier = Secondary(wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, theme.S)
        column.setSpacing(theme.XS)
        column.addWidget(self._mark)
        column.addWidget(self._who)
        column.addWidget(self._earlier)
        self.hide()

    @property
    def text(self) -> str:
        return "\n".join((self._mark.accessibleName(), self._who.text(), self._earlier.text()))

    def show_cover(self, shown: CoverShown | None) -> None:
        self.setVisible(shown is not None)
        if shown is None:
            return
        self._mark.say(Meaning.DONE if shown.covered else Meaning.ATTENTION, shown.cover,
                       icon_name="shield-check" if shown.covered else "shield-x")
        self._who.setText(f"{shown.person}\n{shown.home}")
        self._earlier.setText("\n".join(shown.earlier))
