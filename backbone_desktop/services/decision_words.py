"""The insurer's answer in words: why less was paid or nothing, and why money came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backbone_core.decision import PaymentFailure, PaymentState, RejectCode
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.decision import Decision, Payment, Reason


def reason_words(words: Words, reason: Reason) -> str:
    """The reason with what the insurer wrote beside it; its own words alone where it has no code for it."""
    if reason.code is RejectCode.OTHER:
        return reason.text
    said = words(f"reject.{reason.code}")
    return words("{said} ({detail})", said=said, detail=reason.text) if reason.text else said


def reasons_words(words: Words, decision: Decision) -> tuple[str, ...]:
    return tuple(reason_words(words, reason) for reason in decision.reasons)


def failure_words(words: Words, payment: Payment) -> str:
    """Why the payment came back; "" for one that arrived."""
    if payment.state is PaymentState.PAID or payment.failure is None:
        return ""
    if payment.failure is PaymentFailure.OTHER:
        return payment.failure_text
    said = words(f"payment_failure.{payment.failure}")
    return words("{said} ({detail})", said=said, detail=payment.failure_text) if payment.failure_text else said
