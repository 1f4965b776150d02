"""Writes thousands of new records as `capture` writes one: row, audit row and outbox row, chained alike.

A roster of a county brings a quarter of a million records at once; one by one they would take minutes. They get no
shadows: of a record that waits without one the centre has nothing (`Records.shadow`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from backbone_core.change import RecordKind
from backbone_core.enrolment import Enrolment
from backbone_core.household import Household, Member
from backbone_core.records import kind_of, to_fields
from backbone_desktop.store.rows import RowWriter
from backbone_desktop.store.search_keys import SearchKeys
from backbone_desktop.store.tables import SYNCED, household, member
from backbone_desktop.store.trail import Trail
from backbone_desktop.store.types import moment_text

New = Household | Member | Enrolment
CHUNK = 1_000
SPELT_AT_ONCE = 65_000
"""People whose spellings are held until they are written: sorted, they take 20 MB."""
CACHE_KB = 48_000
# A record's plain fields are what its columns hold: whole numbers, texts, and days as ISO text.
_ROWS = {
    kind: RowWriter(SYNCED[kind], ("id", "changed_at", "written_seq", *(["near"] if "near" in SYNCED[kind].c else []),
                                   *(part.name for part in fields(record_type) if part.name != "id")))
    for kind, record_type in ((RecordKind.HOUSEHOLD, Household), (RecordKind.MEMBER, Member),
                              (RecordKind.ENROLMENT, Enrolment))
}


class Bulk:
    """New records only: nothing is compared and nothing merged. The unique indexes refuse a number that is taken."""

    def __init__(self, connection: Connection, trail: Trail) -> None:
        self._connection = connection
        self._trail = trail
        self._search = SearchKeys(connection)

    def write(self, records: Iterable[New], act: str, written: Callable[[int], None]) -> None:
        """`written` is told how many more there are; it may raise to stop."""
        # The indexes are gone through again and again: in memory they cost a fifth of the time. The next transaction
        # of the connection begins with the usual size.
        self._connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KB}")
        near: set[str] = set()
        people: list[tuple[str, str]] = []
        rest = iter(records)
        while some := list(islice(rest, CHUNK)):
            near |= self._write(some, act)
            self._search.note_new(some)
            people += [(one.id, one.name) for one in some if isinstance(one, Member)]
            if len(people) >= SPELT_AT_ONCE:
                self._search.spell_new(people, near)
                people.clear()
            written(len(some))
        self._search.spell_new(people, near)

    def _write(self, records: Sequence[New], act: str) -> frozenset[str]:
        """Return which of them belong to the own township."""
        kind, now = kind_of(records[0]), self._trail.now()
        states = [to_fields(record) for record in records]
        seqs = range(first := self._trail.outbox.next_seq(), first + len(records))
        near = self._search.near_ones(records)
        changed_at = moment_text(now)
        marks = [(record.id in near,) if "near" in SYNCED[kind].c else () for record in records]
        _ROWS[kind].write(self._connection, [
            (record.id, changed_at, seq, *mark, *state.values())
            for record, seq, mark, state in zip(records, seqs, marks, states, strict=True)
        ])
        names = sorted(states[0])
        self._trail.audit.add_all(act, kind.value, [
            (record.id, {"seq": seq, "fields": names}) for record, seq in zip(records, seqs, strict=True)])
        labels = self._labels(kind, records)
        self._trail.outbox.append_all([
            (self._trail.change(kind, record.id, act, seq=seq, at=now, fields=state, base={}),
             labels.get(record.id, ""))
            for record, seq, state in zip(records, seqs, states, strict=True)
        ])
        return near

    def _labels(self, kind: RecordKind, records: Sequence[New]) -> Mapping[str, str]:
        """The number of the household that each record belongs to, as `labels` gives it for one."""
        if kind is RecordKind.HOUSEHOLD:
            return {record.id: record.household_no for record in records if isinstance(record, Household)}
        of = {record.id: record.household_id if isinstance(record, Member) else record.member_id
              for record in records if not isinstance(record, Household)}
        found: Any = select(household.c.id, household.c.household_no).where(household.c.id.in_(set(of.values())))
        if kind is RecordKind.ENROLMENT:
            found = (select(member.c.id, household.c.household_no)
                     .join_from(member, household, household.c.id == member.c.household_id)
                     .where(member.c.id.in_(set(of.values()))))
        numbers = dict(self._connection.execute(found).tuples().all())
        return {record_id: numbers.get(parent, "") for record_id, parent in of.items()}
