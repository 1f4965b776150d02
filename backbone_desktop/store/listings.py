"""Lists of any length: the order of their records in one pass, and the rows of any stretch of it."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, false, func, or_, select
from sqlalchemy.sql.expression import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from backbone_core.enrolment import EnrolmentStatus
from backbone_core.errors import RuleBroken
from backbone_core.household import HEAD
from backbone_desktop.services.listing_ports import Asked, ListName, Order, PersonRow, Place, Row
from backbone_desktop.services.matched import MatchedField
from backbone_desktop.store.claims import StoredClaims, typed_conditions
from backbone_desktop.store.households import StoredHouseholds
from backbone_desktop.store.list_shapes import HOME, SHAPES, Shape, live, row_number
from backbone_desktop.store.matches import row_match
from backbone_desktop.store.pinyin import spellings
from backbone_desktop.store.search import CAP, FoundBy, Hit, hits
from backbone_desktop.store.search_key import Typed
from backbone_desktop.store.tables import enrolment, household, member

_AT_A_TIME = 30_000
"""Characters that are read as numbers, or numbers that are counted off, before another thread may work."""
ANY = ""
"""Stands for each record of a list that is held against what was typed row by row."""
_FIGURES = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class _Found:
    """Records that a search found, the best first."""

    ids: tuple[str, ...]
    matched: Mapping[str, FoundBy]
    capped: bool


class StoredListings:
    """`services.listing_ports.ListRepository`."""

    def __init__(self, connection: Connection, households: StoredHouseholds, claims: StoredClaims) -> None:
        self._connection = connection
        self._households = households
        self._claims = claims

    def order(self, asked: Asked, policy_year: int, limit: int | None = None) -> Order:
        shape, found = SHAPES[asked.name], self._find(asked)
        conditions = _conditions(shape, asked, policy_year, found)
        by_place = asked.by_place or asked.sort == HOME
        if by_place or asked.sort or asked.narrowed:
            limit = None  # it would take as long as the whole
        plain = not (asked.typed or asked.narrowed or by_place) and asked.sort in shape.alone
        wanted = (select(row_number(shape.table).label("number"))
                  .select_from(shape.table if plain else shape.source).where(*conditions)
                  .order_by(*_ordering(shape, asked, by_place)))
        keys: Sequence[int] | None = None
        if limit is None and plain and not asked.sort and shape.by_number:
            keys = self._by_number(shape.table, asked.descending)
        if keys is None:
            keys = self._keys(wanted if limit is None else wanted.limit(limit + 1))
        places: tuple[Place, ...] = ()
        if by_place:
            places, keys = _as_read_aloud(self._places(shape, conditions), keys)
            if not asked.by_place:
                places, keys = (), keys[::-1] if asked.descending else keys
        elif found is not None and not asked.sort:
            keys = self._best_first(shape.table, keys, found, asked.descending)
        matched: Mapping[str, Any] = {} if found is None else found.matched
        if found is None and asked.typed.strip():
            matched = {ANY: Typed.read(asked.typed)}
        whole = limit is None or len(keys) <= limit
        return Order(keys if whole else keys[:limit], whole, found is not None and found.capped, places,
                     matched)

    def choices(self, asked: Asked, what: str, policy_year: int) -> tuple[tuple[str, int], ...]:
        shape = SHAPES[asked.name]
        value = _expression(shape, what)(policy_year).label("value")
        others = Asked(name=asked.name, typed=asked.typed,
                       narrowed=tuple((one, wanted) for one, wanted in asked.narrowed if one != what))
        counted = (select(value, func.count()).select_from(shape.source)
                   .where(*_conditions(shape, others, policy_year, self._find(others), sort=what)).group_by(value))
        found = [(str(one or ""), int(n)) for one, n in self._connection.execute(counted)]
        return tuple(sorted(found, key=lambda choice: aloud(choice[0])))

    def rows(self, name: ListName, keys: Sequence[int], matched: Mapping[str, Any],
             policy_year: int) -> tuple[Row | None, ...]:
        table = SHAPES[name].table
        ids: dict[int, str] = dict(self._connection.execute(
            select(row_number(table), table.c.id).where(row_number(table).in_(list(keys)), table.c.removed_at.is_(None))
        ).tuples().all())
        made: Iterable[Row]
        if name is ListName.HOUSEHOLDS:
            made = self._households.rows_of(list(ids.values()), matched)
        elif name is ListName.CLAIMS:
            made = self._claims.rows_of(list(ids.values()), matched.get(ANY))
        else:
            made = self._people(list(ids.values()), matched, policy_year)
        by_id = {row.id: row for row in made}
        return tuple(by_id.get(ids.get(key, "")) for key in keys)

    # --- orders

    def _keys(self, wanted: Select[Any]) -> array[int]:
        """The first column of every row, joined by the store itself: the pass is one step of the driver, which leaves
        the window its time, and a row object for each of a million keys would take twice as long."""
        ordered = wanted.subquery()
        joined: str = self._connection.scalar(select(func.group_concat(ordered.c[0])).select_from(ordered)) or ""
        keys, start = array("q"), 0
        while start < len(joined):
            end = joined.find(",", start + _AT_A_TIME)
            end = len(joined) if end < 0 else end
            keys.extend(map(int, joined[start:end].split(",")))
            start = end + 1
        return keys

    def _by_number(self, table: Table, oldest_first: bool) -> array[int] | None:
        """Every live row by its number, without a look at one: rows are numbered one after the other and none is ever
        taken out, only marked as removed. None where numbers are missing all the same."""
        number = row_number(table)
        last = self._connection.scalar(select(func.max(number)).select_from(table)) or 0
        count = self._connection.scalar(select(func.count()).select_from(table)) or 0
        if last != count:
            return None
        removed = self._connection.scalars(
            select(number).select_from(table).where(table.c.removed_at.is_not(None))).all()
        keys, top = array("q"), count
        for gone in (*sorted(removed, reverse=True), 0):
            for start in range(top, gone, -_AT_A_TIME):
                keys.extend(range(start, max(gone, start - _AT_A_TIME), -1))
            top = gone - 1
        return keys[::-1] if oldest_first else keys

    def _places(self, shape: Shape, conditions: Sequence[ColumnElement[bool]]) -> list[Place]:
        counted = (select(shape.township, shape.village, func.count()).select_from(shape.source).where(*conditions)
                   .group_by(shape.township, shape.village).order_by(shape.township, shape.village))
        return [Place(township, village, n) for township, village, n in self._connection.execute(counted)]

    def _best_first(self, table: Table, keys: Sequence[int], found: _Found, reverse: bool) -> array[int]:
        if not found.ids:
            return array("q", keys)
        wanted = set(keys)
        by_id = dict(self._connection.execute(
            select(table.c.id, row_number(table)).where(table.c.id.in_(found.ids))).tuples().all())
        best = array("q", (by_id[one] for one in found.ids if by_id.get(one) in wanted))
        return best[::-1] if reverse else best

    def _find(self, asked: Asked) -> _Found | None:
        """Claims are not looked for beforehand: each is held against what was typed, a county has some thousands."""
        if not asked.typed.strip() or asked.name is ListName.CLAIMS:
            return None
        key = Typed.read(asked.typed)
        found: dict[str, FoundBy] = {}
        for hit in hits(self._connection, key):
            for one in (hit.household_id,) if asked.name is ListName.HOUSEHOLDS else self._people_of(hit):
                found.setdefault(one, FoundBy(key, hit))
            if len(found) >= CAP:
                break
        best = tuple(found)[:CAP - 1]
        return _Found(best, {one: found[one] for one in best}, len(found) >= CAP)

    def _people_of(self, hit: Hit) -> Sequence[str]:
        if hit.member_id:
            return (hit.member_id,)
        return self._connection.scalars(
            select(member.c.id).where(member.c.household_id == hit.household_id, member.c.removed_at.is_(None))
            .order_by(member.c.relation != HEAD, member.c.id)).all()

    # --- rows

    def _people(self, ids: Sequence[str], matched: Mapping[str, FoundBy], policy_year: int) -> Iterable[PersonRow]:
        covered = set(self._connection.scalars(select(enrolment.c.member_id).where(
            enrolment.c.member_id.in_(ids), enrolment.c.policy_year == policy_year,
            enrolment.c.status == EnrolmentStatus.ENROLLED, enrolment.c.removed_at.is_(None))))
        people = self._connection.execute(
            select(member.c.id, member.c.household_id, member.c.name, member.c.id_no, member.c.relation,
                   household.c.household_no, household.c.township, household.c.village, household.c.group,
                   household.c.poverty_type, member.c.phone, household.c.phone.label("home_phone"))
            .join_from(member, household, household.c.id == member.c.household_id, isouter=True)
            .where(member.c.id.in_(ids))).mappings()
        for row in people:
            known = {name: "" if value is None else str(value) for name, value in row.items()}
            home_phone, by = known.pop("home_phone"), matched.get(row["id"])
            match = None if by is None else row_match(
                by, {field: known[field] for field in MatchedField if field in known}, home_phone)
            yield PersonRow(**known, covered=row["id"] in covered, match=match)


def _conditions(shape: Shape, asked: Asked, policy_year: int, found: _Found | None,
                sort: str | None = None) -> list[ColumnElement[bool]]:
    conditions = [live(shape.table, asked.sort if sort is None else sort, searched=found is not None)]
    conditions += [shape.kept[what](value) if what in shape.kept else _expression(shape, what)(policy_year) == value
                   for what, value in asked.narrowed]
    if found is not None:
        conditions.append(shape.table.c.id.in_(found.ids))
    elif asked.typed.strip():
        conditions.append(or_(false(), *typed_conditions(asked.typed)))
    return conditions


def _expression(shape: Shape, what: str) -> Any:
    if what not in shape.narrowing:
        raise RuleBroken("list.filter_unknown", what, filters=", ".join(shape.narrowing))
    return shape.narrowing[what]


def _ordering(shape: Shape, asked: Asked, by_place: bool) -> list[ColumnElement[Any]]:
    """A total order: what is equal otherwise stands by its row number. The list's own order is newest first."""
    if asked.sort and asked.sort not in shape.sorts:
        raise RuleBroken("list.sort_unknown", "sort", sorts=", ".join(shape.sorts))
    within: Sequence[ColumnElement[Any]] = shape.sorts[asked.sort] if asked.sort else shape.own
    if asked.narrowed:
        # The few rows that are left are sorted. Going along an index to find them in order would look the whole
        # table up in that order, which takes minutes.
        within = [UnaryExpression(one, operator=custom_op("+"), type_=one.type) for one in within]
    down = asked.descending == bool(asked.sort)
    if asked.sort == HOME and not asked.by_place:
        down = False  # the whole list is turned round
    directed = [(one.desc() if down else one.asc()).nulls_last() for one in within]
    number = row_number(shape.table)
    last = [(number.desc() if down else number.asc())] if asked.sort else []
    return [*((shape.township, shape.village) if by_place else ()), *directed, *last]


def _as_read_aloud(places: Sequence[Place], keys: Sequence[int]) -> tuple[tuple[Place, ...], array[int]]:
    """Put the villages, which stand by the code points of their names, into the order in which they are read."""
    starts = dict(zip(places, accumulate((one.count for one in places), initial=0), strict=False))
    ordered = tuple(sorted(places, key=lambda one: (aloud(one.township), aloud(one.village))))
    moved = array("q")
    for one in ordered:
        moved.extend(keys[starts[one]:starts[one] + one.count])
    return ordered, moved


def aloud(name: str) -> tuple[bool, str, tuple[int, ...], str]:
    """By pinyin, then by the figures in it, so that 第2村 comes before 第10村; what has no name comes last."""
    spelt = next(iter(spellings(name)), ("", ""))[0]
    return not name, spelt, tuple(int(one) for one in _FIGURES.findall(name)), name
