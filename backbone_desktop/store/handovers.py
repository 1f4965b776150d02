"""Batch handover lists as they were made, and the claims that are on none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from backbone_core.change import RecordKind
from backbone_core.claim import ClaimState
from backbone_desktop.services.handover_ports import ClaimFile, Handover, HandoverNote, HandoverRow, Leg
from backbone_desktop.store.mapping import claim_of, columns
from backbone_desktop.store.tables import claim, handover, handover_claim, household, member

CHUNK = 500
"""Values of one IN."""
_DAYS = ("admitted", "discharged")
_STANDS = handover.c.void_at.is_(None)


class StoredHandovers:
    """`services.handover_ports.HandoverRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, handover_id: str) -> Handover | None:
        return self._one(select(handover).where(handover.c.id == handover_id))

    def by_number(self, number: str) -> Handover | None:
        return self._one(select(handover).where(handover.c.number == number))

    def _one(self, wanted: Select[Any]) -> Handover | None:
        row = self._connection.execute(wanted).mappings().first()
        if row is None:
            return None
        stated = self._connection.scalars(
            select(handover_claim.c.stated).where(handover_claim.c.handover_id == row["id"])
            .order_by(handover_claim.c.place))
        return Handover(**row, rows=tuple(_row(one) for one in stated))

    def all(self) -> tuple[HandoverNote, ...]:
        claims = (select(func.count()).where(handover_claim.c.handover_id == handover.c.id)
                  .scalar_subquery().label("claims"))
        rows = self._connection.execute(
            select(handover.c.id, handover.c.number, handover.c.leg, handover.c.made_at, handover.c.made_by,
                   handover.c.receiver, claims, handover.c.void_at.is_not(None).label("void"))
            .order_by(handover.c.id.desc())).mappings()
        return tuple(HandoverNote(**{**row, "void": bool(row["void"])}) for row in rows)

    def last_of(self, prefix: str) -> str:
        found = self._connection.scalars(
            select(handover.c.number).where(func.substr(handover.c.number, 1, len(prefix)) == prefix))
        return max(found, key=lambda number: (len(number), number), default="")

    def listed(self, claim_ids: Collection[str], leg: Leg) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for some in _chunks(claim_ids):
            found.update(self._connection.execute(
                select(handover_claim.c.claim_id, handover.c.number).join_from(handover_claim, handover)
                .where(handover_claim.c.claim_id.in_(some), handover.c.leg == leg, _STANDS)
                .order_by(handover.c.id)).tuples().all())
        return found

    def files(self, claim_ids: Collection[str]) -> Mapping[str, ClaimFile]:
        found: dict[str, ClaimFile] = {}
        for some in _chunks(claim_ids):
            found.update((file.claim.id, file) for file in self._files(_FILES.where(claim.c.id.in_(some))))
        return found

    def waiting(self, states: Collection[ClaimState], unlisted: Leg | None) -> tuple[ClaimFile, ...]:
        wanted = _FILES.where(claim.c.state.in_([str(state) for state in states]), claim.c.receipt_no != "")
        if unlisted is not None:
            wanted = wanted.where(claim.c.id.not_in(
                select(handover_claim.c.claim_id).join_from(handover_claim, handover)
                .where(handover.c.leg == unlisted, _STANDS)))
        return tuple(self._files(wanted.order_by(claim.c.receipt_no)))

    def _files(self, wanted: Select[Any]) -> Iterator[ClaimFile]:
        for row in self._connection.execute(wanted).mappings():
            yield _file(row)

    def add(self, made: Handover) -> None:
        values = {name: value for name, value in asdict(made).items() if name != "rows"}
        self._connection.execute(insert(handover).values(**values))
        self._connection.execute(insert(handover_claim), [
            {"handover_id": made.id, "place": place, "claim_id": row.claim_id, "stated": _stated(row)}
            for place, row in enumerate(made.rows, 1)])

    def mark_void(self, handover_id: str, by: str, moment: datetime) -> None:
        self._connection.execute(
            update(handover).where(handover.c.id == handover_id).values(void_at=moment, void_by=by))


_FILES = (
    select(*columns(RecordKind.CLAIM), member.c.name.label("patient"), household.c.household_no, household.c.township,
           household.c.village)
    .join_from(claim, member, member.c.id == claim.c.member_id, isouter=True)
    .join(household, household.c.id == claim.c.household_id, isouter=True)
    .where(claim.c.removed_at.is_(None))
)


def _file(row: RowMapping) -> ClaimFile:
    return ClaimFile(claim_of(row), row["patient"] or "", row["household_no"] or "", row["township"] or "",
                     row["village"] or "")


def _stated(row: HandoverRow) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(row).items()}


def _row(stated: Mapping[str, Any]) -> HandoverRow:
    days = {name: date.fromisoformat(stated[name]) if stated[name] else None for name in _DAYS}
    return HandoverRow(**{**stated, **days})


def _chunks(values: Collection[str]) -> Iterator[list[str]]:
    whole = list(values)
    for start in range(0, len(whole), CHUNK):
        yield whole[start : start + CHUNK]
