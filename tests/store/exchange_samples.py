"""Answers and feed pages as the store's tests give them to an open store."""

from __future__ import annotations

from typing import Any

from store_samples import Opened

from backbone_core.change import Outcome, RecordKind
from backbone_core.household import Household
from backbone_core.protocol.batch import ChangeOutcome
from backbone_core.records import to_fields
from backbone_desktop.services.rows import SyncStatus

KIND = RecordKind.HOUSEHOLD


def answer(opened: Opened, *outcomes: ChangeOutcome) -> None:
    with opened.open() as work:
        work.sync.mark_answered(outcomes, b"receipt", b"signature")
        work.commit()


def applied(seq: int, version: int) -> ChangeOutcome:
    return ChangeOutcome(seq=seq, outcome=Outcome.APPLIED, version=version)


def rejected(seq: int, code: str = "member.id_taken") -> ChangeOutcome:
    return ChangeOutcome(seq=seq, outcome=Outcome.REJECTED, code=code)


def conflict(seq: int, version: int, *fields: str) -> ChangeOutcome:
    return ChangeOutcome(seq=seq, outcome=Outcome.CONFLICT, code="review.conflict", version=version, conflicts=fields)


def feed(opened: Opened, record: Any, version: int, **other: Any) -> bool:
    with opened.open() as work:
        shown: bool = work.sync.apply_state(KIND, record.id, version, {**to_fields(record), **other})
        work.commit()
    return shown


def stored(opened: Opened, record: Any) -> Household:
    with opened.read() as work:
        found: Household = work.households.get(record.id)
    return found


def status(opened: Opened, record: Any) -> SyncStatus:
    with opened.read() as work:
        found: SyncStatus = work.sync.status_of(KIND, record.id)
    return found


def shadows(opened: Opened) -> int:
    return int(opened.rows("SELECT count(*) FROM shadow")[0][0])
