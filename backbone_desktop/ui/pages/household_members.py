"""The people on the household form: one block of fields each, added and taken off as on the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backbone_core.identity import ResidentId, mask_id_no
from backbone_desktop.services.typed import MemberDraft
from backbone_desktop.ui import theme
from backbone_desktop.ui.pages.household_alike import AlikeLines
from backbone_desktop.ui.presenters import choices
from backbone_desktop.ui.presenters.choices import Offered
from backbone_desktop.ui.presenters.household import Cover
from backbone_desktop.ui.presenters.people import told_by_number
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.ui.widgets.buttons import IconButton, LinkButton
from backbone_desktop.ui.widgets.choice_edit import Choice, ChoiceEdit
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form_grid import FormGrid
from backbone_desktop.ui.widgets.id_number_edit import IdNumberEdit
from backbone_desktop.ui.widgets.mark import MeaningMark
from backbone_desktop.ui.widgets.name_edit import NameEdit
from backbone_desktop.ui.widgets.phone_edit import AccountEdit, PhoneEdit
from backbone_desktop.ui.widgets.text import Secondary
from backbone_desktop.ui.widgets.text_line import TextLine
from backbone_desktop.ui.widgets.typed_edit import TypedEdit
from backbone_desktop.words import Words

FIRST = ("name", "id_no", "relation", "phone")
MORE = ("ethnic", "bank_name", "bank_account", "account_holder")
"""Fields that are made when they are unfolded: most people need none of them."""


def to_choices(offered: tuple[Offered, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(one.value, one.text, one.keys) for one in offered)


class Offers:
    """What the choice fields of all blocks offer, made once."""

    def __init__(self, words: Words) -> None:
        self.relations = to_choices(choices.relations(words))
        self.ethnic_groups = to_choices(choices.ethnic_groups(words))


class MemberBlock(QWidget):
    """One person. `reveal_wanted` and `claim_wanted` carry the member's id."""

    removed = Signal(object)
    unfolded = Signal()
    """The further fields were made: the form must take them in."""
    reveal_wanted = Signal(str)
    claim_wanted = Signal(str)

    def __init__(self, words: Words, today: Callable[[], date], counties: Mapping[str, str], offers: Offers) -> None:
        super().__init__()
        self._t = words
        self._today, self._counties, self._offers = today, counties, offers
        self._member_id = ""
        self._place = 0
        self._folded: dict[str, str] = dict.fromkeys(MORE, "")
        self.name = NameEdit()
        self.id_no = IdNumberEdit(today)
        self.relation = ChoiceEdit(offers.relations, characters=16)
        self.phone = PhoneEdit()
        self.reveal = IconButton("eye", words("Show the whole number (this is recorded)"))
        self.reveal.clicked.connect(lambda: self.reveal_wanted.emit(self._member_id))
        self.grid = FormGrid()
        self.lines: dict[str, FieldLine] = {}
        for name, text, field in (("name", words("&Name"), self.name), ("id_no", words("&ID number"), self.id_no),
                                  ("relation", words("&Relation to head"), self.relation),
                                  ("phone", words("&Phone"), self.phone)):
            self._add(name, text, field, required=field is not self.phone)
        self._number = TextLine("", theme.colours().text)
        self._number.setFont(theme.body_font(medium=True))
        self._cover = MeaningMark()
        self._why_not = Secondary(wrap=True)
        self.alike = AlikeLines(words)
        self.more = LinkButton(words("More"), icon_name="chevron-right", tip=words("Ethnic group, bank account"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._unfold)
        self.claim = LinkButton(words("New claim"), icon_name="plus")
        self.claim.clicked.connect(lambda: self.claim_wanted.emit(self._member_id))
        self.remove = IconButton("trash-2", words("Take this person off the household"))
        self.remove.clicked.connect(lambda: self.removed.emit(self))
        self._lay_out()

    def _add(self, name: str, text: str, field: TypedEdit, *, required: bool = False) -> None:
        aside = self.reveal if field is self.id_no else None
        line = FieldLine(self._t, text, field, required=required, aside=aside, name=f"members.{self._place}.{name}")
        self.lines[name] = self.grid.add(line)
        line.edited.connect(self._tell)

    def _make_more(self) -> None:
        t = self._t
        for name, text, field in (("ethnic", t("Ethnic group"), ChoiceEdit(self._offers.ethnic_groups, characters=16,
                                                                           free=True)),
                                  ("bank_name", t("Bank"), TypedEdit(characters=30)),
                                  ("bank_account", t("Account no."), AccountEdit()),
                                  ("account_holder", t("Account holder"), NameEdit())):
            self._add(name, text, field)
            field.set_typed(self._folded[name])
        self.unfolded.emit()

    # -- what was typed

    def put(self, draft: MemberDraft, stored: MemberDraft | None, cover: Cover | None) -> None:
        """Fill the block in. A number that the register holds is shown masked."""
        self._member_id = draft.member_id
        self.alike.say(())
        self._folded = {name: getattr(draft, name) for name in MORE}
        for name in self.lines:
            if name != "id_no":
                self._field(name).set_typed(getattr(draft, name))
        known = stored is not None and bool(draft.id_no) and stored.id_no == draft.id_no
        if known:
            self.id_no.set_masked(draft.id_no, mask_id_no(draft.id_no[:18]))
        else:
            self.id_no.set_typed(draft.id_no)
        self.reveal.setVisible(known)
        self.claim.setVisible(cover is not None)
        self._cover.setVisible(cover is not None)
        if cover is not None:
            self._cover.say(Meaning.DONE if cover.covered else Meaning.ATTENTION, cover.text,
                            icon_name="shield-check" if cover.covered else "shield-x")
            self._cover.setToolTip(cover.detail)
        self._why_not.setText(cover.detail if cover is not None and not cover.covered else "")
        self._why_not.setVisible(bool(self._why_not.text()))
        self.more.setChecked(any(getattr(draft, name) for name in MORE))
        self._tell()

    def draft(self) -> MemberDraft:
        rest = {name: self._field(name).typed() if name in self.lines else self._folded[name] for name in MORE}
        return MemberDraft(member_id=self._member_id, name=self.name.typed(), id_no=self.id_no.typed(),
                           relation=self.relation.typed(), phone=self.phone.typed(), **rest)

    def _field(self, name: str) -> TypedEdit:
        field = self.lines[name].field
        assert isinstance(field, TypedEdit)
        return field

    @property
    def member_id(self) -> str:
        return self._member_id

    def show_number(self) -> None:
        """The number may be seen, and changed if need be."""
        self.id_no.reveal(self.id_no.typed())
        self.reveal.hide()
        self.id_no.setFocus(Qt.FocusReason.TabFocusReason)

    def set_place(self, place: int, alone: bool) -> None:
        """Where the block stands (from 0); findings name its fields by it. The only person cannot be taken off."""
        for name, line in self.lines.items():
            line.name = f"members.{place}.{name}"
        self._place = place
        self.remove.setVisible(not alone)
        self._tell()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The paper's order."""
        return tuple(self.lines[name].field for name in (*FIRST, *MORE) if name in self.lines)

    def _tell(self) -> None:
        person = self.id_no.person
        self.lines["id_no"].note(self._told(person))
        title = " · ".join(part for part in (self.name.typed(), self.relation.text().strip()) if part)
        self._number.setText(f"{self._place + 1}　{title}" if title else f"{self._place + 1}")
        self.setAccessibleName(self._number.text())

    def _told(self, person: ResidentId | None) -> str:
        return told_by_number(self._t, person, self._today(), self._counties) if person is not None else ""

    # -- how it looks

    def _unfold(self, on: bool) -> None:
        from backbone_desktop.ui.icons import icon

        self.more.setIcon(icon("chevron-down" if on else "chevron-right", "accent"))
        if on and MORE[0] not in self.lines:
            self._make_more()
        for name in (name for name in MORE if name in self.lines):
            self.lines[name].setVisible(on)
            self.lines[name].label.setVisible(on)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, theme.XS)
        head.setSpacing(theme.S)
        head.addWidget(self._number)
        head.addSpacing(theme.M)
        head.addWidget(self._cover)
        head.addStretch(1)
        for act in (self.claim, self.more, self.remove):
            head.addWidget(act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, theme.XS)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._why_not)
        column.addWidget(self.grid)
        column.addWidget(self.alike)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(theme.colours().line))
        painter.drawLine(0, 0, self.width(), 0)
