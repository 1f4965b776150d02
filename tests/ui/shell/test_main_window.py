"""The window around the pages: going about, finding people, banners, the status line, dressing anew."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shell_kit import AtTheWindow

from backbone_core.errors import Unavailable
from backbone_desktop.ui import theme
from backbone_desktop.ui.main_window import MainWindow
from backbone_desktop.ui.pages.claims import ClaimsPage
from backbone_desktop.ui.pages.exchange import ExchangePage
from backbone_desktop.ui.pages.household import HouseholdPage
from backbone_desktop.ui.pages.settings import SettingsPage
from backbone_desktop.ui.pages.sign_in import SignInPage
from backbone_desktop.ui.pages.today import TodayPage
from backbone_desktop.ui.pages.verify import VerifyPage
from backbone_desktop.ui.person_search import PersonSearch
from backbone_desktop.ui.status_bar import StatusBar
from backbone_desktop.ui.widgets.banner import Banner
from backbone_desktop.ui.widgets.popup_list import PopupList

CONTROL = Qt.KeyboardModifier.ControlModifier


def main_of(here: AtTheWindow) -> MainWindow:
    assert here.shell.main is not None
    return here.shell.main


def place(here: AtTheWindow) -> str:
    at = main_of(here).place
    assert at is not None
    return at.page


def status(here: AtTheWindow) -> StatusBar:
    found: StatusBar = here.clerk.shown(StatusBar)[0]
    return found


PAGES = ("today", "households", "people", "claims", "print", "exchange", "settings")


@pytest.mark.parametrize("number", range(1, len(PAGES) + 1))
def test_every_page_has_its_key(at_work: AtTheWindow, number: int) -> None:
    at_work.clerk.key(Qt.Key(Qt.Key.Key_0 + number), CONTROL)
    at_work.clerk.wait(lambda: place(at_work) == PAGES[number - 1], PAGES[number - 1])
    button = next(one for one in at_work.clerk.shown(QAbstractButton) if one.isChecked() and "Ctrl+" in one.toolTip())
    assert button.shortcut() == QKeySequence(f"Ctrl+{number}")


def test_escape_goes_back_the_way_one_came(at_work: AtTheWindow) -> None:
    main = main_of(at_work)
    for page in ("households", "exchange"):
        main.open(page)
        at_work.clerk.settle()
    for page in ("households", "today", "today"):
        QTest.keyClick(main, Qt.Key.Key_Escape)
        at_work.clerk.settle()
        assert place(at_work) == page


def test_a_person_is_found_from_anywhere_and_the_household_opens(at_work: AtTheWindow) -> None:
    main_of(at_work).open("settings")
    at_work.clerk.settle()
    QTest.keyClick(main_of(at_work), Qt.Key.Key_F3)
    search = at_work.clerk.shown(PersonSearch)[0]
    assert search.hasFocus()
    at_work.clerk.write("qyb")
    at_work.clerk.wait(lambda: at_work.clerk.shown(PopupList), "the people found")
    at_work.clerk.key(Qt.Key.Key_Return)
    page = at_work.see(HouseholdPage)
    assert place(at_work) == "household"
    assert "覃样本" in [field.text() for field in page.findChildren(QLineEdit)]
    assert search.text() == ""


def test_the_search_takes_control_k_even_inside_a_field(at_work: AtTheWindow) -> None:
    main_of(at_work).open("household", household_id="")
    at_work.see(HouseholdPage)
    at_work.clerk.go_to("village")
    at_work.clerk.write("样本村")
    at_work.clerk.key(Qt.Key.Key_K, CONTROL)
    assert at_work.clerk.shown(PersonSearch)[0].hasFocus()
    assert at_work.clerk.line("village").field.typed() == "样本村"


def test_a_paper_is_verified_from_anywhere(at_work: AtTheWindow) -> None:
    for page in ("today", "settings"):
        main_of(at_work).open(page)
        at_work.clerk.settle()
        at_work.clerk.key(Qt.Key.Key_V, CONTROL | Qt.KeyboardModifier.ShiftModifier)
        at_work.see(VerifyPage)
        assert place(at_work) == "verify"
    marked = [one for one in at_work.clerk.shown(QAbstractButton) if one.isChecked() and "Ctrl+" in one.toolTip()]
    assert [one.text() for one in marked] == ["Claims"]


def test_nobody_found_is_said_and_escape_empties_the_box(at_work: AtTheWindow) -> None:
    main_of(at_work).open("settings")
    at_work.clerk.settle()
    search = at_work.clerk.shown(PersonSearch)[0]
    search.begin()
    at_work.clerk.write("xyzxyz")
    popup = at_work.clerk.wait(lambda: at_work.clerk.shown(PopupList), "the answer")[0]
    assert popup._model.lines[0].text == "Nobody was found"
    at_work.clerk.key(Qt.Key.Key_Escape)
    assert search.text() == ""
    assert place(at_work) == "settings", "Esc belonged to the box"


def test_f1_shows_the_sheet_of_shortcuts(at_work: AtTheWindow) -> None:
    QTest.keyClick(main_of(at_work), Qt.Key.Key_F1)
    sheet = at_work.shell.findChild(QDialog)
    assert sheet is not None
    said = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"Find a person", "Next field", "Copy the chosen rows as text", "Verify a paper"} <= said
    sheet.reject()


def test_the_sheet_of_shortcuts_fits_a_low_window(at_work: AtTheWindow) -> None:
    at_work.shell.setMinimumSize(0, 0)
    at_work.shell.resize(1366, 520)  # as with larger text
    QTest.keyClick(main_of(at_work), Qt.Key.Key_F1)
    sheet = at_work.shell.findChild(QDialog)
    assert sheet is not None
    assert sheet.height() <= at_work.shell.height()
    sheet.reject()


def test_a_problem_stays_until_it_is_read(at_work: AtTheWindow) -> None:
    main = main_of(at_work)
    for _ in range(2):
        at_work.shell.signals.problem.emit(Unavailable("store.disk_full"))
    banners = at_work.clerk.shown(Banner)
    assert [one.text for one in banners] == [at_work.shell.words("store.disk_full")], "once, however often it came"
    main.open("claims")
    at_work.clerk.settle()
    assert at_work.clerk.shown(Banner) == banners
    at_work.clerk.press("I have read this")
    at_work.clerk.settle()
    assert at_work.clerk.shown(Banner) == []


def test_a_banner_leads_on(at_work: AtTheWindow) -> None:
    at_work.shell.signals.problem.emit(Unavailable("backup.failed"))
    at_work.clerk.press("Open Settings")
    at_work.see(SettingsPage)
    at_work.shell.signals.problem.emit(Unavailable("enrol.code_used"))
    at_work.clerk.press("Open the Exchange page")
    at_work.see(ExchangePage)


def test_the_status_line_says_who_where_what_waits_and_the_link(at_work: AtTheWindow) -> None:
    bar = status(at_work)
    waiting = main_of(at_work).context.desk
    with waiting.read() as work:
        number = work.outbox.count_waiting()
    assert bar._person.text() == "测试甲 · Administrator"
    assert bar._office.text() == "示例县医疗保障局"
    assert bar._waiting.text() == f"{number} waiting to be sent"
    assert bar._last.text() == "No exchange yet"
    assert bar._link.text() == "Not connected to the centre yet"
    at_work.clerk.press(bar._waiting.text())
    at_work.see(ExchangePage)


def test_what_was_done_is_said_and_goes_by_itself(at_work: AtTheWindow) -> None:
    bar = status(at_work)
    at_work.shell.signals.done.emit("Saved")
    assert bar.done_text == "Saved"
    bar._fade.timeout.emit()
    assert bar.done_text == ""


def test_a_page_that_is_saving_stays(at_work: AtTheWindow) -> None:
    main = main_of(at_work)

    class Busy(QWidget):
        title = "busy"

        def show_with(self, **_arguments: str) -> None:
            """Nothing to show."""

        def refresh(self) -> None:
            """Nothing to ask."""

        def leave(self) -> bool:
            return False

    main._pages["claims"] = Busy(main)
    main._stack.addWidget(main._pages["claims"])
    main.open("claims")
    main.open("today")
    assert place(at_work) == "claims"
    assert status(at_work).done_text == "One moment: this page is still saving."
    main._pages["claims"].leave = lambda: True  # type: ignore[method-assign]


@pytest.mark.parametrize("page", [*PAGES, "verify"])
def test_everything_that_takes_the_caret_has_a_name(at_work: AtTheWindow, page: str) -> None:
    main_of(at_work).open(page)
    at_work.clerk.settle()
    nameless = [
        type(one).__name__ for one in at_work.clerk.shown(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()
        and not (one.accessibleName() or getattr(one, "text", str)())
    ]
    assert nameless == []


def test_dressing_anew_keeps_the_page_and_what_was_typed(at_work: AtTheWindow) -> None:
    before = main_of(at_work)
    before.open("household", household_id="")
    at_work.see(HouseholdPage)
    at_work.clerk.type("village", "假设村")
    at_work.clerk.settle()
    at_work.shell.signals.dress_wanted.emit("language", "zh_CN")
    at_work.clerk.settle()
    at_work.clerk.settle()
    assert main_of(at_work) is not before
    assert place(at_work) == "household"
    assert at_work.clerk.line("village").field.typed() == "假设村"
    assert status(at_work)._office.toolTip().startswith("单位")
    at_work.shell.signals.dress_wanted.emit("language", "en")
    at_work.clerk.settle()


def test_the_text_size_is_kept_and_the_caret_with_it(at_work: AtTheWindow, qapp: QApplication) -> None:
    main_of(at_work).open("settings")
    page = at_work.see(SettingsPage)
    assert isinstance(page, SettingsPage)
    page.rows["text_size"].buttons["150"].click()
    at_work.clerk.settle()
    at_work.clerk.settle()
    try:
        assert theme.text_scale() == pytest.approx(1.5)
        page = at_work.see(SettingsPage)
        assert isinstance(page, SettingsPage)
        assert page.rows["text_size"].buttons["150"].hasFocus()
        assert at_work.backend.text_size == 150
    finally:
        theme.apply_theme(qapp, at_work.backend.resources, theme.Look.LIGHT)


def test_a_change_of_looks_behind_a_locked_screen_reaches_the_window(at_work: AtTheWindow) -> None:
    before = main_of(at_work)
    at_work.shell.lock()
    at_work.see(SignInPage)
    at_work.shell._dress_again("look")
    at_work.clerk.settle()
    at_work.sign_in()
    at_work.see(TodayPage)
    assert main_of(at_work) is not before


def test_a_mistake_of_the_program_is_told_once(at_work: AtTheWindow, qtbot: QtBot) -> None:
    for _ in range(2):
        at_work.shell.report_bug(ZeroDivisionError())
    boxes = [one for one in at_work.shell.findChildren(QDialog) if one.isVisible()]
    assert len(boxes) == 1
    boxes[0].close()


def test_rail_marks_the_page_that_a_form_belongs_to(at_work: AtTheWindow) -> None:
    main_of(at_work).open("claims")
    at_work.see(ClaimsPage)
    main_of(at_work).open("claim", claim_id="", member_id="")
    at_work.clerk.settle()
    button = next(one for one in at_work.clerk.shown(QAbstractButton) if one.isChecked() and "Ctrl+" in one.toolTip())
    assert button.text() == "Claims"
