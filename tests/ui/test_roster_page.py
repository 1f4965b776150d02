"""A roster through the window, by keyboard alone: columns, dry run, import, and undo."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from desk_kit import HEAD_ID, RESOURCES, Around, Looks, Open, id_no
from keys_kit import CTRL, ENTER, answer_file_dialog, caret
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from backbone_desktop.services.registry import list_households
from backbone_desktop.settings.places import PackagedPlaces
from backbone_desktop.ui.pages.roster import RosterPage

TITLES = ("乡镇", "行政村", "户编号", "姓名", "证件号码", "与户主关系", "备注电话")
ROWS = (
    ("示例镇", "示例村", "5206250001", "张示例", HEAD_ID, "户主", "13900000009"),
    ("示例镇", "新村", "9001", "测试丙", id_no("19800101", 41), "户主", ""),
    ("示例镇", "新村", "9001", "测试丁", id_no("19800101", 42), "配偶", ""),
    ("示例镇", "新村", "9002", "测试戊", "520625198001010016", "户主", ""),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for at, line in enumerate((TITLES, *ROWS)):
            for place, text in enumerate(line):
                page.write_string(at, place, text)
    return path


def opened(qtbot: QtBot, office: Around, page: RosterPage, path: Path) -> None:
    page.open_file(path)
    office.settle(qtbot)


def test_from_the_file_to_the_register_and_back(qtbot: QtBot, office: Around, open_page: Open, file: Path) -> None:
    page: RosterPage = open_page(RosterPage)
    assert page.choose.choose.hasFocus()
    opened(qtbot, office, page, file)
    assert page.step is page.columns
    assert page.columns.columns == {"township": 0, "village": 1, "household_no": 2, "name": 3, "id_no": 4,
                                    "relation": 5}
    box = page.columns.boxes["member_phone"]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    qtbot.keyClick(page.columns.go_on, Qt.Key.Key_Return)
    office.settle(qtbot)
    assert page.step is page.check
    assert page.check.chips.chips["refused"].text() == "Refused 1"
    rows = [page.check.table.model().index(at, 1).data() for at in range(4)]
    assert rows == ["Changed", "New", "New", "Refused"]
    assert "13900000001 → 13900000009" in page.check.table.model().index(0, 5).data()
    assert page.check.carry_out.text() == "Import 3 people"
    assert list_households(office.desk, "9001").rows == ()

    qtbot.keyClick(page.check.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.step is page.choose)
    office.settle(qtbot)
    assert [row.head_name for row in list_households(office.desk, "9001").rows] == ["测试丙"]
    assert page.notice.text.startswith("The roster is imported")
    assert page.choose.table.row.undone is False

    page.undo(page.choose.table.row.id)
    office.settle(qtbot)
    assert list_households(office.desk, "9001").rows == ()
    assert page.choose.table.row.undone is True
    assert not page.choose.undo.isEnabled()
    assert office.problems == []


def test_by_keys_alone_from_the_file_dialog_to_the_undone_import(qtbot: QtBot, office: Around, open_page: Open,
                                                                 file: Path) -> None:
    page: RosterPage = open_page(RosterPage)
    answer_file_dialog(file)
    qtbot.keyClick(caret(), Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: page.step is page.columns)
    page.window().activateWindow()  # where no window manager gives the keys back after a dialog
    qtbot.waitUntil(page.columns.go_on.hasFocus)
    qtbot.keyClick(caret(), ENTER)
    qtbot.waitUntil(lambda: page.step is page.check)
    office.settle(qtbot)
    assert caret() is page.check.table
    qtbot.keyClick(caret(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.step is page.choose)
    office.settle(qtbot)
    assert len(list_households(office.desk, "9001").rows) == 1
    assert page.notice.banner is not None
    undo = page.notice.banner.findChildren(QPushButton)[0]
    for _ in range(20):
        if caret() is undo:
            break
        qtbot.keyClick(caret(), Qt.Key.Key_Backtab)
    qtbot.keyClick(caret(), Qt.Key.Key_Space)
    assert page.notice.text.startswith("Undo the whole import?")
    now = page.notice.banner.findChildren(QPushButton)[0]
    for _ in range(20):
        if caret() is now:
            break
        qtbot.keyClick(caret(), Qt.Key.Key_Backtab)
    qtbot.keyClick(caret(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.notice.text == "The import is undone.")
    office.settle(qtbot)
    assert list_households(office.desk, "9001").rows == ()


def test_a_file_is_dropped_on_the_page(qtbot: QtBot, office: Around, open_page: Open, file: Path) -> None:
    page: RosterPage = open_page(RosterPage)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    page.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton,
                              Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: page.step is page.columns)


def test_the_dry_run_is_saved_as_a_marked_copy(qtbot: QtBot, office: Around, open_page: Open, file: Path,
                                               tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    page: RosterPage = open_page(RosterPage)
    opened(qtbot, office, page, file)
    page.carry_check()
    qtbot.waitUntil(lambda: page.step is page.check)
    answer_file_dialog(tmp_path / "marked")
    qtbot.keyClick(caret(), Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: page.notice.text.startswith("The marked copy is saved"))
    rows = CalamineWorkbook.from_path(str(tmp_path / "marked.xlsx")).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["Unchanged", "New", "New", "Refused"]
    with office.desk.read() as work:
        (row,) = work.audit.of_record(page._opened.file.file_hash)
        assert page.check.plan.basis.seen == work.audit.head()  # the import goes on from the same dry run
    assert (row.act, row.by, row.detail) == ("mark_roster", "clerk", {"count": 4, "gone": 3})


def test_cancel_stops_the_import_and_leaves_nothing(qtbot: QtBot, office: Around, open_page: Open, file: Path) -> None:
    page: RosterPage = open_page(RosterPage)
    opened(qtbot, office, page, file)
    page.carry_check()
    qtbot.waitUntil(lambda: page.step is page.check)
    gate = threading.Event()
    office.context.store.run(gate.wait)  # so that Cancel comes before the end
    page.carry_import()
    qtbot.keyClick(page.work.panel.findChildren(QPushButton)[0], Qt.Key.Key_Space)
    gate.set()
    qtbot.waitUntil(lambda: page.notice.text != "")
    office.settle(qtbot)
    assert list_households(office.desk, "9001").rows == ()
    assert page.step is page.check


def test_a_chip_narrows_the_rows(qtbot: QtBot, office: Around, open_page: Open, file: Path) -> None:
    page: RosterPage = open_page(RosterPage)
    opened(qtbot, office, page, file)
    page.carry_check()
    office.settle(qtbot)
    page.check.chips.choose("refused")
    assert page.check.table.model().rowCount() == 1
    qtbot.keyClick(page.check.table, Qt.Key.Key_Escape)
    assert page.step is page.columns
    qtbot.keyClick(page.columns.go_on, Qt.Key.Key_Escape)
    assert page.step is page.choose
    qtbot.keyClick(page.choose.choose, Qt.Key.Key_Escape)
    assert office.way.been == [("back", {})]


def test_a_needed_column_that_is_missing_is_asked_for(qtbot: QtBot, office: Around, open_page: Open,
                                                      file: Path) -> None:
    page: RosterPage = open_page(RosterPage)
    opened(qtbot, office, page, file)
    page.columns.boxes["relation"].setCurrentIndex(0)
    page.carry_check()
    assert page.step is page.columns
    assert page.notice.text == "Say which column holds: Relation to head."
    assert page.columns.boxes["relation"].hasFocus()


def test_what_is_no_roster_is_said_on_the_page(qtbot: QtBot, office: Around, open_page: Open, tmp_path: Path) -> None:
    (tmp_path / "letter.csv").write_text("一封信", "utf-8")
    page: RosterPage = open_page(RosterPage)
    opened(qtbot, office, page, tmp_path / "letter.csv")
    assert page.step is page.choose
    assert "No header was found" in page.notice.text
    assert office.problems == []


def test_place_names_that_the_countys_list_writes_otherwise_are_told(qtbot: QtBot, office: Around, open_page: Open,
                                                                     looks: Looks, file: Path) -> None:
    office.context = replace(office.context, desk=replace(office.context.desk, places=PackagedPlaces(RESOURCES)))
    page: RosterPage = open_page(RosterPage, looks["zh_CN"])
    opened(qtbot, office, page, file)
    page.carry_check()
    office.settle(qtbot)
    assert page.check.places.text() == "以下地名与本县名录写法不同，按名册原样登记：示例镇（名录中没有）"
    looks.take(page.window(), "roster-places-zh_CN")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_it_looks(qtbot: QtBot, open_page: Open, looks: Looks, file: Path, language: str) -> None:
    page: RosterPage = open_page(RosterPage, looks[language])
    looks.take(page.window(), f"roster-file-{language}")
    page.open_file(file)
    qtbot.waitUntil(lambda: page.step is page.columns)
    looks.take(page.window(), f"roster-columns-{language}")
    page.carry_check()
    qtbot.waitUntil(lambda: page.step is page.check)
    looks.take(page.window(), f"roster-check-{language}")
    page.carry_import()
    qtbot.waitUntil(lambda: page.step is page.choose)
    looks.take(page.window(), f"roster-done-{language}")
