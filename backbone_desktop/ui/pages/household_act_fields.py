"""The fields of one act on a household, in the order in which a clerk asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from backbone_core.household import Member
from backbone_core.household_act import ActKind
from backbone_desktop.services.household_act_typed import ActDraft
from backbone_desktop.services.typed import MemberDraft
from backbone_desktop.ui import theme
from backbone_desktop.ui.pages.household_act_relations import RelationFields
from backbone_desktop.ui.pages.household_members import to_choices
from backbone_desktop.ui.person_search import person_line
from backbone_desktop.ui.presenters import choices
from backbone_desktop.ui.presenters import household_act as shown
from backbone_desktop.ui.presenters.choices import Offered
from backbone_desktop.ui.presenters.people import listed, told_by_number
from backbone_desktop.ui.widgets.choice_edit import Choice, ChoiceEdit
from backbone_desktop.ui.widgets.date_edit import DateEdit
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form import Form
from backbone_desktop.ui.widgets.form_grid import FormGrid, align_labels
from backbone_desktop.ui.widgets.id_number_edit import IdNumberEdit
from backbone_desktop.ui.widgets.name_edit import NameEdit
from backbone_desktop.ui.widgets.person_picker import PersonPicker
from backbone_desktop.ui.widgets.phone_edit import PhoneEdit
from backbone_desktop.ui.widgets.typed_edit import TypedEdit
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.registry import HouseholdView
    from backbone_desktop.services.rows import MemberHit

WIDEST = 640
_PLACE = ("township", "village", "group", "address")
_PERSON = ("name", "id_no", "relation", "phone")
_ONE_PERSON = {ActKind.HEAD: "New &head", ActKind.DEATH: "&Who died", ActKind.MARRY_OUT: "&Who marries out"}


class ActFields(QWidget):
    asked = Signal(str)
    """Look for somebody of the other household."""
    other_picked = Signal(str)
    """The other household's number."""

    def __init__(self, words: Words, kind: ActKind, today: Callable[[], date]) -> None:
        super().__init__()
        self._t, self._kind, self._today = words, kind, today
        self._view: HouseholdView | None = None
        self._coming: tuple[Member, ...] = ()
        self._foot: tuple[QWidget, ...] = ()
        self.form = Form(self)
        self.grid = FormGrid(columns=1)
        self._lines: dict[str, FieldLine] = {}
        self._offered: dict[str, tuple[Choice, ...]] = {}
        self._head_goes = False
        self.goers: list[tuple[str, QCheckBox]] = []
        t = words
        self.relations = RelationFields(t, "relations", t("Relation to the head of this household") if
                                        kind is ActKind.MERGE else t("Relation to the new head"),
                                        t("Proposed where it is certain. Look at each before you record it."))
        self.theirs = RelationFields(t, "their_relations", t("Relation to the head of the new household"),
                                     t("Proposed where it is certain. Look at each before you record it."))
        for block in (self.relations, self.theirs):
            block.rebuilt.connect(self._take)
        self._lay_out()

    # -- what was typed

    def put(self, view: HouseholdView, draft: ActDraft, coming: HouseholdView | None = None) -> None:
        """Make the fields for this household and fill them in."""
        self._view = view
        self._make(tuple(one.member for one in view.members))
        for line in self.grid.lines:
            field, name = line.field, line.name
            if isinstance(field, PersonPicker):
                field.set_text(draft.other_no)
            elif isinstance(field, TypedEdit):
                group, _, part = name.partition(".")
                field.set_typed(getattr(draft.person, part) if group == "person" else getattr(draft, name))
        for member_id, box in self.goers:
            box.setChecked(member_id in draft.member_ids)
        if coming is not None:
            self.show_coming(coming)
        self._follow()
        self.relations.fill(dict(draft.relations))
        self.theirs.fill(dict(draft.their_relations))
        self._take()
        self.form.forget()

    def draft(self) -> ActDraft:
        return ActDraft(
            happened_on=self._typed("happened_on"), reason=self._typed("reason"), member_id=self._typed("member_id"),
            member_ids=self._going, head_id=self._typed("head_id") if self._head_goes else "",
            relations=self.relations.relations(), their_head_id=self._typed("their_head_id"),
            their_relations=self.theirs.relations(), other_no=self._other_no, relation=self._typed("relation"),
            **{name: self._typed(name) for name in _PLACE},
            person=MemberDraft(**{name: self._typed(f"person.{name}") for name in _PERSON}),
        )

    def take_focus(self) -> None:
        first = self.goers[0][1] if self.goers else self.grid.lines[0].field
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def set_foot(self, foot: tuple[QWidget, ...]) -> None:
        """Where Enter goes after the last field."""
        self._foot = foot

    def offer(self, typed: str, hits: Sequence[MemberHit]) -> None:
        """People of other households that answer to what was typed."""
        own = self._view.household.id if self._view is not None else ""
        if isinstance(picker := self._lines["other_no"].field, PersonPicker):
            picker.offer(typed, [hit for hit in hits if hit.household_id != own])

    def show_coming(self, other: HouseholdView) -> None:
        """The people of the household that is merged in."""
        self._coming = tuple(one.member for one in other.members)
        names = listed(self._t, (one.name for one in self._coming))
        self._lines["other_no"].note(" · ".join((other.household.household_no, other.household.village, names)))
        self._follow()

    # -- which fields there are

    def _make(self, family: tuple[Member, ...]) -> None:
        t, kind = self._t, self._kind
        if kind in _ONE_PERSON:
            others = tuple(one for one in family if kind is not ActKind.HEAD or not one.is_head)
            self._choose("member_id", t(_ONE_PERSON[kind]), shown.people(t, others))
        if kind is ActKind.SPLIT:
            for one, offered in zip(family, shown.people(t, family), strict=True):
                box, first = QCheckBox(offered.text), not self.goers
                self._add("member_ids" if first else f"member_ids.{one.id}", t("Who goes") if first else "", box,
                          keep=one is family[-1])
                box.setAccessibleName(offered.text)
                self.goers.append((one.id, box))
            self._choose("their_head_id", t("Head of the &new household"), ())
            self._add("other_no", t("Number of the new household"), TypedEdit(characters=16), required=False)
            self._field("other_no").setPlaceholderText(t("given when saved"))
        if kind in (ActKind.BIRTH, ActKind.MARRY_IN):
            self._add("person.name", t("&Name"), NameEdit())
            self._add("person.id_no", t("&ID number"), IdNumberEdit(self._today))
            self._choose("person.relation", t("&Relation to head"), choices.relations(t)[1:])
        if kind is ActKind.MARRY_IN:
            self._add("person.phone", t("&Phone"), PhoneEdit(), required=False)
        if kind in (ActKind.MERGE, ActKind.MARRY_OUT):
            self._pick_other()
        if kind is ActKind.MARRY_OUT:
            self._choose("relation", t("Relation to the head there"), choices.relations(t)[1:])
        if kind is ActKind.MOVE:
            self._add("township", t("To&wnship"), TypedEdit(characters=26))
            self._add("village", t("&Village"), TypedEdit(characters=26))
            self._add("group", t("&Group"), TypedEdit(characters=16), required=False)
            self._add("address", t("Address"), TypedEdit(characters=48), required=False)
        if kind is not ActKind.BIRTH:
            self._add("happened_on", t("&Day"), DateEdit())
        needed = kind in shown.REASON_NEEDED
        reason = ChoiceEdit(to_choices(shown.reasons(t, kind)), characters=36, free=True)
        self._add("reason", t("Rea&son"), reason, required=needed)
        if kind in (ActKind.DEATH, ActKind.MARRY_OUT, ActKind.SPLIT):
            self._choose("head_id", t("New &head"), ())

    def _pick_other(self) -> None:
        t = self._t
        picker = PersonPicker(lambda hit: person_line(t, hit), lambda hit: f"{hit.household_no}  {hit.name}",
                              t("Nobody was found"), characters=40)
        picker.setPlaceholderText(t("ID number, name, initials, phone or household no."))
        picker.asked.connect(self.asked)
        picker.picked.connect(self._on_picked)
        picker.arrived.connect(lambda: self.form.go(picker, 1))
        label = t("Household that comes &in") if self._kind is ActKind.MERGE else t("&Into household")
        line = self._add("other_no", label, picker, required=self._kind is ActKind.MERGE)
        if self._kind is ActKind.MARRY_OUT:
            line.note(t("Leave it empty where they go to a household that is not registered here."))

    def _add(self, name: str, text: str, field: QWidget, *, required: bool = True, keep: bool = True) -> FieldLine:
        line = self.grid.add(FieldLine(self._t, text, field, required=required and bool(text), name=name,
                                       keep=keep))
        line.edited.connect(self._follow)
        self._lines[name] = line
        return line

    def _choose(self, name: str, text: str, offered: Sequence[Offered]) -> None:
        self._add(name, text, ChoiceEdit(to_choices(tuple(offered)), characters=24))

    # -- what follows from what was typed

    def _follow(self) -> None:
        """Show who must be asked about: a new head where the old one goes, and the relations to whoever is the head."""
        if self._view is None:
            return
        family = [one.member for one in self._view.members]
        if self._kind is ActKind.SPLIT:
            self._offer_people("their_head_id", [one for one in family if one.id in self._going])
            head = self._typed("their_head_id")
            self._ask(self.theirs, family, [one for one in family if one.id in self._going], head)
        if self._kind is ActKind.MERGE:
            self.relations.ask(self._coming, "", ())
            return
        stay = self._staying(family)
        self._head_goes = bool(stay) and not any(one.is_head for one in stay)
        if "head_id" in self._lines:
            self._show_line("head_id", self._head_goes)
            self._offer_people("head_id", stay if self._head_goes else [])
        if self._kind is ActKind.HEAD:
            self._ask(self.relations, family, family, self._typed("member_id"))
        elif "head_id" in self._lines:
            self._ask(self.relations, family, stay if self._head_goes else [], self._typed("head_id"))
        if self._kind is ActKind.MARRY_OUT:
            self._show_line("relation", bool(self._other_no))
        if "person.id_no" in self._lines:
            self._tell_number(self._lines["person.id_no"])

    def _ask(self, block: RelationFields, family: Sequence[Member], people: Sequence[Member], head_id: str) -> None:
        """Ask what `people` are to the head among them; as long as nobody is, nobody is asked about."""
        if not any(one.id == head_id for one in people):
            block.ask((), "", ())
            return
        others = [one for one in people if one.id != head_id]
        block.ask(others, head_id, shown.propose(family, head_id, [one.id for one in others]))

    def _tell_number(self, line: FieldLine) -> None:
        """What the number says; a birth has its day from it."""
        person = line.field.person if isinstance(line.field, IdNumberEdit) else None
        line.note("" if person is None else told_by_number(self._t, person, self._today(), {}))

    @property
    def _going(self) -> tuple[str, ...]:
        return tuple(member_id for member_id, box in self.goers if box.isChecked())

    @property
    def _other_no(self) -> str:
        if "other_no" not in self._lines:
            return ""
        field = self._field("other_no")
        if isinstance(field, PersonPicker) and field.person is not None:
            return field.person.household_no
        return field.text().strip()

    def _staying(self, family: Sequence[Member]) -> list[Member]:
        gone = {*self._going}
        if self._kind in (ActKind.DEATH, ActKind.MARRY_OUT):
            gone.add(self._typed("member_id"))
        return [one for one in family if one.id not in gone]

    def _offer_people(self, name: str, people: Sequence[Member]) -> None:
        """Let one of these people be chosen; who was chosen and is not among them any more is let go."""
        field, offered = self._field(name), to_choices(shown.people(self._t, people))
        if not isinstance(field, ChoiceEdit) or self._offered.get(name) == offered:
            return
        was = field.choice
        self._offered[name] = offered
        field.set_choices(offered)
        if was is not None and was not in offered:
            field.set_typed("")
        if len(offered) == 1 and not field.typed():
            field.set_typed(offered[0].value)

    def _on_picked(self, hit: MemberHit) -> None:
        self._follow()
        self.other_picked.emit(hit.household_no)

    # -- lines by name

    def line(self, name: str) -> FieldLine:
        return self._lines[name]

    def _field(self, name: str) -> TypedEdit:
        field = self._lines[name].field
        assert isinstance(field, TypedEdit)
        return field

    def _typed(self, name: str) -> str:
        """What stands in a field; "" where this act does not ask for it."""
        return self._field(name).typed() if name in self._lines else ""

    def _show_line(self, name: str, wanted: bool) -> None:
        line = self._lines[name]
        line.setVisible(wanted)
        line.label.setVisible(wanted)

    def _take(self) -> None:
        """Tell the form which lines there are now, in the order of the page."""
        lines = [*self.grid.lines, *self.theirs.lines, *self.relations.lines]
        self.form.take(lines)
        self.form.set_order([*(line.field for line in lines), *self._foot])
        align_labels([self.grid, self.theirs.grid, self.relations.grid])

    def _lay_out(self) -> None:
        self.setMaximumWidth(theme.scaled(WIDEST))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, 0)
        column.setSpacing(theme.S)
        for part in (self.grid, self.theirs, self.relations):
            column.addWidget(part)
        column.addStretch(1)
