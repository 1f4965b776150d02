"""While a person is typed, a line says who in the register looks like them, and never stands in the way."""

from __future__ import annotations

import pytest
from desk_kit import EXAMPLES, HEAD_ID, Around, Looks, Open, id_no
from keys_kit import CTRL, caret, type_in, write
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backbone_core.identity import check_digit
from backbone_desktop.services.duplicates import tell_apart
from backbone_desktop.services.registry import list_households
from backbone_desktop.ui.pages.household import HouseholdPage

TYPO = HEAD_ID[:9] + "1" + HEAD_ID[10:17] + check_digit(HEAD_ID[:9] + "1" + HEAD_ID[10:17])
OLD = HEAD_ID[:6] + HEAD_ID[8:17]


def home_of(office: Around) -> str:
    return list_households(office.desk, EXAMPLES[0].household_no).rows[0].id


def typed(qtbot: QtBot, office: Around, page: HouseholdPage, name: str, number: str) -> None:
    page.fields.blocks[0].name.setFocus()
    type_in(qtbot, name)
    write(qtbot, number)
    qtbot.waitUntil(lambda: not page._alike._pause.isActive())
    office.settle(qtbot)


def said(page: HouseholdPage, place: int = 0) -> str:
    line = page.fields.blocks[place].alike
    assert line.isVisible() == bool(line.text)
    return line.text


def test_a_wrong_digit_is_told_while_the_number_is_typed(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page: HouseholdPage = open_page(HouseholdPage)
    typed(qtbot, office, page, "张示例", TYPO[:15])
    assert said(page) == ""
    write(qtbot, TYPO[15:])
    assert caret() is page.fields.blocks[0].id_no  # nothing took the caret away
    qtbot.waitUntil(lambda: bool(said(page)))
    assert said(page) == ("Looks like 张示例 520625********0015 示例镇 示例村, household 5206250001: "
                          "Same name, number with one mistake")
    qtbot.keyClick(caret(), Qt.Key.Key_Return)
    assert caret() is page.fields.blocks[0].relation  # Enter goes on past the line
    qtbot.keyClick(caret(), Qt.Key.Key_F4)
    assert office.way.been == [("household", {"household_id": home_of(office)})]
    page.leave()
    office.settle(qtbot)
    again: HouseholdPage = open_page(HouseholdPage)  # what was typed is still there, and so is the line
    qtbot.waitUntil(lambda: bool(said(again)))


def test_a_number_of_fifteen_digits_is_the_same_number(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page: HouseholdPage = open_page(HouseholdPage)
    typed(qtbot, office, page, "别的名", OLD)
    assert "Same ID number" in said(page)


def test_a_name_that_sounds_alike_needs_birth_date_and_township(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page: HouseholdPage = open_page(HouseholdPage)
    typed(qtbot, office, page, "单洋本", id_no("19950815", 99))
    assert "单样本" in said(page)
    page.fields.own["township"].field.setFocus()
    write(qtbot, "别镇")
    qtbot.waitUntil(lambda: not said(page))


def test_a_known_person_is_asked_about_when_changed(qtbot: QtBot, office: Around, open_page: Open) -> None:
    second = list_households(office.desk, "5206250003").rows[0]
    page: HouseholdPage = open_page(HouseholdPage, household_id=second.id)
    qtbot.waitUntil(lambda: not page._alike._pause.isActive())
    office.settle(qtbot)
    assert said(page) == ""
    block = page.fields.blocks[0]
    block.show_number()
    block.id_no.setFocus()
    block.id_no.set_typed("")
    block.name.set_typed("")
    typed(qtbot, office, page, "张示例", TYPO)
    assert "张示例" in said(page)
    with office.desk.read() as work:
        members = [work.households.members(home)[0].id for home in (second.id, home_of(office))]
    tell_apart(office.desk, *members)
    qtbot.keyClick(caret(), Qt.Key.Key_A, CTRL)
    write(qtbot, TYPO)
    qtbot.waitUntil(lambda: not said(page))


def test_people_nobody_looks_like_get_no_line(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page: HouseholdPage = open_page(HouseholdPage)
    typed(qtbot, office, page, "钱新例", id_no("19850505", 41))
    assert said(page) == ""
    qtbot.keyClick(caret(), Qt.Key.Key_F4)
    assert office.way.been == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_it_looks(qtbot: QtBot, office: Around, open_page: Open, looks: Looks, language: str) -> None:
    page: HouseholdPage = open_page(HouseholdPage, looks[language])
    typed(qtbot, office, page, "张示例", TYPO)
    assert said(page)
    looks.take(page.window(), f"household-alike-{language}")
