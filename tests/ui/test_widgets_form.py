"""A form as a whole: Enter's way through it, what is said at which field, what is open, how it is laid out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backbone_core.errors import refusal, warning
from backbone_desktop.services.rows import MemberHit
from backbone_desktop.ui import theme
from backbone_desktop.ui.widgets.buttons import PrimaryButton
from backbone_desktop.ui.widgets.date_edit import DateEdit
from backbone_desktop.ui.widgets.field_line import FieldLine
from backbone_desktop.ui.widgets.form import Form
from backbone_desktop.ui.widgets.form_foot import FormFoot
from backbone_desktop.ui.widgets.form_grid import FormGrid, align_labels
from backbone_desktop.ui.widgets.money_edit import MoneyEdit
from backbone_desktop.ui.widgets.person_picker import PersonPicker
from backbone_desktop.ui.widgets.popup_list import PopupLine
from backbone_desktop.ui.widgets.typed_edit import TypedEdit
from backbone_desktop.words import Words

pytestmark = pytest.mark.usefixtures("dressed")
ENTER, SHIFT = Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier


class SmallForm(QWidget):
    """Four fields, a check box and a foot, as every form has them."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.form = Form(self)
        self.grid = FormGrid()
        self.saved = 0
        self.name = TypedEdit()
        self.day = DateEdit()
        self.known = TypedEdit()
        self.known.setReadOnly(True)
        self.sum = MoneyEdit()
        self.box = QCheckBox()
        lines = [FieldLine(words, "&Name", self.name, name="name", required=True),
                 FieldLine(words, "&Day", self.day, name="day"),
                 FieldLine(words, "Known", self.known, name="known"),
                 FieldLine(words, "住院日期(&S)", self.sum, name="sum"),
                 FieldLine(words, "Designated", self.box, name="box")]
        for line in lines:
            self.grid.add(self.form.add(line))
        save = PrimaryButton("Save")
        save.clicked.connect(self._save)
        self.foot = FormFoot(words, save)
        self.save = save
        self.form.opened.connect(self.foot.set_open)
        self.foot.wanted_first.connect(self.form.go_to_first_open)
        column = QVBoxLayout(self)
        column.addWidget(self.grid)
        column.addWidget(self.foot)
        self.form.set_order([self.name, self.day, self.known, self.sum, self.box, self.foot.count, save])

    def _save(self) -> None:
        self.saved += 1


@pytest.fixture
def small(qtbot: QtBot, words: Words) -> SmallForm:
    form = SmallForm(words)
    qtbot.addWidget(form)
    form.resize(1366, 500)
    with qtbot.waitActive(form):
        form.show()
    form.name.setFocus()
    return form


def focus(form: QWidget) -> QWidget:
    widget = form.focusWidget()
    assert widget is not None
    return widget


def test_enter_goes_on_past_what_cannot_be_typed_and_shift_enter_goes_back(qtbot: QtBot, small: SmallForm) -> None:
    been = []
    for _ in range(4):
        qtbot.keyClick(focus(small), ENTER)
        been.append(focus(small))
    assert been == [small.day, small.sum, small.box, small.save]
    qtbot.keyClick(small.save, ENTER, SHIFT)
    qtbot.keyClick(small.box, ENTER, SHIFT)
    qtbot.keyClick(small.sum, ENTER, SHIFT)
    assert focus(small) is small.day
    assert small.saved == 0


def test_enter_on_a_button_carries_it_out_and_space_ticks_a_box(qtbot: QtBot, small: SmallForm) -> None:
    small.save.setFocus()
    qtbot.keyClick(small.save, ENTER)
    assert small.saved == 1
    small.box.setFocus()
    qtbot.keyClick(small.box, Qt.Key.Key_Space)
    assert small.box.isChecked()


def test_a_finding_stands_at_its_field_once_it_has_been_left(qtbot: QtBot, small: SmallForm) -> None:
    small.form.set_findings([refusal("name.empty", "name"), refusal("x.unknown", "elsewhere")])
    line = small.form.line("name")
    assert line.under.text == ""
    assert (small.form.open, small.form.open_names) == (2, ["name"])
    qtbot.keyClick(small.name, ENTER)
    assert line.under.text != ""
    assert small.name.property("finding") == "refusal"
    assert small.name.accessibleDescription() == line.under.text


def test_a_field_judges_itself_before_the_service_answers_and_forgives_at_once(qtbot: QtBot, small: SmallForm) -> None:
    small.day.setFocus()
    qtbot.keyClicks(small.day, "2020-13-45")
    qtbot.keyClick(small.day, ENTER)
    line = small.form.line("day")
    assert [found.code for found in line.findings] == ["date.not_real"]
    assert small.form.open_names == ["day"]
    small.day.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(small.day, "20200824")
    assert line.findings == ()
    assert line.under.text == ""


def test_a_warning_is_said_but_does_not_keep_the_form_open(qtbot: QtBot, small: SmallForm) -> None:
    small.form.set_findings([warning("account.luhn", "sum")])
    small.form.show_all()
    assert small.form.open == 0
    assert small.sum.property("finding") == "warning"
    assert small.foot.count.isHidden()


def test_enter_on_the_foot_leads_to_the_first_open_field(qtbot: QtBot, small: SmallForm) -> None:
    small.form.set_findings([refusal("date.empty", "day"), refusal("amount.empty", "sum")])
    assert "2" in small.foot.count.text()
    small.box.setFocus()
    qtbot.keyClick(small.box, ENTER)
    assert focus(small) is small.foot.count
    qtbot.keyClick(small.foot.count, ENTER)
    assert focus(small) is small.day
    assert small.form.line("day").under.text != ""
    assert small.form.line("sum").under.text == ""


def test_notes_give_way_to_findings(small: SmallForm) -> None:
    line = small.form.line("sum")
    line.note("1980-01-01")
    assert line.under.text == "1980-01-01"
    line.say((refusal("amount.empty", "sum"),))
    assert line.under.text != "1980-01-01"
    line.say(())
    assert line.under.text == "1980-01-01"


def test_letters_of_labels_are_hidden_until_alt_is_held(qtbot: QtBot, small: SmallForm) -> None:
    label = small.form.line("sum").label
    assert label.text() == "住院日期"
    assert small.sum.accessibleName() == "住院日期"
    qtbot.keyPress(small.name, Qt.Key.Key_Alt)
    assert label.text() == "住院日期(&S)"
    qtbot.keyRelease(small.name, Qt.Key.Key_Alt)
    assert label.text() == "住院日期"
    qtbot.keyClick(small.name, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert focus(small) is small.sum


def test_two_columns_at_1366_and_one_below_1000(qtbot: QtBot, small: SmallForm) -> None:
    assert small.grid.columns == 2
    right = small.form.line("name").label.geometry().right()
    assert right == small.form.line("known").label.geometry().right()
    small.resize(theme.TWO_COLUMNS_FROM - 1, 500)
    assert small.grid.columns == 1
    first, second = small.form.line("name").label, small.form.line("day").label
    qtbot.waitUntil(lambda: second.geometry().right() == first.geometry().right())


def test_the_grids_of_a_page_share_their_label_column(qtbot: QtBot, words: Words) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    grids, lines = [], []
    for text in ("No", "A much longer label"):
        grid = FormGrid()
        lines.append(grid.add(FieldLine(words, text, TypedEdit())))
        column.addWidget(grid)
        grids.append(grid)
    align_labels(grids)
    page.resize(1366, 300)
    page.show()
    assert lines[0].mapTo(page, lines[0].rect().topLeft()).x() == lines[1].mapTo(page, lines[1].rect().topLeft()).x()


# -- finding a person

def hit(number: int, name: str) -> MemberHit:
    return MemberHit(member_id=f"m{number}", household_id="h1", name=name, id_no="520625198001010015",
                     household_no="5206250001", township="示例镇", village="示例村", phone="",
                     enrolled=True)


@pytest.fixture
def picker(qtbot: QtBot, small: SmallForm, words: Words) -> PersonPicker:
    field = PersonPicker(lambda one: PopupLine(text=one.name, below=one.household_no), lambda one: one.name, "Nobody")
    small.grid.add(small.form.add(FieldLine(words, "Person", field, name="person")), wide=True)
    small.form.set_order([field, small.name, small.day])
    field.setFocus()
    return field


def test_a_person_is_picked_with_arrows_and_enter(qtbot: QtBot, small: SmallForm, picker: PersonPicker) -> None:
    people = [hit(1, "张示例"), hit(2, "张小例")]
    picker.asked.connect(lambda typed: picker.offer(typed, people))
    with qtbot.waitSignal(picker.asked):
        qtbot.keyClicks(picker, "zs")
    assert picker._popup.isVisible()
    qtbot.keyClick(picker, Qt.Key.Key_Down)
    with qtbot.waitSignal(picker.picked) as picked:
        qtbot.keyClick(picker, ENTER)
    assert picked.args == [people[1]]
    assert (picker.typed(), picker.text(), focus(small)) == ("m2", "张小例", small.name)


def test_enter_before_the_answer_takes_the_first(qtbot: QtBot, small: SmallForm, picker: PersonPicker) -> None:
    asked: list[str] = []
    picker.asked.connect(asked.append)
    qtbot.keyClicks(picker, "520625198001010015")
    qtbot.keyClick(picker, ENTER)
    assert asked == ["520625198001010015"]
    assert focus(small) is picker
    with qtbot.waitSignals([picker.picked, picker.arrived]):
        picker.offer(asked[0], [hit(1, "张示例")])
    assert picker.typed() == "m1"


def test_an_answer_to_what_is_no_longer_typed_is_not_shown(qtbot: QtBot, picker: PersonPicker) -> None:
    qtbot.keyClicks(picker, "zsl")
    picker.offer("zs", [hit(1, "张示例")])
    assert not picker._popup.isVisible()


def test_nobody_found_is_said_and_cannot_be_picked(qtbot: QtBot, small: SmallForm, picker: PersonPicker) -> None:
    qtbot.keyClicks(picker, "qq")
    picker.offer("qq", [])
    assert picker._popup.isVisible()
    with qtbot.assertNotEmitted(picker.picked):
        qtbot.keyClick(picker, ENTER)
    assert focus(small) is picker


def test_typing_again_lets_the_person_go(qtbot: QtBot, picker: PersonPicker) -> None:
    picker.set_person(hit(1, "张示例"))
    assert picker.typed() == "m1"
    qtbot.keyClick(picker, Qt.Key.Key_End)
    qtbot.keyClicks(picker, "x")
    assert picker.person is None
    assert picker.typed() == "张示例x"
