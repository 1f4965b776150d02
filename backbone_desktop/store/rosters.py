"""Rosters in the store: whom they name, found by the thousand, and what each import did."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, insert, or_, select, tuple_, update

from backbone_core.change import RecordKind
from backbone_core.enrolment import Enrolment
from backbone_core.household import Household, Member, Standing
from backbone_desktop.services.roster_ports import KeptRow, KeptSheet, Touched
from backbone_desktop.services.roster_rows import RosterImport, Verdict
from backbone_desktop.store.bulk import Bulk, New
from backbone_desktop.store.mapping import columns, plain
from backbone_desktop.store.tables import (
    SYNCED,
    claim,
    device,
    enrolment,
    household,
    member,
    roster_import,
    roster_record,
    roster_row,
)

CHUNK = 500
"""Values of one IN."""
KeyT = TypeVar("KeyT")


class StoredRosters:
    """`services.roster_ports.RosterRepository`."""

    def __init__(self, connection: Connection, bulk: Bulk) -> None:
        self._connection = connection
        self._bulk = bulk

    def people(self, id_nos: Collection[str]) -> Mapping[str, tuple[Member, ...]]:
        return _by("id_no", (plain(Member, row) for row in self._live(RecordKind.MEMBER, member.c.id_no, id_nos)))

    def homes(self, household_nos: Collection[str]) -> Mapping[str, tuple[Household, ...]]:
        rows = self._live(RecordKind.HOUSEHOLD, household.c.household_no, household_nos)
        return _by("household_no", (plain(Household, row) for row in rows))

    def households(self, household_ids: Collection[str]) -> Mapping[str, Household]:
        rows = self._live(RecordKind.HOUSEHOLD, household.c.id, household_ids)
        return {row["id"]: plain(Household, row) for row in rows}

    def families(self, household_ids: Collection[str]) -> Mapping[str, tuple[Member, ...]]:
        rows = self._live(RecordKind.MEMBER, member.c.household_id, household_ids)
        return _by("household_id", (plain(Member, row) for row in rows if row["standing"] is Standing.PRESENT))

    def enrolment(self, enrolment_id: str) -> Enrolment | None:
        rows = self._live(RecordKind.ENROLMENT, enrolment.c.id, [enrolment_id])
        return next((plain(Enrolment, row) for row in rows), None)

    def living_in(self, places: Collection[tuple[str, str]]) -> Iterator[tuple[Member, str]]:
        for some in _chunks(sorted(places), CHUNK):
            rows = self._connection.execute(
                select(*columns(RecordKind.MEMBER), household.c.household_no)
                .join_from(household, member, member.c.household_id == household.c.id)
                .where(tuple_(household.c.township, household.c.village).in_(some),
                       household.c.removed_at.is_(None), member.c.removed_at.is_(None),
                       member.c.standing == Standing.PRESENT)
                .order_by(household.c.household_no, member.c.id)
            ).mappings()
            for row in rows:
                yield plain(Member, row), row["household_no"]

    def write_new(self, records: Sequence[New], act: str) -> None:
        self._bulk.write(records, act)

    # --- what was imported

    def keep(self, made: RosterImport, sheet: KeptSheet, first_seq: int, touched: Collection[Touched]) -> None:
        self._connection.execute(insert(roster_import), {
            "id": made.id, "at": made.at, "by": made.by, "template": made.template, "file_hash": sheet.file_hash,
            "header": list(sheet.header), "counts": {str(verdict): n for verdict, n in made.counts.items()},
            "first_seq": first_seq, "last_seq": self._connection.scalar(select(device.c.last_seq)),
        })
        for some in _chunks(touched, CHUNK):
            self._connection.execute(insert(roster_record), [
                {"import_id": made.id, "kind": one.kind, "record_id": one.record_id,
                 "before": None if one.before is None else dict(one.before)} for one in some])
        for rest in _chunks(sheet.rows, CHUNK):
            self._connection.execute(insert(roster_row), [
                {"import_id": made.id, "row_no": one.row_no, "verdict": str(one.verdict), "member_id": one.member_id,
                 "cells": list(one.cells), "reasons": list(one.reasons)} for one in rest])

    def imports(self) -> tuple[RosterImport, ...]:
        rows = self._connection.execute(select(roster_import).order_by(roster_import.c.id.desc())).mappings()
        return tuple(
            RosterImport(id=row["id"], at=row["at"], by=row["by"], template=row["template"],
                         counts={Verdict(name): n for name, n in row["counts"].items()}, undone_at=row["undone_at"])
            for row in rows
        )

    def touched(self, import_id: str) -> tuple[Touched, ...]:
        """Households before their members before their enrolments."""
        order = {RecordKind.HOUSEHOLD: 0, RecordKind.MEMBER: 1, RecordKind.ENROLMENT: 2}
        rows = self._connection.execute(select(roster_record).where(roster_record.c.import_id == import_id)).all()
        return tuple(sorted((Touched(row.kind, row.record_id, row.before) for row in rows),
                            key=lambda one: (order[one.kind], one.record_id)))

    def built_on(self, import_id: str) -> bool:
        made = self._connection.execute(select(roster_import).where(roster_import.c.id == import_id)).one()
        return any((
            *(self._written_since(kind, import_id, made.at, made.last_seq)
              for kind in (RecordKind.HOUSEHOLD, RecordKind.MEMBER, RecordKind.ENROLMENT)),
            self._has(claim.c.id, claim.c.member_id.in_(self._made_by(import_id, RecordKind.MEMBER))),
            self._has(member.c.id, member.c.household_id.in_(self._made_by(import_id, RecordKind.HOUSEHOLD)),
                      member.c.removed_at.is_(None),
                      member.c.id.not_in(self._of(import_id, RecordKind.MEMBER))),
            self._has(enrolment.c.id, enrolment.c.member_id.in_(self._made_by(import_id, RecordKind.MEMBER)),
                      enrolment.c.removed_at.is_(None),
                      enrolment.c.id.not_in(self._of(import_id, RecordKind.ENROLMENT))),
        ))

    def mark_undone(self, import_id: str, moment: datetime) -> None:
        self._connection.execute(
            update(roster_import).where(roster_import.c.id == import_id).values(undone_at=moment))

    def source_row(self, member_id: str) -> KeptRow | None:
        row = self._connection.execute(
            select(roster_row).join_from(roster_row, roster_import)
            .where(roster_row.c.member_id == member_id, roster_import.c.undone_at.is_(None))
            .order_by(roster_row.c.import_id.desc()).limit(1)
        ).first()
        if row is None:
            return None
        return KeptRow(row.row_no, Verdict(row.verdict), row.member_id, tuple(row.cells), tuple(row.reasons))

    def _written_since(self, kind: RecordKind, import_id: str, moment: datetime, last_seq: int) -> bool:
        table = SYNCED[kind]
        return self._has(table.c.id, table.c.id.in_(self._of(import_id, kind)),
                         or_(table.c.written_seq > last_seq, table.c.changed_at > moment))

    def _of(self, import_id: str, kind: RecordKind) -> Any:
        return select(roster_record.c.record_id).where(
            roster_record.c.import_id == import_id, roster_record.c.kind == kind)

    def _made_by(self, import_id: str, kind: RecordKind) -> Any:
        return self._of(import_id, kind).where(roster_record.c.before.is_(None))

    def _has(self, column: ColumnElement[str], *conditions: ColumnElement[bool]) -> bool:
        return self._connection.scalar(select(column).where(*conditions).limit(1)) is not None

    def _live(self, kind: RecordKind, column: ColumnElement[str], values: Collection[str]) -> Iterator[Any]:
        """Rows whose `column` is one of `values`, in the order in which they were registered within each chunk."""
        table = SYNCED[kind]
        for some in _chunks(values, CHUNK):
            yield from self._connection.execute(
                select(*columns(kind)).where(column.in_(some), table.c.removed_at.is_(None)).order_by(table.c.id)
            ).mappings()


def _chunks(values: Iterable[KeyT], size: int) -> Iterator[list[KeyT]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some


def _by(name: str, records: Iterable[KeyT]) -> dict[str, tuple[KeyT, ...]]:
    found: dict[str, list[KeyT]] = {}
    for record in records:
        found.setdefault(getattr(record, name), []).append(record)
    return {key: tuple(some) for key, some in found.items()}
