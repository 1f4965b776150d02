"""A change: one act on one record, and how two changes to one record meet.

A device's changes are numbered without gaps within an epoch of its local store, and each is chained to the one
before by a hash, so that a lost, altered or doubled change cannot go unseen.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

import msgspec

CHAIN_START = bytes(32)
"""The hash "before" a device's first change of an epoch."""
REMOVED = "removed"
"""Reserved field of a record's state: true on a tombstone. No record has a field of this name."""
REMOVE = "remove"
"""The act that makes a tombstone; its change needs no fields."""
STAND = "stand"
"""The act that says that a record stands as it is, because another was merged into it: it has no fields and makes a new
version, so that whoever removes the record without knowing of that meets a conflict."""
DEEPEST = 32
"""How often lists and maps may stand within each other in a change, its own map of fields counted."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KIND_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_pack = msgspec.msgpack.Encoder(order="deterministic").encode
_TEXT = frozenset({str})
_LEAVES = frozenset({str, int, bytes, bool, type(None)})


class RecordKind(StrEnum):
    """What a change is about. A kind that this version does not know keeps its name, so that it can be passed on."""

    HOUSEHOLD = "household"
    MEMBER = "member"
    ENROLMENT = "enrolment"
    CLAIM = "claim"
    COMPARISON = "comparison"
    HOUSEHOLD_ACT = "household_act"
    CLAIM_STEP = "claim_step"
    DECISION = "decision"  # made by the server, as payments are: the insurer's answers
    PAYMENT = "payment"
    REVIEW = "review"  # made by the server: two values that a person must choose between

    @classmethod
    def _missing_(cls, value: object) -> RecordKind | None:
        if not isinstance(value, str) or not _KIND_NAME.fullmatch(value):
            return None
        later = str.__new__(cls, value)
        later._name_ = value
        later._value_ = value
        return later

    @property
    def known(self) -> bool:
        return self.value in type(self)._value2member_map_


MADE_BY_SERVER = frozenset({RecordKind.DECISION, RecordKind.PAYMENT})
"""Kinds that the server alone writes and devices only read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """变更. (device, epoch, seq) names it for ever; device and epoch stand on the batch that carries it.

    `fields` holds the new value of every field that changed, `base` what those fields were before, as plain
    values (str, int, bool, None, list, dict). `base_version` is the server's version of the record that the device
    knew (0 = none). `act` is the clerk's verb ("register", "edit", "submit" …); a delete is a tombstone, act "remove".
    """

    seq: int
    kind: RecordKind
    record_id: str
    act: str
    base_version: int
    fields: dict[str, Any]
    base: dict[str, Any]
    made_at: datetime
    made_by: str


class Outcome(StrEnum):
    """What the server did with one change."""

    APPLIED = "applied"
    MERGED = "merged"
    CONFLICT = "conflict"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """待核对: something that a person must look at; made by the server and carried by the feed as kind "review".

    `code` says why ("review.conflict", "review.duplicate_person" …). `kind` and `record_id` name the record,
    `other_id` the second record of a duplicate. `fields` holds per field {"base", "kept", "other"}: what the sender
    had before, what stands now, what the sender wanted. `act`, `made_by`, `made_at` and `device_no` tell whose it was.
    """

    id: str
    code: str
    kind: RecordKind
    record_id: str
    opened_at: datetime
    fields: dict[str, Any] = field(default_factory=dict)
    open: bool = True
    other_id: str = ""
    act: str = ""
    made_by: str = ""
    made_at: datetime | None = None
    device_no: str = ""


# --- canonical bytes and the chain -----------------------------------------------------------------------------


def canonical(value: Any) -> bytes:
    """The one MessagePack form of a plain value: shortest encodings, map keys in the order of their UTF-8 bytes.

    Raises TypeError for anything that is not str, bytes, int, bool, None, list or a dict with text keys: a fraction,
    for one, is text or a count of the smallest unit, never a float.
    """
    refuse_unless_plain(value)
    return _pack(value)


def refuse_unless_plain(value: Any) -> None:
    """Raises TypeError as `canonical` does."""
    if isinstance(value, dict):
        if _TEXT.issuperset(map(type, value)) and _LEAVES.issuperset(map(type, value.values())):
            return  # as nearly every map is
        if not (_TEXT.issuperset(map(type, value)) or all(isinstance(key, str) for key in value)):
            raise TypeError("a map's keys are text")
        _refuse_unless_all_plain(value.values())
    elif isinstance(value, list | tuple):
        _refuse_unless_all_plain(value)
    elif value is not None and not isinstance(value, str | int | bytes):
        raise TypeError(f"{type(value).__name__} is not a plain value")


def canonical_of_plain(value: Any) -> bytes:
    """`canonical` of what is plain by its making, so that it is not looked through once more."""
    return _pack(value)


def _refuse_unless_all_plain(values: Collection[Any]) -> None:
    if not _LEAVES.issuperset(map(type, values)):
        for item in values:
            if type(item) not in _LEAVES:
                refuse_unless_plain(item)


def is_plain(value: Any, depth: int = DEEPEST) -> bool:
    """Whether `value` may stand in a change: text, whole numbers, booleans, null, lists, maps with text keys.

    Lists and maps stand within each other up to `depth` times: what one end can read, every other end can.
    """
    if value is None or isinstance(value, str | int):
        return True
    if depth == 0:
        return False
    if isinstance(value, list):
        return all(is_plain(item, depth - 1) for item in value)
    return isinstance(value, dict) and all(
        isinstance(key, str) and is_plain(item, depth - 1) for key, item in value.items()
    )


@lru_cache(maxsize=16)  # all changes of one act are made at one moment
def microseconds(moment: datetime) -> int:
    """A UTC-aware moment as whole microseconds since 1970, which is how moments travel and are hashed."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(microseconds_since_1970: int) -> datetime:
    """Raises OverflowError outside the years 1 to 9999."""
    return _EPOCH + timedelta(microseconds=microseconds_since_1970)


def chain_hash(previous: bytes, epoch: str, change: Change) -> bytes:
    """The chain's hash (32 bytes) after `change`, `previous` being the hash after the change before it.

    `epoch` is the random name of the local store; a device has one before the server gives it an id.
    """
    refuse_unless_plain(change.fields)  # the rest is plain by its type
    refuse_unless_plain(change.base)
    content = [
        epoch,
        change.seq,
        change.kind.value,
        change.record_id,
        change.act,
        change.base_version,
        change.fields,
        change.base,
        microseconds(change.made_at),
        change.made_by,
    ]
    return hashlib.sha256(b"backbone change 1\n" + previous + _pack(content)).digest()


# --- how two changes to one record meet ------------------------------------------------------------------------

_COMPARED_WHOLE = frozenset({RecordKind.CLAIM, RecordKind.CLAIM_STEP, RecordKind.HOUSEHOLD_ACT})
"""Amounts of one claim belong together, and so does what is told of one act: replaced as a whole or not at all."""
_WATCHED: Mapping[RecordKind, frozenset[str]] = {
    RecordKind.HOUSEHOLD: frozenset({"poverty_type", "county", "listing", "listing_since"}),
    RecordKind.MEMBER: frozenset(
        {"id_no", "household_id", "bank_name", "bank_account", "account_holder", "standing", "left_on"}
    ),
    RecordKind.ENROLMENT: frozenset(
        {"member_id", "policy_year", "scheme_id", "scheme_version", "starts", "ends", "status"}
    ),
}
"""Who somebody is, who gets the money and who is covered: never mixed from two people's edits without a person."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What becomes of a record: `fields` to set (may be empty), and per field in conflict base, kept and other."""

    fields: dict[str, Any]
    outcome: Outcome
    conflicts: dict[str, dict[str, Any]]

    @property
    def review(self) -> bool:
        """Whether a person must look: nothing that did not go in may be dropped in silence."""
        return bool(self.conflicts)


def wanted_fields(change: Change) -> dict[str, Any]:
    """What the change sets, a tombstone's mark included."""
    return {**change.fields, REMOVED: True} if change.act == REMOVE else change.fields


def merge(current: Mapping[str, Any] | None, change: Change, *, concurrent: bool) -> Merge:
    """Bring `change` into `current`, the server's fields of the record (None = it has none).

    `concurrent`: somebody else changed the record after `change.base_version`. The first arrival stands. A field goes
    in when it is still what the sender saw (or was never set); else it is a conflict. Watched fields that meet any
    concurrent change, a claim that moved on, and a removed record always are.
    """
    wanted = wanted_fields(change)
    if current is None:
        return Merge(dict(wanted), Outcome.APPLIED, {})
    if change.act == STAND and current.get(REMOVED):
        wanted = {REMOVED: False}
    differing = {name: value for name, value in wanted.items() if name not in current or not same(current[name], value)}
    moved = {name for name in differing if name in current and not _seen(change, name, current[name])}
    watched = _WATCHED.get(change.kind, frozenset()) | {REMOVED}
    if change.kind in _COMPARED_WHOLE:
        held = set(differing) if concurrent or moved else set()
    else:
        held = moved | {name for name in differing if concurrent and name in watched}
    if current.get(REMOVED) and differing.get(REMOVED, True) is not False:
        held = set(differing)
    conflicts = {
        name: {"base": change.base.get(name), "kept": current.get(name), "other": differing[name]}
        for name in differing
        if name in held
    }
    taken = {name: value for name, value in differing.items() if name not in held}
    if conflicts:
        return Merge(taken, Outcome.CONFLICT, conflicts)
    return Merge(taken, Outcome.MERGED if concurrent else Outcome.APPLIED, {})


def same(one: Any, other: Any) -> bool:
    """Equal, and of one type throughout: 1 and True are not the same answer."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(same(left, right) for left, right in zip(one, other, strict=True))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    return bool(one == other)


def _seen(change: Change, name: str, current: Any) -> bool:
    """Whether the sender knew the value that stands; a record is not removed until somebody says so."""
    if name == REMOVED and name not in change.base:
        return current is False
    return name in change.base and same(current, change.base[name])
