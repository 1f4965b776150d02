"""Finds what should be unique in a county and is not: one person registered on two devices, one number given twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select

from backbone_core.change import REMOVED, RecordKind
from backbone_core.household import Standing
from backbone_server.ledger import Held, Key, in_chunks
from backbone_server.store.engine import insert_missing
from backbone_server.store.tables import marks

_UNIQUE: Mapping[RecordKind, Mapping[str, str]] = {
    RecordKind.HOUSEHOLD: {"household_no": "review.duplicate_household"},
    RecordKind.MEMBER: {"id_no": "review.duplicate_person"},
    RecordKind.CLAIM: {"receipt_no": "review.duplicate_receipt", "invoice_no": "review.duplicate_invoice"},
}


class Marks:
    """The marks of the records that one intake touches."""

    def __init__(self, connection: Connection, county: str) -> None:
        self._connection = connection
        self._county = county
        self._bearers: dict[str, dict[Key, None]] = {}
        self._added: dict[tuple[str, Key], None] = {}
        self._dropped: dict[tuple[str, Key], None] = {}

    def fetch(self, wanted: Iterable[tuple[RecordKind, Mapping[str, Any]]]) -> None:
        """Read ahead who bears the values that changes of these kinds bring."""
        self._read(list(dict.fromkeys(mark for kind, fields in wanted for mark in _marks(kind, fields))))

    def move(self, held: Held, before: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Follow a record from the fields `before` to those it has now.

        Returns (review code, id of the record that bears it already) for each value that is newly borne twice.
        """
        key: Key = (held.kind, held.record_id)
        old = _marks(held.kind, before)
        new = _marks(held.kind, held.fields)
        for mark in old.keys() - new.keys():
            self._bearers.get(mark, {}).pop(key, None)
            self._added.pop((mark, key), None)
            self._dropped[mark, key] = None
        found = []
        self._read([mark for mark in new if mark not in self._bearers])
        for mark, code in new.items():
            if mark in old and not before.get(REMOVED):
                continue
            bearers = self._bearers[mark]
            others = [record_id for kind, record_id in bearers if (kind, record_id) != key]
            if others and code:
                found.append((code, others[0]))
            bearers[key] = None
            self._dropped.pop((mark, key), None)
            self._added[mark, key] = None
        return found

    def _read(self, texts: Sequence[str]) -> None:
        for some in in_chunks(texts):
            self._bearers.update({mark: {} for mark in some})
            query = select(marks).where(marks.c.county == self._county, marks.c.mark.in_(some))
            for row in self._connection.execute(query):
                self._bearers[row.mark][RecordKind(row.kind), row.record_id] = None

    def write(self) -> None:
        for mark, (kind, record_id) in self._dropped:
            self._connection.execute(
                delete(marks).where(
                    marks.c.county == self._county,
                    marks.c.mark == mark,
                    marks.c.kind == kind.value,
                    marks.c.record_id == record_id,
                )
            )
        rows = [
            {"county": self._county, "mark": mark, "kind": kind.value, "record_id": record_id}
            for mark, (kind, record_id) in self._added
        ]
        insert_missing(self._connection, marks, rows)


def _marks(kind: RecordKind, fields: Mapping[str, Any]) -> dict[str, str]:
    """Mark → code of the review that it opens when two records bear it.

    Who left a household may be registered anew where they live now, by an office that does not see the old record:
    the mark of somebody who is no more there opens nothing, and still says whose claims of the year are one person's.
    """
    removed = bool(fields.get(REMOVED))
    if kind is RecordKind.MEMBER and (removed or fields.get("standing") == Standing.LEFT):
        id_no = fields.get("id_no")
        return {_mark("left_id_no", id_no): ""} if isinstance(id_no, str) and id_no else {}
    found: dict[str, str] = {}
    if removed:
        return found
    for name, code in _UNIQUE.get(kind, {}).items():
        value = fields.get(name)
        if isinstance(value, str) and value:
            found[_mark(name, value)] = code
    return found


def bearers_of(connection: Connection, county: str, kind: RecordKind, name: str,
               values: Iterable[str]) -> dict[str, list[str]]:
    """The ids of the records of `kind` whose field `name` holds each of `values`; none for one that nobody bears."""
    by_mark = {_mark(name, value): value for value in values}
    found: dict[str, list[str]] = {value: [] for value in by_mark.values()}
    for some in in_chunks(list(by_mark)):
        query = select(marks).where(marks.c.county == county, marks.c.kind == kind.value, marks.c.mark.in_(some))
        for row in connection.execute(query):
            found[by_mark[row.mark]].append(row.record_id)
    return found


def _mark(name: str, value: str) -> str:
    # hashed for an even length, not for secrecy: the record itself holds the value
    return f"{name}:{hashlib.sha256(value.encode()).hexdigest()}"
