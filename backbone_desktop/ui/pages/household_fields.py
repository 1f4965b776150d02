"""The fields of the household form: the household itself, then its people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backbone_desktop.services.typed import HouseholdDraft, MemberDraft
from backbone_desktop.ui import theme
from backbone_desktop.ui.pages.household_members import MemberBlock, Offers, to_choices
from backbone_desktop.ui.pages.place_fields import PlaceFields
from backbone_desktop.ui.presenters import choices
from backbone_desktop.ui.presenters.household import Cover
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import PlainButton
from backbone_desktop.ui.widgets.choice_edit import ChoiceEdit
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form import Form
from backbone_desktop.ui.widgets.form_grid import FormGrid, align_labels
from backbone_desktop.ui.widgets.form_notice import FormNotice
from backbone_desktop.ui.widgets.phone_edit import PhoneEdit
from backbone_desktop.ui.widgets.text import Heading
from backbone_desktop.ui.widgets.typed_edit import TypedEdit
from backbone_desktop.words import Words

WIDEST = 900
"""Wider than this, labels and fields would drift apart."""


class HouseholdFields(QWidget):
    lines_changed = Signal()
    """A person was added or taken off."""
    reveal_wanted = Signal(str)
    claim_wanted = Signal(str)
    alike_wanted = Signal(str)
    """The household of somebody who looks like a person on the form."""

    def __init__(self, words: Words, today: Callable[[], date], counties: Mapping[str, str],
                 notice: FormNotice) -> None:
        super().__init__()
        self._t, self._today, self._counties = words, today, counties
        self._foot: tuple[QWidget, ...] = ()
        self._taken_off: tuple[int, MemberDraft, MemberDraft | None, Cover | None] | None = None
        self._known: dict[str, tuple[MemberDraft | None, Cover | None]] = {}
        self._offers = Offers(words)
        self.form = Form(self)
        self.grid = FormGrid()
        self.own: dict[str, FieldLine] = {}
        self._add_lines()
        self.places = PlaceFields(words, self.own["township"], self.own["village"])
        self.blocks: list[MemberBlock] = []
        self._notice = notice
        self.add_button = PlainButton(words("&Add a person"), icon_name="user-plus")
        self.add_button.clicked.connect(self.add_member)
        self._lay_out()

    def _add_lines(self) -> None:
        t = self._t
        number = TypedEdit(characters=16)
        number.setPlaceholderText(t("given when saved"))
        for name, text, field, required in (
            ("household_no", t("Household no."), number, False),
            ("poverty_type", t("Poverty &type"), ChoiceEdit(to_choices(choices.poverty_types(t)), characters=24), True),
            ("township", t("To&wnship"), ChoiceEdit(characters=26, free=True), True),
            ("village", t("&Village"), ChoiceEdit(characters=26, free=True), True),
            ("group", t("&Group"), TypedEdit(characters=16), False),
            ("phone", t("Phone"), PhoneEdit(), False),
            ("address", t("Address"), TypedEdit(characters=60), False),
        ):
            line = FieldLine(t, text, field, required=required, name=name)
            self.own[name] = self.form.add(self.grid.add(line, wide=name == "address"))

    # -- what was typed

    def put(self, draft: HouseholdDraft, stored: HouseholdDraft, covers: Mapping[str, Cover]) -> None:
        """Fill the whole form in."""
        for name, line in self.own.items():
            assert isinstance(line.field, TypedEdit)
            line.field.set_typed(getattr(draft, name))
        self.places.follow()
        self._let_go_of_undo()
        self._known = {}
        before = {one.member_id: one for one in stored.members if one.member_id}
        people = draft.members or (MemberDraft(),)
        for block in self.blocks[len(people):]:
            self._drop(block)
        for place, one in enumerate(people):
            self._put_at(place, one, before.get(one.member_id), covers.get(one.member_id))
        self._number()
        self.form.forget()

    def draft(self) -> HouseholdDraft:
        typed = {name: line.field.typed() for name, line in self.own.items() if isinstance(line.field, TypedEdit)}
        return HouseholdDraft(**typed, members=tuple(block.draft() for block in self.blocks))

    def settle(self) -> None:
        """Bring the field that has the caret into its proper form before the form is saved."""
        field = self.focusWidget()
        if isinstance(field, TypedEdit) and field.hasFocus():
            field.settle()

    def take_focus(self, *, new: bool) -> None:
        """The caret goes to the first field; a number that is known is not marked for overwriting."""
        reason = Qt.FocusReason.TabFocusReason if new else Qt.FocusReason.OtherFocusReason
        self.own["household_no"].field.setFocus(reason)

    def set_foot(self, foot: tuple[QWidget, ...]) -> None:
        """Where Enter goes after the last person."""
        self._foot = foot

    # -- people come and go

    def add_member(self) -> None:
        self._put_at(len(self.blocks), MemberDraft(), None, None)
        self._number()
        self.lines_changed.emit()
        self.blocks[-1].name.setFocus(Qt.FocusReason.TabFocusReason)

    def take_off(self, block: MemberBlock) -> None:
        """Take a person off the form; it is carried out when the form is saved, and can be undone until then."""
        place, draft = self.blocks.index(block), block.draft()
        self._taken_off = (place, draft, *self._known.get(draft.member_id, (None, None)))
        self._drop(block)
        self._number()
        if draft != MemberDraft(relation=draft.relation):
            self._notice.say(Meaning.WAITING, self._t("{name} is taken off when the form is saved.",
                                                      name=draft.name or self._t("This person")),
                             (self._t("Undo"), self._put_back))
        self.lines_changed.emit()
        self.blocks[max(0, place - 1)].name.setFocus(Qt.FocusReason.TabFocusReason)

    def _put_back(self) -> None:
        if self._taken_off is not None:
            place, draft, stored, cover = self._taken_off
            self._let_go_of_undo()
            self._insert(place)
            self._put_at(place, draft, stored, cover)
            self._number()
            self.lines_changed.emit()

    def _let_go_of_undo(self) -> None:
        if self._taken_off is not None:
            self._taken_off = None
            self._notice.clear()

    def open_alike(self) -> None:
        """Open who looks like the person whose field has the caret, else like the first person of whom that is said."""
        said = sorted((one for one in self.blocks if one.alike.people),
                      key=lambda block: not block.isAncestorOf(self.focusWidget() or block))
        if said:
            self.alike_wanted.emit(said[0].alike.people[0].person.household_id)

    def show_number(self, member_id: str) -> None:
        for block in self.blocks:
            if block.member_id == member_id:
                block.show_number()

    def _put_at(self, place: int, draft: MemberDraft, stored: MemberDraft | None, cover: Cover | None) -> None:
        """Fill in the block at a place; a block that is there already is used again."""
        if place == len(self.blocks):
            self._insert(place)
        self.blocks[place].put(draft, stored, cover)
        if draft.member_id:
            self._known[draft.member_id] = (stored, cover)

    def _insert(self, place: int) -> None:
        block = MemberBlock(self._t, self._today, self._counties, self._offers)
        block.removed.connect(self.take_off)
        block.unfolded.connect(self._number)
        block.reveal_wanted.connect(self.reveal_wanted)
        block.claim_wanted.connect(self.claim_wanted)
        block.alike.opened.connect(self.alike_wanted)
        self.blocks.insert(place, block)
        self._people.insertWidget(place, block)
        block.show()

    def _drop(self, block: MemberBlock) -> None:
        self.blocks.remove(block)
        block.hide()
        block.deleteLater()

    def _number(self) -> None:
        """Name the fields by their places, and tell the form about all of them."""
        for place, block in enumerate(self.blocks):
            block.set_place(place, alone=len(self.blocks) == 1)
        lines = [*self.own.values(), *(line for block in self.blocks for line in block.lines.values())]
        self.form.take(lines)
        stops: list[QWidget] = [line.field for line in self.own.values()]
        for block in self.blocks:
            stops += block.stops
        self.form.set_order([*stops, self.add_button, *self._foot])
        align_labels([self.grid, *(block.grid for block in self.blocks)])

    def _lay_out(self) -> None:
        self._people = QVBoxLayout()
        self._people.setSpacing(0)
        add = QHBoxLayout()
        add.setContentsMargins(0, theme.S, 0, theme.M)
        add.addWidget(self.add_button)
        add.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Heading(self._t("Household details")))
        column.addWidget(self.grid)
        column.addSpacing(theme.S)
        column.addWidget(Heading(self._t("Members of the household")))
        column.addLayout(self._people)
        column.addLayout(add)
        column.addStretch(1)
        self.setMaximumWidth(theme.scaled(WIDEST))
