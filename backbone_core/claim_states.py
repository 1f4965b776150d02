"""The states of a claim, and who may move it from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


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


class ClaimAct(StrEnum):
    """What moves a claim on; the catalogue says it as `claim_act.<value>`."""

    SUBMIT = "submit"  # 受理
    ASK_PAPERS = "ask_papers"  # 通知补件
    COMPLETE = "complete"  # 补齐材料
    RETURN = "return"  # 退回
    CHECK_TOWNSHIP = "check_township"  # 乡镇初审
    CHECK_COUNTY = "check_county"  # 县级复核
    REPORT = "report"  # 上报
    ACCEPT = "accept"  # 保险公司受理
    APPROVE = "approve"  # 核赔通过
    APPROVE_PART = "approve_part"  # 部分赔付
    REFUSE = "refuse"  # 拒赔
    PAY = "pay"  # 支付
    PAY_FAIL = "pay_fail"  # 登记退票
    RETRY_PAY = "retry_pay"  # 重新支付
    CLOSE = "close"  # 结案
    WITHDRAW = "withdraw"  # 撤回
    VOID = "void"  # 作废


TOWNSHIP = "township"
COUNTY = "county"
ADMINISTRATOR = "administrator"
INSURER = "insurer"


def move(
    state: ClaimState, act: ClaimAct, role: str, *, by: str = "", done_by: Mapping[ClaimState, str] | None = None
) -> ClaimState:
    """Return the state after `act`, done by the account `by` in `role`.

    `done_by` says which account brought the claim into each earlier state. Raises `RuleBroken` claim.move_forbidden
    (the state has no such act), claim.role_forbidden, claim.self_review (nobody checks their own work).
    """
    raise NotImplementedError


def acts_for(state: ClaimState, role: str) -> tuple[ClaimAct, ...]:
    """What somebody in `role` may do with a claim in `state`."""
    raise NotImplementedError
