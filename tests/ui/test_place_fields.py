"""Township and village on the household form, picked by keys from the county's list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from desk_kit import EXAMPLES, RESOURCES, Around, Looks, Open
from keys_kit import caret, type_in, write
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backbone_desktop.services.registry import list_households, open_household
from backbone_desktop.settings.places import PackagedPlaces
from backbone_desktop.ui.pages.household import HouseholdPage
from backbone_desktop.ui.widgets.choice_edit import ChoiceEdit


@pytest.fixture(autouse=True)
def listed(office: Around) -> None:
    """The desk knows the list that ships with the program."""
    context = replace(office.context, desk=replace(office.context.desk, places=PackagedPlaces(RESOURCES)))
    office.context = context


def at(page: HouseholdPage, name: str) -> ChoiceEdit:
    field: Any = page.fields.own[name].field
    field.setFocus(Qt.FocusReason.TabFocusReason)
    return field


def test_a_township_by_initials_then_its_village_by_pinyin(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page: HouseholdPage = open_page(HouseholdPage)
    township, village = at(page, "township"), page.fields.own["village"].field
    type_in(qtbot, "bxz")
    assert township.text() == "板溪镇"
    assert caret() is village
    type_in(qtbot, "qugou")
    office.settle(qtbot)
    assert page.fields.draft().village == "渠沟村"
    assert page.fields.own["village"].under.text == ""


def test_letters_that_an_input_method_left_full_width_find_as_well(qtbot: QtBot, office: Around,
                                                                   open_page: Open) -> None:
    page: HouseholdPage = open_page(HouseholdPage)
    at(page, "township")
    type_in(qtbot, "ｂｘｚ")
    assert page.fields.draft().township == "板溪镇"


def test_a_village_by_its_code(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page: HouseholdPage = open_page(HouseholdPage)
    at(page, "township")
    type_in(qtbot, "520625101")
    type_in(qtbot, "520625101204")
    assert (page.fields.draft().township, page.fields.draft().village) == ("板溪镇", "凯塘村")


def test_arrows_choose_and_escape_keeps_what_was_typed(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page: HouseholdPage = open_page(HouseholdPage)
    township = at(page, "township")
    qtbot.keyClick(township, Qt.Key.Key_Down)
    qtbot.keyClick(township, Qt.Key.Key_Down)
    qtbot.keyClick(township, Qt.Key.Key_Down)
    qtbot.keyClick(township, Qt.Key.Key_Return)
    assert township.text() == "龙津街道"
    township = at(page, "township")
    township.selectAll()
    write(qtbot, "bx")
    qtbot.keyClick(township, Qt.Key.Key_Escape)
    qtbot.keyClick(township, Qt.Key.Key_Return)
    assert township.text() == "bx"
    assert page.fields.own["township"].under.text == "Not in the county's list"


def test_a_name_of_ones_own_stays_and_the_list_is_told_about(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page: HouseholdPage = open_page(HouseholdPage)
    at(page, "township")
    type_in(qtbot, "板溪乡")
    assert page.fields.draft().township == "板溪乡"
    assert page.fields.own["township"].under.text == "In the county's list: 板溪镇"
    type_in(qtbot, "渠沟社区")
    office.settle(qtbot)
    assert page.fields.draft().village == "渠沟社区"
    assert page.fields.own["village"].under.text == "In the county's list: 渠沟村"


def test_a_former_name_is_told_and_finds_the_present_one(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page: HouseholdPage = open_page(HouseholdPage)
    places = page.fields.places
    (town,) = [one.name for one in places._places.townships  # type: ignore[union-attr]
               if any("红溪村" in place.former for place in places._places.villages_of(one.name))]  # type: ignore[union-attr]
    at(page, "township")
    type_in(qtbot, town)
    village: Any = caret()
    write(qtbot, "红溪村")
    assert "洪溪村" in [line.text for line in village._popup._model.lines]
    qtbot.keyClick(village, Qt.Key.Key_Return)
    office.settle(qtbot)
    assert village.text() == "红溪村"
    assert page.fields.own["village"].under.text == "Now called 洪溪村"
    at(page, "village")
    village.selectAll()
    write(qtbot, "红溪村")
    qtbot.keyClick(village, Qt.Key.Key_Down)
    qtbot.keyClick(village, Qt.Key.Key_Return)
    assert page.fields.draft().village == "洪溪村"


def test_an_opened_household_keeps_its_places_and_is_not_changed_by_the_list(qtbot: QtBot, office: Around,
                                                                              open_page: Open) -> None:
    row = list_households(office.desk, EXAMPLES[0].household_no).rows[0]
    page: HouseholdPage = open_page(HouseholdPage, household_id=row.id)
    assert page.fields.draft().township == "示例镇"
    assert not page.changed
    assert page.fields.own["township"].under.text == "Not in the county's list"
    at(page, "township")
    qtbot.keyClick(caret(), Qt.Key.Key_Tab)
    assert not page.changed
    assert open_household(office.desk, row.id).household.township == "示例镇"


def test_the_caret_stays_where_it_is_when_the_list_arrives(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page: HouseholdPage = open_page(HouseholdPage)
    township = at(page, "township")
    write(qtbot, "大坪")
    page.fields.places.offer(None)
    write(qtbot, "镇")
    assert township.text() == "大坪镇"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_it_looks(qtbot: QtBot, open_page: Open, looks: Looks, language: str) -> None:
    page: HouseholdPage = open_page(HouseholdPage, looks[language])
    at(page, "township")
    type_in(qtbot, "洋溪镇")
    write(qtbot, "h")
    looks.take(page.window(), f"place-village-{language}")
