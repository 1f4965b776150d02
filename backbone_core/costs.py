"""The settlement sheet's amounts under their official names, and whether they add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from backbone_core.errors import Finding, Severity, refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """The settlement sheet's amounts in fen, under the national settlement interface's field names; 0 = not stated."""

    medfee_sumamt: int = 0  # 医疗费总额
    fulamt_ownpay_amt: int = 0  # 全自费金额
    overlmt_selfpay: int = 0  # 超限价自费费用
    preselfpay_amt: int = 0  # 先行自付金额
    inscp_scp_amt: int = 0  # 符合政策范围金额
    act_pay_dedc: int = 0  # 实际支付起付线
    hifp_pay: int = 0  # 基本医疗保险统筹基金支出
    cvlserv_pay: int = 0  # 公务员医疗补助资金支出
    hifmi_pay: int = 0  # 居民大病保险资金支出
    maf_pay: int = 0  # 医疗救助基金支出
    oth_pay: int = 0  # 其他支出
    fund_pay_sumamt: int = 0  # 基金支付总额
    psn_part_amt: int = 0  # 个人负担总金额
    acct_pay: int = 0  # 个人账户支出
    psn_cash_pay: int = 0  # 个人现金支出
    hosp_part_amt: int = 0  # 医院负担金额


SETTLEMENT_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Costs))
"""The field names in the order of the sheet."""

SHARES = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
"""The four parts into which the total is divided."""

FUNDS = ("hifp_pay", "cvlserv_pay", "hifmi_pay", "maf_pay", "oth_pay")
"""The funds whose payments make up `fund_pay_sumamt`."""

SUMS = frozenset({"cost.sum_total", "cost.sum_funds", "cost.paid_above_total", "cost.sum_personal", "cost.sum_cash"})
"""Findings about a sum that the sheet itself does not keep to; every other one is about an amount that cannot be."""


def amount_of(costs: Costs, name: str) -> int:
    """The amount (fen) under an official field name."""
    value: int = getattr(costs, name)
    return value


def sum_of(costs: Costs, names: tuple[str, ...]) -> int:
    return sum(amount_of(costs, name) for name in names)


def left_to_pay(costs: Costs) -> int:
    """What the family had left to pay (fen): the total less every fund and the hospital's part, and never more than
    the sheet's own 个人负担总金额 where it states one. The personal account is the family's own money."""
    funds = max(sum_of(costs, FUNDS), costs.fund_pay_sumamt)
    left = max(0, costs.medfee_sumamt - funds - costs.hosp_part_amt)
    stated = costs.psn_part_amt or costs.acct_pay + costs.psn_cash_pay
    if not stated:
        return left
    return min(left, stated) if costs.medfee_sumamt else stated


def check_costs(costs: Costs, sums: Severity = Severity.REFUSAL) -> tuple[Finding, ...]:
    """Find amounts that do not add up; the field is the official name (`.at("costs")` puts it on a claim).
    `sums` says how heavily a sum weighs that does not come out.

    Sheets differ in what they print, so a sum is checked where both its sides are stated. Facts of a sum: `stated_fen`,
    `parts_fen`, `difference_fen` (stated less parts, may be negative). Source: the relations between the fields of the
    national medical insurance settlement interface (医疗保障信息平台 定点医药机构接口规范, 结算信息).
    """
    return tuple(replace(one, severity=sums) if one.code in SUMS else one for one in _findings(costs))


def _findings(costs: Costs) -> Iterator[Finding]:
    total = costs.medfee_sumamt
    negative = [name for name in SETTLEMENT_FIELDS if amount_of(costs, name) < 0]
    for name in negative:
        yield refusal("cost.negative", name)
    if negative:
        return
    if not total:
        yield refusal("cost.total_missing", "medfee_sumamt")
        return
    above = [name for name in SETTLEMENT_FIELDS if amount_of(costs, name) > total]
    for name in above:
        yield refusal("cost.above_total", name, stated_fen=amount_of(costs, name), total_fen=total)
    shares, funds = sum_of(costs, SHARES), sum_of(costs, FUNDS)
    if shares and shares != total:
        yield _sum("cost.sum_total", "medfee_sumamt", total, shares)
    if costs.fund_pay_sumamt and funds != costs.fund_pay_sumamt:
        yield _sum("cost.sum_funds", "fund_pay_sumamt", costs.fund_pay_sumamt, funds)
    paid = max(funds, costs.fund_pay_sumamt) + costs.hosp_part_amt
    if paid > total and not above:
        yield _sum("cost.paid_above_total", "medfee_sumamt", total, paid)
    own = costs.acct_pay + costs.psn_cash_pay
    if costs.psn_part_amt and paid <= total and costs.psn_part_amt != total - paid:
        yield _sum("cost.sum_personal", "psn_part_amt", costs.psn_part_amt, total - paid)
    if own and own != (costs.psn_part_amt or max(0, total - paid)):
        yield _sum("cost.sum_cash", "psn_cash_pay", costs.psn_part_amt or max(0, total - paid), own)


def _sum(code: str, field: str, stated: int, parts: int) -> Finding:
    return refusal(code, field, stated_fen=stated, parts_fen=parts, difference_fen=stated - parts)
