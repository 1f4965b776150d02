"""The notice that tells a family what the insurer decided (核赔结论通知书), read from the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from backbone_core.benefit import TraceStep
from backbone_core.claim import Claim, ClaimState
from backbone_core.decision import Decision, DecisionOutcome, RejectCode
from backbone_core.errors import RuleBroken
from backbone_core.identity import mask_account
from backbone_desktop.services.decision_clauses import Clause, clause_for
from backbone_desktop.services.forms import Form
from backbone_desktop.services.letters import LetterData, about, claims_in, first_printed, received_claim, scheme_line
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.proofs import proof_of
from backbone_desktop.services.rows import ClaimRow

ANSWERED = (
    ClaimState.APPROVED, ClaimState.PART_APPROVED, ClaimState.REFUSED, ClaimState.PAID, ClaimState.PAYMENT_FAILED,
    ClaimState.CLOSED,
)


@dataclass(frozen=True, slots=True)
class ReasonTold:
    """Why the insurer pays less or nothing: its code, its own words ("" for none), the term that it rests on."""

    code: RejectCode
    text: str
    clause: Clause | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionData(LetterData):
    """Amounts in fen. `benefit` is what was worked out here, with `trace`, and `amount` what the insurer pays."""

    outcome: DecisionOutcome
    amount: int
    benefit: int | None
    trace: tuple[TraceStep, ...]
    scheme_line: str
    decided_on: date
    insurer: str
    case_no: str
    remark: str
    reasons: tuple[ReasonTold, ...]
    account_masked: str
    account_holder: str
    bank_name: str


def decision_facts(desk: Desk, work: UnitOfWork, claim_id: str) -> DecisionData:
    """`form_loaders.Loader`. Raises RuleBroken claim.unknown, claim.no_receipt, claim.not_decided; Unavailable
    keys.device_missing when there is no key to sign with."""
    claim = received_claim(work, claim_id)
    made = work.decisions.made(claim.id)
    if not made:
        raise RuleBroken("claim.not_decided")
    decision, number = made[-1], notice_number(claim.receipt_no, len(made))
    office = work.office.profile()
    scheme = work.schemes.get(claim.scheme_id, claim.scheme_version)
    return DecisionData(
        **about(desk, work, claim), number=number,
        told_on=first_printed(desk, work, Form.DECISION, claim.id, number),
        qr=proof_of(desk, office, Form.DECISION, number, key=claim.id, stated=stated(claim, decision)),
        outcome=decision.outcome, amount=decision.amount, benefit=claim.benefit, trace=_worked_out(claim.trace),
        scheme_line=scheme_line(claim, scheme), decided_on=decision.decided_on,
        insurer=decision.insurer or (scheme.insurer if scheme else ""), case_no=decision.case_no,
        remark=decision.remark,
        reasons=tuple(ReasonTold(one.code, one.text, clause_for(one.code, scheme)) for one in decision.reasons),
        account_masked=mask_account(claim.bank_account), account_holder=claim.account_holder,
        bank_name=claim.bank_name,
    )


def notice_number(receipt_no: str, made: int) -> str:
    """The receipt's number; what was decided anew after an objection has a notice of its own, H (复核) and which of
    the claim's decisions it is."""
    return receipt_no if made <= 1 else f"{receipt_no}-H{made}"


def stated(claim: Claim, decision: Decision) -> Mapping[str, Any]:
    """What the notice's code vouches for. The claim's own hash stands for the person and the stay, which a correction
    of the register does not change."""
    return {"claim": claim.content_hash, "outcome": decision.outcome.value, "amount": decision.amount,
            "decided_on": decision.decided_on.isoformat(),
            "reasons": [[one.code.value, one.text] for one in decision.reasons]}


def claims_to_tell(desk: Desk) -> tuple[str, ...]:
    """Ids of the decided claims whose notice never went out: refusals first, which are due within three days (保险法
    art. 24), then the oldest decision."""
    with desk.read() as work:
        printed, anew = work.prints.printed(Form.DECISION), work.decisions.made_anew()

        def is_told(row: ClaimRow) -> bool:
            if row.id not in anew:
                return row.id in printed
            return bool(work.prints.copies(Form.DECISION, notice_number(row.receipt_no, anew[row.id])))

        ids = [row.id for row in claims_in(work, ANSWERED) if row.receipt_no and not is_told(row)]
        decided = work.decisions.of_claims(ids)
    due = sorted(decided.values(), key=lambda one: (one.outcome is not DecisionOutcome.REFUSED, one.decided_on, one.id))
    return tuple(one.claim_id for one in due)


def _worked_out(trace: tuple[TraceStep, ...]) -> tuple[TraceStep, ...]:
    """The steps without the last sentence, which says that the amount waits for the insurer: here is the answer."""
    return tuple(step for step in trace if not step.code.startswith("benefit.result"))
