"""The sections of a household's page beside the form, and the button that records what happens to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QVBoxLayout, QWidget

from backbone_desktop.ui import theme
from backbone_desktop.ui.presenters import household_story as story
from backbone_desktop.ui.presenters.claim_state import state_meaning
from backbone_desktop.ui.presenters.claims import benefit_line, state_words, stay_line
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import PlainButton
from backbone_desktop.ui.widgets.line_list import LineList, PopupLine
from backbone_desktop.ui.widgets.mark import MeaningMark
from backbone_desktop.ui.widgets.text import Heading, Secondary
from backbone_desktop.ui.widgets.timeline import Event, Timeline
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.household_history import Told
    from backbone_desktop.services.registry import HouseholdView
    from backbone_desktop.services.rows import ClaimRow

WIDEST = 760
MEMBERS, ENROLMENTS, CLAIMS, HISTORY = "members", "enrolments", "claims", "history"
"""The keys of the page's sections."""


class _Section(QWidget):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self._t = words
        self.setMaximumWidth(theme.scaled(WIDEST))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.XS)

    def _clear(self) -> None:
        while (item := self.column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


class FormerMembers(_Section):
    """Who died or left; below the form."""

    def show_household(self, view: HouseholdView) -> None:
        self._clear()
        rows = story.former_lines(self._t, view)
        self.setVisible(bool(rows))
        if rows:
            self.column.addWidget(Heading(self._t("Former members")))
            self.column.addWidget(_rows([(QLabel(who), Secondary(what)) for who, what in rows]))


class Enrolments(_Section):
    """Policy year by policy year, who is covered from when to when, or why not."""

    def show_household(self, view: HouseholdView, policy_year: int) -> None:
        self._clear()
        for year in story.cover_years(self._t, view, policy_year):
            self.column.addWidget(Heading(year.title))
            self.column.addWidget(_rows([(QLabel(row.name), Secondary(row.relation), _mark(row),
                                          Secondary(row.detail, wrap=True)) for row in year.rows]))
            self.column.addSpacing(theme.M)
        self.column.addStretch(1)


class Claims(_Section):
    """`claim_opened` carries a claim's id."""

    claim_opened = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._claims: tuple[ClaimRow, ...] = ()
        self.list = LineList(words("Claims of this household"))
        self._none = Secondary(words("No claim yet. A member's claim is begun beside their name."), wrap=True)
        self.column.addSpacing(theme.S)
        self.column.addWidget(self._none)
        self.column.addWidget(self.list)
        self.column.addStretch(1)
        self.list.opened.connect(lambda row: self.claim_opened.emit(self._claims[row].id))

    def show_household(self, view: HouseholdView) -> None:
        self._claims = view.claims
        self._none.setVisible(not view.claims)
        self.list.setVisible(bool(view.claims))
        self.list.put([claim_line(self._t, row) for row in view.claims])


class History(_Section):
    """The acts and the edits, the latest first. `take_back_wanted` carries an act's id and what it tells."""

    take_back_wanted = Signal(str, str)

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._told: dict[str, str] = {}
        self.timeline = Timeline(words("What happened to this household"))
        self.timeline.taken.connect(lambda act_id: self.take_back_wanted.emit(act_id, self._told[act_id]))
        self.column.addSpacing(theme.S)
        self.column.addWidget(self.timeline)
        self.column.addStretch(1)

    def show_told(self, told: tuple[Told, ...]) -> None:
        happened = story.history(self._t, told)
        self._told = {one.undoable_act: one.text for one in happened if one.undoable_act}
        self.timeline.put([
            Event(day=one.day, text=one.text, below=one.below, weighty=one.weighty, key=one.undoable_act,
                  offer=self._t("Take back") if one.undoable_act else "")
            for one in happened
        ])


class Sections(QWidget):
    """What stands in the page's place of the form while another section is chosen."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.enrolments, self.claims, self.history = Enrolments(words), Claims(words), History(words)
        self._by_key = {ENROLMENTS: self.enrolments, CLAIMS: self.claims, HISTORY: self.history}
        self._due: dict[str, Callable[[], None]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for one in self._by_key.values():
            column.addWidget(one)

    def show_household(self, view: HouseholdView, told: tuple[Told, ...], policy_year: int) -> None:
        """Each section is filled when it is looked at: most visits are to the form alone."""
        self._due = {ENROLMENTS: lambda: self.enrolments.show_household(view, policy_year),
                     CLAIMS: lambda: self.claims.show_household(view), HISTORY: lambda: self.history.show_told(told)}

    def show_section(self, key: str) -> None:
        if key in self._due:
            self._due.pop(key)()
        self.setVisible(key in self._by_key)
        for name, one in self._by_key.items():
            one.setVisible(name == key)


class ActsButton(PlainButton):
    """Opens the menu of what may have happened to the household; `chosen` carries the act's kind."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words("Record a change"), icon_name="chevron-down", shortcut="F6")
        self._t = words
        self.setMenu(QMenu(self))

    def offer(self, view: HouseholdView) -> None:
        """What fits the household as it stands; the figures before the names choose too."""
        menu = self.menu()
        menu.clear()
        for place, (kind, text) in enumerate(story.offered_acts(self._t, view), start=1):
            act = menu.addAction(f"&{place % 10}  {text}")
            act.triggered.connect(lambda _=False, kind=kind: self.chosen.emit(kind))

    def allow(self, allowed: bool) -> None:
        """An act works on what is stored, so it waits until the form is saved."""
        self.setEnabled(allowed)
        self.setToolTip(self._t("Record a change (F6)") if allowed
                        else self._t("Save or undo what was changed first"))


def claim_line(words: Words, row: ClaimRow) -> PopupLine:
    """A claim in two rows: whose and how much; when, where, by which receipt, and how far it is."""
    below = " · ".join(part for part in (stay_line(row), row.hospital, row.receipt_no) if part)
    return PopupLine(text=row.member_name, aside=benefit_line(row), below=below or "—",
                     meaning=Meaning(state_meaning(row.state)), word=state_words(words, row.state))


def _mark(row: story.CoverRow) -> MeaningMark:
    return MeaningMark(Meaning.DONE if row.covered else Meaning.ATTENTION, row.word,
                       icon_name="shield-check" if row.covered else "shield-x")


def _rows(rows: list[tuple[QWidget, ...]]) -> QWidget:
    """Widgets in rows whose columns line up; the last column has the room that is left."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.XL)
    grid.setVerticalSpacing(theme.S)
    for place, row in enumerate(rows):
        for column, widget in enumerate(row):
            grid.addWidget(widget, place, column, Qt.AlignmentFlag.AlignVCenter)
            grid.setColumnStretch(column, 1 if column == len(row) - 1 else 0)
    return holder
