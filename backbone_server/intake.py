"""Takes a batch of changes in: chain, merge, reviews and receipt in one transaction, each change once for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from backbone_core.change import CHAIN_START, Change, Outcome, RecordKind, chain_hash, microseconds
from backbone_core.protocol import (
    RECEIPT,
    Batch,
    ChangeOutcome,
    Position,
    ServerReceipt,
    pack_change,
    pack_receipt,
    seal,
)
from backbone_server.devices import Device, find_device
from backbone_server.judging import Judge, column_id
from backbone_server.keys import ServerKeys
from backbone_server.ledger import Key, Ledger
from backbone_server.marks import Marks
from backbone_server.recomputing import Recomputing
from backbone_server.refusals import RefusedError
from backbone_server.store.engine import Store, upsert
from backbone_server.store.schema import identity
from backbone_server.store.tables import chains, changes, receipts

Known = dict[int, tuple[bytes, ChangeOutcome]]
"""What the server has already: number → the chain's hash and the answer that was given."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The sealed receipt, and counts for the log."""

    sealed: bytes
    new: int
    known: int
    outcomes: dict[str, int]


def take_in(store: Store, keys: ServerKeys, device_id: str, batch: Batch, now: datetime) -> TakenIn:
    """Take in what is new of a batch whose seal was checked. The answer to what was known stays what it was.

    Raises `RefusedError` server.gap and server.chain_fork (with the position), server.device_unknown and
    server.device_revoked; nothing is changed then.
    """
    with store.writing() as connection:
        device = find_device(connection, device_id)
        ledger = Ledger(connection, device.county)
        intake = _Intake(connection, find_device(connection, device_id), batch, now)
        position = position_of(connection, device, batch.epoch)
        if batch.first_seq > position.seq + 1:
            raise RefusedError("server.gap", position=position)
        known = intake.known()
        hashes = intake.check_chain(position, known)
        outcomes = [outcome for _, outcome in known.values()]
        fresh = [change for change in batch.changes if change.seq > position.seq]
        if fresh:
            answered = intake.apply(ledger, fresh)
            intake.keep(fresh, answered, hashes)
            outcomes += answered
            position = Position(seq=batch.last_seq, hash=batch.hash)
        sealed = seal(RECEIPT, pack_receipt(intake.receipt(position, outcomes)), keys.sign)
        if fresh:
            intake.keep_receipt(sealed, len(fresh))
    return TakenIn(sealed, len(fresh), len(known), _counted(outcomes[len(known) :]))


def position_of(connection: Connection, device: Device, epoch: str) -> Position:
    row = connection.execute(
        select(chains.c.last_seq, chains.c.last_hash).where(
            chains.c.county == device.county, chains.c.device_id == device.device_id, chains.c.epoch == epoch
        )
    ).first()
    return Position(seq=0, hash=CHAIN_START) if row is None else Position(seq=row.last_seq, hash=bytes(row.last_hash))


@dataclass(frozen=True, slots=True)
class _Intake:
    connection: Connection
    device: Device
    batch: Batch
    now: datetime

    def known(self) -> Known:
        of_batch = changes.c.seq.between(self.batch.first_seq, self.batch.last_seq)
        rows = self.connection.execute(select(changes).where(*self._own(), of_batch).order_by(changes.c.seq))
        return {
            row.seq: (
                bytes(row.hash),
                ChangeOutcome(
                    seq=row.seq,
                    outcome=Outcome(row.outcome),
                    code=row.code,
                    version=row.version,
                    conflicts=tuple(msgspec.msgpack.decode(row.conflicts)),
                ),
            )
            for row in rows
        }

    def check_chain(self, position: Position, known: Known) -> list[bytes]:
        """The hashes after the changes that are new; refuses a chain that does not go on from the server's."""
        link = self._hash_before(position)
        fresh = []
        for change in self.batch.changes:
            link = chain_hash(link, self.batch.epoch, change)
            if change.seq > position.seq:
                fresh.append(link)
            elif link != known[change.seq][0]:
                raise RefusedError("server.chain_fork", position=position)
        if link != self.batch.hash:
            raise RefusedError("server.chain_fork", position=position)
        return fresh

    def apply(self, ledger: Ledger, fresh: Sequence[Change]) -> list[ChangeOutcome]:
        marks = Marks(self.connection, self.device.county)
        ledger.fetch(key for change in fresh for key in _keys(change))
        marks.fetch((change.kind, change.fields) for change in fresh)
        judge = Judge(ledger, marks, self.device, self.batch.epoch, self.now)
        answered = [judge.judge(change) for change in fresh]
        marks.write()
        ledger.write()
        weighing = judge.touched.weighing(ledger)
        if weighing:
            Recomputing(self.connection, ledger, self.device.county, self.now).judge(weighing)
            ledger.write()
        return answered

    def keep(self, fresh: Sequence[Change], answered: Sequence[ChangeOutcome], hashes: Sequence[bytes]) -> None:
        rows: list[dict[str, Any]] = [
            {
                **self._whose(),
                "seq": change.seq,
                "kind": change.kind.value,
                "record_id": column_id(change.record_id),
                "change": pack_change(change),
                "hash": link,
                "outcome": outcome.outcome.value,
                "code": outcome.code,
                "version": outcome.version,
                "conflicts": msgspec.msgpack.encode(outcome.conflicts),
                "received_at": microseconds(self.now),
            }
            for change, outcome, link in zip(fresh, answered, hashes, strict=True)
        ]
        self.connection.execute(insert(changes), rows)
        position = {"last_seq": self.batch.last_seq, "last_hash": self.batch.hash}
        upsert(self.connection, chains, [{**self._whose(), **position}])

    def receipt(self, position: Position, outcomes: Sequence[ChangeOutcome]) -> ServerReceipt:
        server = identity(self.connection)
        return ServerReceipt(
            server_id=server.server_id,
            server_epoch=server.server_epoch,
            device_id=self.device.device_id,
            epoch=self.batch.epoch,
            position=position,
            outcomes=tuple(outcomes),
            made_at=microseconds(self.now),
        )

    def keep_receipt(self, sealed: bytes, new: int) -> None:
        self.connection.execute(
            insert(receipts).values(
                **self._whose(),
                last_seq=self.batch.last_seq,
                first_seq=self.batch.first_seq,
                changes=new,
                sealed=sealed,
                made_at=microseconds(self.now),
            )
        )

    def _hash_before(self, position: Position) -> bytes:
        before = self.batch.first_seq - 1
        if before == position.seq:
            return position.hash
        if before == 0:
            return CHAIN_START
        query = select(changes.c.hash).where(*self._own(), changes.c.seq == before)
        return bytes(self.connection.execute(query).scalar_one())

    def _own(self) -> tuple[Any, ...]:
        return tuple(changes.c[name] == value for name, value in self._whose().items())

    def _whose(self) -> dict[str, str]:
        return {"county": self.device.county, "device_id": self.device.device_id, "epoch": self.batch.epoch}


def _keys(change: Change) -> Iterator[Key]:
    """The records that judging a change will ask for."""
    yield change.kind, column_id(change.record_id)
    for kind, name in ((RecordKind.HOUSEHOLD, "household_id"), (RecordKind.MEMBER, "member_id")):
        value = change.fields.get(name)
        if isinstance(value, str) and value and "\0" not in value:
            yield kind, value


def _counted(outcomes: Sequence[ChangeOutcome]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for one in outcomes:
        counted[one.outcome.value] = counted.get(one.outcome.value, 0) + 1
    return counted
