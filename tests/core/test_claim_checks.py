"""Mistakes and fraud: each is found at its field, and the scheme says whether it warns or stops."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_kit import claim_2019, scheme_with

from backbone_core.claim import Claim, ClaimState
from backbone_core.claim_checks import Known, look_for_mistakes
from backbone_core.costs import Costs
from backbone_core.errors import Severity
from backbone_core.scheme import read_scheme, write_scheme
from backbone_core.scheme_terms import Checks, OnMistake

RECEIPT = "520625-2019-A03-000001-7"
OTHER_PERSON: dict[str, Any] = {"member_id": "another", "household_id": "another"}


def other(**given: Any) -> Claim:
    """A claim of the same person for another stay and another bill, that was taken in."""
    usual: dict[str, Any] = {
        "id": "018f0000-0000-7000-8000-000000000002", "state": ClaimState.RECEIVED, "receipt_no": RECEIPT,
        "invoice_no": "示例0002", "admitted": date(2019, 5, 1), "discharged": date(2019, 5, 3), "settled": None,
    }
    return claim_2019(**{**usual, **given})


def told(claim: Claim, checks: Checks | None = None, **known: Any) -> list[tuple[str, str, Severity]]:
    found = look_for_mistakes(claim, checks or Checks(), Known(**{"name": "测试甲", **known}))
    return [(one.code, one.field, one.severity) for one in found]


SAME_BILL = {"same_invoice": (other(invoice_no="示例0001"),), "of_person": (other(invoice_no="示例0001"),)}
THEIRS = other(**OTHER_PERSON, invoice_no="示例0001", hospital="另一示例医院", admitted=date(2019, 3, 9),
               discharged=date(2019, 3, 12))
EACH: dict[str, tuple[Claim, dict[str, Any], str, str]] = {
    "duplicate_invoice": (claim_2019(), SAME_BILL, "claim.invoice_taken", "invoice_no"),
    "same_invoice_same_day": (claim_2019(), {"same_invoice": (THEIRS,)}, "claim.invoice_same_day", "invoice_no"),
    "overlapping_stay": (claim_2019(), {"of_person": (other(admitted=date(2019, 3, 8)),)}, "claim.stay_overlaps",
                         "admitted"),
    "died_before_admission": (claim_2019(), {"died_on": date(2019, 2, 28)}, "claim.admitted_after_death", "admitted"),
    "holder_differs": (claim_2019(account_holder="测试乙"), {}, "claim.holder_differs", "account_holder"),
    "sums": (claim_2019(costs=Costs(medfee_sumamt=100, inscp_scp_amt=90)), {}, "cost.sum_total",
             "costs.medfee_sumamt"),
}


@pytest.mark.parametrize("does", OnMistake)
@pytest.mark.parametrize("name", EACH)
def test_the_scheme_says_whether_a_mistake_warns_or_stops(name: str, does: OnMistake) -> None:
    claim, known, code, field = EACH[name]
    weight = Severity.REFUSAL if does is OnMistake.STOP else Severity.WARNING
    assert told(claim, Checks(**{name: does}), **known) == [(code, field, weight)]


def test_every_check_of_the_setting_is_tried_above() -> None:
    assert list(EACH.keys() ^ {one.name for one in fields(Checks)}) == []


def test_a_claim_in_order_is_left_alone() -> None:
    assert told(claim_2019(), of_person=(claim_2019(), other()), same_invoice=(claim_2019(),)) == []


def test_the_other_claim_is_told_by_its_receipt_number_alone() -> None:
    found = look_for_mistakes(claim_2019(), Checks(), Known(name="测试甲", same_invoice=(THEIRS,)))
    assert [dict(one.facts) for one in found] == [{"receipt_no": RECEIPT}]


def test_one_number_on_two_peoples_bills_only_warns_where_hospitals_and_days_differ() -> None:
    apart = replace(THEIRS, admitted=date(2019, 4, 1), discharged=date(2019, 4, 2))
    strict = Checks(same_invoice_same_day=OnMistake.STOP)
    warns = [("claim.invoice_taken", "invoice_no", Severity.WARNING)]
    assert told(claim_2019(), strict, same_invoice=(apart,)) == warns
    at_one_hospital = replace(apart, hospital=claim_2019().hospital)
    assert told(claim_2019(), same_invoice=(at_one_hospital,)) == [
        ("claim.invoice_taken", "invoice_no", Severity.REFUSAL)
    ]


def test_somebody_registered_twice_is_one_person() -> None:
    twice = replace(THEIRS, admitted=date(2019, 4, 1), discharged=date(2019, 4, 2))
    found = told(claim_2019(), of_person=(twice,), same_invoice=(twice,))
    assert found == [("claim.invoice_taken", "invoice_no", Severity.REFUSAL)]


@pytest.mark.parametrize("state", [ClaimState.DRAFT, ClaimState.REFUSED])
def test_against_a_claim_that_takes_nothing_every_check_only_warns(state: ClaimState) -> None:
    known = other(state=state, invoice_no="示例0001", admitted=date(2019, 3, 1), discharged=date(2019, 3, 9))
    strict = Checks(**{one.name: OnMistake.STOP for one in fields(Checks)})
    found = told(claim_2019(), strict, of_person=(known,), same_invoice=(known,))
    assert [(code, weight) for code, _, weight in found] == [
        ("claim.invoice_taken", Severity.WARNING), ("claim.stay_overlaps", Severity.WARNING)
    ]


@pytest.mark.parametrize("state", [ClaimState.WITHDRAWN, ClaimState.VOID])
def test_a_claim_that_is_gone_is_in_nobodys_way(state: ClaimState) -> None:
    gone = other(state=state, invoice_no="示例0001", admitted=date(2019, 3, 1), discharged=date(2019, 3, 9))
    assert told(claim_2019(), of_person=(gone,), same_invoice=(gone,)) == []


def test_a_discharge_after_death_only_warns() -> None:
    assert told(claim_2019(), died_on=date(2019, 3, 5)) == [
        ("claim.discharged_after_death", "discharged", Severity.WARNING)
    ]
    assert told(claim_2019(), died_on=date(2019, 3, 9)) == []


def test_an_amount_that_cannot_be_is_refused_whatever_the_scheme_says() -> None:
    lenient = Checks(sums=OnMistake.WARN)
    assert told(claim_2019(costs=Costs()), lenient) == [
        ("cost.total_missing", "costs.medfee_sumamt", Severity.REFUSAL)
    ]
    assert told(claim_2019(costs=Costs(medfee_sumamt=100, hifp_pay=101)), lenient)[0] == (
        "cost.above_total", "costs.hifp_pay", Severity.REFUSAL
    )


@given(st.builds(Checks, **{one.name: st.sampled_from(OnMistake) for one in fields(Checks)}))
def test_a_file_says_its_checks_and_a_silent_one_stays_silent(checks: Checks) -> None:
    scheme = scheme_with(checks={one.name: str(getattr(checks, one.name)) for one in fields(Checks)})
    assert scheme.checks == checks
    assert read_scheme(write_scheme(scheme)) == scheme
    assert ('"checks"' in write_scheme(scheme)) == (checks != Checks())


def test_a_file_may_name_some_of_the_checks() -> None:
    assert scheme_with(checks={"holder_differs": "stop"}).checks == Checks(holder_differs=OnMistake.STOP)
    assert scheme_with().checks == Checks()
