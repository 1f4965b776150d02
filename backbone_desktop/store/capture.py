"""Writes a record together with its audit row and its outbox row: none of the three stands without the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, update

from backbone_core.change import MADE_BY_SERVER, REMOVE, REMOVED, STAND, Change, RecordKind, same, wanted_fields
from backbone_core.claim import Claim
from backbone_core.claim_step import ClaimStep
from backbone_core.comparison import Comparison
from backbone_core.enrolment import Enrolment
from backbone_core.errors import RuleBroken
from backbone_core.household import Member
from backbone_core.household_act import HouseholdAct
from backbone_core.records import kind_of, to_fields
from backbone_desktop.services.ports import Record
from backbone_desktop.store.clashes import Clashes
from backbone_desktop.store.labels import label_of
from backbone_desktop.store.mapping import state_of, values_of
from backbone_desktop.store.search_keys import SearchKeys
from backbone_desktop.store.tables import SYNCED, claim, household, member, shadow
from backbone_desktop.store.trail import Trail

State = dict[str, Any]

# Built once: putting a statement together takes longer than carrying it out.
_ROW = {kind: select(table).where(table.c.id == bindparam("this")) for kind, table in SYNCED.items()}
_PUT = {kind: insert(table) for kind, table in SYNCED.items()}
_CHANGE = {kind: update(table).where(table.c.id == bindparam("this")) for kind, table in SYNCED.items()}
_THIS_SHADOW = (shadow.c.kind == bindparam("of_kind")) & (shadow.c.record_id == bindparam("this"))
_SHADOW = select(shadow.c.version, shadow.c.fields).where(_THIS_SHADOW)
_KEEP_SHADOW = update(shadow).where(_THIS_SHADOW)
_MAKE_SHADOW = insert(shadow)
_DROP_SHADOW = delete(shadow).where(_THIS_SHADOW)


@dataclass(frozen=True, slots=True)
class Shadow:
    """What the centre is expected to hold before the waiting changes; None = it does not have the record."""

    version: int
    fields: State | None


class Records:
    """The rows of synced tables. Everything that changes one goes through here."""

    def __init__(self, connection: Connection, trail: Trail) -> None:
        self._connection = connection
        self._trail = trail
        self._search = SearchKeys(connection)
        self.clashes = Clashes(connection)

    # --- a clerk's act

    def write(self, record: Record, act: str) -> None:
        kind = kind_of(record)
        if kind in MADE_BY_SERVER:
            raise RuntimeError("only the exchange brings records of this kind")
        row = self.row(kind, record.id)
        state = to_fields(record)
        if row is not None and row["removed_at"] is None and _agrees(state, state_of(kind, row)):
            return
        self._need_parent(record)
        self._capture(kind, record, row, state, act)

    def remove(self, record: Record, act: str) -> None:
        kind = kind_of(record)
        row = self.row(kind, record.id)
        if row is None or row["removed_at"] is not None:
            return
        seq = self._trail.outbox.next_seq()
        version, expected = self._expected(kind, record.id, row)
        now = self._trail.now()
        self._put(kind, record.id, row, {"removed_at": now, "changed_at": now, "written_seq": seq}, from_feed=False)
        base = {REMOVED: True} if (expected or {}).get(REMOVED) else {}
        self._tell(act, self._trail.change(kind, record.id, REMOVE, seq=seq, at=now, base_version=version, fields={},
                                           base=base))

    def stand(self, record: Record, act: str) -> None:
        kind = kind_of(record)
        row = self.row(kind, record.id)
        seq, now = self._trail.outbox.next_seq(), self._trail.now()
        version, _ = self._expected(kind, record.id, row)
        self._put(kind, record.id, row, {"changed_at": now, "written_seq": seq}, from_feed=False)
        self._tell(act, self._trail.change(kind, record.id, STAND, seq=seq, at=now, base_version=version, fields={},
                                           base={}))

    def _capture(self, kind: RecordKind, record: Record, row: RowMapping | None, state: State, act: str) -> None:
        seq = self._trail.outbox.next_seq()
        version, expected = self._expected(kind, record.id, row)
        known: Mapping[str, Any] = expected or {}
        wanted = {**state, REMOVED: False} if known.get(REMOVED) else state
        fields = {name: value for name, value in wanted.items() if name not in known or not same(known[name], value)}
        base = {name: known[name] for name in fields if name in known}
        now = self._trail.now()
        self._put(kind, record.id, row, {**values_of(record), "removed_at": None, "changed_at": now,
                                         "written_seq": seq}, from_feed=False)
        self._tell(act, self._trail.change(kind, record.id, act, seq=seq, at=now, base_version=version, fields=fields,
                                           base=base), {"fields": sorted(fields)})

    def _tell(self, act: str, change: Change, detail: Mapping[str, Any] | None = None) -> None:
        self._trail.tell(act, change, label_of(self._connection, change.kind, change.record_id), detail)

    def _expected(self, kind: RecordKind, record_id: str, row: RowMapping | None) -> tuple[int, State | None]:
        """The version to build upon and what the centre will hold once the waiting changes have arrived there.

        Makes the shadow of a record that had none, so it is called before the row is touched.
        """
        stood = self.shadow(kind, record_id)
        if stood is None:
            stood = Shadow(0, None) if row is None else Shadow(row["version"], state_of(kind, row))
            self.keep_shadow(kind, record_id, stood)
        return stood.version, overlaid(stood.fields, self._trail.outbox.of_record(kind, record_id))

    def _need_parent(self, record: Record) -> None:
        if isinstance(record, Member | HouseholdAct):
            self._need(household, record.household_id, "household.unknown")
        elif isinstance(record, Enrolment | Claim | Comparison):
            self._need(member, record.member_id, "member.unknown")
        elif isinstance(record, ClaimStep):
            self._need(claim, record.claim_id, "claim.unknown")

    def _need(self, table: Any, record_id: str, code: str) -> None:
        found = self._connection.scalar(
            select(table.c.id).where(table.c.id == record_id, table.c.removed_at.is_(None))
        )
        if found is None:
            raise RuleBroken(code)

    # --- rows and shadows, also for what the centre answers and sends

    def row(self, kind: RecordKind, record_id: str) -> RowMapping | None:
        return self._connection.execute(_ROW[kind], {"this": record_id}).mappings().first()

    def shadow(self, kind: RecordKind, record_id: str) -> Shadow | None:
        """None where the centre holds what the row shows. A record that waits without a shadow in the store was made
        here: `_expected` makes one before anything else is changed.
        """
        found = self._connection.execute(_SHADOW, {"of_kind": kind, "this": record_id}).first()
        if found is not None:
            return Shadow(found.version, found.fields)
        return Shadow(0, None) if self._trail.outbox.waits(kind, record_id) else None

    def keep_shadow(self, kind: RecordKind, record_id: str, kept: Shadow) -> None:
        values = {"version": kept.version, "fields": kept.fields}
        if self._connection.execute(_KEEP_SHADOW, {**values, "of_kind": kind, "this": record_id}).rowcount == 0:
            self._connection.execute(_MAKE_SHADOW, {**values, "kind": kind, "record_id": record_id})

    def drop_shadow(self, kind: RecordKind, record_id: str) -> None:
        self._connection.execute(_DROP_SHADOW, {"of_kind": kind, "this": record_id})

    def put_from_feed(self, kind: RecordKind, record_id: str, row: RowMapping | None, values: State) -> None:
        """Write what the centre said, with an audit row; `values` hold the record's columns and its version."""
        fed = 1 if row is None else row["fed"] + 1
        self._put(kind, record_id, row, {**values, "changed_at": self._trail.now(), "fed": fed}, from_feed=True)
        self._trail.audit.add("receive", kind, record_id, {"version": values["version"]})

    def note_version(self, kind: RecordKind, record_id: str, version: int) -> None:
        self._connection.execute(_CHANGE[kind], {"version": version, "this": record_id})

    def _put(self, kind: RecordKind, record_id: str, row: RowMapping | None, values: State, *,
             from_feed: bool) -> None:
        after = {**(row or {}), **values}
        marks = self.clashes.before(kind, record_id, row, after, from_feed=from_feed)
        marks |= self._search.before(kind, row, after)
        if row is None:
            self._connection.execute(_PUT[kind], {**values, **marks, "id": record_id})
        else:
            self._connection.execute(_CHANGE[kind], {**values, **marks, "this": record_id})
        self._search.written(kind, record_id, row, {**after, **marks})


def overlaid(fields: State | None, changes: tuple[Change, ...]) -> State | None:
    """The state once the changes have gone in; None while there is no record at all."""
    for change in changes:
        fields = {**(fields or {}), **wanted_fields(change)}
    return fields


def _agrees(state: State, stored: State) -> bool:
    return all(name in stored and same(stored[name], value) for name, value in state.items())
