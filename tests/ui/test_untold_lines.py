"""Families whom nobody told yet: on Today and above the claims, with the way to their notices."""

from __future__ import annotations

import pytest
from desk_kit import Around, Looks, Open, stay_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from backbone_core.claim import ClaimState
from backbone_core.decision import DecisionOutcome
from backbone_desktop.services.claims import register_claim
from backbone_desktop.ui.pages.claims import ClaimsPage
from backbone_desktop.ui.pages.print_area import PrintPage
from backbone_desktop.ui.pages.today import TodayPage
from backbone_desktop.ui.widgets.buttons import LinkButton
from tests.services.decisions_kit import answer, decision, payment


@pytest.fixture
def paid(office: Around, head: str) -> str:
    claim_id = register_claim(office.desk, stay_of(head)).claim_id
    made = decision(claim_id, DecisionOutcome.APPROVED, 6_168_00)
    answer(office.desk, claim_id, ClaimState.PAID, made, payment(made))
    return claim_id


def lines(page: TodayPage) -> list[LinkButton]:
    items = [page._unfinished.itemAtPosition(row, 0) for row in range(page._unfinished.rowCount())]
    return [button for item in items if item and isinstance(button := item.widget(), LinkButton)]


def test_today_names_what_is_to_be_told_and_leads_to_its_notices(office: Around, paid: str, open_page: Open) -> None:
    page = open_page(TodayPage)
    told = lines(page)
    assert [one.text() for one in told] == ["Tell families what was decided",
                                            "Tell families of payments and returned money"]
    assert "1 notice was never printed" in [label.text() for label in page.findChildren(QLabel)]
    told[0].setFocus()
    QTest.keyClick(told[0], Qt.Key.Key_Space)
    assert office.way.been[-1] == ("print", {"form": "decision", "fresh": "yes"})


def test_with_nobody_to_tell_nothing_is_said(office: Around, open_page: Open) -> None:
    assert lines(open_page(TodayPage)) == []
    assert not open_page(ClaimsPage).untold.isVisible()


def test_the_claims_list_counts_them_and_leads_there(office: Around, paid: str, open_page: Open) -> None:
    page = open_page(ClaimsPage)
    assert (page.untold.isVisible(), page.untold.text()) == (True, "Not told yet: 2")
    page.untold.click()
    assert office.way.been[-1] == ("print", {"form": "decision", "fresh": "yes"})


def test_the_print_area_opens_on_what_was_never_printed(office: Around, paid: str, open_page: Open) -> None:
    page = open_page(PrintPage, form="decision", fresh="yes")
    assert page.list.fresh.isChecked()
    assert [row.id for row in page.list._model.rows] == [paid]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_it_looks(office: Around, paid: str, open_page: Open, looks: Looks, language: str) -> None:
    looks.take(open_page(TodayPage, looks[language]).window(), f"today-untold-{language}")
    looks.take(open_page(ClaimsPage, looks[language]).window(), f"claims-untold-{language}")
