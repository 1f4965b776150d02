"""A family's receipt at another office's counter, which never saw the claim: genuine without a link, by the directory
that the last exchange brought from a real centre."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backbone_core.receipt import qr_text, read_qr_text
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.receipts import ReceiptData, print_receipt
from backbone_desktop.services.verifying import Verdict, check_code
from demo.server import ServerProcess
from tests.services.office_kit import PAPERS
from tests.services.verifying_kit import Paper, read, wrong_facts
from tests.sync.conftest import Station, StationMaker


def taken_in(station: Station) -> ReceiptData:
    from backbone_desktop.services.typed import ClaimDraft

    station.register("5206250001")
    with station.desk.read() as work:
        (hit,) = work.members.find("测试甲", 2019, 1)
    costs = (("medfee_sumamt", "30000"), ("hifp_pay", "20068"), ("fund_pay_sumamt", "20068"),
             ("psn_part_amt", "9932"))
    taken = register_claim(station.desk, ClaimDraft(
        member_id=hit.member_id, hospital="示例县人民医院", hospital_level="2A", diagnosis="测试诊断",
        admitted="2019-03-01", discharged="2019-03-15", settled="2019-03-15", invoice_no="SL1", costs=costs,
        documents=PAPERS, bank_name="示例银行", bank_account="6228480030123456789", account_holder="测试甲"))
    return print_receipt(station.desk, taken.claim_id, "printer")


def altered(data: ReceiptData) -> str:
    content = read_qr_text(data.qr)
    return qr_text(content.receipt_no, "ab" * 16, content.signature)


def test_a_receipt_is_proven_where_nobody_saw_the_claim(enrolled: StationMaker, centre: ServerProcess) -> None:
    here, there = enrolled("A01"), enrolled("A02")
    data = taken_in(here)
    assert check_code(there.desk, data.qr).verdict is Verdict.UNKNOWN_DEVICE
    there.exchange(centre.url)
    centre.kill()  # from here on there is no link
    checked = check_code(there.desk, data.qr)
    assert (checked.verdict, checked.reason, checked.office) == (
        Verdict.GENUINE, "verify.not_here", "示例县医疗保障局")
    assert check_code(there.desk, altered(data)).verdict is Verdict.ALTERED


def test_where_the_claim_came_by_the_exchange_its_paper_is_compared(
        enrolled: StationMaker, centre: ServerProcess) -> None:
    here, there = enrolled("A01"), enrolled("A02")
    data = taken_in(here)
    for one in (here, there):
        one.exchange(centre.url)
    paper = Paper("", data)
    checked = read(there.desk, paper.pdf())
    assert (checked.verdict, checked.reason, wrong_facts(checked)) == (Verdict.GENUINE, "verify.text_fits", {})
    forged = read(there.desk, paper.pdf(costs=replace(data.costs, medfee_sumamt=90_000_00)))
    assert (forged.verdict, wrong_facts(forged)) == (Verdict.ALTERED, {"medfee_sumamt": "90,000.00"})


def test_a_device_that_was_shut_out_is_told_as_such(enrolled: StationMaker, centre: ServerProcess) -> None:
    here, there = enrolled("A01"), enrolled("A02")
    data = taken_in(here)
    for one in (here, there):
        one.exchange(centre.url)
    centre.revoke("520625/A01")
    there.exchange(centre.url)
    checked = check_code(there.desk, data.qr)
    assert checked.verdict is Verdict.GENUINE, "it was made before"
    assert checked.revoked_at is not None
    with here.desk.read() as work:
        assert work.directory.place() is not None
    # what the stolen computer makes from now on proves nothing anywhere
    late = register_again(here)
    assert check_code(there.desk, late.qr).reason == "verify.not_here_revoked"


def register_again(station: Station) -> ReceiptData:
    from backbone_desktop.services.claims import claim_as_typed

    with station.desk.read() as work:
        (hit,) = work.members.find("测试甲", 2019, 1)
        (claim,) = work.claims.of_member(hit.member_id)
    draft = replace(claim_as_typed(claim), claim_id="", invoice_no="SL2", admitted="2019-04-01",
                    discharged="2019-04-05", settled="2019-04-05")
    return print_receipt(station.desk, register_claim(station.desk, draft).claim_id, "printer")


@pytest.mark.parametrize("again", [1, 2])
def test_an_exchange_asks_for_no_directory_where_none_changed(
        enrolled: StationMaker, centre: ServerProcess, again: int) -> None:
    here = enrolled("A01")
    for _ in range(again + 1):
        here.exchange(centre.url)
    assert centre.log().count('"/v1/directory"') == 1
