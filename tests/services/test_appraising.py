"""What a claim form says while it is typed: never an exception, a benefit as soon as it can be worked out."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone_core.costs import SETTLEMENT_FIELDS
from backbone_desktop.services.claims import appraise
from backbone_desktop.services.typed import ClaimDraft
from tests.services.office_kit import ClaimMaker, Family, Office


def codes(office: Office, draft: ClaimDraft) -> set[str]:
    return {found.code for found in appraise(office.desk, draft).findings}


def test_an_empty_form_asks_for_the_patient_first(office: Office) -> None:
    appraisal = appraise(office.desk, ClaimDraft())
    assert [found.code for found in appraisal.findings] == ["claim.member_missing"]
    assert appraisal.benefit is None
    assert appraisal.policy_year == 2019
    assert "INVOICE" in {need.code for need in appraisal.documents}


def test_the_benefit_is_there_before_the_last_field_is(office: Office, claim: ClaimMaker) -> None:
    appraisal = appraise(office.desk, claim(hospital="", diagnosis="", invoice_no="", bank_account="", documents=()))
    assert appraisal.benefit is not None
    assert appraisal.benefit.amount == 4_819_20
    assert len(appraisal.missing) == 6


def test_there_is_no_benefit_while_the_amounts_or_days_are_open(office: Office, claim: ClaimMaker) -> None:
    for draft in (claim({"medfee_sumamt": "3万"}), claim({"hifp_pay": "1"}), claim(admitted="2019-"),
                  claim(admitted="2018-03-01"), claim(member_id="")):
        assert appraise(office.desk, draft).benefit is None


def test_a_field_that_cannot_be_read_has_one_reason(office: Office, claim: ClaimMaker) -> None:
    assert codes(office, claim(admitted="2019-13-01")) == {"date.not_real"}
    assert codes(office, claim({"hifp_pay": "一万"})) == {"amount.characters"}


def test_an_accident_asks_for_its_papers(office: Office, claim: ClaimMaker) -> None:
    assert appraise(office.desk, claim()).missing == ()
    missing = appraise(office.desk, claim(cause="accident")).missing
    assert [need.code for need in missing] == ["ACCIDENT_STATEMENT"]


def test_looking_leaves_no_trace(office: Office, claim: ClaimMaker) -> None:
    before = office.stored()
    appraise(office.desk, claim())
    assert office.stored() == before
    assert office.numbers.given == []


USUAL = ["2019-03-01", "20190301", "1,000.00", "１２", "x" * 300, "\x00"]
TYPED = st.one_of(st.text(max_size=12), st.sampled_from(USUAL))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_that_is_typed_raises(office: Office, family: Family, data: st.DataObject) -> None:
    usual = ClaimDraft(member_id=family.head_id)
    typed = {
        one.name: data.draw(TYPED, one.name)
        for one in fields(ClaimDraft)
        if one.name not in ("claim_id", "member_id", "designated", "costs", "documents")
    }
    costs = tuple((name, data.draw(TYPED, name)) for name in (*SETTLEMENT_FIELDS[:4], "psn_part_amt", "?"))
    documents = tuple(data.draw(st.lists(TYPED, max_size=3), "documents"))
    appraise(office.desk, replace(usual, **typed, costs=costs, documents=documents))
