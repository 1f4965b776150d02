"""Fields: what they take, what they show, what they say, with real key events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backbone_desktop.ui.widgets.choice_edit import Choice, ChoiceEdit
from backbone_desktop.ui.widgets.date_edit import DateEdit
from backbone_desktop.ui.widgets.id_number_edit import IdNumberEdit, bare, grouped
from backbone_desktop.ui.widgets.money_edit import MoneyEdit
from backbone_desktop.ui.widgets.name_edit import NameEdit
from backbone_desktop.ui.widgets.phone_edit import AccountEdit, PhoneEdit
from backbone_desktop.ui.widgets.typed_edit import TypedEdit

NUMBER = "520625198001010015"
GROUPED = "520625 19800101 0015"
pytestmark = pytest.mark.usefixtures("dressed")


def today() -> date:
    return date(2026, 11, 23)


Show = Callable[..., QWidget]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Put fields into a window, with one more field to leave them for; the first gets the caret."""
    windows = []

    def show(*fields: QWidget) -> QWidget:
        window = QWidget()
        column = QVBoxLayout(window)
        for field in (*fields, QLineEdit()):
            column.addWidget(field)
        qtbot.addWidget(window)
        windows.append(window)
        with qtbot.waitActive(window):
            window.show()
        fields[0].setFocus()
        return window

    return show


def type_in(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Key by key; what no key bears is pasted."""
    if text.isascii():
        qtbot.keyClicks(field, text)
        return
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def leave(field: TypedEdit) -> None:
    parent = field.parentWidget()
    assert parent is not None
    parent.findChildren(QLineEdit)[-1].setFocus(Qt.FocusReason.TabFocusReason)


def test_id_number_is_grouped_as_it_is_typed(qtbot: QtBot, show: Show) -> None:
    field = IdNumberEdit(today)
    show(field)
    qtbot.keyClicks(field, "5206251980")
    assert field.text() == "520625 1980"
    qtbot.keyClicks(field, "01010015")
    assert field.text() == GROUPED
    assert field.typed() == NUMBER
    assert field.finding() is None
    assert field.person is not None
    assert field.person.birth_date == date(1980, 1, 1)


def test_id_number_in_the_middle_keeps_the_caret(qtbot: QtBot, show: Show) -> None:
    field = IdNumberEdit(today)
    show(field)
    qtbot.keyClicks(field, "52062519800101015")
    field.setCursorPosition(len("520625 1980010"))
    qtbot.keyClicks(field, "9")
    assert field.text() == "520625 19800109 1015"
    assert field.cursorPosition() == len("520625 19800109")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert field.text() == "520625 19800101 015"


def test_backspace_behind_a_gap_deletes_the_figure_before_it(qtbot: QtBot, show: Show) -> None:
    field = IdNumberEdit(today)
    show(field)
    qtbot.keyClicks(field, "5206251980")
    field.setCursorPosition(7)
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert field.typed() == "520621980"
    field.setCursorPosition(6)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert field.typed() == "52062180"


@pytest.mark.parametrize("pasted", [
    "520625 19800101 0015", "５２０６２５１９８００１０１００１５", "520625-19800101-0015", '="520625198001010015"',
    "\u3000520625\u00a019800101 0015\n",
])
def test_id_number_is_pasted_in_any_form(qtbot: QtBot, show: Show, pasted: str) -> None:
    field = IdNumberEdit(today)
    show(field)
    type_in(qtbot, field, pasted)
    assert field.text() == GROUPED
    assert field.finding() is None


def test_small_x_becomes_large_and_what_does_not_belong_stays_to_be_told(qtbot: QtBot, show: Show) -> None:
    field = IdNumberEdit(today)
    show(field)
    qtbot.keyClicks(field, "11010519491231002x")
    assert field.typed() == "11010519491231002X"
    assert field.finding() is None
    field.clear()
    qtbot.keyClicks(field, "52O625")
    finding = field.finding()
    assert finding is not None
    assert (field.typed(), finding.code) == ("52O625", "id.characters")


def test_a_wrong_check_digit_is_told(qtbot: QtBot, show: Show) -> None:
    field = IdNumberEdit(today)
    show(field)
    qtbot.keyClicks(field, NUMBER[:-1] + "6")
    finding = field.finding()
    assert finding is not None
    assert finding.code == "id.check_digit"
    assert NUMBER[:-1] not in repr(finding)


def test_a_scan_replaces_what_stood_there(qtbot: QtBot, show: Show) -> None:
    field = IdNumberEdit(today)
    show(field)
    field.set_typed("530521197505050025")
    field.setCursorPosition(len(field.text()))
    qtbot.keyClicks(field, NUMBER)  # no pause between the keys, as from a barcode gun
    assert field.entering()
    assert field.typed() == NUMBER


def test_numbers_are_typed_without_input_method(qtbot: QtBot) -> None:
    for field in (IdNumberEdit(today), MoneyEdit(), DateEdit(), PhoneEdit(), AccountEdit()):
        qtbot.addWidget(field)
        field.setReadOnly(True)
        field.setReadOnly(False)
        assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    name = NameEdit()
    qtbot.addWidget(name)
    assert name.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_known_number_is_masked_until_it_is_revealed(qtbot: QtBot, show: Show) -> None:
    field = IdNumberEdit(today)
    show(field)
    field.set_masked(NUMBER, "520625********0015")
    qtbot.keyClicks(field, "1")
    assert field.text() == "520625********0015"
    assert (field.typed(), field.masked, field.isReadOnly()) == (NUMBER, True, True)
    field.reveal(NUMBER)
    assert (field.text(), field.masked, field.isReadOnly()) == (GROUPED, False, False)


def test_groups() -> None:
    assert grouped("") == ""
    assert grouped("52062") == "52062"
    assert grouped("5206251") == "520625 1"
    assert grouped(NUMBER + "43") == GROUPED + " 43"
    assert bare("５２ ０６-x") == "5206X"


@pytest.mark.parametrize(("typed", "text", "fen"), [
    ("1234.5", "1,234.50", 123450), ("１２３４．５", "1,234.50", 123450), ("¥1,234.50", "1,234.50", 123450),
    ("45680元", "45,680.00", 4568000), ("0", "0.00", 0),
])
def test_money_is_brought_into_form_when_it_is_left(qtbot: QtBot, show: Show, typed: str, text: str, fen: int) -> None:
    field = MoneyEdit()
    show(field)
    type_in(qtbot, field, typed)
    leave(field)
    assert (field.text(), field.fen) == (text, fen)
    assert field.alignment() & Qt.AlignmentFlag.AlignRight


def test_letters_in_an_amount_stay_and_are_told(qtbot: QtBot, show: Show) -> None:
    field = MoneyEdit()
    show(field)
    with qtbot.waitSignal(field.left):
        qtbot.keyClicks(field, "12a")
        leave(field)
    finding = field.finding()
    assert finding is not None
    assert (field.text(), finding.code, field.fen) == ("12a", "amount.characters", None)


@pytest.mark.parametrize("typed", [
    "2020-08-24", "20200824", "2020/8/24", "2020.8.24", "２０２００８２４", "2020年8月24日",
])
def test_a_day_in_any_form_becomes_one(qtbot: QtBot, show: Show, typed: str) -> None:
    field = DateEdit()
    show(field)
    type_in(qtbot, field, typed)
    leave(field)
    assert (field.text(), field.day) == ("2020-08-24", date(2020, 8, 24))


def test_half_a_day_is_kept_as_it_was_typed(qtbot: QtBot, show: Show) -> None:
    field = DateEdit()
    show(field)
    qtbot.keyClicks(field, "2020-0")
    leave(field)
    assert field.typed() == "2020-0"
    qtbot.keyClicks(field, "2-30")
    finding = field.finding()
    assert finding is not None
    assert finding.code == "date.not_real"


def test_the_middle_dot_of_a_name_is_put_right(qtbot: QtBot, show: Show) -> None:
    field = NameEdit()
    show(field)
    field.insert("阿依古丽．示例")
    leave(field)
    assert field.text() == "阿依古丽·示例"


def test_an_account_is_shown_in_fours_and_kept_bare(qtbot: QtBot, show: Show) -> None:
    field = AccountEdit()
    show(field)
    qtbot.keyClicks(field, "6228480030123456789")
    leave(field)
    assert field.text() == "6228 4800 3012 3456 789"
    assert field.typed() == "6228480030123456789"


RELATIONS = (Choice("户主", "Head", "hz"), Choice("配偶", "Spouse", "po"), Choice("之子", "Son", "zz"),
             Choice("之孙子", "Grandson", "zsz"))


def test_a_choice_is_found_by_its_beginning_and_by_initials(qtbot: QtBot, show: Show) -> None:
    field = ChoiceEdit(RELATIONS)
    window = show(field)
    qtbot.keyClicks(field, "sp")
    popup = field._popup
    assert popup.isVisible()
    assert popup.parentWidget() is window
    assert field.entering()
    assert (field.text(), field.typed(), popup.isVisible()) == ("Spouse", "配偶", False)
    field.selectAll()
    qtbot.keyClicks(field, "zsz")
    leave(field)
    assert field.typed() == "之孙子"


def test_arrows_walk_through_the_choices_and_escape_closes_them(qtbot: QtBot, show: Show) -> None:
    field = ChoiceEdit(RELATIONS)
    show(field)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    for _ in range(3):
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field._popup.row == 2
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field._popup.isVisible()
    assert field.text() == ""
    qtbot.keyClick(field, Qt.Key.Key_F4)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    field.entering()
    assert field.typed() == "户主"


def test_a_word_that_is_no_choice_stays_and_is_told(qtbot: QtBot, show: Show) -> None:
    field = ChoiceEdit(RELATIONS)
    show(field)
    qtbot.keyClicks(field, "neighbour")
    leave(field)
    finding = field.finding()
    assert finding is not None
    assert (field.typed(), finding.code) == ("neighbour", "choice.unknown")


def test_leaving_for_another_window_is_not_leaving_the_field(qtbot: QtBot, show: Show) -> None:
    field = DateEdit()
    show(field)
    other = QWidget()
    qtbot.addWidget(other)
    qtbot.keyClicks(field, "20200824")
    with qtbot.assertNotEmitted(field.left), qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    assert field.text() == "20200824"
