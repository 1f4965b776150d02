"""Payment files that went out to the bank: kept with every row, and what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select

from backbone_core.change import RecordKind, microseconds, moment
from backbone_core.decision import Payment, PaymentState, payment_id
from backbone_core.errors import RuleBroken
from backbone_core.records import from_fields
from backbone_server.ledger import Ledger
from backbone_server.store.tables import payment_files


class PaymentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One payment that is asked for. `amount` in fen; `attempt` counts from 1."""

    sequence: int
    claim_id: str
    attempt: int
    receipt_no: str
    case_no: str
    account_holder: str
    bank_account: str
    bank_name: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFile:
    """`content` is the file as it was written, `suffix` its format."""

    number: int
    made_at: datetime
    made_by: str
    rows: tuple[PaymentRow, ...]
    suffix: str
    content: bytes

    @property
    def amount(self) -> int:
        """What the file adds up to, fen."""
        return sum(row.amount for row in self.rows)


@dataclass(frozen=True, slots=True)
class Sum:
    count: int = 0
    amount: int = 0

    def with_one(self, amount: int) -> Sum:
        return Sum(self.count + 1, self.amount + amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What went out under one number, and what of it arrived, came back, or was not answered yet."""

    number: int
    out: Sum
    paid: Sum
    failed: Sum
    open: Sum

    @property
    def balanced(self) -> bool:
        answered = (self.paid, self.failed, self.open)
        return self.out == Sum(sum(one.count for one in answered), sum(one.amount for one in answered))


def files_of(connection: Connection, county: str) -> tuple[PaymentFile, ...]:
    """Every payment file of the county, the first one first."""
    query = select(payment_files).where(payment_files.c.county == county).order_by(payment_files.c.number)
    return tuple(_file(row) for row in connection.execute(query))


def file_numbered(connection: Connection, county: str, number: int) -> PaymentFile:
    """Raises RuleBroken payment_file.unknown."""
    found = connection.execute(select(payment_files).where(
        payment_files.c.county == county, payment_files.c.number == number)).first()
    if found is None:
        raise RuleBroken("payment_file.unknown", "number", number=number)
    return _file(found)


def next_number(connection: Connection, county: str) -> int:
    query = select(func.max(payment_files.c.number)).where(payment_files.c.county == county)
    return int(connection.scalar(query) or 0) + 1


def keep_file(connection: Connection, county: str, file: PaymentFile) -> None:
    connection.execute(insert(payment_files).values(
        county=county, number=file.number, made_at=microseconds(file.made_at), made_by=file.made_by,
        suffix=file.suffix, rows=msgspec.msgpack.encode(file.rows), content=file.content))


def balance_of(ledger: Ledger, file: PaymentFile) -> Balance:
    """Payments count by the attempt that the file asked for, with the amounts that they were made with."""
    ledger.fetch((RecordKind.PAYMENT, payment_id(row.claim_id, row.attempt)) for row in file.rows)
    sums = dict.fromkeys(("paid", "failed", "open"), Sum())
    for row in file.rows:
        made = payment_held(ledger, row.claim_id, row.attempt)
        name = "open" if made is None else "paid" if made.state is PaymentState.PAID else "failed"
        sums[name] = sums[name].with_one(row.amount if made is None else made.amount)
    return Balance(number=file.number, out=Sum(len(file.rows), file.amount), **sums)


def payment_held(ledger: Ledger, claim_id: str, attempt: int) -> Payment | None:
    held = ledger.get(RecordKind.PAYMENT, payment_id(claim_id, attempt))
    made = from_fields(held.kind, held.record_id, held.fields) if held and not held.removed else None
    return made if isinstance(made, Payment) else None


def payments_held(ledger: Ledger, claim_id: str) -> Iterator[Payment]:
    """Every attempt to pay the claim, the first one first."""
    attempt = 1
    while (made := payment_held(ledger, claim_id, attempt)) is not None:
        yield made
        attempt += 1


def _file(row: Any) -> PaymentFile:
    return PaymentFile(number=row.number, made_at=moment(row.made_at), made_by=row.made_by,
                       rows=msgspec.msgpack.decode(row.rows, type=tuple[PaymentRow, ...]), suffix=row.suffix,
                       content=row.content)
