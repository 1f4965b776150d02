"""Records as plain fields and back: the form in which they are chained, sent and merged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

import msgspec

from backbone_core.change import RecordKind, Review
from backbone_core.claim import Claim
from backbone_core.enrolment import Enrolment
from backbone_core.errors import RuleBroken
from backbone_core.household import Household, Member

Record = Household | Member | Enrolment | Claim

_KINDS: dict[type, RecordKind] = {
    Household: RecordKind.HOUSEHOLD,
    Member: RecordKind.MEMBER,
    Enrolment: RecordKind.ENROLMENT,
    Claim: RecordKind.CLAIM,
    Review: RecordKind.REVIEW,
}
_TYPES: dict[RecordKind, type] = {kind: record_type for record_type, kind in _KINDS.items()}
_PLACE = re.compile(r"at `\$\.([^`]+)`")
_MISSING = re.compile(r"missing required field `(\w+)`")


def kind_of(record: Record | Review) -> RecordKind:
    return _KINDS[type(record)]


def to_fields(record: Record | Review) -> dict[str, Any]:
    """The record without its id as plain values: dates and moments as ISO text, enums as text, tuples as lists."""
    fields = cast(dict[str, Any], msgspec.json.decode(msgspec.json.encode(record)))
    del fields["id"]
    return fields


def from_fields(kind: RecordKind, record_id: str, fields: Mapping[str, Any]) -> Record:
    """The record that `fields` describe; fields that this version does not know are passed over.

    Raises `RuleBroken("record.unreadable", field)` when a known field is missing or of another type, and
    `RuleBroken("record.kind_unknown")` for a kind of a later version.
    """
    if kind is RecordKind.REVIEW or kind not in _TYPES:
        raise RuleBroken("record.kind_unknown")
    return cast(Record, _convert(_TYPES[kind], record_id, fields))


def read_review(review_id: str, fields: Mapping[str, Any]) -> Review:
    """A review item from the feed. Raises `RuleBroken("record.unreadable", field)`."""
    return cast(Review, _convert(Review, review_id, fields))


def _convert(record_type: type, record_id: str, fields: Mapping[str, Any]) -> object:
    try:
        return msgspec.convert({**fields, "id": record_id}, record_type)
    except msgspec.ValidationError as error:
        # the message may quote a value, which may be personal: only the place is passed on
        text = str(error)
        found = _PLACE.search(text) or _MISSING.search(text)
        place = found.group(1) if found else ""
    raise RuleBroken("record.unreadable", re.sub(r"\[(\d+|\.\.\.)\]", r".\1", place))
