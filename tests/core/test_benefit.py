"""What the scheme pays: the cases that are known, worked by hand, and what each term does."""

from __future__ import annotations

from typing import Any

import pytest
from rules_kit import EXAMPLE, OTHER_EXAMPLE, plain, scheme_with

from backbone_core.benefit import Benefit, Stay, YearSoFar, work_out, work_out_year, year_so_far
from backbone_core.costs import Costs
from backbone_core.household import PovertyType
from backbone_core.scheme import Scheme, read_scheme

FIRST = read_scheme(EXAMPLE.read_bytes())
OTHER = read_scheme(OTHER_EXAMPLE.read_bytes())


def stay(yuan: float, **fields: Any) -> Stay:
    return Stay(costs=Costs(medfee_sumamt=round(yuan * 100)), **fields)


def codes(benefit: Benefit) -> list[str]:
    return [step.code.removeprefix("benefit.") for step in benefit.trace]


def bands(
    *rows: tuple[str, str | None, str], measure: str = "after_deductible", mode: str = "marginal"
) -> dict[str, Any]:
    return {
        "measure": measure,
        "mode": mode,
        "rows": [{"gt": above, "le": upto, "ratio": ratio} for above, upto, ratio in rows],
    }


def caps(**given: Any) -> dict[str, Any]:
    return {"per_claim": None, "per_year": None, "pool": None, "not_above_base": True, **given}


STEPPED = (("0", "10000", "0.50"), ("10000", "20000", "0.60"), ("20000", None, "0.70"))


@pytest.mark.parametrize(
    ("scheme", "left", "pays"),
    [
        (FIRST, 9932.00, 481920),
        (FIRST, 1900.00, 0),
        (FIRST, 1900.01, 1),
        (FIRST, 200000.00, 10000000),
        (FIRST, 0.01, 0),
        (OTHER, 10250.00, 290000),
    ],
)
def test_known_cases(scheme: Scheme, left: float, pays: int) -> None:
    assert work_out(scheme, stay(left)).amount == pays


def test_the_yearly_deductible_is_met_once_by_all_stays_together() -> None:
    first, second = work_out_year(FIRST, [stay(1000), stay(2000)])
    assert (first.amount, second.amount) == (0, 66000)
    assert (first.deductible_used, second.deductible_used) == (100000, 90000)
    assert codes(first) == ["start_medfee_sumamt", "base", "below_deductible_year", "result_none"]
    assert codes(second) == ["start_medfee_sumamt", "base", "deductible_rest_year", "band", "result"]


def test_voiding_an_earlier_stay_changes_the_later_ones() -> None:
    assert [benefit.amount for benefit in work_out_year(FIRST, [stay(1000), stay(2000), stay(100)])] == [0, 66000, 6000]
    assert [benefit.amount for benefit in work_out_year(FIRST, [stay(2000), stay(100)])] == [6000, 6000]


def test_the_steps_can_be_read_one_after_the_other() -> None:
    costs = Costs(medfee_sumamt=2000000, hifp_pay=800000, hifmi_pay=150000, maf_pay=56800)
    benefit = work_out(FIRST, Stay(costs=costs))
    assert [(step.code, step.facts.get("amount_fen"), step.result) for step in benefit.trace] == [
        ("benefit.start_medfee_sumamt", None, 2000000),
        ("benefit.paid_by_fund", 800000, 1200000),
        ("benefit.paid_by_fund", 150000, 1050000),
        ("benefit.paid_by_fund", 56800, 993200),
        ("benefit.base", None, 993200),
        ("benefit.deductible_year", 190000, 803200),
        ("benefit.band", None, 481920),
        ("benefit.result", None, 481920),
    ]


def test_each_stay_has_its_own_deductible_where_the_scheme_says_so() -> None:
    scheme = scheme_with(deductible={"amount": "500.00", "per": "admission"})
    assert [benefit.amount for benefit in work_out_year(scheme, [stay(1000), stay(1000)])] == [30000, 30000]


def test_a_deductible_for_each_disease_is_met_by_its_own_stays() -> None:
    scheme = scheme_with(deductible={"amount": "1000.00", "per": "person_disease"})
    stays = [stay(600, icd10="I63.9"), stay(600, icd10="c50"), stay(600, icd10="I63.2"), stay(600, icd10="I63")]
    worked = work_out_year(scheme, stays)
    assert [benefit.amount for benefit in worked] == [0, 0, 12000, 36000]
    assert [benefit.disease for benefit in worked] == ["I63", "C50", "I63", "I63"]


def test_marginal_bands_pay_each_part_by_its_own_ratio() -> None:
    scheme = scheme_with(bands=bands(*STEPPED))
    benefit = work_out(scheme, stay(26900))
    assert benefit.amount == 500000 + 600000 + 350000
    assert codes(benefit)[-4:] == ["band_part_first", "band_part_middle", "band_part_last", "result"]


def test_whole_bands_pay_everything_by_the_ratio_reached() -> None:
    scheme = scheme_with(bands=bands(*STEPPED, mode="whole"))
    assert work_out(scheme, stay(11900)).amount == 500000
    assert work_out(scheme, stay(11900.01)).amount == 600001
    assert work_out(scheme, stay(26900)).amount == 1750000


def test_bands_measured_before_the_deductible_start_lower() -> None:
    scheme = scheme_with(bands=bands(*STEPPED, measure="before_deductible"))
    # 1,900 of the first 10,000 fall to the deductible
    assert work_out(scheme, stay(26900)).amount == 405000 + 600000 + 483000
    whole = scheme_with(bands=bands(*STEPPED, measure="before_deductible", mode="whole"))
    assert work_out(whole, stay(10000)).amount == 405000
    assert work_out(whole, stay(10000.01)).amount == 486001


def test_bands_of_a_yearly_deductible_run_on_through_the_year() -> None:
    scheme = scheme_with(bands=bands(*STEPPED))
    together = work_out(scheme, stay(26900)).amount
    assert sum(benefit.amount for benefit in work_out_year(scheme, [stay(8000), stay(1000), stay(17900)])) == together


@pytest.mark.parametrize(
    ("patient", "pays"),
    [
        ({}, 486000),
        ({"icd10": "i63.900"}, 648000),
        ({"poverty_type": PovertyType.FIVE_GUARANTEES_POOR}, 600000),
        ({"poverty_type": PovertyType.FIVE_GUARANTEES_POOR, "icd10": "I63"}, 800000),
        ({"poverty_type": PovertyType.FIVE_GUARANTEES_POOR, "icd10": "I63", "hospital_level": "3A"}, 1000000),
        ({"hospital_level": "3A", "icd10": "I64"}, 486000),
    ],
)
def test_overrides_help_those_they_name(patient: dict[str, Any], pays: int) -> None:
    scheme = scheme_with(
        overrides=[
            {"match": {"icd10": ["I63*"]}, "ratio": "0.80", "priority": 10},
            {"match": {"poverty": ["五保贫困户"]}, "deductible": "0", "priority": 5},
            {"match": {"icd10": ["I63*", "C*"], "hosp_level": ["3*"]}, "ratio": "1", "priority": 20},
        ]
    )
    assert work_out(scheme, stay(10000, **patient)).amount == pays


def test_an_override_is_told_in_the_trace() -> None:
    scheme = scheme_with(overrides=[{"match": {"icd10": ["*"]}, "ratio": "0.125", "deductible": "0", "priority": 1}])
    benefit = work_out(scheme, stay(100))
    assert codes(benefit) == ["start_medfee_sumamt", "base", "deductible_waived", "special_ratio", "result"]
    assert benefit.trace[-2].facts["percent"] == "12.5"
    assert benefit.amount == 1250


def test_a_claim_s_cap() -> None:
    benefit = work_out(scheme_with(caps=caps(per_claim="500.00")), stay(9932))
    assert benefit.amount == 50000
    assert "cap_claim" in codes(benefit)


def test_a_year_s_cap_counts_what_was_paid_before() -> None:
    scheme = scheme_with(caps=caps(per_year="6000.00"))
    assert [benefit.amount for benefit in work_out_year(scheme, [stay(9932), stay(9932), stay(9932)])] == [
        481920, 118080, 0,
    ]  # fmt: skip


def test_the_county_s_pool_caps_where_it_is_known() -> None:
    scheme = scheme_with(caps=caps(pool="1000.00"))
    assert work_out(scheme, stay(9932)).amount == 481920
    assert work_out(scheme, stay(9932), YearSoFar(pool_paid=90000)).amount == 10000
    assert work_out(scheme, stay(9932), YearSoFar(pool_paid=200000)).amount == 0


def test_never_more_than_what_counts_or_was_left_to_pay() -> None:
    generous = {"amount": "100.00", "action": "raise"}
    free = {"amount": "0.00", "per": "year"}
    half = {**plain()["base"], "eligible_items": {**plain()["base"]["eligible_items"], "fulamt_ownpay_amt": "0"}}
    costs = Costs(medfee_sumamt=5000, fulamt_ownpay_amt=2000)
    capped = scheme_with(min_payment=generous, deductible=free, base=half)
    assert work_out(capped, Stay(costs=costs)).amount == 3000
    open_ended = scheme_with(min_payment=generous, deductible=free, base=half, caps=caps(not_above_base=False))
    assert work_out(open_ended, Stay(costs=costs)).amount == 5000


def test_a_benefit_below_the_least_payment_is_none_or_raised() -> None:
    zero = scheme_with(min_payment={"amount": "50.00", "action": "zero"})
    raised = scheme_with(min_payment={"amount": "50.00", "action": "raise"})
    assert (work_out(zero, stay(1950)).amount, work_out(raised, stay(1950)).amount) == (0, 5000)
    assert (work_out(zero, stay(2000)).amount, work_out(raised, stay(2000)).amount) == (6000, 6000)
    assert (work_out(zero, stay(1000)).amount, work_out(raised, stay(1000)).amount) == (0, 0)
    assert "below_least" in codes(work_out(zero, stay(1950)))
    assert "raised_to_least" in codes(work_out(raised, stay(1950)))


@pytest.mark.parametrize(
    ("mode", "amounts"),
    [
        # 60 % of 0.10, 0.25, 0.75 and 1.00 above the deductible: 0.06, 0.15, 0.45, 0.60 to the 0.10
        ("HALF_UP", [10, 20, 50, 60]),
        ("HALF_DOWN", [10, 10, 40, 60]),
        ("HALF_EVEN", [10, 20, 40, 60]),
        ("UP", [10, 20, 50, 60]),
        ("DOWN", [0, 10, 40, 60]),
    ],
)
def test_rounds_as_the_scheme_says(mode: str, amounts: list[int]) -> None:
    scheme = scheme_with(rounding={"unit": "0.10", "mode": mode, "at": "final"})
    assert [work_out(scheme, stay(1900 + above)).amount for above in (0.10, 0.25, 0.75, 1)] == amounts


def test_rounding_up_does_not_climb_over_a_cap() -> None:
    scheme = scheme_with(rounding={"unit": "10.00", "mode": "UP", "at": "final"}, caps=caps(per_claim="25.00"))
    benefit = work_out(scheme, stay(9932))
    assert benefit.amount == 2000
    assert codes(benefit)[-3:] == ["cap_claim", "rounded", "result"]


def test_each_band_may_be_rounded() -> None:
    thirds = bands(("0", "0.01", "0.50"), ("0.01", None, "0.50"))
    once = scheme_with(bands=thirds, rounding={"unit": "0.01", "mode": "HALF_UP", "at": "final"})
    each = scheme_with(bands=thirds, rounding={"unit": "0.01", "mode": "HALF_UP", "at": "bands"})
    assert (work_out(once, stay(1900.02)).amount, work_out(each, stay(1900.02)).amount) == (1, 2)


def test_what_does_not_count_is_left_out() -> None:
    base = {
        **plain()["base"],
        "eligible_items": {"fulamt_ownpay_amt": "0", "overlmt_selfpay": "0.5", "preselfpay_amt": "1"},
    }
    costs = Costs(medfee_sumamt=1000000, fulamt_ownpay_amt=100000, overlmt_selfpay=40000, preselfpay_amt=30000)
    benefit = work_out(scheme_with(base=base), Stay(costs=costs))
    assert benefit.base == 880000
    assert codes(benefit)[:4] == ["start_medfee_sumamt", "item_left_out", "item_left_out", "base"]


@pytest.mark.parametrize(
    ("start", "minus", "base"),
    [
        ("inscp_scp_amt", ["hifp_pay"], 700000 - 500000 + 100000 + 50000),
        ("psn_part_amt", ["acct_pay"], 500000 - 20000),
        ("psn_cash_pay", [], 480000),
    ],
)
def test_a_scheme_may_start_from_other_amounts(start: str, minus: list[str], base: int) -> None:
    terms = {
        **plain()["base"],
        "from": start,
        "minus": minus,
        "eligible_items": {"fulamt_ownpay_amt": "1", "overlmt_selfpay": "0.5", "preselfpay_amt": "0"},
    }
    costs = Costs(
        medfee_sumamt=1000000, fulamt_ownpay_amt=100000, overlmt_selfpay=100000, preselfpay_amt=100000,
        inscp_scp_amt=700000, hifp_pay=500000, fund_pay_sumamt=500000, psn_part_amt=500000, acct_pay=20000,
        psn_cash_pay=480000,
    )  # fmt: skip
    left_out = 0 if start == "inscp_scp_amt" else 100000 + 50000
    assert work_out(scheme_with(base=terms), Stay(costs=costs)).base == base - left_out


def test_a_floor_lifts_what_counts() -> None:
    benefit = work_out(scheme_with(base={**plain()["base"], "floor": "2500.00"}), stay(2000))
    assert (benefit.base, benefit.amount) == (250000, 36000)
    assert "floor" in codes(benefit)


def test_nothing_is_left_when_the_funds_have_paid_all() -> None:
    benefit = work_out(FIRST, Stay(costs=Costs(medfee_sumamt=100000, hifp_pay=100000)))
    assert benefit.amount == 0
    assert codes(benefit)[-2:] == ["base", "result_none"]


@pytest.mark.parametrize(
    ("base", "patient", "code"),
    [
        ({}, {"case_type": "outpatient"}, "case_type_outside"),
        ({"hospital_levels": ["2*", "1*"]}, {"hospital_level": "3A"}, "hospital_level_outside"),
        ({"hospital_levels": ["2*", "1*"]}, {}, "hospital_level_outside"),
        ({"designated_only": True}, {"designated": False}, "not_designated"),
    ],
)
def test_a_stay_outside_the_scheme_is_paid_nothing_and_counts_for_nothing(
    base: dict[str, Any], patient: dict[str, Any], code: str
) -> None:
    benefit = work_out(scheme_with(base={**plain()["base"], **base}), stay(9932, **patient))
    assert (benefit.amount, benefit.base, benefit.deductible_used) == (0, 0, 0)
    assert codes(benefit) == [code, "result_none"]


def test_the_year_so_far_is_what_its_stays_came_to() -> None:
    worked = work_out_year(FIRST, [stay(1000, icd10="I63.9"), stay(2000, icd10="I63"), stay(500)])
    so_far = year_so_far(worked)
    assert (so_far.base, so_far.deductible_met, so_far.paid) == (350000, 190000, 66000 + 30000)
    assert (so_far.diseases["I63"].base, so_far.diseases["I63"].deductible_met) == (300000, 190000)
