"""Codes of forms that are no receipts (BB2): what they say, and what the notices of a claim here should state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from backbone_core.claim import Claim
from backbone_core.decision import Payment, PaymentState
from backbone_core.identity import mask_account, mask_id_no
from backbone_core.paper_proof import paper_hash, paper_signed_bytes, read_paper_qr
from backbone_desktop.services import decision_notice, payment_notice
from backbone_desktop.services.decision_clauses import clause_for
from backbone_desktop.services.enrolling import people_of_claim
from backbone_desktop.services.forms import Form
from backbone_desktop.services.paper_rows import Code, Fact, FactKind, Stated
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.verifying_forms import stated_by_form
from backbone_desktop.words import Words

_SHORT = 32


class PaperReader:
    """Implements `paper_rows.FormReader`. What a form should state whose record moves on is told by `KNOWN`, of every
    other form by what its next print would state."""

    def read(self, text: str) -> Code:
        found = read_paper_qr(text)
        return Code(form=found.form, number=found.number, county=found.county, device_no=found.device_no,
                    content_hash=found.content_hash, signature=found.signature,
                    signed=paper_signed_bytes(found.form, found.number, found.content_hash))

    def stated(self, desk: Desk, work: UnitOfWork, code: Code) -> Stated | None:
        known = KNOWN.get(code.form)
        return known(work, code) if known else stated_by_form(desk, work, code)


def _decision(work: UnitOfWork, code: Code) -> Stated | None:
    receipt_no, _, place = code.number.partition("-H")
    claim = work.claims.by_receipt(receipt_no)
    made = work.decisions.made(claim.id) if claim else ()
    number = int(place) if place.isdecimal() else 1
    if claim is None or not 0 < number <= len(made):
        return None
    decision = made[number - 1]
    scheme = work.schemes.get(claim.scheme_id, claim.scheme_version)

    def other_texts(words: Words) -> tuple[str, ...]:
        clauses = (clause_for(one.code, scheme) for one in decision.reasons)
        return (*(words.step(step) for step in claim.trace), decision.remark, *(one.text for one in decision.reasons),
                *(words(one.code, **one.facts) for one in clauses if one))

    member, _ = people_of_claim(work, claim)
    facts = [_text("number", code.number), _text("member", member.name, "form.receipt.member"),
             _text("id_no", mask_id_no(member.id_no), "form.receipt.id_no"),
             _text("hospital", claim.hospital, "form.receipt.hospital", "form.receipt.stay")]
    accounts = {claim.bank_account, *(one.bank_account for one in work.decisions.payments(claim.id))}
    if decision.amount:
        facts.append(_amount(decision.amount, "form.decision.amount"))
        if len(accounts) == 1:  # of a corrected one nobody knows which the paper states
            facts.append(_text("account", mask_account(claim.bank_account)))
    stated = _stated(
        work, code, claim, decision_notice.stated(claim, decision), facts=facts,
        amounts={decision.amount, claim.benefit, *(step.result for step in claim.trace)} - {None},
        other_texts=other_texts)
    return replace(stated, changed=stated.changed or number < len(made))  # another was decided since


def _payment(work: UnitOfWork, code: Code) -> Stated | None:
    """A payment that came back after it was told as paid is held against what it was then."""
    receipt_no, _, told = code.number.rpartition("-")
    claim = work.claims.by_receipt(receipt_no)
    attempts = work.decisions.payments(claim.id) if claim else ()
    payment = next((one for one in attempts if told[1:] == str(one.attempt)), None)
    if claim is None or payment is None:
        return None
    then = _as_paid(payment) if told.startswith("P") else payment
    facts = (
        _text("number", code.number), _text("hospital", claim.hospital),
        _amount(payment.amount, "form.payment.amount", "form.payment.amount_back"),
        _text("holder", payment.account_holder, "form.payment.holder"),
        _text("account", mask_account(payment.bank_account), "form.payment.account", "form.payment.bank"),
        _text("reference", payment.reference),
    )
    stated = _stated(work, code, claim, payment_notice.stated(claim, then), amounts={payment.amount}, facts=facts)
    return replace(stated, changed=stated.changed or then != payment)


def _as_paid(payment: Payment) -> Payment:
    return replace(payment, state=PaymentState.PAID, failure=None, failure_text="", failed_on=None)


KNOWN: Mapping[str, Callable[[UnitOfWork, Code], Stated | None]] = {
    Form.DECISION: _decision,
    Form.PAYMENT: _payment,
}


def _stated(work: UnitOfWork, code: Code, claim: Claim, stated: Mapping[str, Any], *, facts: Sequence[Fact],
            amounts: set[int | None], other_texts: Callable[[Words], tuple[str, ...]] = lambda _words: ()) -> Stated:
    same = paper_hash(code.form, code.number, claim.id, stated)[:_SHORT] == code.content_hash
    prints = tuple(note for note in work.prints.of_subject(Form(code.form), claim.id) if note.number == code.number)
    return Stated(
        kind="claim", record_id=claim.id, made_at=prints[0].at if prints else None, same_hash=same or None,
        same_code=False,
        proven=same, changed=not same, state=f"claim_state.{claim.state.value}",
        facts=tuple(fact for fact in facts if fact.should),
        amounts=frozenset(amount for amount in amounts if amount is not None), other_texts=other_texts, prints=prints)


def _text(name: str, value: str, *printed: str) -> Fact:
    """`printed`: the label before it on paper, and the one that ends it there; without any it may stand anywhere."""
    return Fact(name=name, label=f"paper_fact.{name}", kind=FactKind.TEXT, should=value, printed=printed)


def _amount(value: int, *printed: str) -> Fact:
    return Fact(name="amount", label="paper_fact.amount", kind=FactKind.MONEY, should=value, printed=printed)
