"""At every text size, in both languages and in a narrow window, no field of a form is cut off at the side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from desk_kit import EXAMPLES, RESOURCES, Around, Looks, Open, members_of
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from backbone_desktop.services.registry import list_households
from backbone_desktop.ui.pages.claim import ClaimPage
from backbone_desktop.ui.pages.household import HouseholdPage
from backbone_desktop.ui.pages.household_act import HouseholdActPage
from backbone_desktop.ui.theme import TEXT_SIZES, Look, apply_theme


@pytest.fixture(params=TEXT_SIZES)
def percent(request: pytest.FixtureRequest, dressed: QApplication) -> Iterator[int]:
    apply_theme(dressed, RESOURCES, Look.LIGHT, request.param)
    yield request.param
    apply_theme(dressed, RESOURCES, Look.LIGHT)


def cut_off(page: QWidget) -> list[str]:
    """Names of fields of which a part lies outside what scrolls up and down."""
    found = []
    for scroll in page.findChildren(QScrollArea):
        port, body = scroll.viewport(), scroll.widget()
        for field in body.findChildren(QLineEdit):
            if field.isVisible() and field.mapTo(body, QPoint(field.width(), 0)).x() > port.width():
                found.append(field.accessibleName())
    return found


@pytest.mark.parametrize("case", [*product((ClaimPage, HouseholdPage), ("zh_CN", "en"), (1366, 1010, 960))],
                         ids=lambda case: f"{case[0].__name__}-{case[1]}-{case[2]}")
@pytest.mark.usefixtures("percent")
def test_no_field_is_cut_off(
    qtbot: QtBot, office: Around, open_page: Open, looks: Looks, case: tuple[type[QWidget], str, int],
) -> None:
    make, language, width = case
    household = list_households(office.desk, EXAMPLES[0].household_no).rows[0]
    arguments = {"household_id": household.id} if make is HouseholdPage else {
        "claim_id": "", "member_id": members_of(office.desk, household.id)["张示例"]}
    page = open_page(make, looks[language], width=width, **arguments)
    office.settle(qtbot)  # what is told of the patient comes after the form
    qtbot.wait(200)
    qtbot.waitUntil(lambda: cut_off(page) == [], timeout=8000)


@pytest.mark.parametrize("act", ["marry_in", "marry_out", "split", "merge", "move_home"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_field_of_an_act_is_cut_off(
    *, qtbot: QtBot, office: Around, open_page: Open, looks: Looks, act: str, language: str, percent: int,
) -> None:
    household = list_households(office.desk, EXAMPLES[0].household_no).rows[0]
    page = open_page(HouseholdActPage, looks[language], width=960, household_id=household.id, act=act)
    office.settle(qtbot)
    qtbot.waitUntil(lambda: cut_off(page) == [], timeout=8000)
    assert page.window().width() == 960
    looks.take(page.window(), f"act-{act}-{language}-{percent}")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_sections_of_a_household_fit(
    *, qtbot: QtBot, office: Around, open_page: Open, looks: Looks, language: str, percent: int,
) -> None:
    household = list_households(office.desk, EXAMPLES[0].household_no).rows[0]
    page = open_page(HouseholdPage, looks[language], width=960, household_id=household.id)
    for section in ("enrolments", "claims", "history"):
        page.bar.show_section(section)
        qtbot.wait(20)
        (scroll,) = page.findChildren(QScrollArea)
        assert scroll.widget().width() <= scroll.viewport().width()
        assert page.bar.tabRect(page.bar.count() - 1).right() <= page.bar.width()
        looks.take(page.window(), f"household-{section}-{language}-{percent}")


def test_two_columns_come_back_when_the_window_grows(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page = open_page(ClaimPage)
    grids = [page.making.fields.stay, *page.making.fields.costs.grids]
    assert {grid.columns for grid in grids} == {2}
    page.window().resize(990, 768)
    qtbot.waitUntil(lambda: {grid.columns for grid in grids} == {1})
    page.window().resize(1366, 768)
    qtbot.waitUntil(lambda: {grid.columns for grid in grids} == {2})
