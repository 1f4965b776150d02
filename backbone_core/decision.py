"""What the insurer decided about a claim, what was paid for it, and what speaks against such an answer."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from backbone_core.claim import Claim
from backbone_core.claim_states import ClaimAct
from backbone_core.errors import Finding, refusal, warning

_ANSWERS = uuid.UUID("0d6a7d3a-3f0e-5a53-8c44-6c0f4b2f9d17")
"""The name space of decisions and payments, chosen at random once for ever."""
_CHINA = timedelta(hours=8)


class DecisionOutcome(StrEnum):
    """The catalogue says it as `decision_outcome.<value>`."""

    APPROVED = "approved"  # 核赔通过
    PART_APPROVED = "part_approved"  # 部分赔付
    REFUSED = "refused"  # 拒赔

    @property
    def act(self) -> ClaimAct:
        """What the outcome does to the claim."""
        return _ACTS[self]


_ACTS = {
    DecisionOutcome.APPROVED: ClaimAct.APPROVE,
    DecisionOutcome.PART_APPROVED: ClaimAct.APPROVE_PART,
    DecisionOutcome.REFUSED: ClaimAct.REFUSE,
}


class RejectCode(StrEnum):
    """Why the insurer pays less or nothing; the catalogue says it as `reject.<value>`."""

    OUTSIDE_COVER = "outside_cover"  # 不属于保险责任
    BELOW_DEDUCTIBLE = "below_deductible"  # 未达起付线
    HOSPITAL_NOT_ELIGIBLE = "hospital_not_eligible"  # 医院不符合规定
    WAITING_PERIOD = "waiting_period"  # 等待期内
    LATE_FILING = "late_filing"  # 超过申请时限
    COPIES_ONLY = "copies_only"  # 仅有复印件
    INCOMPLETE = "incomplete"  # 材料不全
    PRE_EXISTING = "pre_existing"  # 既往症
    NOT_ON_ROSTER = "not_on_roster"  # 不在参保名册
    OUTSIDE_AGE = "outside_age"  # 不满18周岁或超过60周岁
    DUPLICATE_INVOICE = "duplicate_invoice"  # 发票重复
    THIRD_PARTY = "third_party"  # 第三方责任
    NOT_INPATIENT = "not_inpatient"  # 非住院
    IDENTITY_MISMATCH = "identity_mismatch"  # 姓名、证件或账号不符
    OUTSIDE_POLICY_PERIOD = "outside_policy_period"  # 不在保险期间
    OTHER = "other"  # 其他, in the insurer's own words


class PaymentState(StrEnum):
    """The catalogue says it as `payment_state.<value>`."""

    PAID = "paid"  # 已支付
    FAILED = "failed"  # 支付失败(退票)


class PaymentFailure(StrEnum):
    """Why the money came back; the catalogue says it as `payment_failure.<value>`."""

    ACCOUNT_WRONG = "account_wrong"  # 账号有误
    HOLDER_MISMATCH = "holder_mismatch"  # 户名与账号不符
    ACCOUNT_CLOSED = "account_closed"  # 账户已销户
    ACCOUNT_BLOCKED = "account_blocked"  # 账户冻结、挂失或状态异常
    BANK_WRONG = "bank_wrong"  # 开户行有误
    OTHER = "other"  # 其他, in the bank's own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """拒赔原因. `text` is what the insurer wrote beside the code, "" for nothing."""

    code: RejectCode
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """核赔结论: the insurer's answer to one claim. `amount` in fen is what it pays; nothing where it refuses.

    `case_no` is the insurer's own number of the claim. The centre makes decisions and payments; a device only reads
    them.
    """

    id: str
    claim_id: str
    outcome: DecisionOutcome
    amount: int
    decided_on: date
    reasons: tuple[Reason, ...] = ()
    insurer: str = ""
    case_no: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """支付: one attempt to pay a decision, `amount` in fen, to the account as it was paid to.

    `attempt` counts from 1. A payment that came back keeps its day in `paid_on` and bears that of its return in
    `failed_on` where the bank told it; the next attempt is a payment of its own.
    """

    id: str
    claim_id: str
    decision_id: str
    attempt: int
    amount: int
    paid_on: date
    state: PaymentState
    bank_name: str = ""
    bank_account: str = ""
    account_holder: str = ""
    reference: str = ""
    failure: PaymentFailure | None = None
    failure_text: str = ""
    failed_on: date | None = None


def decision_id(claim_id: str, number: int = 1) -> str:
    """The id follows from the claim and from which of its decisions it is, so that one file makes one record.

    The second is made anew after an objection (复核), on a later day than the first; both stand.
    """
    return str(uuid.uuid5(_ANSWERS, f"decision/{claim_id}" if number == 1 else f"decision/{claim_id}/{number}"))


def check_revision(decision: Decision, former: Decision) -> tuple[Finding, ...]:
    """What speaks against a decision that is made anew in place of `former`: an objection that is upheld brings the
    family more, on a later day, and the insurer says why."""
    return tuple(_revision(decision, former))


def _revision(decision: Decision, former: Decision) -> Iterator[Finding]:
    if decision.decided_on <= former.decided_on:
        yield refusal("decision.revision_not_newer", "decided_on", decided_on=former.decided_on)
    if decision.amount <= former.amount:
        yield refusal("decision.revision_not_more", "amount", amount_fen=decision.amount, former_fen=former.amount)
    if not decision.remark:
        yield refusal("decision.revision_reason_missing", "revision_reason")


def payment_id(claim_id: str, attempt: int) -> str:
    return str(uuid.uuid5(_ANSWERS, f"payment/{claim_id}/{attempt}"))


def check_decision(decision: Decision, claim: Claim, *, today: date) -> tuple[Finding, ...]:
    """What speaks against a decision about `claim`; a finding's field is the decision's.

    An approval gives all that was worked out, a part less and says why, a refusal nothing and says why (保险法 art. 24:
    a refusal is told with its reason). More than was worked out is shown, more than the hospital's bill is refused.
    """
    return (*_amount(decision, claim), *_reasons(decision), *_decided_on(decision, claim, today))


def _amount(decision: Decision, claim: Claim) -> Iterator[Finding]:
    amount, promised = decision.amount, claim.benefit
    facts = {"amount_fen": amount, "benefit_fen": promised}
    if decision.outcome is DecisionOutcome.REFUSED:
        if amount:
            yield refusal("decision.amount_of_refusal", "amount", amount_fen=amount)
        return
    if amount <= 0:
        yield refusal("decision.amount_missing", "amount")
    elif amount > claim.costs.medfee_sumamt:
        yield refusal("decision.above_bill", "amount", amount_fen=amount, bill_fen=claim.costs.medfee_sumamt)
    elif promised is None:
        return
    elif decision.outcome is DecisionOutcome.PART_APPROVED:
        if amount >= promised:
            yield refusal("decision.part_not_less", "amount", **facts)
    elif amount < promised:
        yield refusal("decision.less_than_benefit", "amount", **facts)
    elif amount > promised:
        yield warning("decision.above_benefit", "amount", **facts)


def _reasons(decision: Decision) -> Iterator[Finding]:
    if decision.outcome is DecisionOutcome.APPROVED:
        if decision.reasons:
            yield refusal("decision.reason_of_approval", "reasons")
    elif not decision.reasons:
        yield refusal("decision.reason_missing", "reasons")
    if any(reason.code is RejectCode.OTHER and not reason.text for reason in decision.reasons):
        yield refusal("decision.reason_text_missing", "reasons")


def _decided_on(decision: Decision, claim: Claim, today: date) -> Iterator[Finding]:
    if decision.decided_on > today:
        yield refusal("decision.in_future", "decided_on", today=today)
    received = (claim.received_at + _CHINA).date() if claim.received_at else None
    if received and decision.decided_on < received:
        yield refusal("decision.before_claim", "decided_on", received=received)


def check_payment(payment: Payment, decision: Decision, *, today: date) -> tuple[Finding, ...]:
    """What speaks against a payment of `decision`; a finding's field is the payment's."""
    return (*_paid_amount(payment, decision), *_paid_days(payment, decision, today), *_failure(payment))


def _paid_amount(payment: Payment, decision: Decision) -> Iterator[Finding]:
    if decision.outcome is DecisionOutcome.REFUSED:
        yield refusal("payment.of_refusal", "amount")
    elif payment.amount != decision.amount:
        yield refusal("payment.amount_differs", "amount", amount_fen=payment.amount, decided_fen=decision.amount)


def _paid_days(payment: Payment, decision: Decision, today: date) -> Iterator[Finding]:
    if payment.paid_on < decision.decided_on:
        yield refusal("payment.before_decision", "paid_on", decided_on=decision.decided_on)
    if payment.paid_on > today:
        yield refusal("payment.in_future", "paid_on", today=today)
    if payment.failed_on and payment.failed_on < payment.paid_on:
        yield refusal("payment.failed_before_paid", "failed_on", paid_on=payment.paid_on)
    elif payment.failed_on and payment.failed_on > today:
        yield refusal("payment.in_future", "failed_on", today=today)


def _failure(payment: Payment) -> Iterator[Finding]:
    if payment.state is PaymentState.PAID:
        if payment.failure or payment.failure_text or payment.failed_on:
            yield refusal("payment.failure_of_paid", "failure")
    elif payment.failure is None or (payment.failure is PaymentFailure.OTHER and not payment.failure_text):
        yield refusal("payment.failure_missing", "failure")
