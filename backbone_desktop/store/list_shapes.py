"""What each list is made of: its table, what its rows may be sorted by and what they may be narrowed by."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Table,
    Text,
    case,
    exists,
    func,
    literal_column,
    select,
    text,
    type_coerce,
    union_all,
)

from backbone_core.claim import ClaimState
from backbone_core.enrolment import EnrolmentStatus
from backbone_core.household import HEAD, Listing, Standing
from backbone_desktop.services.claim_piles import PILE
from backbone_desktop.services.listing_ports import ListName
from backbone_desktop.services.rows import SyncStatus
from backbone_desktop.store.claim_piles import on_pile
from backbone_desktop.store.clashes import RULES
from backbone_desktop.store.decisions import AMOUNT
from backbone_desktop.store.tables import claim, enrolment, household, member, outbox, review, shadow, spelling
from backbone_desktop.store.tables.registry import HOUSEHOLD_ALONE, MEMBER_ALONE
from backbone_desktop.store.types import is_set

_ABSENT = {"member": f"gone.standing <> '{Standing.PRESENT}'", "household": f"gone.listing = '{Listing.CLOSED}'"}
"""As their partial indexes have it."""
HOME = "home"
"""The sort by township, village and group, as the names are read."""
COVERED, NOT_COVERED = "covered", "not_covered"
_COUNTED = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Shape:
    """`own` is the list's order, turned round, when nobody sorts it; `narrowing` builds its expression for a year."""

    table: Table
    source: FromClause
    own: tuple[ColumnElement[Any], ...]
    sorts: Mapping[str, tuple[ColumnElement[Any], ...]]
    narrowing: Mapping[str, Callable[[int], ColumnElement[Any]]]
    township: ColumnElement[str]
    village: ColumnElement[str]
    by_number: bool = False
    """Whether the list's own order is that of its table's row numbers."""
    kept: Mapping[str, Callable[[str], ColumnElement[bool]]] = field(default_factory=dict)
    """What narrows the list by a condition of its own, which is not the same for everybody."""
    alone: frozenset[str] = frozenset()
    """Sorts that need no table but the list's own: a join, even an idle one, would keep the index from sufficing."""


def row_number(table: Table) -> ColumnElement[int]:
    return literal_column(f'"{table.name}".rowid', Integer)


def _along(column: Column[str], alone: str) -> tuple[ColumnElement[Any], ...]:
    """A number's order as its unique index has it: what else that index holds comes before the row number."""
    table = column.table.name
    named = re.sub(r"\b(removed_at|standing|clash_\w+)", rf"{table}.\1", alone)  # a joined table has such columns too
    return column, literal_column(f"CASE WHEN {named} THEN '' ELSE {table}.id END", Text)


def live(table: Table, sort: str, *, searched: bool = False) -> ColumnElement[bool]:
    """Which rows are in the register; a search also finds closed households.

    The list's own order has an index of the live rows alone. Every other index holds the removed rows too: they are
    few, so they are looked up once and left out, and the pass never has to look into the table itself. So are people
    who died or left, and households in which nobody lives any more.
    """
    gone = table.alias("gone")
    number = select(literal_column("gone.rowid", Integer)).select_from(gone)
    removed = table.c.removed_at.is_(None) if not sort else row_number(table).not_in(
        number.where(gone.c.removed_at.is_not(None)))
    absent = None if searched and table is household else _ABSENT.get(table.name)
    return removed if absent is None else removed & row_number(table).not_in(number.where(text(absent)))


def _known(column: ColumnElement[Any]) -> ColumnElement[str]:
    """Text of a row that may not be there: the feed may bring a member before the household."""
    return func.coalesce(type_coerce(column, Text), "")


def _spelt(member_id: ColumnElement[Any]) -> ColumnElement[Any]:
    return select(func.min(spelling.c.pinyin)).where(spelling.c.member_id == member_id).scalar_subquery()


def _counted(group: ColumnElement[str]) -> tuple[ColumnElement[Any], ...]:
    """二组 after 一组 and before 三组: the characters of figures do not stand in their own order."""
    return (func.instr(_COUNTED, func.substr(group, 1, 1)), func.instr(_COUNTED, func.substr(group, 2, 1)), group)


# --- where records stand with the centre, as `statuses` says it of one record

_WAITING = select(outbox.c.record_id).where(outbox.c.answered_at.is_(None))
_REFUSED = select(shadow.c.record_id).where(shadow.c.record_id.not_in(_WAITING))
_REVIEWED = union_all(
    select(review.c.record_id).where(is_set(review.c.open)),
    select(review.c.other_id).where(is_set(review.c.open)),
    *(select(rule.table.c.id).where(is_set(rule.table.c[rule.mark]), rule.table.c.removed_at.is_(None))
      for rules in RULES.values() for rule in rules),
)
_BY_GRAVITY = ((SyncStatus.REFUSED, _REFUSED), (SyncStatus.REVIEW, select(_REVIEWED.subquery().c[0])),
               (SyncStatus.WAITING, _WAITING))


def _status(record: ColumnElement[Any], of_family: bool = False) -> ColumnElement[str]:
    family = _families if of_family else _as_they_are
    return case(*((record.in_(family(ids)), str(status)) for status, ids in _BY_GRAVITY), else_=str(SyncStatus.SENT))


def _as_they_are(ids: Select[Any]) -> Any:
    return ids


def _families(ids: Select[Any]) -> Any:
    """The households of these records: a household answers for its members and their enrolments.

    The records are joined, not looked for: they are few, and members are many.
    """
    some, others = ids.subquery("some"), ids.subquery("others")
    return union_all(
        ids,
        select(member.c.household_id).join_from(some, member, member.c.id == some.c[0]),
        select(member.c.household_id).join_from(others, enrolment, enrolment.c.id == others.c[0])
        .join(member, member.c.id == enrolment.c.member_id),
    )


_GRAVITY = {str(status): place for place, status in enumerate(
    (SyncStatus.REFUSED, SyncStatus.REVIEW, SyncStatus.WAITING, SyncStatus.SENT))}


# --- cover

_THERE = (member.c.removed_at.is_(None), member.c.standing == Standing.PRESENT)


def _has_cover(policy_year: int) -> ColumnElement[bool]:
    return exists().where(
        enrolment.c.member_id == member.c.id, enrolment.c.policy_year == policy_year,
        enrolment.c.status == EnrolmentStatus.ENROLLED, enrolment.c.removed_at.is_(None))


def _family_has_cover(policy_year: int) -> ColumnElement[bool]:
    return exists().where(member.c.household_id == household.c.id, *_THERE, _has_cover(policy_year))


def _cover(has: Callable[[int], ColumnElement[bool]]) -> Callable[[int], ColumnElement[str]]:
    return lambda policy_year: case((has(policy_year), COVERED), else_=NOT_COVERED)


def _of_year(expression: ColumnElement[Any]) -> Callable[[int], ColumnElement[Any]]:
    return lambda _policy_year: expression


# --- the three lists

def _head(what: ColumnElement[Any]) -> ColumnElement[Any]:
    return select(func.min(what)).where(
        member.c.household_id == household.c.id, member.c.relation == HEAD, *_THERE,
    ).scalar_subquery()


_HEAD_SPELT = (
    select(func.min(spelling.c.pinyin)).join_from(member, spelling, spelling.c.member_id == member.c.id)
    .where(member.c.household_id == household.c.id, member.c.relation == HEAD, *_THERE)
    .scalar_subquery()
)
_PEOPLE = (
    select(func.count()).select_from(member)
    .where(member.c.household_id == household.c.id, *_THERE).scalar_subquery()
)
_TOWNSHIP, _VILLAGE, _POVERTY = (_known(household.c[name]) for name in ("township", "village", "poverty_type"))
_WITHIN_VILLAGE = (*_counted(household.c.group), household.c.household_no)
_HOUSEHOLD_STATUS = _status(household.c.id, of_family=True)
_CLAIM_STATUS = _status(claim.c.id)
_STATES = {str(state): place for place, state in enumerate(ClaimState)}

SHAPES: Mapping[ListName, Shape] = {
    ListName.HOUSEHOLDS: Shape(
        table=household, source=household,
        own=(household.c.changed_at, household.c.id),
        sorts={
            "household_no": _along(household.c.household_no, HOUSEHOLD_ALONE),
            "head": (_HEAD_SPELT, _head(member.c.name)),
            "id_no": (_head(member.c.id_no),),
            "people": (_PEOPLE,),
            HOME: _WITHIN_VILLAGE,
            "poverty_type": (_POVERTY,),
            "phone": (household.c.phone,),
            "status": (case(_GRAVITY, value=_HOUSEHOLD_STATUS),),
        },
        narrowing={
            "township": _of_year(household.c.township), "village": _of_year(household.c.village),
            "poverty_type": _of_year(_POVERTY), "cover": _cover(_family_has_cover),
            "status": _of_year(_HOUSEHOLD_STATUS),
        },
        township=_TOWNSHIP, village=_VILLAGE,
    ),
    ListName.PEOPLE: Shape(
        table=member, source=member.outerjoin(household, household.c.id == member.c.household_id),
        own=(row_number(member),),
        sorts={
            "name": (_spelt(member.c.id), member.c.name),
            "id_no": _along(member.c.id_no, MEMBER_ALONE),
            "relation": (case((member.c.relation == HEAD, 0), else_=1), member.c.relation),
            "household_no": (household.c.household_no, case((member.c.relation == HEAD, 0), else_=1)),
            HOME: _WITHIN_VILLAGE,
            "poverty_type": (_POVERTY,),
            "phone": (member.c.phone,),
        },
        narrowing={
            "township": _of_year(household.c.township), "village": _of_year(household.c.village),
            "poverty_type": _of_year(_POVERTY), "cover": _cover(_has_cover),
        },
        township=_TOWNSHIP, village=_VILLAGE, by_number=True,
        alone=frozenset({"", "name", "id_no", "relation", "phone"}),
    ),
    ListName.CLAIMS: Shape(
        table=claim,
        source=claim.outerjoin(member, member.c.id == claim.c.member_id)
        .outerjoin(household, household.c.id == claim.c.household_id),
        own=(claim.c.id,),
        sorts={
            "receipt_no": (func.nullif(claim.c.receipt_no, ""),),
            "patient": (_spelt(member.c.id), member.c.name),
            "id_no": (member.c.id_no,),
            "hospital": (claim.c.hospital,),
            "stay": (claim.c.admitted, claim.c.discharged),
            "total": (claim.c.medfee_sumamt,),
            "benefit": (AMOUNT,),
            "state": (case(_STATES, value=type_coerce(claim.c.state, Text), else_=len(_STATES)),),
            "status": (case(_GRAVITY, value=_CLAIM_STATUS),),
        },
        narrowing={
            "state": _of_year(type_coerce(claim.c.state, Text)),
            "township": _of_year(household.c.township), "village": _of_year(household.c.village),
            "status": _of_year(_CLAIM_STATUS),
            "policy_year": _of_year(func.cast(claim.c.policy_year, Text)),
        },
        township=_TOWNSHIP, village=_VILLAGE, kept={PILE: on_pile},
    ),
}
