"""Exporting a list from its page by keyboard: the reason, the file, breaking off, what a role may."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from desk_kit import HEAD_ID, Around, Frame, Looks, Open
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from backbone_desktop.services import list_export
from backbone_desktop.services.ports import Actor
from backbone_desktop.ui.pages.people import PeoplePage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(open_page: Open) -> PeoplePage:
    made: PeoplePage = open_page(PeoplePage)
    return made


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that whoever is asked for one chooses."""
    folder = tmp_path / "out"
    folder.mkdir()
    chosen = folder / "list.xlsx"

    def choose(*_: Any) -> tuple[str, str]:
        return str(chosen), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return chosen


def read(target: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()


def test_a_searched_list_is_exported_with_its_reason_by_keys(qtbot: QtBot, office: Around, page: PeoplePage,
                                                             target: Path) -> None:
    with qtbot.waitSignal(page.search.sought):
        qtbot.keyClicks(page.search, "zhang")
    office.settle(qtbot)
    qtbot.keyClick(page.search, Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(page.export.reason.hasFocus)
    qtbot.keyClick(page.export.reason, Qt.Key.Key_Return)
    assert page.export.notice.text == "Say what the list is needed for."
    assert not target.exists()
    qtbot.keyClicks(page.export.reason, "check in the village")
    qtbot.keyClick(page.export.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.export.busy)
    assert page.export.notice.text == "The list is saved as list.xlsx."
    assert page.table.hasFocus()
    mark, titles, *rows = read(target)
    assert mark[0].endswith("Reason: check in the village")
    assert titles[0] == "Name"
    assert sorted(row[0] for row in rows) == ["张小例", "张示例", "张老例"]
    assert not any(HEAD_ID in str(row) for row in rows)
    with office.desk.read() as work:
        assert [row.detail["count"] for row in work.audit.of_record("people")] == [3]


def test_a_file_that_nobody_was_asked_about_is_not_written_over(qtbot: QtBot, office: Around, page: PeoplePage,
                                                                target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name was typed without its ending, so that the system's question was about another file."""
    target.write_text("mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target.with_suffix("")), ""))
    page.export.begin()
    qtbot.keyClicks(page.export.reason, "check")
    qtbot.keyClick(page.export.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.export.busy)
    assert target.read_text() == "mine"
    assert "already" in page.export.notice.text


def test_who_breaks_off_gets_no_file_and_may_try_again(qtbot: QtBot, office: Around, page: PeoplePage, target: Path,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_export, "AT_A_TIME", 1)
    page.export.begin()
    page.export.reason.setText("check")
    page.export.carry_out(target)
    assert page.export.panel.isVisible()
    cancel = next(one for one in page.export.panel.findChildren(QAbstractButton) if one.text() == "Cancel")
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.export.notice.text == "Stopped. No file was written.")
    office.settle(qtbot)
    assert list(target.parent.iterdir()) == []
    assert page.export.reason.text() == "check"
    page.export.carry_out(target)
    qtbot.waitUntil(lambda: not page.export.busy)
    assert len(read(target)) == 11
    assert office.problems == []


def test_the_list_answers_while_it_is_exported(qtbot: QtBot, office: Around, page: PeoplePage, target: Path,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that is typed meanwhile is answered before the file is whole."""
    monkeypatch.setattr(list_export, "AT_A_TIME", 1)
    page.export.reason.setText("check")
    page.export.carry_out(target)
    answered: list[bool] = []
    office.context.store.run(lambda: None, lambda _: answered.append(page.export.busy))
    qtbot.waitUntil(lambda: bool(answered))
    assert answered == [True]
    qtbot.waitUntil(lambda: not page.export.busy)


def test_a_folder_that_cannot_be_written_is_a_problem_of_the_window(qtbot: QtBot, office: Around, page: PeoplePage,
                                                                    target: Path) -> None:
    page.export.begin()
    page.export.reason.setText("check")
    page.export.carry_out(target.parent / "nowhere" / "list.xlsx")
    qtbot.waitUntil(lambda: bool(office.problems))
    assert office.problems[0].code == "export.not_written"
    assert page.export.reason.isVisible()


def test_escape_puts_the_strip_away(qtbot: QtBot, page: PeoplePage) -> None:
    page.export.begin()
    qtbot.keyClick(page.export.reason, Qt.Key.Key_Escape)
    assert not page.export.reason.isVisible()
    assert page.table.hasFocus()


@pytest.mark.parametrize(("role", "export", "whole"), [
    ("township", True, False), ("county", True, True), ("administrator", True, True), ("auditor", False, False),
])
def test_a_role_is_offered_what_it_may(qtbot: QtBot, office: Around, role: str, export: bool, whole: bool) -> None:
    desk = replace(office.context.desk, actor=Actor("other", "另一经办", role))
    page = PeoplePage(replace(office.context, desk=desk))
    frame = Frame(page)
    qtbot.addWidget(frame)
    frame.show()
    page.export.begin()
    assert page._export.isVisible() is export
    assert page.export.whole.isVisible() is whole


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_it_looks(open_page: Open, looks: Looks, language: str) -> None:
    page = open_page(PeoplePage, looks[language])
    page.export.whole.show()
    page.export.begin()
    looks.take(page.window(), f"export-{language}")
