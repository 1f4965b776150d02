"""Whether the settlement sheet's amounts add up, told while they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backbone_core.costs import FUNDS, SETTLEMENT_FIELDS, SHARES, Costs, sum_of
from backbone_core.money import format_amount
from backbone_desktop.words import Words


@dataclass(frozen=True, slots=True)
class Sum:
    """A line under a total: what its parts come to, and whether that is what the sheet says."""

    text: str
    right: bool


def sums(words: Words, fen: Mapping[str, int]) -> dict[str, Sum]:
    """By the name of the total's field; a sum whose parts are not typed yet says nothing."""
    costs = Costs(**{name: fen.get(name, 0) for name in SETTLEMENT_FIELDS})
    shares, funds = sum_of(costs, SHARES), sum_of(costs, FUNDS)
    paid = max(funds, costs.fund_pay_sumamt) + costs.hosp_part_amt
    left = costs.medfee_sumamt - paid
    own = costs.acct_pay + costs.psn_cash_pay
    found: dict[str, Sum] = {}
    if shares:
        found["medfee_sumamt"] = _sum(words("Four parts: {sum}", sum=format_amount(shares)),
                                      shares, costs.medfee_sumamt)
    if funds:
        found["fund_pay_sumamt"] = _sum(words("Funds: {sum}", sum=format_amount(funds)),
                                        funds, costs.fund_pay_sumamt)
    if costs.medfee_sumamt and paid and left >= 0:
        found["psn_part_amt"] = _sum(words("Left over: {sum}", sum=format_amount(left)),
                                     left, costs.psn_part_amt)
    if own:
        found["psn_cash_pay"] = _sum(words("Together: {sum}", sum=format_amount(own)),
                                     own, costs.psn_part_amt)
    return found


def _sum(text: str, parts: int, stated: int) -> Sum:
    return Sum(text, stated == parts)
