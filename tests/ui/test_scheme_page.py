"""The page of a scheme: its rules read out, and tried out by typing amounts."""

from __future__ import annotations

import pytest
from desk_kit import SHEET, Around, Looks, Open
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from backbone_desktop.services.schemes import kept_schemes
from backbone_desktop.ui.pages.scheme import TRIAL, SchemePage


def opened(office: Around, open_page: Open, *, words: object = None) -> SchemePage:
    (kept,) = kept_schemes(office.desk)
    page: SchemePage = open_page(SchemePage, words, scheme_id=kept.scheme.scheme_id, version="1")
    return page


def lines(page: SchemePage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_the_rules_are_read_out(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page = opened(office, open_page)
    office.settle(qtbot)
    said = lines(page)
    assert any("Deductible 1,900.00 yuan a person and year, over all stays together" in line for line in said)
    assert "Policy year 2026 · version 1 · Approved" in said


def test_amounts_are_tried_by_keyboard_and_leave_nothing(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page = opened(office, open_page)
    office.settle(qtbot)
    qtbot.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.sections.section == TRIAL
    for name, line in page.costs.lines.items():
        line.field.setFocus()
        qtbot.keyClicks(line.field, SHEET.get(name, ""))
    assert page.benefit.figure.text() == "6,168.00"
    assert page.benefit.steps.lines[-1]
    with office.desk.read() as work:
        assert work.claims.counts() == {}


def test_amounts_that_cannot_be_are_told_at_their_field(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page = opened(office, open_page)
    office.settle(qtbot)
    page.sections.show_section(TRIAL)
    qtbot.keyClicks(page.costs.lines["medfee_sumamt"].field, "100")
    qtbot.keyClicks(page.costs.lines["hifp_pay"].field, "200")
    assert page.benefit.figure.text() == ""
    assert page.costs.lines["hifp_pay"].under.text
    qtbot.keyClick(page.costs.lines["hifp_pay"].field, Qt.Key.Key_Backspace)
    assert page.costs.lines["hifp_pay"].under.text == ""


def test_a_scheme_that_is_not_here_leads_back(qtbot: QtBot, office: Around, open_page: Open) -> None:
    open_page(SchemePage, None, scheme_id="NOWHERE", version="1")
    office.settle(qtbot)
    assert [error.code for error in office.problems] == ["scheme.unknown"]
    assert office.way.been == [("back", {})]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_looks(qtbot: QtBot, office: Around, open_page: Open, looks: Looks, language: str) -> None:
    page = opened(office, open_page, words=looks[language])
    office.settle(qtbot)
    looks.take(page.window(), f"scheme-rules-{language}")
    page.sections.show_section(TRIAL)
    for name, text in SHEET.items():
        page.costs.lines[name].field.setText(text)
    page._work_out()
    qtbot.wait(50)
    looks.take(page.window(), f"scheme-trial-{language}")
