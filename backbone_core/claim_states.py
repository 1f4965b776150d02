"""The states of a claim, and who may move it from one to the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from backbone_core.errors import RuleBroken


class ClaimState(StrEnum):
    DRAFT = "draft"  # 草稿
    RECEIVED = "received"  # 已受理
    WAITING_PAPERS = "waiting_papers"  # 待补件
    TOWNSHIP_CHECKED = "township_checked"  # 初审通过: what the township took in, checked once by the county
    COUNTY_CHECKED = "county_checked"  # 复核通过: checked again, by somebody else
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
    CHECK_TOWNSHIP = "check_township"  # 初审通过
    CHECK_COUNTY = "check_county"  # 复核通过
    REPORT = "report"  # 上报
    ACCEPT = "accept"  # 保险公司受理
    APPROVE = "approve"  # 核赔通过
    APPROVE_PART = "approve_part"  # 部分赔付
    REFUSE = "refuse"  # 拒赔
    PAY = "pay"  # 支付
    PAY_FAIL = "pay_fail"  # 登记退票
    RETRY_PAY = "retry_pay"  # 重新支付
    CORRECT_ACCOUNT = "correct_account"  # 更正收款账户
    CLOSE = "close"  # 结案
    WITHDRAW = "withdraw"  # 撤回
    VOID = "void"  # 作废


TOWNSHIP = "township"
COUNTY = "county"
ADMINISTRATOR = "administrator"
INSURER = "insurer"


_COUNTER = frozenset({TOWNSHIP, COUNTY, ADMINISTRATOR})
_COUNTY = frozenset({COUNTY})
_INSURER = frozenset({INSURER})

_S, _A = ClaimState, ClaimAct
_OPEN = (_S.RECEIVED, _S.WAITING_PAPERS, _S.TOWNSHIP_CHECKED, _S.COUNTY_CHECKED, _S.REPORTED, _S.INSURER_ACCEPTED)


@dataclass(frozen=True, slots=True)
class _Way:
    """One act: from where, to where, by whom, and whose earlier work it looks over."""

    act: ClaimAct
    sources: tuple[ClaimState, ...]
    target: ClaimState
    roles: frozenset[str]
    looks_over: tuple[ClaimState, ...] = ()


_WAYS = (
    _Way(_A.SUBMIT, (_S.DRAFT,), _S.RECEIVED, _COUNTER),
    _Way(_A.ASK_PAPERS, (_S.RECEIVED, _S.TOWNSHIP_CHECKED, _S.COUNTY_CHECKED), _S.WAITING_PAPERS, _COUNTER),
    _Way(_A.ASK_PAPERS, (_S.REPORTED, _S.INSURER_ACCEPTED), _S.WAITING_PAPERS, _INSURER),
    _Way(_A.COMPLETE, (_S.WAITING_PAPERS,), _S.RECEIVED, _COUNTER),
    _Way(_A.CHECK_TOWNSHIP, (_S.RECEIVED,), _S.TOWNSHIP_CHECKED, _COUNTY, (_S.RECEIVED,)),
    _Way(_A.CHECK_COUNTY, (_S.TOWNSHIP_CHECKED,), _S.COUNTY_CHECKED, _COUNTY, (_S.RECEIVED, _S.TOWNSHIP_CHECKED)),
    _Way(_A.RETURN, (_S.TOWNSHIP_CHECKED, _S.COUNTY_CHECKED), _S.RECEIVED, _COUNTY),
    _Way(_A.RETURN, (_S.REPORTED, _S.INSURER_ACCEPTED), _S.COUNTY_CHECKED, _INSURER),
    _Way(_A.REPORT, (_S.COUNTY_CHECKED,), _S.REPORTED, _COUNTY),
    _Way(_A.ACCEPT, (_S.REPORTED,), _S.INSURER_ACCEPTED, _INSURER),
    _Way(_A.APPROVE, (_S.INSURER_ACCEPTED,), _S.APPROVED, _INSURER),
    _Way(_A.APPROVE_PART, (_S.INSURER_ACCEPTED,), _S.PART_APPROVED, _INSURER),
    _Way(_A.APPROVE, (_S.REFUSED, _S.PART_APPROVED), _S.APPROVED, _INSURER),  # an objection that was upheld
    _Way(_A.APPROVE_PART, (_S.REFUSED, _S.PART_APPROVED), _S.PART_APPROVED, _INSURER),
    _Way(_A.REFUSE, (_S.INSURER_ACCEPTED,), _S.REFUSED, _INSURER),
    _Way(_A.PAY, (_S.APPROVED, _S.PART_APPROVED), _S.PAID, _INSURER),
    _Way(_A.PAY_FAIL, (_S.APPROVED, _S.PART_APPROVED, _S.PAID), _S.PAYMENT_FAILED, _INSURER),
    _Way(_A.RETRY_PAY, (_S.PAYMENT_FAILED,), _S.PAID, _INSURER),
    _Way(_A.CORRECT_ACCOUNT, (_S.PAYMENT_FAILED,), _S.PAYMENT_FAILED, _COUNTER),
    _Way(_A.CLOSE, (_S.PAID, _S.REFUSED), _S.CLOSED, _COUNTY | _INSURER),
    _Way(_A.WITHDRAW, _OPEN, _S.WITHDRAWN, _COUNTER),
    _Way(_A.VOID, (_S.DRAFT,), _S.VOID, _COUNTER),
    _Way(_A.VOID, _OPEN, _S.VOID, frozenset({COUNTY, ADMINISTRATOR})),
)


def move(
    state: ClaimState, act: ClaimAct, role: str, *, by: str = "",
    done_by: Mapping[ClaimState, Collection[str]] | None = None,
) -> ClaimState:
    """Return the state after `act`, done by the person `by` in `role`.

    `done_by` says who brought the claim into each earlier state. Raises `RuleBroken` claim.move_forbidden
    (the state has no such act), claim.role_forbidden, claim.self_review (nobody checks what they took in or checked
    themselves; separation of duties, as 等保 asks for).
    """
    facts = {"state_code": f"claim_state.{state}", "act_code": f"claim_act.{act}"}
    ways = [way for way in _WAYS if way.act is act and state in way.sources]
    if not ways:
        raise RuleBroken("claim.move_forbidden", **facts)
    way = next((way for way in ways if role in way.roles), None)
    if way is None:
        raise RuleBroken("claim.role_forbidden", **facts)
    earlier = done_by or {}
    if any(by in earlier.get(looked_over, ()) for looked_over in way.looks_over):
        raise RuleBroken("claim.self_review", **facts)
    return way.target


def acts_for(state: ClaimState, role: str) -> tuple[ClaimAct, ...]:
    """What somebody in `role` may do with a claim in `state`."""
    return tuple(dict.fromkeys(way.act for way in _WAYS if state in way.sources and role in way.roles))
