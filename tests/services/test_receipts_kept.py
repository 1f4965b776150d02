"""What a receipt states, and the log of its prints."""

from __future__ import annotations

from datetime import date

import pytest

from backbone_core.errors import RuleBroken
from backbone_core.receipt import read_qr_text
from backbone_desktop.services.claims import open_claim, register_claim, save_claim_draft
from backbone_desktop.services.receipts import print_receipt, receipt_by_number, receipt_of
from tests.services.office_kit import HEAD_ID, PAPERS, ClaimMaker, Office


def test_a_receipt_states_what_was_taken_in(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim(documents=PAPERS[:-1]))
    data = receipt_of(office.desk, taken.claim_id)
    assert (data.office, data.county_name, data.language) == ("示例县医疗保障局", "印江土家族苗族自治县", "zh_CN")
    assert data.receipt_no == taken.receipt_no
    assert (data.received_at, data.received_by) == (office.clock.now(), "clerk")
    assert (data.household_no, data.head_name, data.village_line) == ("5206250001", "测试甲", "示例镇测试村二组")
    assert (data.member_name, data.id_no_masked, data.relation) == ("测试甲", "520625********0015", "户主")
    assert (data.hospital, data.diagnosis) == ("示例县人民医院", "测试诊断")
    assert (data.admitted, data.discharged, data.days) == (date(2019, 3, 1), date(2019, 3, 15), 14)
    assert data.costs.medfee_sumamt == 30_000_00
    assert (data.benefit, data.provisional, data.decided_amount) == (4_819_20, True, None)
    assert data.trace == taken.benefit.trace
    assert data.documents_in == PAPERS[:-1]
    assert data.documents_missing == ("BANK_CARD",)
    assert data.account_masked == "***************6789"
    assert data.policy_year == 2019
    assert "2019年度保障方案" in data.scheme_line


def test_the_clerks_name_stands_on_it_where_the_account_is_known(office: Office, claim: ClaimMaker) -> None:
    from backbone_desktop.services.accounts import SYSTEM, sign_in
    from tests.services.office_kit import PASSWORD

    admin = office.as_(sign_in(office.as_(SYSTEM), "admin", PASSWORD))
    assert receipt_of(admin, register_claim(admin, claim()).claim_id).received_by == "测试管理员"


def test_the_code_holds_number_hash_and_signature_and_nobody(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    data, stored = receipt_of(office.desk, taken.claim_id), open_claim(office.desk, taken.claim_id).claim
    content = read_qr_text(data.qr)
    assert content.receipt_no == taken.receipt_no
    assert stored.content_hash.startswith(content.content_hash)
    assert content.signature.hex() == stored.signature
    assert HEAD_ID not in data.qr
    assert HEAD_ID not in repr(data)
    assert "6228480030123456789" not in repr(data)


def test_prints_are_counted_and_audited(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    assert [print_receipt(office.desk, taken.claim_id, how).copy for how in ("printer", "pdf", "command")] == [0, 1, 2]
    assert receipt_of(office.desk, taken.claim_id).copy == 3
    view = open_claim(office.desk, taken.claim_id)
    assert [(note.copy, note.by, note.how) for note in view.prints] == [
        (0, "clerk", "printer"), (1, "clerk", "pdf"), (2, "clerk", "command"),
    ]
    assert [row.act for row in view.history].count("print_receipt") == 3


def test_a_reprint_states_the_same(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    first = print_receipt(office.desk, taken.claim_id, "printer")
    office.clock.wait(days=3)
    again = print_receipt(office.desk, taken.claim_id, "printer")
    different = {name for name in first.__dataclass_fields__ if getattr(first, name) != getattr(again, name)}
    assert different == {"copy"}


def test_a_receipt_is_found_by_its_number_however_it_is_typed(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    typed = taken.receipt_no.replace("-", " ").lower()
    assert receipt_by_number(office.desk, typed) == receipt_of(office.desk, taken.claim_id)
    with pytest.raises(RuleBroken, match=r"receipt\.form"):
        receipt_by_number(office.desk, "5206")
    with pytest.raises(RuleBroken, match=r"receipt\.check_character"):
        receipt_by_number(office.desk, taken.receipt_no.replace("A03", "A04"))


def test_a_number_of_another_device_is_not_known_here(office: Office) -> None:
    from backbone_core.receipt import receipt_number

    with pytest.raises(RuleBroken, match=r"receipt\.unknown"):
        receipt_by_number(office.desk, receipt_number("520625", 2019, "B01", 7))


def test_a_draft_has_no_receipt(office: Office, claim: ClaimMaker) -> None:
    claim_id = save_claim_draft(office.desk, claim())
    before = office.stored()
    with pytest.raises(RuleBroken, match=r"claim\.no_receipt"):
        print_receipt(office.desk, claim_id, "printer")
    with pytest.raises(RuleBroken, match=r"claim\.unknown"):
        receipt_of(office.desk, "nowhere")
    assert office.stored() == before
