"""The register's list on a real store: searching, opening, refreshing, in both languages."""

from __future__ import annotations

import pytest
from desk_kit import HEAD_ID, Around, Looks, Open, family, id_no
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backbone_desktop.services.registry import register_household
from backbone_desktop.services.typed import MemberDraft
from backbone_desktop.ui.pages.households import HouseholdsPage


@pytest.fixture
def page(open_page: Open) -> HouseholdsPage:
    made: HouseholdsPage = open_page(HouseholdsPage)
    return made


def seek(qtbot: QtBot, office: Around, page: HouseholdsPage, text: str) -> list[str]:
    page.search.clear()
    with qtbot.waitSignal(page.search.sought):
        qtbot.keyClicks(page.search, text) if text.isascii() else page.search.insert(text)
    office.settle(qtbot)
    return [row.head_name for row in page.table.model().rows]  # type: ignore[attr-defined]


def test_all_households_stand_there(page: HouseholdsPage) -> None:
    assert page.table.model().rowCount() == 4
    assert page._count.text() == "4 households"
    assert page.search.hasFocus()


@pytest.mark.parametrize("typed", [HEAD_ID, "zsl", "张示例", "5206250001", "㛃", "13900000002"])
def test_a_household_is_found_by_what_is_known_of_its_people(
    qtbot: QtBot, office: Around, page: HouseholdsPage, typed: str,
) -> None:
    assert seek(qtbot, office, page, typed) == ["张示例"]


def test_the_member_who_was_found_is_named(qtbot: QtBot, office: Around, page: HouseholdsPage) -> None:
    seek(qtbot, office, page, "㛃")
    assert page.table.model().index(0, 1).data() == "张示例（李㛃）"


def test_numbers_are_masked(page: HouseholdsPage) -> None:
    shown = [page.table.model().index(row, 2).data() for row in range(4)]
    assert "520625********0015" in shown
    assert not any(HEAD_ID in text for text in shown)


def test_nobody_found_offers_the_first_act(qtbot: QtBot, office: Around, page: HouseholdsPage) -> None:
    assert seek(qtbot, office, page, "qqqqqq") == []
    assert page._empty.isVisible()
    assert page._empty.accessibleName().startswith("Nobody was found")
    qtbot.mouseClick(page._empty_act, Qt.MouseButton.LeftButton)
    assert office.way.been == [("household", {"household_id": ""})]


def test_search_then_enter_opens_and_f2_begins_a_new_one(qtbot: QtBot, office: Around, page: HouseholdsPage) -> None:
    seek(qtbot, office, page, "qyb")
    row = page.table.row
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.keyClick(page.search, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: len(office.way.been) == 2)  # a button that is pressed by its key shows itself pressed
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert office.way.been == [("household", {"household_id": row.id}), ("household", {"household_id": ""}),
                               ("household", {"household_id": row.id})]


def test_the_list_follows_a_change_and_keeps_the_mark(qtbot: QtBot, office: Around, page: HouseholdsPage) -> None:
    page.table.mark(2)
    marked = page.table.record_id
    register_household(office.desk, family("5206250009", "示例村", MemberDraft(name="钱新例", relation="户主",
                                                                             id_no=id_no("19900909", 31))))
    office.context.signals.changed.emit(frozenset({("household", "")}))
    office.settle(qtbot)
    assert page.table.model().rowCount() == 5
    assert page.table.record_id == marked


def test_rows_come_where_somebody_scrolls(qtbot: QtBot, office: Around, open_page: Open) -> None:
    for number in range(230):
        register_household(office.desk, family(f"90{number:04d}", "大村", MemberDraft(
            name="测试丁", relation="户主", id_no=id_no("19800202", 100 + number))))
    page = open_page(HouseholdsPage)
    model = page.table.model()
    assert model.rowCount() == 234
    assert len(model.rows) == 100
    qtbot.keyClick(page.table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: page.table.row is not None)
    assert page.table.row.household_no == "5206250001"
    assert len(model.rows) < 234
    for at in range(0, page.table.verticalScrollBar().maximum(), 600):
        page.table.verticalScrollBar().setValue(at)
        page.table.viewport().grab()
        qtbot.wait(1)
        office.settle(qtbot)
    assert len({row.id for row in model.rows}) == 234


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_it_looks(open_page: Open, looks: Looks, language: str) -> None:
    page = open_page(HouseholdsPage, looks[language])
    looks.take(page.window(), f"households-{language}")
