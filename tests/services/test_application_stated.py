"""What the application form states of a claim that was taken in, and of a draft."""

from __future__ import annotations

from datetime import date

import pytest

from backbone_core.errors import RuleBroken, Unavailable
from backbone_core.paper_proof import read_paper_qr
from backbone_desktop.services.application import ApplicationData
from backbone_desktop.services.claims import list_claims, open_claim, register_claim, save_claim_draft
from backbone_desktop.services.forms import Form
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.printing import form_of, print_form
from backbone_desktop.services.receipts import receipt_of
from backbone_desktop.services.typed import ClaimDraft
from tests.services.office_kit import HEAD_ID, PAPERS, ClaimMaker, Family, Office

ACCOUNT = "6228480030123456789"


def application_of(office: Office, claim_id: str) -> ApplicationData:
    data = form_of(office.desk, Form.APPLICATION, claim_id)
    assert isinstance(data, ApplicationData)
    return data


def test_it_states_the_claim_as_it_was_taken_in(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim(documents=PAPERS[:-1], cause="accident"))
    data = application_of(office, taken.claim_id)
    assert (data.number, data.copy) == (taken.receipt_no, 0)
    assert (data.received_at, data.received_by) == (office.clock.now(), "clerk")
    assert (data.household_no, data.head_name, data.place) == ("5206250001", "测试甲", "示例镇测试村二组")
    assert (data.member_name, data.relation, data.sex, data.birth_date) == ("测试甲", "户主", "1", date(1980, 1, 1))
    assert (data.phone, data.township) == ("13800000000", "示例镇")
    assert (data.hospital, data.hospital_level, data.diagnosis) == ("示例县人民医院", "2A", "测试诊断")
    assert (data.admitted, data.discharged, data.cause) == (date(2019, 3, 1), date(2019, 3, 15), "accident")
    assert (data.invoice_no, data.costs.medfee_sumamt, data.benefit) == ("0012345678", 30_000_00, 4_819_20)
    assert (data.bank_name, data.account, data.account_holder) == ("示例银行", ACCOUNT, "测试甲")
    assert [one.code for one in data.papers if one.handed_in] == list(PAPERS[:-1])
    assert [one.code for one in data.papers if not one.handed_in][:2] == ["BANK_CARD", "HOUSEHOLD_BOOKLET"]


def test_the_whole_account_is_on_the_paper_alone(office: Office, claim: ClaimMaker) -> None:
    """The family checks it there; what a log or an error shows of the data names neither account nor illness."""
    data = application_of(office, register_claim(office.desk, claim()).claim_id)
    assert data.account == ACCOUNT
    for hidden in (ACCOUNT, HEAD_ID, "测试诊断"):
        assert hidden not in repr(data)
    for hidden in (ACCOUNT, HEAD_ID):
        assert hidden not in data.qr
    assert data.id_no_masked == "520625********0015"


def test_a_draft_prints_before_it_is_taken_in(office: Office, family: Family) -> None:
    kept = save_claim_draft(office.desk, ClaimDraft(member_id=family.head_id, hospital="示例县人民医院"))
    data = print_form(office.desk, Form.APPLICATION, kept, "printer")
    assert isinstance(data, ApplicationData)
    assert (data.number, data.qr, data.benefit, data.draft) == (f"DRAFT-{kept[-6:].upper()}", "", None, True)
    assert (data.hospital, data.admitted, data.account) == ("示例县人民医院", None, "")
    assert [one.code for one in data.papers][:6] == list(PAPERS)
    assert not any(one.handed_in for one in data.papers)
    assert print_form(office.desk, Form.APPLICATION, kept, "printer").copy == 1
    other = save_claim_draft(office.desk, ClaimDraft(member_id=family.wife_id))
    assert print_form(office.desk, Form.APPLICATION, other, "printer").copy == 0


def test_after_taking_in_prints_are_counted_by_the_receipts_number(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    assert [print_form(office.desk, Form.APPLICATION, taken.claim_id, "pdf").copy for _ in range(2)] == [0, 1]
    view = open_claim(office.desk, taken.claim_id)
    assert view.history[0].act == "print_form"
    assert view.prints == ()  # the receipt's own log


def test_the_code_vouches_for_what_is_applied_for(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    qr = application_of(office, taken.claim_id).qr
    proof = read_paper_qr(qr)
    assert (proof.form, proof.number) == ("application", taken.receipt_no)
    office.clock.wait(days=3)
    print_form(office.desk, Form.APPLICATION, taken.claim_id, "pdf")
    assert application_of(office, taken.claim_id).qr == qr
    other = register_claim(office.desk, claim(invoice_no="77", admitted="2019-05-01", discharged="2019-05-09",
                                              settled="2019-05-09"))
    assert read_paper_qr(application_of(office, other.claim_id).qr).content_hash != proof.content_hash


def test_a_gun_finds_the_claim_by_the_code_of_its_papers(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    register_claim(office.desk, claim(invoice_no="78", admitted="2019-06-01", discharged="2019-06-09",
                                      settled="2019-06-09"))
    for qr in (application_of(office, taken.claim_id).qr, receipt_of(office.desk, taken.claim_id).qr):
        assert [row.id for row in list_claims(office.desk, qr).rows] == [taken.claim_id]


def test_who_may_not_print_it_and_what_is_not_there(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim())
    auditor = office.as_(Actor("auditor", "测试审计", "auditor"))
    for print_it in (lambda: form_of(auditor, Form.APPLICATION, taken.claim_id),
                     lambda: print_form(auditor, Form.APPLICATION, taken.claim_id, "printer")):
        with pytest.raises(RuleBroken) as why:
            print_it()
        assert why.value.code == "account.not_allowed"
    with pytest.raises(RuleBroken) as why:
        application_of(office, "0")
    assert why.value.code == "claim.unknown"
    office.signer.there = False
    with pytest.raises(Unavailable) as missing:
        application_of(office, taken.claim_id)
    assert missing.value.code == "keys.device_missing"
