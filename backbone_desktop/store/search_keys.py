"""Keeps what search needs besides the records: spellings, ends of names, places, and what lies in the own township.

Nothing of it is sent; `rebuild` works all of it out anew from the records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, select, update

from backbone_core.change import RecordKind
from backbone_core.household import Household, Member
from backbone_desktop.store.pinyin import place_spellings
from backbone_desktop.store.spellings import Spellings
from backbone_desktop.store.tables import household, member, name_part, office, spelling
from backbone_desktop.store.types import is_set

State = Mapping[str, Any]

_HOME_IS_NEAR = select(household.c.near).where(household.c.id == bindparam("home"))
_MOVE_FAMILY = update(member).where(member.c.household_id == bindparam("home"))
_FAMILY = select(member.c.id).where(member.c.household_id == bindparam("home"))
_MOVE_FAMILYS_KEYS = tuple(update(table).where(table.c.member_id.in_(_FAMILY)) for table in (spelling, name_part))
_MOVE_KEYS = tuple(update(table).where(table.c.member_id == bindparam("this")) for table in (spelling, name_part))
_NOTE_COUNTY = "INSERT OR IGNORE INTO id_county (code) VALUES (?)"
_NOTE_PLACE = "INSERT OR IGNORE INTO registered_place (township, village, pinyin, initials) VALUES (?, ?, ?, ?)"
_MARK_NEAR = (
    "UPDATE household SET near = NOT near WHERE near <> (township <> '' AND township = :own)",
    "UPDATE member SET near = NOT near WHERE near <> (household_id IN (SELECT id FROM household WHERE near = 1))",
    *(f"UPDATE {keys} SET near = NOT near WHERE near <> (member_id IN (SELECT id FROM member WHERE near = 1))"
      for keys in ("spelling", "name_part")),
)


class SearchKeys:
    """Lives with one unit of work; told of every household and member that is written."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._spellings = Spellings(connection)
        self._own: str | None = None
        self._noted: set[object] = set()

    def before(self, kind: RecordKind, row: RowMapping | None, after: State) -> dict[str, bool]:
        """The mark to write with a row, where its place is new."""
        if kind is RecordKind.HOUSEHOLD and (row is None or row["township"] != after["township"]):
            return {"near": self._is_own(after["township"])}
        if kind is RecordKind.MEMBER and (row is None or row["household_id"] != after["household_id"]):
            return {"near": bool(self._connection.scalar(_HOME_IS_NEAR, {"home": after["household_id"]}))}
        return {}

    def written(self, kind: RecordKind, record_id: str, row: RowMapping | None, after: State) -> None:
        """Follow a row that was written; `after` holds all of it."""
        if kind is RecordKind.HOUSEHOLD:
            self._note_places([(after["township"], after["village"])])
            if after["near"] != (row is not None and row["near"]):  # members may have come by the feed before it did
                for statement in (_MOVE_FAMILY, *_MOVE_FAMILYS_KEYS):
                    self._connection.execute(statement, {"home": record_id, "near": after["near"]})
        elif kind is RecordKind.MEMBER:
            self._note_counties([after["id_no"]])
            if row is None or row["name"] != after["name"]:
                self._spellings.write(record_id, after["name"], new=row is None, near=after["near"])
            elif row["near"] != after["near"]:
                for statement in _MOVE_KEYS:
                    self._connection.execute(statement, {"this": record_id, "near": after["near"]})

    # --- many at once

    def near_ones(self, records: Iterable[Any]) -> frozenset[str]:
        """Ids of the new households and members among these that belong to the own township."""
        if not self._own_township:
            return frozenset()
        made = list(records)
        homes = {one.household_id for one in made if isinstance(one, Member)}
        near = set(self._connection.scalars(
            select(household.c.id).where(household.c.id.in_(homes), is_set(household.c.near)))) if homes else set()
        return frozenset(one.id for one in made if (isinstance(one, Household) and self._is_own(one.township))
                         or (isinstance(one, Member) and one.household_id in near))

    def note_new(self, records: Collection[Any]) -> None:
        """Note places and counties of new households and members."""
        self._note_places((one.township, one.village) for one in records if isinstance(one, Household))
        self._note_counties(one.id_no for one in records if isinstance(one, Member))

    def spell_new(self, people: Sequence[tuple[str, str]], near: Collection[str]) -> None:
        """(id, name) of all new members, of whom `near` belong to the own township."""
        self._spellings.write_new(people, near)

    # --- how it is kept

    @property
    def _own_township(self) -> str:
        if self._own is None:
            self._own = self._connection.scalar(select(office.c.township)) or ""
        return self._own

    def _is_own(self, township: str) -> bool:
        return township != "" and township == self._own_township

    def _note_places(self, places: Iterable[tuple[str, str]]) -> None:
        fresh = set(places) - self._noted
        self._noted |= fresh
        note_places(self._connection, fresh)

    def _note_counties(self, id_nos: Iterable[str]) -> None:
        fresh = {number[:6] for number in id_nos} - self._noted
        self._noted |= fresh
        if fresh:
            self._connection.exec_driver_sql(_NOTE_COUNTY, [(code,) for code in sorted(fresh)])


def note_places(connection: Connection, places: Iterable[tuple[str, str]]) -> None:
    rows = [(township, village, *spelt) for township, village in sorted(places)
            for spelt in place_spellings(village) or (("", ""),)]
    if rows:
        connection.exec_driver_sql(_NOTE_PLACE, rows)


def mark_near(connection: Connection, township: str) -> None:
    """Mark what lies in the office's own township, and nothing else; "" where an office has none."""
    for statement in _MARK_NEAR:
        connection.exec_driver_sql(statement.replace(":own", "?"), (township,) if ":own" in statement else ())


def rebuild(connection: Connection) -> None:
    """Work out marks, places and counties anew, for rows that came in past the store's own acts."""
    mark_near(connection, connection.scalar(select(office.c.township)) or "")
    connection.exec_driver_sql("INSERT OR IGNORE INTO id_county SELECT DISTINCT substr(id_no, 1, 6) FROM member")
    note_places(connection, connection.execute(
        select(household.c.township, household.c.village).distinct()).tuples().all())
