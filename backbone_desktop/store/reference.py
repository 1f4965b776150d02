"""Imported reference data in the store: places by county, hospitals and diagnoses by what is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, func, insert, select

from backbone_core.places import COUNTY_DIGITS, CountyPlaces, Place
from backbone_desktop.services.reference_rows import Edition, Entry, ReferenceKind
from backbone_desktop.store.pinyin import text_spellings
from backbone_desktop.store.tables import reference_edition, reference_entry, reference_key, reference_place

_LAST = "\U0010ffff"
_SHELVES = {ReferenceKind.HOSPITAL: (0, 1), ReferenceKind.DIAGNOSIS: (2, 3)}
"""Where the keys of a kind stand: whole codes, names and pinyin on the first, ends of names on the second."""
_SHORTEST = 2
"""Characters of the shortest end of a name that is a key: one alone would find half the list."""


class StoredReference:
    """`services.reference_ports.ReferenceRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def editions(self) -> tuple[Edition, ...]:
        rows = self._connection.execute(
            select(reference_edition).order_by(reference_edition.c.kind, reference_edition.c.id.desc()))
        return tuple(
            Edition(id=row.id, kind=row.kind, name=row.name, at=row.at, by=row.by, file_hash=row.file_hash,
                    count=self._size_of(row.id))
            for row in rows
        )

    def places(self, county: str) -> CountyPlaces | None:
        rows = self._connection.execute(
            select(reference_place, reference_edition.c.name.label("edition"))
            .join_from(reference_place, reference_edition)
            .where(reference_place.c.county == county).order_by(reference_place.c.code)).all()
        if not rows:
            return None
        places = [(row.parent, Place(row.code, row.name, tuple(row.former), tuple(row.keys))) for row in rows]
        townships = tuple(place for parent, place in places if len(parent) == COUNTY_DIGITS)
        return CountyPlaces(county, rows[0].edition, townships, {
            town.code: tuple(place for parent, place in places if parent == town.code) for town in townships})

    def count(self, kind: ReferenceKind, counties: Sequence[str] = ()) -> int:
        if kind is not ReferenceKind.PLACE:
            return self._count(reference_entry, reference_entry.c.kind == kind)
        return sum(self._count(reference_place, reference_place.c.county == county) for county in counties)

    def find(self, kind: ReferenceKind, typed: str, limit: int) -> tuple[Entry, ...]:
        key = fold(typed)
        found: dict[int, Entry] = {}
        for shelf in _SHELVES[kind]:
            if not key or len(found) >= limit:
                break
            rows = self._connection.execute(
                select(reference_entry)
                .join_from(reference_key, reference_entry, reference_entry.c.id == reference_key.c.entry_id)
                .where(reference_key.c.shelf == shelf, reference_key.c.key >= key, reference_key.c.key < key + _LAST)
                .order_by(reference_key.c.key).limit(2 * limit))  # one entry may stand there under several readings
            for row in rows:
                found.setdefault(row.id, Entry(code=row.code, name=row.name, level=row.level, area=row.area))
        return tuple(found.values())[:limit]

    def keep(self, edition: Edition, entries: Sequence[Entry], counties: Sequence[str]) -> None:
        for county in counties:
            self._connection.execute(delete(reference_place).where(reference_place.c.county == county))
        if edition.kind is not ReferenceKind.PLACE:
            self._empty(edition.kind)
        self._connection.execute(insert(reference_edition), {
            "id": edition.id, "kind": edition.kind, "name": edition.name, "at": edition.at, "by": edition.by,
            "file_hash": edition.file_hash})
        if edition.kind is ReferenceKind.PLACE:
            self._keep_places(edition.id, entries)
        else:
            self._keep_entries(edition, entries)
        self._drop_unused()

    def remove(self, edition_id: str) -> bool:
        kind = self._connection.scalar(
            select(reference_edition.c.kind).where(reference_edition.c.id == edition_id))
        if kind is None:
            return False
        if kind is ReferenceKind.PLACE:
            self._connection.execute(delete(reference_place).where(reference_place.c.edition_id == edition_id))
        else:
            self._empty(kind)
        self._drop_unused()
        return True

    def _keep_places(self, edition_id: str, entries: Sequence[Entry]) -> None:
        county_of = {one.code: one.parent for one in entries if len(one.parent) == COUNTY_DIGITS}
        self._connection.execute(insert(reference_place), [
            {"county": county_of.get(one.parent, one.parent), "code": one.code, "edition_id": edition_id,
             "parent": one.parent, "name": one.name, "former": list(one.former), "keys": _letters_of(one.name)}
            for one in entries])

    def _keep_entries(self, edition: Edition, entries: Sequence[Entry]) -> None:
        first = (self._connection.scalar(select(func.max(reference_entry.c.id))) or 0) + 1
        numbered = list(enumerate(entries, start=first))
        self._connection.exec_driver_sql(
            "INSERT INTO reference_entry (id, edition_id, kind, code, name, level, area) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(n, edition.id, str(edition.kind), one.code, one.name, one.level, one.area) for n, one in numbered])
        shelves = _SHELVES[edition.kind]
        stretches: dict[tuple[int, str], list[tuple[int, str, int]]] = {}
        for n, one in numbered:
            for inside, key in keys_of(one):
                stretches.setdefault((shelves[inside], key[:2]), []).append((shelves[inside], key, n))
        # In the order of the table, whose pages are then written once; sorted bit by bit, for the window's sake.
        for start in sorted(stretches):
            self._connection.exec_driver_sql("INSERT INTO reference_key (shelf, key, entry_id) VALUES (?, ?, ?)",
                                             sorted(stretches.pop(start)))

    def _empty(self, kind: ReferenceKind) -> None:
        self._connection.execute(delete(reference_key).where(reference_key.c.shelf.in_(_SHELVES[kind])))
        self._connection.execute(delete(reference_entry).where(reference_entry.c.kind == kind))

    def _drop_unused(self) -> None:
        self._connection.execute(delete(reference_edition).where(
            ~exists().where(reference_place.c.edition_id == reference_edition.c.id),
            ~exists().where(reference_entry.c.edition_id == reference_edition.c.id)))

    def _size_of(self, edition_id: str) -> int:
        return (self._count(reference_place, reference_place.c.edition_id == edition_id)
                + self._count(reference_entry, reference_entry.c.edition_id == edition_id))

    def _count(self, table: Table, condition: ColumnElement[bool]) -> int:
        return self._connection.scalar(select(func.count()).select_from(table).where(condition)) or 0


def fold(text: str) -> str:
    """As keys stand: half-width and small letters, ü as v, without blanks, points and brackets ("Ｉ63.9" → "i639")."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold().replace("ü", "v") if one.isalnum())


def keys_of(entry: Entry) -> Iterator[tuple[int, str]]:
    """(0 for a whole one or 1 for an end of one, key): the code, the name, its pinyin and its initials."""
    name = fold(entry.name)
    whole = {fold(entry.code), name}
    ends = {name[at:] for at in range(1, len(name) - _SHORTEST + 1)}
    for spelt, initials in text_spellings(name):
        whole |= {spelt, initials}
        ends |= {initials[at:] for at in range(1, len(initials) - _SHORTEST + 1)}
    yield from ((0, key) for key in whole if key)
    yield from ((1, key) for key in ends - whole)


def _letters_of(name: str) -> list[str]:
    spellings = text_spellings(name)
    return list(dict.fromkeys((*(initials for _, initials in spellings), *(spelt for spelt, _ in spellings))))
