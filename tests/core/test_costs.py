"""Whether a settlement sheet's amounts add up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backbone_core.costs import SETTLEMENT_FIELDS, Costs, check_costs, left_to_pay

SHEET = Costs(
    medfee_sumamt=1000000, fulamt_ownpay_amt=50000, overlmt_selfpay=10000, preselfpay_amt=40000, inscp_scp_amt=900000,
    act_pay_dedc=30000, hifp_pay=500000, hifmi_pay=100000, maf_pay=50000, fund_pay_sumamt=650000, psn_part_amt=350000,
    acct_pay=20000, psn_cash_pay=330000,
)  # fmt: skip


def findings(costs: Costs) -> list[tuple[str, str, int | None]]:
    found = check_costs(costs)
    assert all(one.refuses for one in found)
    return [(one.code, one.field, one.facts.get("difference_fen")) for one in found]  # type: ignore[misc]


def test_the_names_are_the_national_interface_s_in_the_sheet_s_order() -> None:
    assert SETTLEMENT_FIELDS == (
        "medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt", "act_pay_dedc",
        "hifp_pay", "cvlserv_pay", "hifmi_pay", "maf_pay", "oth_pay", "fund_pay_sumamt", "psn_part_amt", "acct_pay",
        "psn_cash_pay", "hosp_part_amt",
    )  # fmt: skip


def test_a_sheet_that_adds_up_is_taken() -> None:
    assert findings(SHEET) == []
    assert findings(replace(SHEET, hosp_part_amt=50000, psn_part_amt=300000, psn_cash_pay=280000)) == []


def test_a_sheet_that_states_the_total_and_the_funds_alone_is_taken() -> None:
    assert findings(Costs(medfee_sumamt=993200)) == []
    assert findings(Costs(medfee_sumamt=993200, hifp_pay=500000, maf_pay=100)) == []
    assert findings(Costs(medfee_sumamt=993200, hifp_pay=993200)) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"inscp_scp_amt": 890000}, [("cost.sum_total", "medfee_sumamt", 10000)]),
        ({"fund_pay_sumamt": 640000}, [("cost.sum_funds", "fund_pay_sumamt", -10000)]),
        ({"psn_part_amt": 350001, "psn_cash_pay": 330001}, [("cost.sum_personal", "psn_part_amt", 1)]),
        ({"acct_pay": 0}, [("cost.sum_cash", "psn_cash_pay", 20000)]),
        ({"psn_part_amt": 0, "psn_cash_pay": 300000}, [("cost.sum_cash", "psn_cash_pay", 30000)]),
        ({"act_pay_dedc": 1000001}, [("cost.above_total", "act_pay_dedc", None)]),
        ({"oth_pay": -1}, [("cost.negative", "oth_pay", None)]),
    ],
)
def test_what_does_not_add_up_is_told_at_its_field_with_the_difference(
    fields: dict[str, int], expected: list[tuple[str, str, int | None]]
) -> None:
    assert findings(replace(SHEET, **fields)) == expected


def test_funds_that_are_summed_but_not_listed_are_asked_for() -> None:
    # the scheme takes each fund's payment off by its own name
    assert findings(Costs(medfee_sumamt=993200, fund_pay_sumamt=500000)) == [
        ("cost.sum_funds", "fund_pay_sumamt", 500000)
    ]


def test_more_than_the_bill_cannot_have_been_paid() -> None:
    assert findings(Costs(medfee_sumamt=100000, hifp_pay=90000, maf_pay=20000)) == [
        ("cost.paid_above_total", "medfee_sumamt", -10000)
    ]


def test_a_sheet_without_a_total_says_only_that() -> None:
    assert findings(Costs(hifp_pay=100)) == [("cost.total_missing", "medfee_sumamt", None)]


def test_what_was_left_to_pay() -> None:
    assert left_to_pay(SHEET) == 350000
    assert left_to_pay(Costs(medfee_sumamt=993200, hifp_pay=500000)) == 493200
    assert left_to_pay(Costs(medfee_sumamt=993200, hifp_pay=500000, psn_part_amt=400000)) == 400000
    assert left_to_pay(Costs(psn_part_amt=400000)) == 400000
    assert left_to_pay(Costs(medfee_sumamt=100, hifp_pay=500)) == 0
