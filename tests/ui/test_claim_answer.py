"""What the insurer decided and paid, on the page of its claim and in the claims' list."""

from __future__ import annotations

from datetime import date

import pytest
from desk_kit import Around, Looks, Open, stay_of
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from backbone_core.claim import ClaimState
from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState, Reason, RejectCode, decision_id
from backbone_desktop.services.claims import register_claim
from backbone_desktop.ui.pages.claim import ClaimPage
from backbone_desktop.ui.pages.claims import ClaimsPage
from tests.services.decisions_kit import answer, decision, payment

DAY = date(2026, 11, 25)


@pytest.fixture
def taken(office: Around, head: str) -> str:
    return register_claim(office.desk, stay_of(head)).claim_id


def answered(page: ClaimPage) -> list[str]:
    items = [grid.itemAt(place) for grid in (page.summary.decision, page.summary.payments)
             for place in range(grid.count())]
    return [label.text() for item in items if isinstance(label := item.widget(), QLabel)]


def part_and_payments(office: Around, claim_id: str) -> None:
    made = decision(claim_id, DecisionOutcome.PART_APPROVED, 5_000_00, decided_on=DAY, case_no="AJ2026-0007",
                    reasons=(Reason(code=RejectCode.PRE_EXISTING, text="2017年已确诊"),
                             Reason(code=RejectCode.OTHER, text="床位费超出标准")))
    back = payment(made, paid_on=DAY, state=PaymentState.FAILED, failure=PaymentFailure.ACCOUNT_CLOSED,
                   failed_on=date(2026, 11, 26))
    again = payment(made, attempt=2, paid_on=date(2026, 11, 28), reference="PZ0002")
    answer(office.desk, claim_id, ClaimState.PAID, made, back, again)


def test_a_claim_without_an_answer_shows_none(office: Around, taken: str, open_page: Open) -> None:
    page = open_page(ClaimPage, claim_id=taken)
    assert answered(page) == []
    assert not any(label.isVisible() for label in page.summary.findChildren(QLabel)
                   if label.text() == "Decision and payment")


def test_the_answer_stands_on_the_page_and_in_its_history(office: Around, taken: str, open_page: Open) -> None:
    part_and_payments(office, taken)
    page = open_page(ClaimPage, claim_id=taken)
    texts = "\n".join(answered(page))
    assert "Approved in part · 2026-11-25" in texts
    assert "The illness existed before the cover began. (2017年已确诊)\n床位费超出标准" in texts
    assert "The account has been closed." in texts
    assert "Paid · 2026-11-28" in texts
    assert "**** 6789" in texts
    assert "6228480030123456789" not in texts
    assert page.summary.state.accessibleName() == "Paid"
    assert page.summary.benefit.figure.text() == "5,000.00"
    events = page.summary.timeline.events
    assert [event.day for event in events[:3]] == ["2026-11-28", "2026-11-26", "2026-11-25"]
    assert "The account has been closed." in events[1].text


def test_an_answer_that_comes_while_the_page_is_open_shows(qtbot: QtBot, office: Around, taken: str,
                                                          open_page: Open) -> None:
    page = open_page(ClaimPage, claim_id=taken)
    part_and_payments(office, taken)
    page.refresh()
    office.settle(qtbot)
    assert page.summary.benefit.figure.text() == "5,000.00"
    assert "6,168.00" in page.summary.benefit._below.text()


def test_the_list_shows_state_and_decided_amount(office: Around, taken: str, open_page: Open) -> None:
    answer(office.desk, taken, ClaimState.REFUSED, decision(taken, DecisionOutcome.REFUSED, 0, decided_on=DAY))
    page = open_page(ClaimsPage)
    (row,) = page.table.model().rows
    assert (row.state, row.benefit) == (ClaimState.REFUSED, 0)
    assert page.chips.chips["refused"].text() == "Refused 1"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_a_payment_that_came_back_looks(office: Around, taken: str, open_page: Open, looks: Looks,
                                            language: str) -> None:
    part_and_payments(office, taken)
    page = open_page(ClaimPage, looks[language], claim_id=taken)
    looks.take(page.window(), f"claim-answered-{language}")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_a_refusal_looks(office: Around, taken: str, open_page: Open, looks: Looks, language: str) -> None:
    made = decision(taken, DecisionOutcome.REFUSED, 0, decided_on=DAY,
                    reasons=(Reason(code=RejectCode.OUTSIDE_POLICY_PERIOD),), remark="已电话告知家属")
    answer(office.desk, taken, ClaimState.REFUSED, made)
    page = open_page(ClaimPage, looks[language], claim_id=taken)
    looks.take(page.window(), f"claim-refused-{language}")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_how_a_decision_made_anew_looks_beside_the_former(office: Around, taken: str, open_page: Open, looks: Looks,
                                                          language: str) -> None:
    first = decision(taken, DecisionOutcome.REFUSED, 0, decided_on=DAY,
                     reasons=(Reason(code=RejectCode.INCOMPLETE, text="缺少费用清单原件"),))
    second = decision(taken, DecisionOutcome.APPROVED, 6_168_00, id=decision_id(taken, 2),
                      decided_on=date(2026, 12, 9), remark="补齐费用清单原件，复核后改判")
    answer(office.desk, taken, ClaimState.APPROVED, first, second)
    page = open_page(ClaimPage, looks[language], claim_id=taken)
    t = looks[language]
    texts = answered(page)
    assert texts[0::2][-1] == t("Formerly")
    assert f"{t('decision_outcome.refused')} · 2026-11-25" in texts[-1]
    assert f"{t('decision_outcome.approved')} · 2026-12-09" in texts
    newest = page.summary.timeline.events[0]
    assert newest.day == "2026-12-09"
    assert t("Decided anew: {outcome}", outcome=t("decision_outcome.approved")) in newest.text
    assert page.summary.benefit.figure.text() == "6,168.00"
    looks.take(page.window(), f"claim-anew-{language}")
