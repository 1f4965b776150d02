"""What a search was found by stands in bold in the lists, or in words where the list does not show it."""

from __future__ import annotations

import pytest
from desk_kit import EXAMPLES, Around, Looks, Open, members_of, stay_of
from pytestqt.qtbot import QtBot

from backbone_desktop.services import claims
from backbone_desktop.services.registry import list_households
from backbone_desktop.ui.pages.claims import ClaimsPage
from backbone_desktop.ui.pages.households import HouseholdsPage
from backbone_desktop.ui.pages.list_page import ListPage
from backbone_desktop.ui.pages.people import PeoplePage
from backbone_desktop.ui.widgets.spans import pieces


def seek(qtbot: QtBot, office: Around, page: ListPage, typed: str) -> None:
    page.search.clear()
    with qtbot.waitSignal(page.search.sought):
        qtbot.keyClicks(page.search, typed) if typed.isascii() else page.search.insert(typed)
    office.settle(qtbot)


def bold(page: ListPage, line: int = 0) -> list[str]:
    """Every bold stretch of a line, and whatever a cell says in words that it does not say without a search."""
    model = page.table.model()
    cells = [model.cell(line, column) for column in range(model.columnCount())]  # type: ignore[attr-defined]
    return [piece for text, *_, spans in cells for piece, is_bold in pieces(text, spans) if is_bold]


def texts(page: ListPage, column: int) -> list[str]:
    model = page.table.model()
    return [str(model.index(line, column).data()) for line in range(model.rowCount())]


@pytest.mark.parametrize(("typed", "expected"), [
    ("示例", ("张示例", ["示例"])),
    ("zs", ("张示例", ["张示"])),
    ("㛃", ("张示例（李㛃）", ["㛃"])),
    ("lj", ("张示例（李㛃）", ["李㛃"])),
    ("0015", ("张示例", ["0015"])),
    ("52062519800101", ("张示例（ID number matches）", ["520625"])),
    ("19800101", ("张示例（ID number matches）", [])),
    ("19820312", ("张示例（李㛃 ID number matches）", [])),
    ("13900000001", ("张示例", ["13900000001"])),
    ("0000002", ("张示例（李㛃 Phone matches）", [])),
    ("5206250001", ("张示例", ["5206250001"])),
    ("示例村", ("张示例", ["示例村"])),
])
def test_households(qtbot: QtBot, office: Around, open_page: Open, typed: str, expected: tuple[str, list[str]]) -> None:
    page = open_page(HouseholdsPage)
    seek(qtbot, office, page, typed)
    assert (texts(page, 1)[0], bold(page)) == expected


@pytest.mark.parametrize(("typed", "expected"), [
    ("示例", ("张示例", ["示例"])), ("lj", ("李㛃", ["李㛃"])), ("19820312", ("李㛃（ID number matches）", [])),
    ("0015", ("张示例", ["0015"])), ("0000002", ("李㛃", ["0000002"])), ("样本村", ("覃样本", ["样本村"])),
])
def test_people(qtbot: QtBot, office: Around, open_page: Open, typed: str, expected: tuple[str, list[str]]) -> None:
    page = open_page(PeoplePage)
    seek(qtbot, office, page, typed)
    assert (texts(page, 0)[0], bold(page)) == expected


def test_the_households_phone_is_said_of_a_person_who_has_another(qtbot: QtBot, office: Around,
                                                                  open_page: Open) -> None:
    page = open_page(PeoplePage)
    seek(qtbot, office, page, "13900000001")
    assert texts(page, 0) == ["张示例", "李㛃（Phone matches）", "张小例（Phone matches）", "张老例（Phone matches）"]


@pytest.mark.parametrize(("typed", "stretches"), [("示例", ["示例"]), ("zsl", ["张示例"]), ("1", ["1"]),
                                                  ("5206252026A03", ["520625-2026-A03"])])
def test_claims(qtbot: QtBot, office: Around, open_page: Open, typed: str, stretches: list[str]) -> None:
    household = list_households(office.desk, EXAMPLES[0].household_no).rows[0]
    claims.register_claim(office.desk, stay_of(members_of(office.desk, household.id)["张示例"]))
    page = open_page(ClaimsPage)
    seek(qtbot, office, page, typed)
    assert len(texts(page, 0)) == 1
    assert bold(page) == stretches


@pytest.mark.parametrize(("typed", "said"), [("999", "four figures"), ("99999", "Check the number")])
def test_nobody_found_says_what_to_do(qtbot: QtBot, office: Around, open_page: Open, typed: str, said: str) -> None:
    for kind in (HouseholdsPage, PeoplePage):
        page = open_page(kind)
        seek(qtbot, office, page, typed)
        assert texts(page, 0) == []
        assert said in page._empty.accessibleName()


def test_without_a_search_nothing_is_bold(office: Around, open_page: Open) -> None:
    for kind in (HouseholdsPage, PeoplePage):
        page = open_page(kind)
        assert [bold(page, line) for line in range(4)] == [[], [], [], []]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_it_looks(qtbot: QtBot, office: Around, open_page: Open, looks: Looks, language: str) -> None:
    for kind, name, typed in ((HouseholdsPage, "households", "1980"), (HouseholdsPage, "member", "lj"),
                              (PeoplePage, "people", "样本"), (PeoplePage, "phone", "13900000001")):
        page = open_page(kind, looks[language])
        seek(qtbot, office, page, typed)
        looks.take(page.window(), f"found-{name}-{language}")
