"""Reads the rows of a result file below its header; whatever is wrong with a cell is noted with its row and column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from backbone_core.cells import Row, fold, is_rounded
from backbone_core.dates import read_date
from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState, Reason, RejectCode
from backbone_core.errors import RuleBroken
from backbone_core.money import read_amount
from backbone_core.receipt import read_receipt_number
from backbone_server.problems import Problem
from backbone_server.result_rows import Decided, Paid, ResultFile, ResultRow, Totals
from backbone_server.result_words import (
    FAILURES,
    FIRST,
    NOT_YET,
    NOTHING,
    OUTCOMES,
    REVISED,
    STATES,
    code_of,
    reject_code,
)

DECIDING = ("amount", "reason_code", "reason", "decided_on", "revision", "revision_reason")
"""Columns that say something only beside a decision's outcome."""
_PAYING = ("payment_state", "paid_amount", "paid_on", "failure", "failed_on", "reference")
_TOTALS = frozenset({"合计", "总计", "共计", "小计", "total"})
_COUNT = re.compile(r"(\d+)(?:笔|件|条|人|户)")
_PARTED = re.compile(r"[、;；,，\n]+")


class Reading:
    """Rows below one header; whatever is wrong with a cell is noted at its column, and the next is read."""

    def __init__(self, header: Sequence[str], columns: Mapping[str, int]) -> None:
        self._columns = columns
        self._header = tuple(header)
        self.titles = {name: header[place].strip() for name, place in columns.items()}
        self._rows: list[ResultRow] = []
        self._seen: dict[ResultRow, int] = {}
        self._problems: list[Problem] = []
        self._totals: Totals | None = None
        self._row_no = 0
        self._cells: Mapping[str, str] = {}

    def result(self, digest: str, header: Sequence[str]) -> ResultFile:
        used = set(self._columns.values())
        unread = tuple(title.strip() for place, title in enumerate(header) if title.strip() and place not in used)
        return ResultFile(rows=tuple(self._rows), problems=tuple(self._problems), titles=self.titles, unread=unread,
                          totals=self._totals, digest=digest)

    def take(self, rows: Sequence[Row]) -> None:
        for row_no, cells in rows:
            self._row_no = row_no
            self._cells = {name: _said(cells[place]) if place < len(cells) else ""
                           for name, place in self._columns.items()}
            if not any(self._cells.values()) or tuple(cells[: len(self._header)]) == self._header:
                continue
            first = next((fold(cell).rstrip(":") for cell in cells if cell), "")
            if first.lower() in _TOTALS:
                self._totals = self._read_totals(cells)
            elif self._totals is not None:
                if any(self._text(name) for name in ("outcome", *DECIDING, *_PAYING)):
                    self._wrong("receipt_no", "decision_file.below_totals")
            else:
                self._take_row()
        if not self._rows and not self._problems:
            self._problems.append(Problem(code="decision_file.empty"))

    def _take_row(self) -> None:
        noted = len(self._problems)
        receipt_no, decided, waiting = self._receipt_no(), self._decided(), self._waiting()
        paid = self._paid() if waiting is None else None
        if len(self._problems) > noted:
            return
        if decided is None and paid is None and waiting is None:
            self._wrong("outcome" if "outcome" in self.titles else "payment_state", "decision_file.nothing_said")
            return
        texts = {name: self._text(name) for name in ("name", "id_no", "insurer", "case_no", "remark")}
        row = ResultRow(row_no=self._row_no, receipt_no=receipt_no, decided=decided, paid=paid,
                        waiting=waiting, **texts)
        first = self._seen.setdefault(replace(row, row_no=0), self._row_no)
        if first != self._row_no:
            self._wrong("receipt_no", "decision_file.twice", first=first)
        self._rows.append(row)

    def _read_totals(self, cells: Sequence[str]) -> Totals:
        counts = [int(found.group(1)) for cell in cells if (found := _COUNT.search(fold(cell)))]
        return Totals(amount=self._fen("amount"), paid=self._fen("paid_amount"),
                      count=counts[0] if counts else None, row_no=self._row_no)

    # --- cells

    def _text(self, name: str) -> str:
        return self._cells.get(name, "")

    def _wrong(self, name: str, code: str, **facts: Any) -> None:
        self._problems.append(Problem(code=code, row_no=self._row_no, title=self.titles.get(name, ""), facts=facts))

    def _receipt_no(self) -> str:
        text = self._text("receipt_no")
        if not text:
            self._wrong("receipt_no", "decision_file.missing")
            return ""
        try:
            return str(read_receipt_number(text))
        except RuleBroken:
            self._wrong("receipt_no", "decision_file.receipt_unreadable", text=text)
            return ""

    def _fen(self, name: str) -> int | None:
        text = self._text(name)
        if not text:
            return None
        try:
            return read_amount(_without_noise(text))
        except RuleBroken:
            self._wrong(name, "decision_file.amount_unreadable", text=text)
            return None

    def _day(self, name: str) -> date | None:
        text = self._text(name)
        if not text:
            return None
        try:
            return datetime.fromisoformat(text).date() if ":" in text else read_date(text)
        except (RuleBroken, ValueError):
            self._wrong(name, "decision_file.date_unreadable", text=text)
            return None

    # --- the decision

    def _decided(self) -> Decided | None:
        text = self._text("outcome")
        if not text:
            if any(self._text(name) for name in DECIDING):
                self._wrong("outcome", "decision_file.missing")
            return None
        outcome, amount, decided_on = code_of(text, OUTCOMES), self._fen("amount"), self._day("decided_on")
        if outcome is None:
            self._wrong("outcome", "decision_file.outcome_unknown", text=text)
        if not self._text("decided_on"):
            self._wrong("decided_on", "decision_file.missing")
        if not self._text("amount") and outcome is not DecisionOutcome.REFUSED:
            self._wrong("amount", "decision_file.missing")
        reasons, revision = self._reasons(), fold(self._text("revision"))
        if revision not in REVISED | FIRST:
            self._wrong("revision", "decision_file.revision_unknown", text=self._text("revision"))
        if outcome is None or decided_on is None:
            return None
        return Decided(outcome=outcome, amount=amount or 0, decided_on=decided_on, reasons=reasons,
                       revised=revision in REVISED, why=self._text("revision_reason"))

    def _reasons(self) -> tuple[Reason, ...]:
        """The codes of their own column with the words beside them, or the words alone read as codes; words that
        are no code's stand as they are."""
        parts, said = _parts(self._text("reason_code")), self._text("reason")
        codes = [reject_code(part) for part in parts]
        for part, code in zip(parts, codes, strict=True):
            if code is None:
                self._wrong("reason_code", "decision_file.reason_unknown", text=part)
        known = [code for code in codes if code is not None]
        if not known:
            return tuple(_reason(part) for part in _parts(said))
        texts = _parts(said) if len(_parts(said)) == len(known) else [said] + [""] * (len(known) - 1)
        return tuple(Reason(code=code, text="" if text and reject_code(text) is code else text)
                     for code, text in zip(known, texts, strict=True))

    # --- the payment

    def _waiting(self) -> int | None:
        """What is still to be paid: the row says so, or asks for an amount and nothing stands in the bank's columns."""
        asked = "payment_state" in self.titles and self._text("paid_amount")
        unanswered = asked and not any(self._text(name) for name in _PAYING if name != "paid_amount")
        if fold(self._text("payment_state")) not in NOT_YET and not unanswered:
            return None
        return self._fen("paid_amount") or 0

    def _paid(self) -> Paid | None:
        said, failure_said = self._text("payment_state"), self._text("failure")
        if not any(self._text(name) for name in _PAYING):
            return None
        amount, paid_on, failed_on = self._fen("paid_amount"), self._day("paid_on"), self._day("failed_on")
        if not said and paid_on is None and not amount and not failure_said:
            return None  # "0.00" beside a refusal
        state = code_of(said, STATES) if said else PaymentState.FAILED if failure_said else PaymentState.PAID
        if state is None:
            self._wrong("payment_state", "decision_file.payment_state_unknown", text=said)
        if not self._text("paid_on"):
            self._wrong("paid_on", "decision_file.missing")
        if "paid_amount" in self.titles and not self._text("paid_amount"):
            self._wrong("paid_amount", "decision_file.missing")
        if is_rounded(self._text("bank_account")):
            self._wrong("bank_account", "decision_file.rounded")
        if state is None or paid_on is None:
            return None
        failure = code_of(failure_said, FAILURES) if failure_said else None
        return Paid(
            state=state, paid_on=paid_on, amount=amount, failed_on=failed_on,
            failure=failure or (PaymentFailure.OTHER if failure_said else None),
            failure_text="" if failure and failure is not PaymentFailure.OTHER else failure_said,
            **{name: self._text(name) for name in ("bank_name", "bank_account", "account_holder", "reference")},
        )


def _said(cell: str) -> str:
    text = cell.strip()
    return "" if text in NOTHING else text


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _PARTED.split(text) if part.strip()]


def _reason(part: str) -> Reason:
    code = reject_code(part)
    return Reason(code=RejectCode.OTHER, text=part) if code is None else Reason(code=code)


def _without_noise(text: str) -> str:
    """A number that a formula left with a trail of digits (4819.200000000001) is the amount that it shows as."""
    try:
        exact = Decimal(text)
        if not exact.is_finite() or abs(exact - round(exact, 2)) > Decimal("0.000001"):
            return text
    except InvalidOperation:  # no number, or one with more digits than a sum has, such as an account (6.2E+30)
        return text
    return f"{exact:.2f}"
