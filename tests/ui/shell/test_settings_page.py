"""Settings on a real office: schemes, backup, and what the page tells about the office."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from shell_kit import SCHEME, AtTheWindow

from backbone_core.scheme import example_for, read_scheme, write_scheme
from backbone_desktop.services.paper_language import chosen_paper_language
from backbone_desktop.ui.pages.settings import SettingsPage
from backbone_desktop.ui.status_bar import StatusBar


@pytest.fixture
def page(at_work: AtTheWindow) -> SettingsPage:
    assert at_work.shell.main is not None
    at_work.shell.main.open("settings")
    found = at_work.see(SettingsPage)
    assert isinstance(found, SettingsPage)
    return found


def test_the_office_and_its_scheme_are_told(page: SettingsPage) -> None:
    said = {label.text() for label in page.findChildren(QLabel)}
    assert {"印江土家族苗族自治县 (520625)", "示例县医疗保障局", "示例镇", "一号窗口 (A01)", "2026"} <= said
    (line,) = page.schemes._rows.rows
    assert (line.year, line.version, line.period, line.example) == ("2026", "1", "2026-01-01 – 2026-12-31", True)


def test_a_scheme_for_another_year_comes_into_force(at_work: AtTheWindow, page: SettingsPage, tmp_path: Path) -> None:
    new = example_for(read_scheme(SCHEME.read_text("utf-8")), county="520625", policy_year=2027)
    file = tmp_path / "scheme.json"
    file.write_text(write_scheme(new), "utf-8-sig")  # as the Windows editor saves it
    page.import_scheme(file)
    at_work.clerk.settle()
    assert [line.year for line in page.schemes._rows.rows] == ["2027", "2026"]
    assert at_work.clerk.shown(StatusBar)[0].done_text == "The scheme for 2027 is in force"


@pytest.mark.parametrize(("content", "told"), [
    (b"\xff\xfe nonsense", "This file cannot be read"),
    (b'{"schema": 1}', "county"),
])
def test_a_file_that_is_no_scheme_changes_nothing(at_work: AtTheWindow, page: SettingsPage, tmp_path: Path,
                                                  content: bytes, told: str) -> None:
    file = tmp_path / "scheme.json"
    file.write_bytes(content)
    page.import_scheme(file)
    at_work.clerk.settle()
    assert page.banner.isVisible()
    assert told in page.banner.text
    assert len(page.schemes._rows.rows) == 1
    at_work.clerk.press("I have read this")
    assert not page.banner.isVisible()


def test_a_backup_is_made_now(at_work: AtTheWindow, page: SettingsPage, profile: Path) -> None:
    at_work.clerk.press("Back up now")
    at_work.clerk.settle()
    (copy,) = (profile / "backups").glob("*.db")
    assert copy.name in at_work.clerk.shown(StatusBar)[0].done_text


def test_a_backup_that_fails_is_a_banner(at_work: AtTheWindow, page: SettingsPage, profile: Path) -> None:
    (profile / "backups").rmdir()
    (profile / "backups").write_text("a file is in the way")
    at_work.clerk.press("Back up now")
    at_work.clerk.settle()
    assert at_work.shell.main is not None
    assert at_work.shell.main._problems.texts == (at_work.shell.words("backup.failed"),)


def test_the_lists_are_one_press_away(at_work: AtTheWindow, page: SettingsPage) -> None:
    from backbone_desktop.ui.pages.reference import ReferencePage

    page.lists_button.click()
    at_work.clerk.settle()
    assert at_work.see(ReferencePage).isVisible()


def test_the_papers_are_printed_in_the_language_that_was_chosen(at_work: AtTheWindow, page: SettingsPage) -> None:
    at_work.clerk.settle()
    assert page.paper_language.value == "en"
    page.paper_language.buttons["zh_CN+en"].click()
    at_work.clerk.settle()
    assert chosen_paper_language(page._context.desk) == "zh_CN+en"
    page.refresh()
    at_work.clerk.settle()
    assert page.paper_language.value == "zh_CN+en"
