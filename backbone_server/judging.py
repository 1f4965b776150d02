"""Decides what becomes of one change: taken, merged, set aside for a person, or rejected with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from backbone_core.change import (
    MADE_BY_SERVER,
    REMOVE,
    REMOVED,
    STAND,
    Change,
    Merge,
    Outcome,
    RecordKind,
    Review,
    merge,
    same,
    wanted_fields,
)
from backbone_core.claim import Claim, ClaimState
from backbone_core.errors import RuleBroken
from backbone_core.ids import new_id
from backbone_core.protocol import ChangeOutcome, pack_change
from backbone_core.records import from_fields, read_review
from backbone_server.claims import claim_fault, moves_alone
from backbone_server.decided import decided_fault
from backbone_server.devices import Device
from backbone_server.ledger import Held, Ledger
from backbone_server.marks import Marks
from backbone_server.recomputing import Touched
from backbone_server.steps import weigh_step

_ID_LENGTH = 64
_MOST = (1 << 62) - 1
_CHANGE_BYTES = 1 << 20
_RECORD_BYTES = 1 << 19
"""So that a page of the feed can always be fetched, over the worst link too."""
_PLACES = ("township", "household_id", "member_id")


class Judge:
    """Judges the changes of one device's batch against one county's ledger, in order."""

    def __init__(self, ledger: Ledger, marks: Marks, device: Device, epoch: str, now: datetime) -> None:
        self._ledger = ledger
        self._marks = marks
        self._device = device
        self._author = f"{device.device_id}/{epoch}"
        self._now = now
        self.touched = Touched()

    def judge(self, change: Change) -> ChangeOutcome:
        code = self._unfit(change)
        if code:
            return _rejected(change, code)
        held = self._ledger.get(change.kind, change.record_id)
        if change.kind is RecordKind.CLAIM_STEP and (held is not None or change.act != REMOVE):
            return self._judge_step(change, held)
        if held is None:
            if change.act == REMOVE and change.base_version == 0:
                return ChangeOutcome(seq=change.seq, outcome=Outcome.APPLIED, version=change.base_version)
            if change.base_version > 0 or any(value is not None for value in change.base.values()):
                return _rejected(change, "rejected.record_unknown")
        if held is not None and moves_alone(change, held.fields):
            return _rejected(change, "rejected.claim_state")
        concurrent = held is not None and held.changed_by_others(self._author, change.base_version)
        merged = merge(held.fields if held else None, change, concurrent=concurrent)
        after = {**(held.fields if held else {}), **merged.fields}
        code = self._fault(change, held, after, merged)
        if code:
            return _rejected(change, code)
        return self._take(change, held, after, merged)

    def _judge_step(self, change: Change, held: Held | None) -> ChangeOutcome:
        """A step is taken together with what it makes of its claim, and never changes afterwards."""
        if held is not None:
            known = all(name in held.fields and same(held.fields[name], value)
                        for name, value in wanted_fields(change).items())
            return (ChangeOutcome(seq=change.seq, outcome=Outcome.APPLIED, version=held.version) if known
                    else _rejected(change, "rejected.step_stands"))
        if change.base_version > 0 or change.base:
            return _rejected(change, "rejected.record_unknown")
        weighed = weigh_step(self._ledger, self._device, change)
        if weighed.code or weighed.claim is None or weighed.step is None:
            return _rejected(change, weighed.code)
        claim, made = weighed.claim, self._new(change)
        self._ledger.place(made, claim.township, claim.household_id, claim.member_id)
        self._ledger.put(made, self._author, change.fields)
        self.touched.note(claim, claim.fields)
        self._ledger.put(claim, self._author, {"state": weighed.step.after.value})
        return ChangeOutcome(seq=change.seq, outcome=Outcome.APPLIED, version=made.version)

    def _unfit(self, change: Change) -> str:
        if not change.record_id or column_id(change.record_id) != change.record_id:
            return "rejected.record_unreadable"
        if change.kind in MADE_BY_SERVER:
            return "rejected.made_by_server"
        if change.base_version != _named_version(change):
            return "rejected.record_unreadable"
        if len(pack_change(change)) > _CHANGE_BYTES or not isinstance(change.fields.get(REMOVED, False), bool):
            return "rejected.record_unreadable"
        # these become columns, and no database holds such a character in text
        return "rejected.record_unreadable" if any("\0" in _text(change.fields, name) for name in _PLACES) else ""

    def _fault(self, change: Change, held: Held | None, after: Mapping[str, Any], merged: Merge) -> str:
        if held is not None and not self._device.scope.covers(self._device.county, held.township):
            return "rejected.scope"
        if change.kind is RecordKind.REVIEW and held is None:
            return "rejected.review_made_by_server"
        try:
            fault = self._content_fault(change, held, after)
        except RuleBroken:
            return "rejected.record_unreadable"
        township, _, _ = self._place_of(change.kind, after, held)
        if not fault and not self._device.scope.covers(self._device.county, township):
            return "rejected.scope"
        # a change that was set aside altogether made nothing to find fault with
        return "" if merged.conflicts and not merged.fields else fault

    def _content_fault(self, change: Change, held: Held | None, after: Mapping[str, Any]) -> str:
        if len(msgspec.msgpack.encode(after)) > _RECORD_BYTES:
            return "rejected.record_unreadable"
        if not change.kind.known:
            return ""
        if change.kind is RecordKind.REVIEW:
            read_review(change.record_id, after)
            return ""
        record = from_fields(change.kind, change.record_id, after)
        if change.kind is RecordKind.HOUSEHOLD and after["county"] != self._device.county:
            return "rejected.scope"
        if isinstance(record, Claim):
            before = from_fields(change.kind, change.record_id, held.fields) if held else None
            if after.get(REMOVED) and isinstance(before, Claim) and before.state is not ClaimState.DRAFT:
                return "rejected.claim_printed"
            fault = claim_fault(before if isinstance(before, Claim) else None, record, self._device.county)
            if not fault and held is not None and isinstance(before, Claim):
                fault = decided_fault(self._ledger, held, before, record)
            return fault
        return ""

    def _take(self, change: Change, held: Held | None, after: Mapping[str, Any], merged: Merge) -> ChangeOutcome:
        before = dict(held.fields) if held else {}
        if held is None:
            held = self._new(change)
        if merged.fields or not held.version or (change.act == STAND and not merged.conflicts):
            self._ledger.place(held, *self._place_of(change.kind, after, held))
            self._ledger.put(held, self._author, merged.fields)
            self.touched.note(held, before)
            for code, other_id in self._marks.move(held, before):
                self._review(change, held, code, other_id=other_id)
        if merged.conflicts:
            self._review(change, held, "review.conflict", fields=merged.conflicts)
        version = held.version if merged.outcome is Outcome.APPLIED else change.base_version
        return ChangeOutcome(
            seq=change.seq,
            outcome=merged.outcome,
            code=_conflict_code(change, before) if merged.conflicts else "",
            version=version,
            conflicts=tuple(merged.conflicts),
        )

    def _review(self, change: Change, held: Held, code: str, *, fields: dict[str, Any] | None = None,
                other_id: str = "") -> None:
        review = Review(
            id=new_id(),
            code=code,
            kind=change.kind,
            record_id=change.record_id,
            opened_at=self._now,
            fields=fields or {},
            other_id=other_id,
            act=change.act,
            made_by=change.made_by,
            made_at=change.made_at,
            device_no=self._device.device_no,
        )
        self._ledger.open_review(review, held)

    def _new(self, change: Change) -> Held:
        return Held(
            kind=change.kind,
            record_id=change.record_id,
            township=self._device.scope.township,
            household_id="",
            member_id="",
            version=0,
            author=self._author,
            author_since=1,
            fields={},
        )

    def _place_of(self, kind: RecordKind, fields: Mapping[str, Any], held: Held | None) -> tuple[str, str, str]:
        """(township, household, member) that the record belongs to.

        What hangs on something that has not arrived yet stays with the sender's township until it does.
        """
        if kind is RecordKind.REVIEW and held is not None:
            return held.township, held.household_id, held.member_id
        if kind is RecordKind.HOUSEHOLD:
            return _text(fields, "township"), "", ""
        household_id, member_id = _text(fields, "household_id"), _text(fields, "member_id")
        member = self._ledger.get(RecordKind.MEMBER, member_id) if member_id else None
        if member is not None:
            return member.township, member.household_id, member_id
        household = self._ledger.get(RecordKind.HOUSEHOLD, household_id) if household_id else None
        if household is not None:
            return household.township, household_id, member_id
        return (held.township if held else self._device.scope.township), household_id, member_id


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _conflict_code(change: Change, before: Mapping[str, Any]) -> str:
    if before.get(REMOVED):
        return "conflict.removed"
    return "conflict.claim" if change.kind is RecordKind.CLAIM else "conflict.fields"


def _rejected(change: Change, code: str) -> ChangeOutcome:
    return ChangeOutcome(seq=change.seq, outcome=Outcome.REJECTED, code=code, version=_named_version(change))


def _named_version(change: Change) -> int:
    return change.base_version if 0 <= change.base_version <= _MOST else 0


def column_id(record_id: str) -> str:
    """The id as every database can hold it in a column; the whole change keeps it as it was sent."""
    return record_id.replace("\0", "")[:_ID_LENGTH]
