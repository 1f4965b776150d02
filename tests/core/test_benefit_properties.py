"""What must hold of every scheme that the format can say, and of every bill."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rules_kit import amounts, schemes, some_amounts

from backbone_core.benefit import Benefit, Stay, work_out, work_out_year, year_so_far
from backbone_core.benefit_stated import stated_benefit
from backbone_core.costs import FUNDS, Costs, amount_of, sum_of
from backbone_core.household import PovertyType
from backbone_core.scheme import Scheme
from backbone_core.scheme_terms import BandMode


@st.composite
def settlements(draw: st.DrawFn) -> Costs:
    """A settlement sheet that adds up."""
    parts = {
        name: draw(some_amounts) for name in ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
    }
    total = left = sum(parts.values())
    paid = {}
    for name in FUNDS:
        paid[name] = draw(st.integers(0, left))
        left -= paid[name]
    account = draw(st.integers(0, left))
    return Costs(
        **parts,
        **paid,
        medfee_sumamt=total,
        fund_pay_sumamt=sum(paid.values()),
        psn_part_amt=left,
        acct_pay=account,
        psn_cash_pay=left - account,
    )


stays = st.builds(
    Stay,
    costs=settlements(),
    hospital_level=st.sampled_from(("3A", "2B", "1A", "")),
    designated=st.booleans(),
    icd10=st.sampled_from(("I63.9", "C50", "J44.1", "")),
    poverty_type=st.sampled_from(PovertyType),
)


def left_to_pay(costs: Costs) -> int:
    return costs.medfee_sumamt - sum_of(costs, FUNDS)


@given(schemes(), st.lists(stays, max_size=4))
def test_a_benefit_never_exceeds_its_caps_or_what_was_left_to_pay(scheme: Scheme, year: list[Stay]) -> None:
    worked = work_out_year(scheme, year)
    for benefit, stay in zip(worked, year, strict=True):
        assert 0 <= benefit.amount <= left_to_pay(stay.costs)
        assert scheme.caps.per_claim is None or benefit.amount <= scheme.caps.per_claim
        assert not scheme.caps.not_above_base or benefit.amount <= benefit.base
    assert scheme.caps.per_year is None or sum(benefit.amount for benefit in worked) <= scheme.caps.per_year


@given(schemes(mode=BandMode.MARGINAL), st.lists(stays, max_size=2), stays, amounts)
def test_a_benefit_never_falls_when_the_bill_rises(scheme: Scheme, earlier: list[Stay], stay: Stay, more: int) -> None:
    so_far = year_so_far(work_out_year(scheme, earlier))
    costs = stay.costs
    dearer = replace(
        costs,
        medfee_sumamt=costs.medfee_sumamt + more,
        inscp_scp_amt=costs.inscp_scp_amt + more,
        psn_part_amt=costs.psn_part_amt + more,
        psn_cash_pay=costs.psn_cash_pay + more,
    )
    one, other = work_out(scheme, stay, so_far), work_out(scheme, replace(stay, costs=dearer), so_far)
    assert one.amount <= other.amount


@given(schemes(), st.lists(stays, max_size=3))
def test_the_trace_adds_up(scheme: Scheme, year: list[Stay]) -> None:
    for benefit, stay in zip(work_out_year(scheme, year), year, strict=True):
        assert benefit.trace[-1].result == benefit.amount
        assert benefit.trace[-1].code == ("benefit.result" if benefit.amount else "benefit.result_none")
        follow(benefit, stay)


def follow(benefit: Benefit, stay: Stay) -> None:
    """Go through the steps with a pencil: each result must come from the one before and the step's own figures."""
    running = shares = 0
    for step in benefit.trace:
        code, facts = step.code.removeprefix("benefit."), step.facts
        amount = facts.get("amount_fen", 0)
        assert isinstance(amount, int)
        if code.startswith("start_"):
            running = amount_of(stay.costs, code.removeprefix("start_"))
        elif code in ("paid_by_fund", "minus", "item_left_out"):
            running -= amount
        elif code == "item_added":
            running += amount
        elif code in ("floor", "nothing_left"):
            assert running < step.result or step.result == 0
            running = step.result
        elif code.startswith(("deductible", "below_deductible")):
            running -= benefit.deductible_used
        elif code.startswith("band"):
            shares += int(facts["share_fen"])
            assert step.result == shares
            running = shares
        elif code == "special_ratio":
            assert step.result <= running
            running = step.result
        elif code.startswith("cap_"):
            assert step.result <= running
            assert step.result == facts["most_fen"]
            running = step.result
        elif code == "rounded":
            assert abs(step.result - running) <= int(facts["unit_fen"])
            running = step.result
        elif code in ("below_least", "raised_to_least"):
            assert running <= int(facts["least_fen"])
            running = step.result
        assert step.result == max(0, running) or code.endswith(("_outside", "designated")), step.code
    if any(step.code.startswith("benefit.base") for step in benefit.trace):
        assert benefit.base >= benefit.deductible_used >= 0


@given(schemes(), st.lists(stays, max_size=4))
def test_the_deductible_takes_no_more_than_it_is(scheme: Scheme, year: list[Stay]) -> None:
    highest = max(
        [scheme.deductible.amount, *(one.deductible for one in scheme.overrides if one.deductible is not None)]
    )
    worked = work_out_year(scheme, year)
    assert all(benefit.deductible_used <= highest for benefit in worked)
    if scheme.deductible.per == "year":
        assert sum(benefit.deductible_used for benefit in worked) <= highest


@given(schemes(), st.lists(stays, max_size=3))
def test_the_trace_tells_all_that_later_stays_need_to_know(scheme: Scheme, year: list[Stay]) -> None:
    for benefit, stay in zip(work_out_year(scheme, year), year, strict=True):
        assert stated_benefit(benefit.amount, benefit.trace, stay.icd10) == benefit
