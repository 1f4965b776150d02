"""What the insurer's result file says, as values: what was decided and paid, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from backbone_core.decision import DecisionOutcome, PaymentFailure, PaymentState, Reason
from backbone_server.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The columns of the decision."""

    outcome: DecisionOutcome
    amount: int
    decided_on: date
    reasons: tuple[Reason, ...]
    revised: bool = False
    """Made anew after an objection (复核改判), for the reason `why`."""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """The columns of the payment; None and "" where the file says nothing."""

    state: PaymentState
    paid_on: date
    amount: int | None
    bank_name: str
    bank_account: str
    account_holder: str
    reference: str
    failure: PaymentFailure | None
    failure_text: str
    failed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """`waiting` is what the row says is still to be paid, fen (0 = no amount); None where it does not say so."""

    row_no: int
    receipt_no: str
    name: str
    id_no: str
    insurer: str
    case_no: str
    remark: str
    decided: Decided | None
    paid: Paid | None
    waiting: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What somebody says that the file adds up to: fen decided, fen paid, rows. None = not said."""

    amount: int | None = None
    paid: int | None = None
    count: int | None = None
    row_no: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFile:
    """`titles` tells per field how the file titles its column; `unread` are columns that nobody asked for."""

    rows: tuple[ResultRow, ...]
    problems: tuple[Problem, ...]
    titles: Mapping[str, str]
    unread: tuple[str, ...]
    totals: Totals | None
    digest: str
