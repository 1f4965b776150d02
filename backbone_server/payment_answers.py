"""Holds the bank's answer against the payment file that it answers, row by row and in sum."""

from __future__ import annotations

from collections.abc import Iterator

from backbone_core.decision import Payment
from backbone_server.ledger import Ledger
from backbone_server.masks import may_be
from backbone_server.payment_files import Balance, PaymentFile, PaymentRow, balance_of, payment_held
from backbone_server.problems import Problem
from backbone_server.result_rows import Paid, ResultFile, ResultRow

_TOLD = ("bank_account", "account_holder")


def check_answer(ledger: Ledger, sent: PaymentFile, answer: ResultFile) -> tuple[tuple[Problem, ...], Balance]:
    """What of the answer is not about what went out, and how the file stands once the answer is taken in.

    The ledger holds the answer's payments already.
    """
    by_receipt = {row.receipt_no: row for row in sent.rows}
    problems = [problem for row in answer.rows
                for problem in _about(ledger, sent, by_receipt.get(row.receipt_no), row, answer)]
    balance = balance_of(ledger, sent)
    if not balance.balanced and not problems:
        answered = balance.paid.amount + balance.failed.amount + balance.open.amount
        problems.append(Problem(code="payment_file.unbalanced", facts={
            "number": sent.number, "stated_fen": balance.out.amount, "summed_fen": answered}))
    return tuple(problems), balance


def _about(ledger: Ledger, sent: PaymentFile, asked: PaymentRow | None, row: ResultRow,
           answer: ResultFile) -> Iterator[Problem]:
    def wrong(name: str, code: str, *, warns: bool = False, **facts: object) -> Problem:
        return Problem(code=code, row_no=row.row_no, title=answer.titles.get(name, ""), warns=warns,
                       facts={"number": sent.number, **facts})

    said = row.paid
    if said is None and row.waiting is None:
        return
    if asked is None:
        yield wrong("receipt_no", "payment_file.not_in_file")
        return
    amount = said.amount if said else row.waiting
    if amount not in (None, 0 if said is None else asked.amount, asked.amount):
        yield wrong("paid_amount", "payment_file.amount_differs", amount_fen=amount, asked_fen=asked.amount)
    made = payment_held(ledger, asked.claim_id, asked.attempt)
    if said is None:
        if made is not None:
            yield wrong("payment_state", "payment_file.answered_already", warns=True, paid_on=made.paid_on)
        return
    for name in _TOLD:
        if (told := getattr(said, name)) and not may_be(told, getattr(asked, name)):
            yield wrong(name, f"payment_file.{name}_differs")
    if made is None or not _tells_of(said, made):
        yield wrong("paid_on", "payment_file.other_payment")


def _tells_of(said: Paid, made: Payment) -> bool:
    if said.reference and made.reference:
        return said.reference == made.reference
    return said.paid_on == made.paid_on
