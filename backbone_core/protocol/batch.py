"""A batch of changes, the server's receipt for it, and a page of the feed: values to payload bytes and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from backbone_core.change import Change, Outcome, RecordKind, chain_hash, is_plain, microseconds, moment
from backbone_core.protocol.messages import Position, decode, encode
from backbone_core.protocol.sealed import UnreadableError, unpack

FORMAT = 1
"""Layout of the rows inside batch, receipt and feed. A later layout (packed columns) is another number."""

_ChangeRow = tuple[int, RecordKind, str, str, int, dict[str, Any], dict[str, Any], int, str]
_OutcomeRow = tuple[int, Outcome, str, int, tuple[str, ...]]
_StateRow = tuple[RecordKind, str, int, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """批次: changes `first_seq` … without a gap. `hash` is the chain's after the last; those between follow from it."""

    device_id: str
    epoch: str
    changes: tuple[Change, ...]
    hash: bytes

    @property
    def first_seq(self) -> int:
        return self.changes[0].seq

    @property
    def last_seq(self) -> int:
        return self.changes[-1].seq


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOutcome:
    """What became of change `seq`. `code` says why for a conflict or a rejection.

    `version`: what the device may name as `base_version` from now on, if it is greater than what it holds already.
    After `applied` that is the record's new version; after anything else it is the version that the change named,
    because the device has not seen what others did until the feed brings it. `conflicts` names the fields that did
    not go in; both values stand in a review item that the feed brings.
    """

    seq: int
    outcome: Outcome
    code: str = ""
    version: int = 0
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerReceipt:
    """回执: the server has changes up to `position` for good. `outcomes` answers the batch, change by change."""

    server_id: str
    server_epoch: str
    device_id: str
    epoch: str
    position: Position
    outcomes: tuple[ChangeOutcome, ...]
    made_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordState:
    """The latest state of a record. A tombstone's `fields` hold `removed: true`."""

    kind: RecordKind
    record_id: str
    version: int
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """Latest states of what changed after the cursor (`server_epoch`, `after`), in commit order, up to `upto`.

    Page and cursor (`server_epoch`, `upto`) are kept in one transaction. `more`: ask again at once.
    """

    server_epoch: str
    device_id: str
    after: int
    upto: int
    more: bool
    records: tuple[RecordState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _BatchForm:
    format: int
    device_id: str
    epoch: str
    hash: bytes
    rows: msgspec.Raw


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReceiptForm:
    format: int
    server_id: str
    server_epoch: str
    device_id: str
    epoch: str
    position: Position
    rows: msgspec.Raw
    made_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _FeedForm:
    format: int
    server_epoch: str
    device_id: str
    after: int
    upto: int
    more: bool
    rows: msgspec.Raw


def make_batch(device_id: str, epoch: str, previous: bytes, changes: Iterable[Change]) -> Batch:
    """`previous` is the chain's hash before the first of `changes`, of which there is at least one."""
    kept = tuple(changes)
    for change in kept:
        previous = chain_hash(previous, epoch, change)
    return Batch(device_id=device_id, epoch=epoch, changes=kept, hash=previous)


def pack_change(change: Change) -> bytes:
    return msgspec.msgpack.encode(_change_row(change))


def read_change(packed: bytes) -> Change:
    """Raises `UnreadableError`."""
    return _change(unpack(packed, _ChangeRow, "change"))


def pack_batch(batch: Batch) -> bytes:
    rows = msgspec.msgpack.encode([_change_row(change) for change in batch.changes])
    return encode(
        _BatchForm(format=FORMAT, device_id=batch.device_id, epoch=batch.epoch, hash=batch.hash, rows=msgspec.Raw(rows))
    )


def read_batch(payload: bytes) -> Batch:
    """Raises `UnreadableError` also for an empty batch, and for one whose numbers have a gap."""
    form = decode(payload, _BatchForm)
    _check_format(form.format)
    changes = tuple(_change(row) for row in unpack(form.rows, list[_ChangeRow], "rows"))
    first = changes[0].seq if changes else 0
    if first < 1 or any(change.seq != first + place for place, change in enumerate(changes)):
        raise UnreadableError("batch")
    return Batch(device_id=form.device_id, epoch=form.epoch, changes=changes, hash=form.hash)


def pack_receipt(receipt: ServerReceipt) -> bytes:
    rows = [(one.seq, one.outcome, one.code, one.version, one.conflicts) for one in receipt.outcomes]
    return encode(
        _ReceiptForm(
            format=FORMAT,
            server_id=receipt.server_id,
            server_epoch=receipt.server_epoch,
            device_id=receipt.device_id,
            epoch=receipt.epoch,
            position=receipt.position,
            rows=msgspec.Raw(msgspec.msgpack.encode(rows)),
            made_at=receipt.made_at,
        )
    )


def read_receipt(payload: bytes) -> ServerReceipt:
    """Raises `UnreadableError`."""
    form = decode(payload, _ReceiptForm)
    _check_format(form.format)
    return ServerReceipt(
        server_id=form.server_id,
        server_epoch=form.server_epoch,
        device_id=form.device_id,
        epoch=form.epoch,
        position=form.position,
        outcomes=tuple(
            ChangeOutcome(seq=seq, outcome=outcome, code=code, version=version, conflicts=conflicts)
            for seq, outcome, code, version, conflicts in unpack(form.rows, list[_OutcomeRow], "rows")
        ),
        made_at=form.made_at,
    )


def pack_feed(page: FeedPage) -> bytes:
    rows = [(state.kind, state.record_id, state.version, state.fields) for state in page.records]
    return encode(
        _FeedForm(
            format=FORMAT,
            server_epoch=page.server_epoch,
            device_id=page.device_id,
            after=page.after,
            upto=page.upto,
            more=page.more,
            rows=msgspec.Raw(msgspec.msgpack.encode(rows)),
        )
    )


def read_feed(payload: bytes) -> FeedPage:
    """Raises `UnreadableError`."""
    form = decode(payload, _FeedForm)
    _check_format(form.format)
    return FeedPage(
        server_epoch=form.server_epoch,
        device_id=form.device_id,
        after=form.after,
        upto=form.upto,
        more=form.more,
        records=tuple(
            RecordState(kind=kind, record_id=record_id, version=version, fields=fields)
            for kind, record_id, version, fields in unpack(form.rows, list[_StateRow], "rows")
        ),
    )


def _check_format(number: int) -> None:
    if number != FORMAT:
        raise UnknownFormatError(number)


class UnknownFormatError(UnreadableError):
    """A payload laid out by a later version."""


def _change_row(change: Change) -> _ChangeRow:
    return (
        change.seq,
        change.kind,
        change.record_id,
        change.act,
        change.base_version,
        change.fields,
        change.base,
        microseconds(change.made_at),
        change.made_by,
    )


def _change(row: _ChangeRow) -> Change:
    seq, kind, record_id, act, base_version, fields, base, made_at, made_by = row
    try:
        made = moment(made_at)
        if not is_plain(fields) or not is_plain(base):
            raise UnreadableError("change")
    except OverflowError:
        raise UnreadableError("change") from None
    return Change(
        seq=seq,
        kind=kind,
        record_id=record_id,
        act=act,
        base_version=base_version,
        fields=fields,
        base=base,
        made_at=made,
        made_by=made_by,
    )
