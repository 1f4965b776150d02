"""Records as plain fields and back: the form in which they are chained, sent and merged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Any, cast

import msgspec

from backbone_core.benefit import TraceStep
from backbone_core.change import RecordKind, Review
from backbone_core.claim import Claim
from backbone_core.claim_step import ClaimStep
from backbone_core.comparison import Comparison
from backbone_core.decision import Decision, Payment
from backbone_core.enrolment import Enrolment
from backbone_core.errors import RuleBroken
from backbone_core.household import Household, Member
from backbone_core.household_act import HouseholdAct

Record = Household | Member | Enrolment | Claim | ClaimStep | Comparison | HouseholdAct | Decision | Payment

_KINDS: dict[type, RecordKind] = {
    Household: RecordKind.HOUSEHOLD,
    Member: RecordKind.MEMBER,
    Enrolment: RecordKind.ENROLMENT,
    Claim: RecordKind.CLAIM,
    ClaimStep: RecordKind.CLAIM_STEP,
    Comparison: RecordKind.COMPARISON,
    HouseholdAct: RecordKind.HOUSEHOLD_ACT,
    Decision: RecordKind.DECISION,
    Payment: RecordKind.PAYMENT,
    Review: RecordKind.REVIEW,
}
_TYPES: dict[RecordKind, type] = {kind: record_type for record_type, kind in _KINDS.items()}
_FLAT = frozenset({Household, Member, Enrolment})
"""Records of single values, of which there are hundreds of thousands."""
LARGEST = 10**15
"""No amount (in fen), year or version of a record is beyond it, and every database can hold and sum it."""
LONGEST = 10_000
"""Characters of one text of a record."""
_MOMENTS: dict[type, tuple[str, ...]] = {
    Claim: ("received_at",),
    ClaimStep: ("at",),
    HouseholdAct: ("recorded_at", "taken_back_at"),
    Review: ("opened_at", "made_at"),
}
_PLACE = re.compile(r"at `\$\.([^`]+)`")
_MISSING = re.compile(r"missing required field `(\w+)`")


def kind_of(record: Record | Review) -> RecordKind:
    return _KINDS[type(record)]


def to_fields(record: Record | Review) -> dict[str, Any]:
    """The record without its id as plain values: dates and moments as ISO text, enums as text, tuples as lists."""
    if type(record) in _FLAT:
        fields: dict[str, Any] = msgspec.to_builtins(record)
    else:  # by way of JSON, which makes lists of tuples
        fields = msgspec.json.decode(msgspec.json.encode(record))
    del fields["id"]
    return fields


def from_fields(kind: RecordKind, record_id: str, fields: Mapping[str, Any]) -> Record:
    """The record that `fields` describe; fields that this version does not know are passed over.

    Raises `RuleBroken("record.unreadable", field)` when a known field is missing, of another type or beyond what a
    store can hold, and `RuleBroken("record.kind_unknown")` for a kind of a later version.
    """
    if kind is RecordKind.REVIEW or kind not in _TYPES:
        raise RuleBroken("record.kind_unknown")
    return cast(Record, _convert(_TYPES[kind], record_id, fields))


def read_review(review_id: str, fields: Mapping[str, Any]) -> Review:
    """A review item from the feed. Raises `RuleBroken("record.unreadable", field)`."""
    return cast(Review, _convert(Review, review_id, fields))


def read_trace(steps: Any) -> tuple[TraceStep, ...]:
    """A benefit's steps from plain values. Raises `RuleBroken("record.unreadable", field)`."""
    try:
        return msgspec.convert(steps, tuple[TraceStep, ...])
    except msgspec.ValidationError:
        raise RuleBroken("record.unreadable", "trace") from None


def _convert(record_type: type, record_id: str, fields: Mapping[str, Any]) -> object:
    try:
        record: object = msgspec.convert({**fields, "id": record_id}, record_type)
        _check_values(record, fields)
        return record
    except msgspec.ValidationError as error:
        # the message may quote a value, which may be personal: only the place is passed on
        text = str(error)
        found = _PLACE.search(text) or _MISSING.search(text)
        place = found.group(1) if found else ""
    raise RuleBroken("record.unreadable", re.sub(r"\[(\d+|\.\.\.)\]", r".\1", place))


def _check_values(record: object, fields: Mapping[str, Any]) -> None:
    """What is of the right type and still cannot be kept would stop every office that fetches it."""
    known = type(record).__dataclass_fields__  # type: ignore[attr-defined]
    for name, value in fields.items():
        if name in known and not _fits(value):
            raise RuleBroken("record.unreadable", name)
    for name in _MOMENTS.get(type(record), ()):
        moment: datetime | None = getattr(record, name)
        # a moment of the first or last year may lie outside all years in another time zone
        if moment is not None and (moment.tzinfo is None or not MINYEAR < moment.year < MAXYEAR):
            raise RuleBroken("record.unreadable", name)


def _fits(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST
    if isinstance(value, int):
        return -LARGEST <= value <= LARGEST
    if isinstance(value, list | tuple):
        return all(map(_fits, value))
    return not isinstance(value, dict) or all(map(_fits, value.values()))
