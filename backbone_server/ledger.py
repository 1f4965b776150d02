"""One county's records during one intake: read in bulk, changed in memory, numbered, and written back together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, select, update

from backbone_core.change import REMOVED, RecordKind, Review
from backbone_core.errors import RuleBroken
from backbone_core.records import to_fields
from backbone_server.store.engine import insert_missing, upsert
from backbone_server.store.tables import counters, departures, records

SERVER = "server"
"""Author of what the server itself writes."""
Key = tuple[RecordKind, str]
ItemT = TypeVar("ItemT")
_CHUNK = 400
_pack = msgspec.msgpack.Encoder().encode


@dataclass(slots=True)
class Held:
    """A record as the server holds it. Change it through `Ledger.put` alone."""

    kind: RecordKind
    record_id: str
    township: str
    household_id: str
    member_id: str
    version: int
    author: str
    author_since: int
    fields: dict[str, Any]
    server_seq: int = 0

    @property
    def removed(self) -> bool:
        return self.fields.get(REMOVED) is True

    def changed_by_others(self, author: str, base_version: int) -> bool:
        """Whether somebody else than `author` made a version after `base_version`."""
        if base_version == self.version:
            return False
        if base_version > self.version:
            return True  # known from before this store was put back: what was made since is lost, or still to come
        return self.author != author or self.author_since > base_version + 1


@dataclass(slots=True)
class Ledger:
    """Opening it locks the county until the transaction ends, so numbers are given out in commit order."""

    connection: Connection
    county: str
    _next_seq: int = 0
    _held: dict[Key, Held | None] = field(default_factory=dict)
    _dirty: dict[Key, Held] = field(default_factory=dict)
    _left: dict[tuple[str, Key], None] = field(default_factory=dict)
    _moved: set[Key] = field(default_factory=set)

    def __post_init__(self) -> None:
        insert_missing(self.connection, counters, [{"county": self.county, "last_seq": 0}])
        query = select(counters.c.last_seq).where(counters.c.county == self.county)
        if self.connection.dialect.name != "sqlite":
            query = query.with_for_update()
        self._next_seq = int(self.connection.scalar(query) or 0) + 1

    def fetch(self, keys: Iterable[Key]) -> None:
        """Read records ahead; `get` of any other key asks the store one by one."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self._held]
        self._held.update(dict.fromkeys(wanted))
        for kind in dict.fromkeys(kind for kind, _ in wanted):
            for some in in_chunks([record_id for other, record_id in wanted if other == kind]):
                self._read((records.c.kind == kind.value) & records.c.record_id.in_(some))

    def get(self, kind: RecordKind, record_id: str) -> Held | None:
        if (kind, record_id) not in self._held:
            self.fetch([(kind, record_id)])
        return self._held[kind, record_id]

    def of_member(self, kind: RecordKind, member_id: str) -> list[Held]:
        """Every record of `kind` that hangs on a member, those that this transaction made among them."""
        self._flush()
        return self._read((records.c.kind == kind.value) & (records.c.member_id == member_id))

    def put(self, held: Held, author: str, fields: Mapping[str, Any]) -> None:
        """A new version of the record with `fields` set."""
        held.version += 1
        if held.author != author:
            held.author, held.author_since = author, held.version
        held.fields = {**held.fields, **fields}
        held.server_seq, self._next_seq = self._next_seq, self._next_seq + 1
        self._held[held.kind, held.record_id] = held
        self._dirty[held.kind, held.record_id] = held

    def place(self, held: Held, township: str, household_id: str, member_id: str) -> None:
        """Say to whom the record belongs. What hangs on a moved household or member follows at `write`."""
        key = (held.kind, held.record_id)
        self._left.pop((township, key), None)
        if held.version and held.township != township:
            self._left[held.township, key] = None
        if not held.version or held.township != township or held.household_id != household_id:
            self._moved.add(key)  # a new one too: what hangs on it may have come before it
        held.township, held.household_id, held.member_id = township, household_id, member_id

    def open_review(self, review: Review, about: Held) -> None:
        held = Held(
            kind=RecordKind.REVIEW,
            record_id=review.id,
            township=about.township,
            # it hangs on what it is about, so that it moves along
            household_id=about.record_id if about.kind is RecordKind.HOUSEHOLD else about.household_id,
            member_id=about.record_id if about.kind is RecordKind.MEMBER else about.member_id,
            version=0,
            author=SERVER,
            author_since=1,
            fields={},
        )
        self.put(held, SERVER, to_fields(review))

    def write(self) -> None:
        """Bring what was changed into the store, with the county's counter."""
        self._flush()
        while self._moved:
            moved, self._moved = self._moved, set()
            for held in self._hanging_on(moved):
                self._follow(held)
            self._flush()
        there = counters.c.county == self.county
        self.connection.execute(update(counters).where(there).values(last_seq=self._next_seq - 1))

    def _follow(self, held: Held) -> None:
        """Move a record along with its household or member: a new version with the same content.

        It stays its author's: who moved the household did nothing to it, and must not meet his own waiting edits.
        """
        parent = self._parent(held)
        if parent is None:
            return
        home = parent.record_id if parent.kind is RecordKind.HOUSEHOLD else parent.household_id
        if (held.township, held.household_id) == (parent.township, home):
            return
        self.place(held, parent.township, home, held.member_id)
        self.put(held, held.author, {})

    def _parent(self, held: Held) -> Held | None:
        if held.member_id and held.kind is not RecordKind.MEMBER:
            found = self.get(RecordKind.MEMBER, held.member_id)
            if found is not None:
                return found
        if held.household_id and held.kind is not RecordKind.HOUSEHOLD:
            return self.get(RecordKind.HOUSEHOLD, held.household_id)
        return None

    def _hanging_on(self, moved: set[Key]) -> Iterator[Held]:
        for column, kind in ((records.c.household_id, RecordKind.HOUSEHOLD), (records.c.member_id, RecordKind.MEMBER)):
            for some in in_chunks([record_id for moved_kind, record_id in moved if moved_kind is kind]):
                # members before what hangs on members
                found = sorted(self._read(column.in_(some)), key=lambda held: held.kind is not RecordKind.MEMBER)
                yield from (held for held in found if (held.kind, held.record_id) not in moved)

    def _read(self, condition: ColumnElement[bool]) -> list[Held]:
        rows = self.connection.execute(select(records).where(records.c.county == self.county, condition)).mappings()
        found = []
        for row in rows:
            held = Held(
                kind=RecordKind(row["kind"]),
                record_id=row["record_id"],
                township=row["township"],
                household_id=row["household_id"],
                member_id=row["member_id"],
                version=row["version"],
                author=row["author"],
                author_since=row["author_since"],
                fields=msgspec.msgpack.decode(row["fields"]),
                server_seq=row["server_seq"],
            )
            self._held[held.kind, held.record_id] = held
            found.append(held)
        return found

    def _flush(self) -> None:
        dirty, self._dirty = self._dirty, {}
        rows = [
            {
                "county": self.county,
                "kind": held.kind.value,
                "record_id": held.record_id,
                "township": held.township,
                "household_id": held.household_id,
                "member_id": held.member_id,
                "version": held.version,
                "author": held.author,
                "author_since": held.author_since,
                "removed": held.removed,
                "fields": _pack(held.fields),
                "server_seq": held.server_seq,
            }
            for held in dirty.values()
        ]
        upsert(self.connection, records, rows)
        left, self._left = self._left, {}
        gone = []
        for township, key in left:
            seq, self._next_seq = self._next_seq, self._next_seq + 1
            held = self.get(*key)
            row = {"county": self.county, "township": township, "kind": key[0].value, "record_id": key[1]}
            gone.append({**row, "version": held.version if held else 0, "server_seq": seq})
        upsert(self.connection, departures, gone)


def must_know_county(connection: Connection, county: str) -> None:
    """Raises RuleBroken county.unknown for a county that has sent nothing yet; a ledger would make it one of ours."""
    if not knows_county(connection, county):
        raise RuleBroken("county.unknown", "county")


def knows_county(connection: Connection, county: str) -> bool:
    """Whether anything has come from the county yet."""
    return connection.scalar(select(counters.c.county).where(counters.c.county == county)) is not None


def in_chunks(items: Sequence[ItemT]) -> Iterator[Sequence[ItemT]]:
    """Stretches short enough for one question to the store."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
