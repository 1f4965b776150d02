"""The notice of missing papers as it is read from the store, and which claims one is due for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backbone_core.claim import ClaimState
from backbone_core.errors import RuleBroken
from backbone_desktop.services.claims import register_claim, save_claim_draft
from backbone_desktop.services.contacts import OfficeContacts, contacts, save_contacts
from backbone_desktop.services.forms import Form
from backbone_desktop.services.missing_papers import MissingPapersData, claims_lacking_papers
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.printing import form_of, print_form
from tests.services.office_kit import HEAD_ID, PAPERS, ClaimMaker, Office

ADMIN = Actor("admin", "测试管理员", "administrator")


def notice(office: Office, claim_id: str) -> MissingPapersData:
    data = form_of(office.desk, Form.MISSING_PAPERS, claim_id)
    assert isinstance(data, MissingPapersData)
    return data


def set_state(office: Office, claim_id: str, state: ClaimState) -> None:
    with office.desk.open() as work:
        stored = work.claims.get(claim_id)
        assert stored is not None
        work.write(replace(stored, state=state), "accept")
        work.commit()


def test_a_notice_asks_for_everything_at_once(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim(documents=PAPERS[2:5]))
    data = notice(office, taken.claim_id)
    assert (data.number, data.member_name, data.id_no_masked) == (taken.receipt_no, "测试甲", "520625********0015")
    assert [paper.code for paper in data.papers] == ["INVOICE", "COST_LIST", "BANK_CARD"]
    assert [(paper.code, paper.when) for paper in data.on_condition] == [
        ("PROXY", "proxy"), ("AGENT_ID_CARD", "proxy"), ("DEATH_CERTIFICATE", "death"), ("KINSHIP_PROOF", "death")]
    assert (data.received_on, data.admitted, data.discharged) == (date(2019, 9, 2), date(2019, 3, 1), date(2019, 3, 15))
    assert (data.office, data.printed_by, data.copy) == ("示例县医疗保障局", "测试经办", 0)
    assert HEAD_ID not in repr(data)


def test_after_an_accident_its_statement_is_asked_for_and_no_condition(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim(cause="accident"))
    data = notice(office, taken.claim_id)
    assert [paper.code for paper in data.papers] == ["ACCIDENT_STATEMENT"]
    assert "ACCIDENT_STATEMENT" not in {paper.code for paper in data.on_condition}


def test_a_conditional_paper_that_lies_there_is_not_asked_for_again(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim(documents=("INVOICE", "PROXY")))
    assert "PROXY" not in {paper.code for paper in notice(office, taken.claim_id).on_condition}


def test_without_a_limit_of_the_scheme_the_laws_holds(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim(documents=()))
    data = notice(office, taken.claim_id)
    assert (data.last_day, data.late) == (date(2021, 3, 1), False)
    office.clock.wait(days=1000)
    assert notice(office, taken.claim_id).late


def test_a_reprint_bears_the_day_of_the_first(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim(documents=()))
    first = print_form(office.desk, Form.MISSING_PAPERS, taken.claim_id, "printer", paper="A4")
    office.clock.wait(days=9)
    again = print_form(office.desk, Form.MISSING_PAPERS, taken.claim_id, "printer", paper="A4")
    assert (first.told_on, again.told_on) == (date(2019, 9, 2), date(2019, 9, 2))
    assert (first.copy, again.copy) == (0, 1)


def test_a_claim_that_lacks_nothing_or_is_settled_gets_none(office: Office, claim: ClaimMaker) -> None:
    whole = register_claim(office.desk, claim())
    with pytest.raises(RuleBroken, match=r"claim\.nothing_missing"):
        notice(office, whole.claim_id)
    lacking = register_claim(office.desk, claim(documents=(), invoice_no="2", admitted="2019-04-01",
                                                discharged="2019-04-09", settled="2019-04-09"))
    set_state(office, lacking.claim_id, ClaimState.REFUSED)
    with pytest.raises(RuleBroken, match=r"claim\.papers_settled"):
        notice(office, lacking.claim_id)
    draft = save_claim_draft(office.desk, claim(invoice_no="3"))
    with pytest.raises(RuleBroken, match=r"claim\.no_receipt"):
        notice(office, draft)
    with pytest.raises(RuleBroken, match=r"claim\.unknown"):
        notice(office, "nowhere")


def test_a_batch_holds_what_lacks_papers_and_was_not_told_yet(office: Office, claim: ClaimMaker) -> None:
    def stay(month: int, *papers: str) -> str:
        return register_claim(office.desk, claim(
            documents=papers, invoice_no=str(month), admitted=f"2019-0{month}-01", discharged=f"2019-0{month}-09",
            settled=f"2019-0{month}-09")).claim_id

    told, lacking, _whole, settled = stay(3), stay(4, "INVOICE"), stay(5, *PAPERS), stay(6)
    save_claim_draft(office.desk, claim(documents=(), invoice_no="9"))
    set_state(office, settled, ClaimState.CLOSED)
    print_form(office.desk, Form.MISSING_PAPERS, told, "printer")
    assert claims_lacking_papers(office.desk) == (lacking,)
    assert claims_lacking_papers(office.desk, told=True) == (lacking, told)


def test_the_office_says_how_it_is_reached(office: Office, claim: ClaimMaker) -> None:
    taken = register_claim(office.desk, claim(documents=()))
    assert notice(office, taken.claim_id).contacts == OfficeContacts()
    typed = OfficeContacts(address=" 示例路　一号 ", phone="0000-0000000", review_days="15")
    kept = save_contacts(office.as_(ADMIN), typed)
    assert kept.address == "示例路 一号"
    assert contacts(office.desk) == kept == notice(office, taken.claim_id).contacts


def test_contacts_that_cannot_be_are_refused_and_only_the_administrator_sets_them(office: Office) -> None:
    before = office.stored()
    with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
        save_contacts(office.desk, OfficeContacts(phone="1"))
    for days in ("0", "366", "x", "１５天", "-3"):
        with pytest.raises(RuleBroken, match=r"office\.review_days"):
            save_contacts(office.as_(ADMIN), OfficeContacts(review_days=days))
    with pytest.raises(RuleBroken, match=r"text\.too_long"):
        save_contacts(office.as_(ADMIN), OfficeContacts(address="一" * 61))
    assert office.stored() == before
