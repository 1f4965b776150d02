"""People as they are compared with each other, and what was decided about those who look alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    text,
)

from backbone_core.change import RecordKind
from backbone_core.comparison import Comparison, comparison_id
from backbone_core.likeness import Traits, birth_part, near_blocks, whole_number
from backbone_desktop.services.duplicate_ports import PersonRow
from backbone_desktop.store.mapping import columns, plain
from backbone_desktop.store.pinyin import spellings
from backbone_desktop.store.reviews import Reviews
from backbone_desktop.store.tables import claim, comparison, household, member, spelling

CHUNK = 400
"""Values of one IN."""
MOST_NAMESAKES = 5_000
"""A name that more people bear is looked up among the first of them only; the whole roll's search finds the others."""
_LIVE = member.c.removed_at.is_(None)
_MARK: ColumnElement[int] = literal_column("member.rowid")
_READINGS = (  # as they were spelt when the name was written: spelling a million names anew would take longer
    select(func.group_concat(spelling.c.pinyin)).where(spelling.c.member_id == member.c.id)
    .correlate(member).scalar_subquery().label("readings")
)
_TRAITS = (
    select(_MARK.label("mark"), member.c.id, member.c.name, member.c.id_no, member.c.household_id, member.c.phone,
           member.c.bank_account, household.c.township, household.c.phone.label("home_phone"), _READINGS)
    .select_from(member.outerjoin(household, household.c.id == member.c.household_id))
    .where(_LIVE)
)
_STANDS = comparison.c.removed_at.is_(None)
_MERGED_FROM = (
    select(comparison.c.member_id, comparison.c.other_id)
    .where(comparison.c.kept_id == bindparam("this"), text("comparison.kept_id <> ''"), _STANDS)  # as in its index
)
_MERGED_INTO = (
    select(comparison.c.kept_id)
    .where(or_(comparison.c.member_id == bindparam("this"), comparison.c.other_id == bindparam("this")),
           comparison.c.kept_id != "", comparison.c.kept_id != bindparam("this"), _STANDS)
    .order_by(comparison.c.changed_at.desc()).limit(1)
)
_AFTER = _TRAITS.where(bindparam("mark") < _MARK).order_by(_MARK).limit(bindparam("most"))


class StoredDuplicates:
    """`services.duplicate_ports.DuplicateRepository`."""

    def __init__(self, connection: Connection, reviews: Reviews) -> None:
        self._connection = connection
        self._reviews = reviews

    # --- people

    def last_mark(self) -> int:
        return int(self._connection.scalar(select(func.max(literal_column("rowid"))).select_from(member)) or 0)

    def after(self, mark: int, limit: int) -> Sequence[tuple[int, Traits]]:
        rows = self._connection.execute(_AFTER, {"mark": mark, "most": limit})
        return [(row.mark, _traits(row)) for row in rows]

    def people(self, marks: Collection[int]) -> Mapping[int, tuple[str, Traits]]:
        return {row.mark: (row.id, _traits(row))
                for some in _chunks(marks) for row in self._connection.execute(_TRAITS.where(_MARK.in_(some)))}

    def traits(self, member_id: str) -> Traits | None:
        row = self._connection.execute(_TRAITS.where(member.c.id == member_id)).first()
        return None if row is None else _traits(row)

    def readings(self, name: str) -> frozenset[str]:
        return frozenset(whole for whole, _ in spellings(name))

    def rows(self, member_ids: Collection[str]) -> Mapping[str, PersonRow]:
        found: dict[str, PersonRow] = {}
        for some in _chunks(member_ids):
            claims = dict(self._connection.execute(
                select(claim.c.member_id, func.count()).where(claim.c.member_id.in_(some), claim.c.removed_at.is_(None))
                .group_by(claim.c.member_id)
            ).tuples().all())
            rows = self._connection.execute(
                select(member.c.id, member.c.name, member.c.id_no, member.c.relation, member.c.household_id,
                       member.c.standing, household.c.household_no, household.c.township, household.c.village)
                .select_from(member.outerjoin(household, household.c.id == member.c.household_id))
                .where(member.c.id.in_(some), _LIVE)
            )
            for row in rows:
                found[row.id] = PersonRow(
                    id=row.id, name=row.name, id_no=row.id_no, relation=row.relation, household_id=row.household_id,
                    household_no=row.household_no or "", township=row.township or "", village=row.village or "",
                    standing=row.standing, claims=claims.get(row.id, 0))
        return found

    def candidates(self, typed: Traits) -> Mapping[str, Traits]:
        return {row.id: _traits(row) for scan in _scans(typed) for row in self._connection.execute(scan)}

    # --- what was decided

    def told_apart(self, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        named = {comparison_id(*pair): pair for pair in pairs}
        return {
            named[found] for some in _chunks(named) for found in self._connection.scalars(
                select(comparison.c.id).where(comparison.c.id.in_(some), comparison.c.kept_id == "",
                                              comparison.c.removed_at.is_(None)))
        }

    def comparison(self, one_id: str, other_id: str) -> Comparison | None:
        row = self._connection.execute(
            select(*columns(RecordKind.COMPARISON))
            .where(comparison.c.id == comparison_id(one_id, other_id), comparison.c.removed_at.is_(None))
        ).mappings().first()
        return None if row is None else plain(Comparison, row)

    def members_of(self, comparison_id: str) -> tuple[str, str] | None:
        row = self._connection.execute(
            select(comparison.c.member_id, comparison.c.other_id).where(comparison.c.id == comparison_id)).first()
        return None if row is None else (row.member_id, row.other_id)

    def close_review(self, one_id: str, other_id: str) -> None:
        self._reviews.close_duplicate(one_id, other_id)

    def merged_from(self, member_id: str) -> tuple[str, ...]:
        return merged_from(self._connection, member_id)

    def merged_into(self, member_id: str) -> str:
        been = {member_id}
        while (kept := self._connection.scalar(_MERGED_INTO, {"this": member_id})) and kept not in been:
            been.add(kept)
            member_id = kept
        return member_id


def merged_from(connection: Connection, member_id: str) -> tuple[str, ...]:
    """The records that were merged into a member's, and those that had been merged into them; oldest first."""
    found: set[str] = set()
    ahead = [member_id]
    while ahead:
        kept = ahead.pop()
        pairs = connection.execute(_MERGED_FROM, {"this": kept}).tuples()
        lost = {one for pair in pairs for one in pair} - found - {kept, member_id}
        found |= lost
        ahead += lost
    return tuple(sorted(found))


def _traits(row: Row[Any]) -> Traits:
    readings = frozenset(row.readings.split(",")) if row.readings else frozenset[str]()
    return Traits(name=row.name, readings=readings, id_no=row.id_no, township=row.township or "",
                  household_id=row.household_id, phone=row.phone or row.home_phone or "", account=row.bank_account)


def _scans(typed: Traits) -> Iterator[Select[Any]]:
    """One question a kind of likeness, each answered by an index."""
    number = whole_number(typed.id_no)
    if number:
        yield _TRAITS.where(member.c.id_no.in_([number, number[:6] + number[8:17]]))
    if blocks := list(near_blocks(number)):
        head, tail = (block[1:] for block in blocks)
        # the number narrows down whom the name brings; it is not asked for by an index of its own
        narrow = or_(func.substr(member.c.id_no, 1, len(head)) == head,
                     func.substr(member.c.id_no, 18 - len(tail), len(tail)) == tail,
                     func.substr(member.c.id_no, 7, 8) == birth_part(number), func.length(member.c.id_no) == 15)
        if typed.readings:
            namesakes = select(spelling.c.member_id).where(spelling.c.pinyin.in_(typed.readings)).limit(MOST_NAMESAKES)
            yield _TRAITS.where(member.c.id.in_(namesakes), narrow)
        else:
            yield _TRAITS.where(member.c.name == typed.name, narrow)
    if typed.phone and typed.account:
        paid = member.c.bank_account == typed.account
        yield _TRAITS.where(member.c.phone == typed.phone, paid)
        homes = select(household.c.id).where(household.c.phone == typed.phone, household.c.removed_at.is_(None))
        yield _TRAITS.where(member.c.household_id.in_(homes), member.c.phone == "", paid)


def _chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while some := list(islice(rest, CHUNK)):
        yield some
