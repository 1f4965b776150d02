"""Deciding about doubtful roster rows by keys: side by side, one key, the next row."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from desk_kit import HEAD_ID, Around, Looks, Open, id_no
from keys_kit import caret
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from backbone_desktop.importing.roster_file import open_roster
from backbone_desktop.services.registry import list_households, open_household
from backbone_desktop.services.roster import import_roster
from backbone_desktop.services.roster_doubts import doubts
from backbone_desktop.ui.pages.roster import RosterPage
from backbone_desktop.ui.pages.roster_doubts import RosterDoubtsPage

TITLES = ("乡镇", "行政村", "户编号", "姓名", "证件号码", "与户主关系")
ROWS = (
    ("示例镇", "示例村", "5206250001", "张式例", HEAD_ID, "户主"),
    ("示例镇", "样本村", "5206250002", "单样本", id_no("19950815", 22), "之女"),
    ("示例镇", "新村", "9001", "测试丙", id_no("19800101", 41), "户主"),
)


@pytest.fixture
def waiting(office: Around, tmp_path: Path) -> Around:
    """Two rows to decide: one bears a registered number under another name, one a registered name."""
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for at, line in enumerate((TITLES, *ROWS)):
            page.write_row(at, 0, line)
    file = open_roster(path)
    import_roster(office.desk, file, file.columns)
    return office


def shown(page: RosterDoubtsPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_by_keys_alone_every_row_is_decided(qtbot: QtBot, waiting: Around, open_page: Open) -> None:
    page: RosterDoubtsPage = open_page(RosterDoubtsPage)
    waiting.settle(qtbot)
    assert [row.name for row in (page.table.model().rows)] == ["张式例", "单样本"]
    assert caret() is page.table
    qtbot.waitUntil(lambda: {"张式例", "张示例"} <= set(shown(page)))
    assert HEAD_ID not in shown(page)
    qtbot.keyClick(caret(), Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 1)
    waiting.settle(qtbot)
    assert page.table.row.name == "单样本"
    qtbot.keyClick(caret(), Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 0)
    waiting.settle(qtbot)
    (first,) = list_households(waiting.desk, "5206250001").rows
    assert first.head_name == "张式例"
    (second,) = list_households(waiting.desk, "5206250002").rows
    members = open_household(waiting.desk, second.id).members
    assert [one.member.name for one in members] == ["覃样本", "单样本", "单样本"]
    assert waiting.problems == []


def test_a_row_is_left_and_nobody_is_changed(qtbot: QtBot, waiting: Around, open_page: Open) -> None:
    page: RosterDoubtsPage = open_page(RosterDoubtsPage)
    waiting.settle(qtbot)
    qtbot.keyClick(caret(), Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 1)
    assert [row.head_name for row in list_households(waiting.desk, "5206250001").rows] == ["张示例"]
    assert len(doubts(waiting.desk)) == 1


def test_the_whole_numbers_are_shown_on_purpose(qtbot: QtBot, waiting: Around, open_page: Open) -> None:
    page: RosterDoubtsPage = open_page(RosterDoubtsPage)
    waiting.settle(qtbot)
    page.reveal.setFocus()
    qtbot.keyClick(page.reveal, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown(page).count(HEAD_ID) == 2)
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert HEAD_ID not in shown(page)


def test_what_the_household_does_not_allow_is_said_and_the_row_stays(qtbot: QtBot, office: Around, open_page: Open,
                                                                     tmp_path: Path) -> None:
    path = tmp_path / "heads.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate((TITLES, ("示例镇", "样本村", "5206250002", "单样本", id_no("19950815", 22), "户主"),
                                   ROWS[2])):
            sheet.write_row(at, 0, line)
    file = open_roster(path)
    import_roster(office.desk, file, file.columns)
    page: RosterDoubtsPage = open_page(RosterDoubtsPage)
    office.settle(qtbot)
    qtbot.keyClick(caret(), Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: page.notice.text != "")
    assert page.table.model().rowCount() == 1


def test_the_roster_page_leads_to_what_waits(qtbot: QtBot, waiting: Around, open_page: Open) -> None:
    page: RosterPage = open_page(RosterPage)
    waiting.settle(qtbot)
    assert page.choose.decide.text() == "Rows to decide: 2"
    page.choose.decide.setFocus()
    qtbot.keyClick(caret(), Qt.Key.Key_Space)
    assert waiting.way.been[-1] == ("roster_doubts", {})


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_it_looks(qtbot: QtBot, waiting: Around, open_page: Open, looks: Looks, language: str) -> None:
    page: RosterDoubtsPage = open_page(RosterDoubtsPage, looks[language])
    waiting.settle(qtbot)
    qtbot.waitUntil(lambda: "张式例" in shown(page))
    looks.take(page.window(), f"roster-doubts-{language}")
