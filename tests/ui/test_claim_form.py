"""The claim form on a real store, typed with real keys: from the patient to the receipt, and what stands in the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from desk_kit import EXAMPLES, HEAD_ID, PAID, PAPERS, SHEET, Around, Open, id_no, members_of, stay_of
from keys_kit import CTRL, ENTER, caret, type_in
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from backbone_core.claim import ClaimState
from backbone_core.costs import SETTLEMENT_FIELDS
from backbone_desktop.services import claims, drafts
from backbone_desktop.services.registry import list_households
from backbone_desktop.ui.pages.claim import ClaimPage


@pytest.fixture
def new(open_page: Open) -> ClaimPage:
    page: ClaimPage = open_page(ClaimPage)
    return page


def weighed(qtbot: QtBot, office: Around, page: ClaimPage) -> None:
    """Wait until the form has been weighed as it stands."""
    qtbot.waitUntil(lambda: not page._pause.isActive())
    office.settle(qtbot)


def stored(office: Around, claim_id: str) -> claims.ClaimView:
    return claims.open_claim(office.desk, claim_id)


def test_a_claim_for_a_known_member_is_entered_without_the_mouse(
    qtbot: QtBot, office: Around, new: ClaimPage, head: str,
) -> None:
    picker = new.making.fields.who.picker
    assert caret() is picker
    with qtbot.waitSignal(picker.asked):
        qtbot.keyClicks(picker, "zsl")
    office.settle(qtbot)
    assert picker._popup.isVisible()
    qtbot.keyClick(picker, ENTER)
    weighed(qtbot, office, new)
    assert picker.typed() == head
    assert "Covered in 2026" in new.making.fields.who.cover.text
    lines = new.making.fields.lines
    assert caret() is lines["admitted"].field
    for text in ("20260901", "2026.9.13", "", "", "示例县人民医院", "2a"):
        type_in(qtbot, text)
    assert (lines["admitted"].field.text(), lines["discharged"].field.text()) == ("2026-09-01", "2026-09-13")  # type: ignore[attr-defined]
    assert caret() is lines["designated"].field
    qtbot.keyClick(caret(), ENTER)
    for text in ("脑梗死（示例）", "I63.9", "SL20260913001"):
        type_in(qtbot, text)
    for name in SETTLEMENT_FIELDS:
        assert caret() is new.making.fields.costs.lines[name].field
        type_in(qtbot, SHEET.get(name, ""))
    weighed(qtbot, office, new)
    assert new.making.benefit.figure.text() == "6,168.00"
    papers = new.making.fields.papers
    assert caret() is papers.all_here
    qtbot.keyClick(caret(), ENTER)
    assert set(papers.typed()) == set(PAPERS)
    while isinstance(caret(), QCheckBox):
        qtbot.keyClick(caret(), ENTER)
    assert caret() is lines["bank_name"].field
    assert lines["bank_account"].field.typed() == "6228480030123456789"  # type: ignore[attr-defined]  # from the register
    for _ in range(4):
        qtbot.keyClick(caret(), ENTER)
    weighed(qtbot, office, new)
    assert new.making.fields.form.open == 0
    assert caret() is new.making.submit_button
    with qtbot.waitSignal(office.context.signals.changed) as changed:
        qtbot.keyClick(caret(), ENTER)
    office.settle(qtbot)
    page, arguments = office.way.been[-1]
    assert page == "paper"
    claim = stored(office, arguments["subject"]).claim
    assert (claim.state, claim.benefit, claim.member_id) == (ClaimState.RECEIVED, PAID, head)
    assert changed.args == [frozenset({("claim", claim.id)})]
    assert drafts.kept_drafts(office.desk) == ()


def test_a_scan_picks_the_patient_and_goes_on(qtbot: QtBot, office: Around, new: ClaimPage, head: str) -> None:
    picker = new.making.fields.who.picker
    qtbot.keyClicks(picker, HEAD_ID)
    qtbot.keyClick(picker, ENTER)  # the gun's own Enter, before the store has answered
    office.settle(qtbot)
    assert picker.typed() == head
    qtbot.waitUntil(lambda: caret() is new.making.fields.lines["admitted"].field)


def test_the_benefit_is_told_in_steps_while_typing(qtbot: QtBot, office: Around, open_page: Open, head: str) -> None:
    page = open_page(ClaimPage, claim_id="", member_id=head)
    assert page.making.fields.who.picker.typed() == head
    assert "worked out" in page.making.benefit.steps.lines[0]
    fields = page.making.fields
    fields.lines["admitted"].field.setFocus()
    for text in ("2026-09-01", "2026-09-13"):
        type_in(qtbot, text)
    for name, text in (("medfee_sumamt", "20000"), ("hifp_pay", "10000")):
        fields.costs.lines[name].field.setFocus()
        type_in(qtbot, text)
    fields.lines["hospital_level"].field.setFocus()
    type_in(qtbot, "2A")
    weighed(qtbot, office, page)
    assert page.making.benefit.figure.text() == "4,860.00"  # (20,000 − 10,000 − 1,900) × 60 %
    steps = page.making.benefit.steps.lines
    assert "20,000.00" in steps[0]
    assert "4,860.00" in steps[-1]
    assert not fields.costs.lines["medfee_sumamt"].under.text


def test_sums_are_checked_while_typing(qtbot: QtBot, office: Around, open_page: Open, head: str) -> None:
    page = open_page(ClaimPage, claim_id="", member_id=head)
    fields = page.making.fields
    lines = fields.costs.lines
    for name, text in (("medfee_sumamt", "45680"), ("hifp_pay", "28000"), ("hifmi_pay", "3500"),
                       ("fund_pay_sumamt", "33500")):
        lines[name].field.setFocus()
        type_in(qtbot, text)
    weighed(qtbot, office, page)
    assert [one.code for one in lines["fund_pay_sumamt"].findings] == ["cost.sum_funds"]
    assert "2,000.00" in lines["fund_pay_sumamt"].under.text  # what is missing
    lines["maf_pay"].field.setFocus()
    type_in(qtbot, "2000")
    weighed(qtbot, office, page)
    assert lines["fund_pay_sumamt"].findings == ()
    assert lines["fund_pay_sumamt"].under.text == "Funds: 33,500.00"


MISTAKES: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"discharged": "2026-08-01"}, "discharged", "claim.discharge_before_admission"),
    ({"admitted": "2026-99-01"}, "admitted", "date.not_real"),
    ({"admitted": "2024-09-01", "discharged": "2024-09-13", "settled": "2024-09-13"}, "admitted", "claim.outside"),
    ({"costs": (("medfee_sumamt", "12a"),)}, "costs.medfee_sumamt", "amount.characters"),
    ({"costs": (("medfee_sumamt", "100"), ("hifp_pay", "50"), ("fund_pay_sumamt", "60"))}, "costs.fund_pay_sumamt",
     "cost.sum_funds"),
    ({"hospital": ""}, "hospital", "claim.required"),
    ({"member_id": ""}, "member_id", "claim.member_missing"),
)


@pytest.mark.parametrize("mistake", MISTAKES, ids=[code for _, _, code in MISTAKES])
def test_what_stands_in_the_way_is_said_at_its_field(
    qtbot: QtBot, office: Around, open_page: Open, head: str, mistake: tuple[dict[str, Any], str, str],
) -> None:
    change, field, code = mistake
    draft = replace(stay_of(head), **change)
    drafts.keep_draft(office.desk, drafts.CLAIM_FORM, draft.claim_id, drafts.claim_payload(draft))
    page = open_page(ClaimPage)
    qtbot.keyClick(caret(), ENTER, CTRL)
    office.settle(qtbot)
    line = page.making.fields.form.line(field)
    assert any(one.code.startswith(code) for one in line.findings)
    assert line.under.text
    assert caret() is page.making.fields.form.line(page.making.fields.form.open_names[0]).field
    assert office.way.been == []
    assert claims.list_claims(office.desk).rows == ()


def test_somebody_who_is_not_covered_is_told_at_once(qtbot: QtBot, office: Around, open_page: Open) -> None:
    household = list_households(office.desk, EXAMPLES[0].household_no).rows[0]
    old = members_of(office.desk, household.id)["张老例"]
    page = open_page(ClaimPage, claim_id="", member_id=old)
    assert "Not covered in 2026" in page.making.fields.who.cover.text
    page.submit()
    office.settle(qtbot)
    assert any(one.refuses for one in page.making.fields.who.line.findings)


def test_earlier_stays_of_the_year_are_shown_and_counted(
    qtbot: QtBot, office: Around, open_page: Open, head: str,
) -> None:
    claims.register_claim(office.desk, replace(stay_of(head), admitted="2026-03-01", discharged="2026-03-09",
                                               settled="2026-03-09", invoice_no="SL1"))
    draft = stay_of(head)
    drafts.keep_draft(office.desk, drafts.CLAIM_FORM, draft.claim_id, drafts.claim_payload(draft))
    page = open_page(ClaimPage)
    assert "1 other claim this policy year, 6,168.00 yuan worked out" in page.making.fields.who.cover.text
    assert page.making.benefit.figure.text() == "7,308.00"  # the year's deductible has been met


def test_missing_papers_are_named_and_do_not_stop_it(qtbot: QtBot, office: Around, open_page: Open, head: str) -> None:
    draft = replace(stay_of(head), documents=("INVOICE",))
    drafts.keep_draft(office.desk, drafts.CLAIM_FORM, draft.claim_id, drafts.claim_payload(draft))
    page = open_page(ClaimPage)
    assert "Patient's bank card" in page.making.benefit._papers.text()
    page.submit()
    office.settle(qtbot)
    assert stored(office, draft.claim_id).claim.state is ClaimState.WAITING_PAPERS


def test_a_claim_that_was_taken_in_is_only_read(qtbot: QtBot, office: Around, open_page: Open, head: str) -> None:
    taken = claims.register_claim(office.desk, stay_of(head))
    page = open_page(ClaimPage, claim_id=taken.claim_id)
    assert page.summary.isVisible()
    assert not page.making.isVisible()
    assert page.summary.state.accessibleName() == "Received"
    assert page.summary.centre.accessibleName() == "To be sent"
    assert page.summary.benefit.figure.text() == "6,168.00"
    assert page.summary.receipt_button.text() == "Receipt"
    qtbot.keyClick(page.summary, Qt.Key.Key_F9)
    qtbot.mouseClick(page.summary.receipt_button, Qt.MouseButton.LeftButton)
    assert office.way.been == [("paper", {"form": "receipt", "subject": taken.claim_id})] * 2
    page.submit()
    page.save_draft()
    office.settle(qtbot)
    assert len(claims.list_claims(office.desk).rows) == 1


def test_after_a_print_the_receipt_is_offered_again(open_page: Open, office: Around, head: str) -> None:
    from backbone_desktop.services.receipts import print_receipt

    taken = claims.register_claim(office.desk, stay_of(head))
    print_receipt(office.desk, taken.claim_id, "printer")
    page = open_page(ClaimPage, claim_id=taken.claim_id)
    assert page.summary.receipt_button.text() == "Print the receipt again"


def test_a_claim_that_is_gone_leads_back(office: Around, open_page: Open) -> None:
    open_page(ClaimPage, claim_id="01900000-0000-7000-8000-000000000000")
    assert [one.code for one in office.problems] == ["claim.unknown"]
    assert office.way.been == [("back", {})]


def test_the_picked_persons_number_is_masked(new: ClaimPage, qtbot: QtBot, office: Around) -> None:
    picker = new.making.fields.who.picker
    with qtbot.waitSignal(picker.asked):
        qtbot.keyClicks(picker, id_no("19820312", 2))
    office.settle(qtbot)
    qtbot.keyClick(picker, ENTER)
    assert picker.text() == "李㛃　520625********0028"
