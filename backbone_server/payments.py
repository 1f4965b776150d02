"""Asks the bank to pay what the insurer decided: every claim that waits for its money, in one numbered file."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone

from sqlalchemy import select

from backbone_core.change import RecordKind
from backbone_core.claim import Claim
from backbone_core.claim_states import ClaimAct, ClaimState
from backbone_core.decision import Decision, Payment, PaymentState, payment_id
from backbone_core.errors import RuleBroken
from backbone_core.records import from_fields
from backbone_server.acts import note_act
from backbone_server.ledger import Ledger, must_know_county
from backbone_server.masks import may_be
from backbone_server.payment_files import (
    Balance,
    PaymentFile,
    PaymentRow,
    balance_of,
    file_numbered,
    files_of,
    keep_file,
    next_number,
    payments_held,
)
from backbone_server.payment_sheet import PLAIN, WORKBOOK, payment_sheet
from backbone_server.problems import Problem
from backbone_server.steps import steps_held
from backbone_server.store.engine import Store
from backbone_server.store.tables import records

_CHINA = timezone(timedelta(hours=8))
_ACCOUNT = ("bank_account", "account_holder", "bank_name")
_TO_PAY = frozenset({ClaimState.APPROVED, ClaimState.PART_APPROVED, ClaimState.PAYMENT_FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """`left_out` says of claims that wait for money why they do not stand in the file; a problem's title is the
    receipt number. Nothing was kept where there is no row, nor in a dry run."""

    file: PaymentFile
    left_out: tuple[Problem, ...]
    kept: bool


def check_suffix(suffix: str) -> str:
    """Raises RuleBroken payment_file.suffix for what is neither .xlsx nor .csv."""
    if suffix.lower() not in (WORKBOOK, PLAIN):
        raise RuleBroken("payment_file.suffix", "out")
    return suffix.lower()


def export_payments(store: Store, county: str, *, suffix: str, by: str, now: datetime,
                    dry_run: bool = False) -> Exported:
    """One row for every decided claim whose money is still to be paid and that stands in no file yet.

    A payment that came back is asked for again once the family's account was put right. Raises RuleBroken
    county.unknown, payment_file.suffix.
    """
    suffix = check_suffix(suffix)
    with store.writing() as connection:
        must_know_county(connection, county)
        asking = _Asking(Ledger(connection, county), files_of(connection, county))
        rows, number = tuple(asking.rows()), next_number(connection, county)
        content = payment_sheet(rows, county=county, number=number, made_at=now.astimezone(_CHINA), suffix=suffix)
        file = PaymentFile(number=number, made_at=now, made_by=by, rows=rows, suffix=suffix, content=content)
        if dry_run or not rows:
            return Exported(file=file, left_out=tuple(asking.left_out), kept=False)
        keep_file(connection, county, file)
        note_act(connection, county, "payments.export", by=by, now=now, detail={
            "number": number, "claims": [[row.claim_id, row.attempt] for row in rows], "count": len(rows),
            "amount": file.amount, "file": hashlib.sha256(content).hexdigest(),
        })
    return Exported(file=file, left_out=tuple(asking.left_out), kept=True)


def export_again(store: Store, county: str, number: int, *, suffix: str, by: str, now: datetime) -> PaymentFile:
    """The file of that number as it went out, which asks for nothing new.

    Raises RuleBroken county.unknown, payment_file.unknown, payment_file.other_suffix.
    """
    with store.writing() as connection:
        must_know_county(connection, county)
        file = file_numbered(connection, county, number)
        if file.suffix != suffix.lower():
            raise RuleBroken("payment_file.other_suffix", "out", number=number, suffix=file.suffix)
        note_act(connection, county, "payments.again", by=by, now=now, detail={"number": number})
    return file


def balances(store: Store, county: str) -> tuple[tuple[PaymentFile, Balance], ...]:
    """Every payment file of the county with what came of it. Raises RuleBroken county.unknown."""
    with store.writing() as connection:
        must_know_county(connection, county)
        ledger = Ledger(connection, county)
        return tuple((file, balance_of(ledger, file)) for file in files_of(connection, county))


@dataclass(slots=True)
class _Asking:
    ledger: Ledger
    files: tuple[PaymentFile, ...]
    left_out: list[Problem] = field(default_factory=list)

    def rows(self) -> Iterator[PaymentRow]:
        sent = {(row.claim_id, row.attempt): (file, row) for file in self.files for row in file.rows}
        waiting = list(self._waiting())
        bearers = Counter(claim.receipt_no for claim, _ in waiting)
        sequence = 0
        for claim, decision in waiting:
            payments = list(payments_held(self.ledger, claim.id))
            attempt = len(payments) + 1
            if any(one.state is PaymentState.PAID for one in payments):
                continue
            if bearers[claim.receipt_no] > 1:
                self._leave_out(claim, "decision_file.two_such_claims")
            elif (claim.id, attempt) in sent:
                self._leave_out(claim, "payment_file.in_file", number=sent[claim.id, attempt][0].number)
            elif not (claim.bank_account and claim.account_holder):
                self._leave_out(claim, "payment_file.no_account")
            elif payments and not self._put_right(claim, payments[-1], sent.get((claim.id, attempt - 1))):
                self._leave_out(claim, "payment_file.not_corrected", paid_on=payments[-1].paid_on)
            else:
                sequence += 1
                yield PaymentRow(
                    sequence=sequence, claim_id=claim.id, attempt=attempt, receipt_no=claim.receipt_no,
                    case_no=decision.case_no, account_holder=claim.account_holder, bank_account=claim.bank_account,
                    bank_name=claim.bank_name, amount=decision.amount)

    def _put_right(self, claim: Claim, failed: Payment, sent: tuple[PaymentFile, PaymentRow] | None) -> bool:
        """Whether the account is another than the one to which the money could not be paid, or somebody made sure
        since that it will do."""
        tried = sent[1] if sent else failed
        if any(getattr(tried, name) and not may_be(getattr(tried, name), getattr(claim, name)) for name in _ACCOUNT):
            return True
        held = self.ledger.get(RecordKind.CLAIM, claim.id)
        steps = [one for one in (steps_held(self.ledger, held) if held else ()) if one.act is ClaimAct.CORRECT_ACCOUNT]
        tried_at = sent[0].made_at if sent else datetime.combine(failed.paid_on, time(), _CHINA)
        return bool(steps) and steps[-1].at > tried_at

    def _waiting(self) -> Iterator[tuple[Claim, Decision]]:
        """In the order of the receipt numbers."""
        ids = self.ledger.connection.scalars(select(records.c.record_id).where(
            records.c.county == self.ledger.county, records.c.kind == RecordKind.DECISION.value,
            records.c.removed.is_(False))).all()
        self.ledger.fetch((RecordKind.DECISION, one) for one in ids)
        made = sorted((one for decision_id in ids if (one := self._decision(decision_id))),
                      key=lambda one: one.decided_on)
        decisions = [one for one in {one.claim_id: one for one in made}.values() if one.amount > 0]  # the last of each
        self.ledger.fetch((RecordKind.CLAIM, one.claim_id) for one in decisions)
        self.ledger.fetch((RecordKind.PAYMENT, payment_id(one.claim_id, 1)) for one in decisions)
        found = [(claim, one) for one in decisions if (claim := self._claim(one.claim_id)) and claim.state in _TO_PAY]
        return iter(sorted(found, key=lambda one: (one[0].receipt_no, one[0].id)))

    def _decision(self, decision_id: str) -> Decision | None:
        held = self.ledger.get(RecordKind.DECISION, decision_id)
        known = from_fields(held.kind, held.record_id, held.fields) if held else None
        return known if isinstance(known, Decision) else None

    def _claim(self, claim_id: str) -> Claim | None:
        held = self.ledger.get(RecordKind.CLAIM, claim_id)
        known = from_fields(held.kind, held.record_id, held.fields) if held and not held.removed else None
        return known if isinstance(known, Claim) else None

    def _leave_out(self, claim: Claim, code: str, **facts: object) -> None:
        self.left_out.append(Problem(code=code, title=claim.receipt_no, facts=facts, warns=True))

