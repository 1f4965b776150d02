"""How insurers and banks title their columns and say what they decided, in the words that their files use."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from backbone_core.cells import fold
from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState, RejectCode

CodeT = TypeVar("CodeT", bound=StrEnum)

TITLES: Mapping[str, tuple[str, ...]] = {
    "receipt_no": ("受理回执编号", "受理回执号", "回执编号", "回执号", "受理编号", "受理号"),
    "name": ("患者姓名", "被保险人姓名", "被保险人", "出险人姓名", "出险人", "姓名"),
    "id_no": ("证件号码", "身份证号码", "身份证号", "公民身份号码"),
    "outcome": ("核赔结论", "理赔结论", "审核结论", "赔付结论", "结论"),
    "amount": ("赔付金额", "核赔金额", "核定金额", "理赔金额", "应赔金额"),
    "reason_code": ("拒赔原因代码", "拒赔代码", "原因代码"),
    "reason": ("拒赔原因", "拒赔原因/代码", "拒赔或扣减原因", "扣减原因", "原因说明", "原因"),
    "decided_on": ("核赔日期", "结论日期", "审核日期", "核定日期"),
    "revision": ("复核改判", "是否改判", "结论类型", "结论性质"),
    "revision_reason": ("改判原因", "复核意见", "复核原因"),
    "case_no": ("案件号", "赔案号", "理赔案件号", "报案号"),
    "insurer": ("保险公司", "承保公司", "保险机构"),
    "remark": ("备注", "说明"),
    "payment_state": ("支付状态", "付款状态", "支付结果", "付款结果"),
    "paid_amount": ("支付金额", "付款金额", "实付金额"),
    "paid_on": ("支付日期", "付款日期", "转账日期"),
    "reference": ("支付流水号", "交易流水号", "流水号", "支付凭证号", "凭证号"),
    "bank_account": ("收款账号", "收款人账号", "银行账号", "账号"),
    "account_holder": ("收款户名", "收款人姓名", "收款人", "户名"),
    "bank_name": ("收款银行", "开户银行", "开户行"),
    "failure": ("失败原因", "支付失败原因", "退票原因", "退汇原因"),
    "failed_on": ("退票日期", "退汇日期", "失败日期"),
}
"""Per field the titles that files give it, the surest first. "（元）" behind one does not matter."""
_FIELDS = {fold(title): (name, rank) for name, titles in TITLES.items() for rank, title in enumerate(titles)}

OUTCOMES: Mapping[DecisionOutcome, tuple[str, ...]] = {
    DecisionOutcome.APPROVED: ("核赔通过", "通过", "同意赔付", "全额赔付", "正常赔付", "赔付"),
    DecisionOutcome.PART_APPROVED: ("部分赔付", "部分通过", "部分"),
    DecisionOutcome.REFUSED: ("拒赔", "不予赔付", "不赔", "拒绝赔付"),
}
STATES: Mapping[PaymentState, tuple[str, ...]] = {
    PaymentState.PAID: ("已支付", "支付成功", "成功", "已到账", "已付款", "已付"),
    PaymentState.FAILED: ("支付失败", "失败", "退票", "已退票", "退汇", "已退汇"),
}
NOT_YET = frozenset({"待支付", "未支付", "处理中", "支付中"})
"""What stands in the column of payment states where nothing was paid yet."""

REASONS: Mapping[RejectCode, tuple[str, ...]] = {
    RejectCode.OUTSIDE_COVER: ("不属于保险责任", "非保险责任", "责任外", "保险责任外"),
    RejectCode.BELOW_DEDUCTIBLE: ("未达起付线", "未达到起付线", "低于起付线", "低于免赔额", "未超免赔额"),
    RejectCode.HOSPITAL_NOT_ELIGIBLE: ("医院不符", "医院不符合规定", "非定点医院", "非定点医疗机构"),
    RejectCode.WAITING_PERIOD: ("等待期内", "等待期", "观察期"),
    RejectCode.LATE_FILING: ("超过申请时限", "逾期申请", "超期申请", "超时限"),
    RejectCode.COPIES_ONLY: ("无原件", "仅有复印件", "复印件"),
    RejectCode.INCOMPLETE: ("材料不全", "资料不全", "材料不齐"),
    RejectCode.PRE_EXISTING: ("既往症", "既往病史", "带病参保"),
    RejectCode.NOT_ON_ROSTER: ("不在名册", "不在参保名册", "非参保人员", "未参保"),
    RejectCode.OUTSIDE_AGE: ("年龄不符", "超龄", "不符合年龄"),
    RejectCode.DUPLICATE_INVOICE: ("发票重复", "重复发票", "重复理赔", "重复申请"),
    RejectCode.THIRD_PARTY: ("第三方责任", "第三者责任"),
    RejectCode.NOT_INPATIENT: ("非住院", "门诊", "门诊费用"),
    RejectCode.IDENTITY_MISMATCH: ("信息不符", "身份不符", "姓名不符", "证件不符", "账户不符"),
    RejectCode.OUTSIDE_POLICY_PERIOD: ("非保险期间", "不在保险期间", "保险期间外"),
    RejectCode.OTHER: ("其他", "其它"),
}
"""In the order of their numbers in a file: 01, 02 …, and 99 for the last."""
_NUMBERED = {"99" if code is RejectCode.OTHER else f"{place:02}": code for place, code in enumerate(REASONS, start=1)}
NUMBERS: Mapping[RejectCode, str] = {code: number for number, code in _NUMBERED.items()}

FAILURES: Mapping[PaymentFailure, tuple[str, ...]] = {
    PaymentFailure.ACCOUNT_WRONG: ("账号有误", "账号错误", "账号不存在", "无此账号"),
    PaymentFailure.HOLDER_MISMATCH: ("户名不符", "户名与账号不符", "账号户名不符", "户名错误"),
    PaymentFailure.ACCOUNT_CLOSED: ("账户已销户", "已销户", "销户"),
    PaymentFailure.ACCOUNT_BLOCKED: ("账户冻结", "账户状态异常", "状态异常", "冻结", "挂失", "账户挂失"),
    PaymentFailure.BANK_WRONG: ("开户行有误", "开户行错误", "行号错误", "联行号错误"),
    PaymentFailure.OTHER: ("其他", "其它"),
}
REVISED = frozenset({"复核", "改判", "复核改判", "是"})
FIRST = frozenset({"", "初核", "首次", "初次", "否"})
"""What stands in the column that tells a decision made anew from the first one."""
NOTHING = frozenset({"无", "/", "-", "--", "—", "——"})
"""What people write into a cell in which there is nothing to say."""


def field_of(title: str) -> tuple[str, int] | None:
    """Which field a column's title names, and how sure that is (0 = surest)."""
    plain = fold(title)
    for unit in ("(元)", "(人民币元)", "(人民币)"):
        plain = plain.removesuffix(unit)
    return _FIELDS.get(plain)


def code_of(text: str, words: Mapping[CodeT, tuple[str, ...]]) -> CodeT | None:
    """The code that a cell names by its own value or by one of its words."""
    plain = fold(text).rstrip("。.")
    return next((code for code, said in words.items() if plain == code.value or plain in said), None)


def reject_code(text: str) -> RejectCode | None:
    """As `code_of`; a file may also give the number of a reason, with or without its nought."""
    plain = fold(text)
    if plain.isascii() and plain.isdigit() and len(plain) <= 2:
        return _NUMBERED.get(plain.zfill(2))
    return code_of(text, REASONS)
