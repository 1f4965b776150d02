"""A change: one act on one record, and how two changes to one record meet.

A device's changes are numbered without gaps within an epoch of its local store, and each is chained to the one
before by a hash, so that a lost, altered or doubled change cannot go unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class RecordKind(StrEnum):
    HOUSEHOLD = "household"
    MEMBER = "member"
    ENROLMENT = "enrolment"
    CLAIM = "claim"
    REVIEW = "review"  # made by the server: two values that a person must choose between


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
