"""Rosters in the store: whom they name, found by the thousand, and what each import did."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, and_, func, insert, or_, select, text, tuple_, update

from backbone_core.change import RecordKind
from backbone_core.enrolment import Enrolment, EnrolmentStatus
from backbone_core.household import Household, Member, Standing
from backbone_desktop.services.roster_ports import IMPORT_ACT, KeptRow, KeptSheet, OpenDoubt, Resident, Settled, Touched
from backbone_desktop.services.roster_rows import RosterImport, Verdict
from backbone_desktop.store.bulk import Bulk, New
from backbone_desktop.store.mapping import RecordT, columns, of_columns
from backbone_desktop.store.rows import RowWriter
from backbone_desktop.store.tables import (
    SYNCED,
    audit,
    claim,
    device,
    enrolment,
    household,
    member,
    outbox,
    roster_import,
    roster_record,
    roster_row,
)
from backbone_desktop.store.types import packed

CHUNK = 500
"""Values of one IN."""
_OPEN = "verdict = 'doubtful' AND settled_at IS NULL"  # as it stands in the partial index
_DOUBTS = (
    select(roster_row.c.import_id, roster_row.c.row_no, roster_import.c.at, roster_import.c.columns,
           roster_row.c.cells, roster_row.c.reasons)
    .join_from(roster_row, roster_import)
    .where(text(_OPEN), roster_import.c.undone_at.is_(None))
)
_ROWS = RowWriter(roster_row, ("import_id", "row_no", "verdict", "member_id", "cells", "reasons"))
_BEFORE = RowWriter(roster_record, ("import_id", "kind", "record_id", "before"))
KeyT = TypeVar("KeyT")


class StoredRosters:
    """`services.roster_ports.RosterRepository`."""

    def __init__(self, connection: Connection, bulk: Bulk) -> None:
        self._connection = connection
        self._bulk = bulk

    def people(self, id_nos: Collection[str]) -> Mapping[str, tuple[Member, ...]]:
        return _by("id_no", self._live(Member, member.c.id_no, id_nos))

    def homes(self, household_nos: Collection[str]) -> Mapping[str, tuple[Household, ...]]:
        return _by("household_no", self._live(Household, household.c.household_no, household_nos))

    def households(self, household_ids: Collection[str]) -> Mapping[str, Household]:
        return {one.id: one for one in self._live(Household, household.c.id, household_ids)}

    def families(self, household_ids: Collection[str]) -> Mapping[str, tuple[Member, ...]]:
        found = self._live(Member, member.c.household_id, household_ids)
        return _by("household_id", (one for one in found if one.standing is Standing.PRESENT))

    def enrolment(self, enrolment_id: str) -> Enrolment | None:
        return next(self._live(Enrolment, enrolment.c.id, [enrolment_id]), None)

    def covered_with_claims(self, member_ids: Collection[str], policy_year: int) -> frozenset[str]:
        return frozenset(one for some in _chunks(member_ids, CHUNK) for one in self._connection.scalars(
            select(enrolment.c.member_id)
            .join(claim, and_(claim.c.member_id == enrolment.c.member_id, claim.c.policy_year == policy_year,
                              claim.c.removed_at.is_(None)))
            .where(enrolment.c.member_id.in_(some), enrolment.c.policy_year == policy_year,
                   enrolment.c.status == EnrolmentStatus.ENROLLED, enrolment.c.removed_at.is_(None))))

    def living_in(self, places: Collection[tuple[str, str]]) -> Iterator[Resident]:
        for some in _chunks(sorted(places), CHUNK):
            rows = self._connection.execute(
                select(member.c.id, household.c.household_no, member.c.id_no, member.c.name)
                .join_from(household, member, member.c.household_id == household.c.id)
                .where(tuple_(household.c.township, household.c.village).in_(some),
                       household.c.removed_at.is_(None), member.c.removed_at.is_(None),
                       member.c.standing == Standing.PRESENT)
                .order_by(household.c.household_no, member.c.id)
            )
            for many in rows.partitions(CHUNK):
                yield from (Resident(*row) for row in many)

    def write_new(self, records: Iterable[New], act: str, written: Callable[[int], None]) -> None:
        self._bulk.write(records, act, written)

    # --- what was imported

    def keep(self, made: RosterImport, sheet: KeptSheet, first_seq: int, touched: Collection[Touched]) -> None:
        here = self._connection.execute(select(device.c.epoch, device.c.last_seq)).one()
        self._connection.execute(insert(roster_import), {
            "id": made.id, "at": made.at, "by": made.by, "template": made.template, "file_hash": sheet.file_hash,
            "header": list(sheet.header), "counts": {str(verdict): n for verdict, n in made.counts.items()},
            "first_seq": first_seq, "last_seq": here.last_seq, "epoch": here.epoch, "columns": dict(sheet.columns),
        })
        _BEFORE.write(self._connection, (
            (made.id, one.kind.value, one.record_id, packed(one.before)) for one in touched if one.before is not None))
        _ROWS.write(self._connection, ((made.id, one.row_no, str(one.verdict), one.member_id, one.cells,
                                        packed(one.reasons)) for one in sheet.rows))
        self._take_over_doubts(made)

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
        stood = {row.record_id: row.before for row in self._connection.execute(
            select(roster_record).where(roster_record.c.import_id == import_id))}
        rows = self._connection.execute(select(outbox.c.kind, outbox.c.record_id).where(
            *self._changes_of(import_id)).distinct()).all()
        return tuple(sorted((Touched(row.kind, row.record_id, stood.get(row.record_id)) for row in rows),
                            key=lambda one: (order[one.kind], one.record_id)))

    def built_on(self, import_id: str) -> bool:
        covered = select(enrolment.c.member_id).where(enrolment.c.id.in_(self._of(import_id, RecordKind.ENROLMENT)))
        claims = select(claim.c.id).where(or_(claim.c.member_id.in_(self._of(import_id, RecordKind.MEMBER)),
                                              claim.c.member_id.in_(covered)))
        return any((
            *(self._done_since(import_id, kind, self._of(import_id, kind))
              for kind in (RecordKind.HOUSEHOLD, RecordKind.MEMBER, RecordKind.ENROLMENT)),
            self._done_since(import_id, RecordKind.CLAIM, claims),
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
        self._give_back_doubts(import_id)

    # --- doubtful rows

    def doubts(self) -> tuple[OpenDoubt, ...]:
        rows = self._connection.execute(_DOUBTS.order_by(roster_row.c.import_id.desc(), roster_row.c.row_no))
        return tuple(_doubt(row) for row in rows)

    def count_doubts(self) -> int:
        return int(self._connection.scalar(select(func.count()).select_from(_DOUBTS.subquery())) or 0)

    def doubt(self, import_id: str, row_no: int) -> OpenDoubt | None:
        row = self._connection.execute(
            _DOUBTS.where(roster_row.c.import_id == import_id, roster_row.c.row_no == row_no)).first()
        return None if row is None else _doubt(row)

    def settle(self, import_id: str, row_no: int, how: Settled, by: str, moment: datetime) -> None:
        self._connection.execute(
            update(roster_row).where(roster_row.c.import_id == import_id, roster_row.c.row_no == row_no)
            .values(settled_at=moment, settled_by=by, settled_as=str(how)))

    def _take_over_doubts(self, made: RosterImport) -> None:
        """The same doubtful row of an earlier import waits no more: one list holds it once."""
        here = roster_row.alias()
        again = select(here.c.cells).where(here.c.import_id == made.id, here.c.verdict == Verdict.DOUBTFUL)
        self._connection.execute(
            update(roster_row).where(text(_OPEN), roster_row.c.import_id != made.id, roster_row.c.cells.in_(again))
            .values(settled_at=made.at, settled_by=made.by, settled_as=str(Settled.AGAIN)))

    def _give_back_doubts(self, import_id: str) -> None:
        """What an undone import had taken over waits again, unless another import that stands holds the same row."""
        undone = self._connection.execute(select(roster_import).where(roster_import.c.id == import_id)).one()
        held = _DOUBTS.with_only_columns(roster_row.c.cells)
        self._connection.execute(
            update(roster_row)
            .where(roster_row.c.settled_as == str(Settled.AGAIN), roster_row.c.settled_at == undone.at,
                   roster_row.c.cells.not_in(held))
            .values(settled_at=None, settled_by=None, settled_as=None))

    def source_row(self, member_id: str) -> KeptRow | None:
        row = self._newest_row(member_id)
        if row is None:
            return None
        return KeptRow(row.row_no, Verdict(row.verdict), row.member_id, tuple(row.cells), tuple(row.reasons))

    def source_cells(self, member_id: str) -> Mapping[str, str]:
        row = self._newest_row(member_id)
        if row is None:
            return {}
        # of two columns with one title the first counts; a cell is missing where the rest of the row is empty
        return dict(reversed([(title, cell) for title, cell in zip(row.header, row.cells, strict=False) if title]))

    def _newest_row(self, member_id: str) -> Any:
        return self._connection.execute(
            select(roster_row, roster_import.c.header).join_from(roster_row, roster_import)
            .where(roster_row.c.member_id == member_id, roster_import.c.undone_at.is_(None))
            .order_by(roster_row.c.import_id.desc()).limit(1)
        ).first()

    def _done_since(self, import_id: str, kind: RecordKind, records: Any) -> bool:
        """Whether the audit trail tells of anything after the import, of this office or of another; no clock says so.

        Looking at a number changes nothing.
        """
        told = select(audit.c.seq).where(audit.c.record_id == import_id, audit.c.act == IMPORT_ACT)
        return self._has(audit.c.seq, audit.c.seq > told.scalar_subquery(), audit.c.kind == kind.value,
                         audit.c.act != "reveal_id_no", audit.c.record_id.in_(records))

    def _changes_of(self, import_id: str) -> tuple[ColumnElement[bool], ...]:
        """The changes that the import made; they are kept, answered or not."""
        made = self._connection.execute(select(roster_import).where(roster_import.c.id == import_id)).one()
        return outbox.c.epoch == made.epoch, outbox.c.seq.between(made.first_seq, made.last_seq)

    def _of(self, import_id: str, kind: RecordKind) -> Any:
        return select(outbox.c.record_id).where(*self._changes_of(import_id), outbox.c.kind == kind)

    def _made_by(self, import_id: str, kind: RecordKind) -> Any:
        stood = select(roster_record.c.record_id).where(roster_record.c.import_id == import_id)
        return self._of(import_id, kind).where(outbox.c.record_id.not_in(stood))

    def _has(self, column: ColumnElement[str], *conditions: ColumnElement[bool]) -> bool:
        return self._connection.scalar(select(column).where(*conditions).limit(1)) is not None

    def _live(self, record_type: type[RecordT], column: Column[str], values: Collection[str]) -> Iterator[RecordT]:
        """Those whose `column` is one of `values`, in the order in which they were registered within each chunk."""
        kind = RecordKind(column.table.name)
        table = SYNCED[kind]
        for some in _chunks(values, CHUNK):
            rows = self._connection.execute(
                select(*columns(kind)).where(column.in_(some), table.c.removed_at.is_(None)).order_by(table.c.id))
            yield from (of_columns(record_type, row) for row in rows.all())


def _doubt(row: Any) -> OpenDoubt:
    return OpenDoubt(row.import_id, row.row_no, row.at, row.columns, tuple(row.cells), tuple(row.reasons))


def _chunks(values: Iterable[KeyT], size: int) -> Iterator[list[KeyT]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some


def _by(name: str, records: Iterable[KeyT]) -> dict[str, tuple[KeyT, ...]]:
    found: dict[str, list[KeyT]] = {}
    for record in records:
        found.setdefault(getattr(record, name), []).append(record)
    return {key: tuple(some) for key, some in found.items()}
