"""What the insurer answered to a claim, as it is shown to be read: facts, the amount that counts, and its days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from backbone_core.decision import PaymentState
from backbone_core.identity import mask_account
from backbone_core.money import format_amount
from backbone_desktop.services.decision_words import failure_words, reasons_words
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.decision import Decision, Payment
    from backbone_desktop.services.claims import ClaimView

Pair = tuple[str, str]


def decision_facts(words: Words, view: ClaimView) -> tuple[Pair, ...]:
    """(name, value) of the decision that stands, and of those before it; () while there is none."""
    if view.decision is None:
        return ()
    stands = tuple((name, value) for name, value in _decision(words, view.decision) if value)
    return (*stands, *((words("Formerly"), _former(words, one)) for one in reversed(view.formerly)))


def payment_facts(words: Words, view: ClaimView) -> tuple[Pair, ...]:
    """(name, value) of every attempt to pay, the first one first."""
    only = len(view.payments) == 1
    return tuple((words("Payment") if only else words("Payment no. {n}", n=payment.attempt), _payment(words, payment))
                 for payment in view.payments)


def figure_of(words: Words, view: ClaimView) -> tuple[str, str]:
    """The amount that counts now, and what stands below it."""
    promised = view.claim.benefit
    if view.decision is None:
        return (format_amount(promised) if promised is not None else "",
                words("yuan, until the insurer has decided"))
    below = words("yuan, as the insurer decided")
    if promised is not None and promised != view.decision.amount:
        below += "\n" + words("{amount} yuan were worked out at the counter", amount_fen=promised)
    return format_amount(view.decision.amount), below


def answer_events(words: Words, view: ClaimView) -> tuple[tuple[date, str], ...]:
    """What happened at the insurer, on which day, the first thing first."""
    events = []
    for place, made in enumerate((*view.formerly, *((view.decision,) if view.decision else ()))):
        outcome = words(f"decision_outcome.{made.outcome}")
        said = words("Decided anew: {outcome}", outcome=outcome) if place else outcome
        events.append((made.decided_on, _with_amount(words, said, made.amount)))
    for payment in view.payments:
        paid = words(f"payment_state.{PaymentState.PAID}")
        if payment.state is PaymentState.PAID:
            events.append((payment.paid_on, _with_amount(words, paid, payment.amount)))
        else:
            failed = words(f"payment_state.{payment.state}")
            why = failure_words(words, payment)
            events.append((payment.failed_on or payment.paid_on, f"{failed}  {why}".strip()))
    return tuple(events)


def _decision(words: Words, decision: Decision) -> Iterator[Pair]:
    yield words("Decision"), f"{words(f'decision_outcome.{decision.outcome}')} · {decision.decided_on.isoformat()}"
    yield words("Decided amount"), words("{amount} yuan", amount_fen=decision.amount)
    yield words("Reason"), "\n".join(reasons_words(words, decision))
    yield words("Insurer"), " · ".join(part for part in (decision.insurer, decision.case_no) if part)
    yield words("claim_field.remarks"), decision.remark


def _former(words: Words, decision: Decision) -> str:
    first = f"{words(f'decision_outcome.{decision.outcome}')} · {decision.decided_on.isoformat()}"
    return "\n".join((_with_amount(words, first, decision.amount), *reasons_words(words, decision)))


def _payment(words: Words, payment: Payment) -> str:
    """Without the amount, which is the decision's."""
    account = f"**** {mask_account(payment.bank_account).lstrip('*')}" if payment.bank_account else ""
    first = f"{words(f'payment_state.{payment.state}')} · {payment.paid_on.isoformat()}"
    where = "  ".join(part for part in (payment.bank_name, account, payment.account_holder) if part)
    lines = (first, failure_words(words, payment), " · ".join(part for part in (where, payment.reference) if part))
    return "\n".join(line for line in lines if line)


def _with_amount(words: Words, what: str, fen: int) -> str:
    return f"{what}  {words('{amount} yuan', amount_fen=fen)}" if fen else what
