"""From a claim whose money came back to its corrected account, at the keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from desk_kit import Around, Looks, Open, stay_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from backbone_core.claim import ClaimState
from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState
from backbone_desktop.services.claims import open_claim, register_claim
from backbone_desktop.ui.pages.claim import ClaimPage
from backbone_desktop.ui.pages.claim_account import ClaimAccountPage
from tests.services.decisions_kit import answer, decision, payment

DAY = date(2026, 11, 25)


@pytest.fixture
def came_back(office: Around, head: str) -> str:
    claim_id = register_claim(office.desk, stay_of(head)).claim_id
    claim = open_claim(office.desk, claim_id).claim
    made = decision(claim_id, DecisionOutcome.APPROVED, 6_168_00, decided_on=DAY)
    answer(office.desk, claim_id, ClaimState.PAYMENT_FAILED, made, payment(
        made, paid_on=DAY, state=PaymentState.FAILED, failure=PaymentFailure.ACCOUNT_CLOSED,
        failed_on=date(2026, 11, 26), bank_name=claim.bank_name, bank_account=claim.bank_account,
        account_holder=claim.account_holder))
    return claim_id


def type_over(field: QWidget, text: str) -> None:
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)


def test_the_claims_page_leads_to_the_correction_and_tells_that_it_was_made(
    qtbot: QtBot, office: Around, came_back: str, open_page: Open
) -> None:
    page = open_page(ClaimPage, claim_id=came_back)
    banner = page.summary.notice.banner
    assert banner is not None
    assert banner.text == "The money came back: The account has been closed."
    next(button for button in banner.findChildren(QPushButton) if button.text() == "Correct the account").click()
    assert office.way.been[-1] == ("claim_account", {"claim_id": came_back})
    form = open_page(ClaimAccountPage, claim_id=came_back)
    assert form.fields["account_holder"].hasFocus()
    assert f"**** {open_claim(office.desk, came_back).claim.bank_account[-4:]}" in form.failed.text()
    type_over(form.fields["bank_account"], "6217997012345678902")
    form.fields["note"].setFocus()
    QTest.keyClicks(form.fields["note"], "new passbook")
    QTest.keyClick(form.fields["note"], Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    office.settle(qtbot)
    assert open_claim(office.desk, came_back).claim.bank_account == "6217997012345678902"
    assert office.said[-1] == "The account was corrected; the money can be paid again"
    page = open_page(ClaimPage, claim_id=came_back)
    assert page.summary.notice.text.startswith("The account was corrected.")


def test_what_is_left_out_is_asked_for_at_its_field(
    qtbot: QtBot, office: Around, came_back: str, open_page: Open
) -> None:
    form = open_page(ClaimAccountPage, claim_id=came_back)
    before = open_claim(office.desk, came_back).claim
    type_over(form.fields["bank_account"], "6217997012345678902")
    form.save_button.click()
    office.settle(qtbot)
    assert form.fields["note"].hasFocus()
    assert open_claim(office.desk, came_back).claim == before
    assert form.typed().bank_account == "6217997012345678902", "nothing of what was typed is lost"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_the_correction_looks(office: Around, came_back: str, open_page: Open, looks: Looks, language: str) -> None:
    page = open_page(ClaimPage, looks[language], claim_id=came_back)
    looks.take(page.window(), f"claim-came-back-{language}")
    form = open_page(ClaimAccountPage, looks[language], claim_id=came_back)
    looks.take(form.window(), f"claim-account-{language}")
