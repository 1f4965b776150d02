"""A claim: one hospital stay's request, the settlement sheet's amounts, the papers, and who may move it on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from backbone_core.benefit import TraceStep


class ClaimState(StrEnum):
    DRAFT = "draft"  # 草稿
    RECEIVED = "received"  # 已受理
    WAITING_PAPERS = "waiting_papers"  # 待补件
    TOWNSHIP_CHECKED = "township_checked"  # 乡镇初审
    COUNTY_CHECKED = "county_checked"  # 县级复核
    REPORTED = "reported"  # 已上报
    INSURER_ACCEPTED = "insurer_accepted"  # 保险公司受理
    APPROVED = "approved"  # 核赔通过
    PART_APPROVED = "part_approved"  # 部分赔付
    REFUSED = "refused"  # 拒赔
    PAID = "paid"  # 已支付
    PAYMENT_FAILED = "payment_failed"  # 支付失败
    CLOSED = "closed"  # 结案
    WITHDRAWN = "withdrawn"  # 撤回
    VOID = "void"  # 作废


class Cause(StrEnum):
    ILLNESS = "illness"
    ACCIDENT = "accident"


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """The settlement sheet's amounts in fen, under the national settlement interface's field names."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """材料: a paper that the scheme asks for, by its code, and whether it lies on the counter."""

    code: str
    handed_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """理赔申请. Amounts in fen; `benefit` is provisional until the insurer has decided.

    `receipt_no`, `received_at`, `received_by`, `content_hash` and `signature` are set when the claim is taken in.
    """

    id: str
    member_id: str
    household_id: str
    policy_year: int
    state: ClaimState = ClaimState.DRAFT
    cause: Cause = Cause.ILLNESS
    hospital: str = ""
    hospital_level: str = ""
    designated: bool = True
    diagnosis: str = ""
    icd10: str = ""
    admitted: date | None = None
    discharged: date | None = None
    settled: date | None = None
    invoice_no: str = ""
    costs: Costs = field(default_factory=Costs)
    documents: tuple[Document, ...] = ()
    bank_name: str = ""
    bank_account: str = ""
    account_holder: str = ""
    remarks: str = ""
    scheme_id: str = ""
    scheme_version: int = 0
    benefit: int | None = None
    trace: tuple[TraceStep, ...] = ()
    receipt_no: str = ""
    received_at: datetime | None = None
    received_by: str = ""
    content_hash: str = ""
    signature: str = ""
