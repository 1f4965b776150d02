"""What the rules find in a claim before it is taken in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rules_kit import claim_2019, plain, scheme_with

from backbone_core.claim import Cause, Claim, Document, check_claim, claim_year, missing_documents, stay_of
from backbone_core.costs import Costs
from backbone_core.errors import Finding
from backbone_core.household import PovertyType
from backbone_core.scheme import AttachBy, Scheme

EXAMPLE = scheme_with()


def found_in(claim: Claim, scheme: Scheme = EXAMPLE, **other: Any) -> tuple[Finding, ...]:
    given: dict[str, Any] = {
        "birth_date": date(1980, 1, 1),
        "poverty_type": PovertyType.ORDINARY,
        "enrolled": True,
        "enrolment_from": date(2019, 1, 1),
        "enrolment_to": date(2019, 12, 31),
        "today": date(2019, 6, 1),
    }
    return check_claim(claim, scheme, **{**given, **other})


def refused(claim: Claim, scheme: Scheme = EXAMPLE, **other: Any) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in found_in(claim, scheme, **other) if one.refuses]


def warned(claim: Claim, scheme: Scheme = EXAMPLE, **other: Any) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in found_in(claim, scheme, **other) if not one.refuses]


def test_a_claim_in_order_is_taken_without_a_word() -> None:
    assert found_in(claim_2019()) == ()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"hospital": ""}, [("claim.required", "hospital")]),
        ({"diagnosis": ""}, [("claim.required", "diagnosis")]),
        ({"admitted": None}, [("claim.required", "admitted")]),
        ({"discharged": None}, [("claim.required", "discharged")]),
        ({"discharged": date(2019, 2, 28), "settled": None}, [("claim.discharge_before_admission", "discharged")]),
        ({"settled": date(2019, 2, 28)}, [("claim.settled_before_admission", "settled")]),
        (
            {"admitted": date(2019, 6, 2), "discharged": date(2019, 6, 3), "settled": None},
            [("claim.in_future", "admitted"), ("claim.in_future", "discharged")],
        ),
        (
            {"admitted": date(2018, 12, 31)},
            [("claim.outside_policy_year", "admitted"), ("claim.outside_cover", "admitted")],
        ),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert refused(claim_2019(**fields)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"settled": date(2019, 3, 8)}, [("claim.settled_before_discharge", "settled")]),
        ({"invoice_no": ""}, [("claim.invoice_no_missing", "invoice_no")]),
        ({"bank_account": ""}, [("claim.account_missing", "bank_account")]),
        ({"documents": ()}, [("claim.documents_missing", "documents")]),
    ],
)
def test_what_may_be_right_is_only_shown(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert refused(claim_2019(**fields)) == []
    assert warned(claim_2019(**fields)) == expected


def test_nobody_without_cover_is_paid() -> None:
    assert refused(claim_2019(), enrolled=False, enrolment_from=None, enrolment_to=None) == [
        ("claim.not_enrolled", "member_id")
    ]


def test_a_stay_before_the_person_s_cover_is_refused() -> None:
    assert refused(claim_2019(), enrolment_from=date(2019, 3, 2)) == [("claim.outside_cover", "admitted")]
    assert refused(claim_2019(), enrolment_from=date(2019, 3, 1)) == []
    assert refused(claim_2019(), enrolment_to=date(2019, 2, 28)) == [("claim.outside_cover", "admitted")]


@pytest.mark.parametrize(
    ("by", "field"), [("admission", "admitted"), ("discharge", "discharged"), ("settlement", "settled")]
)
def test_the_scheme_says_which_day_decides_the_year(by: str, field: str) -> None:
    scheme = scheme_with(attach_by=by)
    days = {"admitted": date(2018, 12, 20), "discharged": date(2018, 12, 28), "settled": date(2018, 12, 30)}
    days[field] = date(2019, 1, 2)
    in_order = {"admitted": min(days.values()), **days} if field != "admitted" else {
        "admitted": days["admitted"], "discharged": date(2019, 1, 5), "settled": date(2019, 1, 5),
    }  # fmt: skip
    codes = [code for code, _ in refused(claim_2019(**in_order), scheme)]
    assert "claim.outside_policy_year" not in codes
    outside = {"admitted": date(2018, 1, 1), "discharged": date(2018, 1, 5), "settled": date(2018, 1, 5)}
    assert ("claim.outside_policy_year", field) in refused(claim_2019(**outside), scheme)


def test_the_deciding_day_may_not_be_known_yet() -> None:
    assert claim_year(AttachBy.SETTLEMENT, date(2019, 1, 1), date(2019, 1, 5), None) is None
    assert refused(claim_2019(settled=None), scheme_with(attach_by="settlement")) == [("claim.required", "settled")]


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        (date(2001, 3, 1), []),
        (date(2001, 3, 2), [("enrolment.too_young", "member_id")]),
        (date(1958, 3, 2), []),
        (date(1958, 3, 1), [("enrolment.too_old", "member_id")]),
    ],
)
def test_the_age_counts_again_at_admission_where_the_scheme_says_so(
    birth: date, expected: list[tuple[str, str]]
) -> None:
    terms = {**plain()["eligibility"], "age_at": "admission"}
    assert refused(claim_2019(), scheme_with(eligibility=terms), birth_date=birth) == expected
    assert refused(claim_2019(), birth_date=birth) == []


def test_nobody_is_admitted_before_birth() -> None:
    assert refused(claim_2019(), birth_date=date(2019, 3, 2)) == [("claim.before_birth", "admitted")]


def test_the_waiting_period() -> None:
    scheme = scheme_with(waiting={"days": 60, "waive_on": ["accident", "renewal"]})
    assert refused(claim_2019(), scheme) == [("claim.waiting_period", "admitted")]
    assert refused(claim_2019(cause=Cause.ACCIDENT), scheme) == []
    assert refused(claim_2019(), scheme, renewed=True) == []
    late = {"admitted": date(2019, 3, 2)}
    assert refused(claim_2019(**late), scheme) == []
    strict = scheme_with(waiting={"days": 60, "waive_on": []})
    assert refused(claim_2019(cause=Cause.ACCIDENT), strict, renewed=True) == [("claim.waiting_period", "admitted")]


def test_hospitals_that_the_scheme_does_not_pay_for() -> None:
    levels = scheme_with(base={**plain()["base"], "hospital_levels": ["2*", "1*"]})
    assert refused(claim_2019(hospital_level="3A"), levels) == [("claim.hospital_level_outside", "hospital_level")]
    assert refused(claim_2019(), levels) == [("claim.required", "hospital_level")]
    assert refused(claim_2019(hospital_level="2A"), levels) == []
    designated = scheme_with(base={**plain()["base"], "designated_only": True})
    assert refused(claim_2019(designated=False), designated) == [("claim.not_designated", "designated")]


def test_a_late_claim_is_taken_in_and_said_to_be_late() -> None:
    scheme = scheme_with(claim_deadline_days=84)
    assert warned(claim_2019(), scheme, today=date(2019, 6, 1)) == []
    assert warned(claim_2019(), scheme, today=date(2019, 6, 2)) == [("claim.late_filing", "discharged")]


def test_what_could_bring_better_terms_is_asked_for() -> None:
    scheme = scheme_with(
        overrides=[
            {"match": {"icd10": ["I63*"], "hosp_level": ["3*"]}, "ratio": "0.80", "priority": 1},
            {"match": {"icd10": ["C*"], "poverty": ["五保户"]}, "ratio": "0.90", "priority": 2},
        ]
    )
    asked = [("claim.special_terms_unknown", "icd10"), ("claim.special_terms_unknown", "hospital_level")]
    assert warned(claim_2019(), scheme) == asked
    assert warned(claim_2019(icd10="I63.9", hospital_level="3A"), scheme) == []
    only_others = scheme_with(
        overrides=[{"match": {"icd10": ["C*"], "poverty": ["五保户"]}, "ratio": "0.90", "priority": 2}]
    )
    assert warned(claim_2019(), only_others) == []


def test_a_deductible_for_each_disease_needs_the_disease() -> None:
    scheme = scheme_with(deductible={"amount": "1000.00", "per": "person_disease"})
    assert refused(claim_2019(), scheme) == [("claim.required", "icd10")]
    assert refused(claim_2019(icd10="I63.9"), scheme) == []


def test_a_household_whose_type_has_changed_keeps_its_cover() -> None:
    assert refused(claim_2019(), poverty_type=PovertyType.FARMER) == []
    assert warned(claim_2019(), poverty_type=PovertyType.FARMER) == [("claim.household_type", "member_id")]


def test_after_an_accident_there_is_more_to_ask_and_to_bring() -> None:
    claim = claim_2019(cause=Cause.ACCIDENT)
    assert warned(claim) == [("claim.third_party", "cause"), ("claim.documents_missing", "documents")]
    assert [need.code for need in missing_documents(claim, EXAMPLE)] == ["ACCIDENT_STATEMENT"]


def test_papers_that_do_not_lie_on_the_counter_are_missing() -> None:
    claim = claim_2019(documents=(Document(code="INVOICE", handed_in=True), Document(code="COST_LIST")))
    assert [need.code for need in missing_documents(claim, EXAMPLE)] == [
        "COST_LIST", "DISCHARGE_SUMMARY", "SETTLEMENT_SHEET", "ID_CARD", "BANK_CARD",
    ]  # fmt: skip
    (found,) = found_in(claim)
    assert found.facts == {"count": 5}


def test_everything_wrong_is_told_at_once() -> None:
    broken = claim_2019(hospital="", discharged=date(2019, 2, 1), settled=None, costs=Costs(hifp_pay=1))
    assert [code for code, _ in refused(broken, enrolled=False)] == [
        "claim.required",
        "claim.discharge_before_admission",
        "claim.not_enrolled",
    ]


def test_a_stay_is_what_of_the_claim_decides_the_amount() -> None:
    claim = claim_2019(icd10="I63.9", hospital_level="3A", designated=False)
    stay = stay_of(claim, PovertyType.FIVE_GUARANTEES)
    assert (stay.costs, stay.icd10, stay.hospital_level, stay.designated) == (claim.costs, "I63.9", "3A", False)
    assert (stay.poverty_type, stay.admitted) == (PovertyType.FIVE_GUARANTEES, claim.admitted)
