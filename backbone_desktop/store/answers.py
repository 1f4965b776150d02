"""Takes in what the centre answers and what its feed brings, without losing what was typed here in the meantime.

A record with waiting or refused changes has a shadow: what the centre is expected to hold before the waiting changes.
The row shows the shadow, with the waiting changes over it, with refused values over them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as put

from backbone_core.change import REMOVED, Change, Outcome, RecordKind, same, wanted_fields
from backbone_core.errors import RuleBroken
from backbone_core.records import from_fields, read_review, to_fields
from backbone_desktop.services.ports import Clock
from backbone_desktop.store.capture import Records, Shadow, State, overlaid
from backbone_desktop.store.mapping import state_of, values_of
from backbone_desktop.store.outbox import StoredOutbox
from backbone_desktop.store.tables import SYNCED, device, later, outbox, review, server_receipt


class Answers:
    def __init__(self, connection: Connection, clock: Clock, records: Records, changes: StoredOutbox) -> None:
        self._connection = connection
        self._clock = clock
        self._records = records
        self._changes = changes

    # --- a server receipt

    def mark_answered(self, outcomes: Sequence[Any], receipt: bytes, signature: bytes) -> None:
        """Taking the same receipt once more changes nothing."""
        answered = {one.seq: one for one in outcomes}
        epoch = self._connection.scalar(select(device.c.epoch)) or ""
        waiting = self._connection.execute(
            select(outbox.c.seq, outbox.c.kind, outbox.c.record_id)
            .where(outbox.c.epoch == epoch, outbox.c.answered_at.is_(None), outbox.c.seq <= max(answered, default=0))
            .order_by(outbox.c.seq)
        ).all()
        fresh = [row for row in waiting if row.seq in answered]
        if not fresh:
            return
        for kind, record_id in dict.fromkeys((row.kind, row.record_id) for row in fresh):
            self._move_on(kind, record_id, answered)
        for row in fresh:
            self._mark(epoch, answered[row.seq])
        self._keep(epoch, [row.seq for row in fresh], receipt, signature)

    def _mark(self, epoch: str, outcome: Any) -> None:
        self._connection.execute(
            update(outbox).where(outbox.c.epoch == epoch, outbox.c.seq == outcome.seq).values(
                answered_at=self._clock.now(), outcome=outcome.outcome, code=outcome.code,
                detail={"version": outcome.version, "conflicts": list(outcome.conflicts)},
            )
        )

    def _keep(self, epoch: str, seqs: list[int], receipt: bytes, signature: bytes) -> None:
        self._connection.execute(
            insert(server_receipt).values(at=self._clock.now(), epoch=epoch, first_seq=seqs[0], last_seq=seqs[-1],
                                          receipt=receipt, signature=signature)
        )
        still = self._connection.scalar(
            select(func.min(outbox.c.seq)).where(outbox.c.epoch == epoch, outbox.c.answered_at.is_(None))
        )
        upto = device.c.last_seq if still is None else still - 1
        self._connection.execute(update(device).values(answered_seq=upto))

    def _move_on(self, kind: RecordKind, record_id: str, answered: Mapping[int, Any]) -> None:
        """Bring one record's shadow to what the centre holds after its answers."""
        if kind not in SYNCED:  # a review that was closed here: the feed says how it stands
            return
        row, stood = self._records.row(kind, record_id), self._records.shadow(kind, record_id)
        if row is None or stood is None:
            return
        changes = self._changes.of_record(kind, record_id)
        shown = state_of(kind, row)
        typed = _difference(shown, overlaid(stood.fields, changes))
        fields, version = stood.fields, stood.version
        for change in changes:
            outcome = answered.get(change.seq)
            if outcome is None:
                continue
            wanted = wanted_fields(change)
            if outcome.outcome is Outcome.REJECTED:
                typed.update({name: shown.get(name, False) for name in wanted})
                if outcome.code == "rejected.claim_state":  # the step beside it tells what was wanted
                    typed.pop("state", None)
                if outcome.code == "rejected.record_unknown" and stood.version <= change.base_version:
                    fields, version, typed = None, 0, dict(shown)  # so that the next edit sends it whole
                continue
            if stood.version <= change.base_version or stood.version < outcome.version:
                fields = {**(fields or {}), **{name: value for name, value in wanted.items()
                                               if name not in outcome.conflicts}}
            # else the feed was faster than the answer: what it brought holds this change, or another page will
            if outcome.outcome is Outcome.APPLIED:  # any other answer names the version that the change named
                version = max(version, outcome.version)
            typed = {name: value for name, value in typed.items() if name not in wanted}
        rest = tuple(change for change in changes if change.seq not in answered)
        self._settle((kind, record_id), row, Shadow(version, fields), rest, typed)

    # --- the feed

    def apply_state(self, kind: RecordKind, record_id: str, version: int, fields: Mapping[str, Any]) -> bool:
        """A version older than what is known is passed over; the same version may come again."""
        kind = RecordKind(kind)
        if kind is RecordKind.REVIEW:
            return self._apply_review(record_id, version, fields)
        if kind not in SYNCED:
            self._keep_for_later(kind, record_id, version, fields)
            return False
        row, stood = self._records.row(kind, record_id), self._records.shadow(kind, record_id)
        if version < max(row["version"] if row else 0, stood.version if stood else 0):
            return False
        state = dict(fields)
        if state.get(REMOVED) and row is not None:
            state = {**state_of(kind, row), **state}
        try:
            record = from_fields(kind, record_id, state)
        except RuleBroken:
            self._keep_for_later(kind, record_id, version, fields)
            return False
        self._forget_later(kind, record_id)
        if row is None:
            return self._show(kind, record_id, None, version, state)
        changes = self._changes.of_record(kind, record_id)
        typed = {} if stood is None else _difference(state_of(kind, row), overlaid(stood.fields, changes))
        # a field that the centre never got stands at its default, which is nothing that was typed here
        there = Shadow(version, {**state, **to_fields(record)})
        return self._settle((kind, record_id), row, there, changes, typed)

    def _settle(self, record: tuple[RecordKind, str], row: RowMapping, there: Shadow, waiting: tuple[Change, ...],
                typed: State) -> bool:
        """Show the centre's state with the waiting changes and `typed` over it; keep a shadow while they differ."""
        wanted = {name for change in waiting for name in wanted_fields(change)}
        state = {**(overlaid(there.fields, waiting) or {}),
                 **{name: value for name, value in typed.items() if name not in wanted}}
        if not waiting and there.fields is not None and _agree(state, there.fields):
            self._records.drop_shadow(*record)
        else:
            self._records.keep_shadow(*record, there)
        return self._show(*record, row, there.version, state)

    def _show(self, kind: RecordKind, record_id: str, row: RowMapping | None, version: int, state: State) -> bool:
        if row is not None and not _difference(state, state_of(kind, row)):
            if row["version"] != version:
                self._records.note_version(kind, record_id, version)
            return False
        record = from_fields(kind, record_id, state)
        known = to_fields(record)
        extra = {name: value for name, value in state.items() if name not in known and name != REMOVED}
        removed_at = None
        if state.get(REMOVED):
            removed_at = row["removed_at"] if row is not None and row["removed_at"] else self._clock.now()
        self._records.put_from_feed(kind, record_id, row, {
            **values_of(record), "extra": extra or None, "version": version, "removed_at": removed_at,
        })
        return row is not None or removed_at is None

    def _apply_review(self, review_id: str, version: int, fields: Mapping[str, Any]) -> bool:
        known = self._connection.scalar(select(review.c.version).where(review.c.id == review_id))
        if known is not None and version < known:
            return False
        try:
            found = read_review(review_id, fields)
        except RuleBroken:
            self._keep_for_later(RecordKind.REVIEW, review_id, version, fields)
            return False
        names = [column.name for column in review.columns if column.name not in {"id", "version", "extra"}]
        values = {name: getattr(found, name) for name in names}
        values["open"] = found.open and not fields.get(REMOVED, False)
        extra = {name: value for name, value in fields.items() if name not in names and name != REMOVED}
        values |= {"version": version, "extra": extra or None}
        self._connection.execute(
            put(review).values(id=review_id, **values).on_conflict_do_update(index_elements=["id"], set_=values)
        )
        self._forget_later(RecordKind.REVIEW, review_id)
        return True

    def _keep_for_later(self, kind: RecordKind, record_id: str, version: int, fields: Mapping[str, Any]) -> None:
        values = {"version": version, "fields": dict(fields)}
        self._connection.execute(
            put(later).values(kind=str(kind), record_id=record_id, **values)
            .on_conflict_do_update(index_elements=["kind", "record_id"], set_=values)
        )

    def _forget_later(self, kind: RecordKind, record_id: str) -> None:
        self._connection.execute(delete(later).where(later.c.kind == str(kind), later.c.record_id == record_id))


def _agree(state: State, other: State) -> bool:
    """Alike, or removed at both ends: what was refused of a record goes with it."""
    return bool(state.get(REMOVED) and other.get(REMOVED)) or not _difference(state, other)


def _difference(state: State, other: State | None) -> State:
    """The fields of `state` that `other` does not hold alike; a record that never was removed is not removed."""
    held = {REMOVED: False, **(other or {})}
    wanted = {REMOVED: False, **state}
    return {name: value for name, value in wanted.items() if name not in held or not same(held[name], value)}
