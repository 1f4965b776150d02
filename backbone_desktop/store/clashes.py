"""Values that belong to one live record only: refused when typed here, marked when the feed brings them.

Two devices that register one person apart from each other must be able to hear of each other. So a row from the feed
is never refused: all live rows with the value are marked, show as 待核对, and a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    Text,
    and_,
    bindparam,
    select,
    update,
)

from backbone_core.change import RecordKind
from backbone_core.errors import RuleBroken
from backbone_core.household import HEAD, Standing
from backbone_desktop.store.labels import label_of
from backbone_desktop.store.tables import household, member
from backbone_desktop.store.types import is_set


@dataclass(frozen=True, slots=True)
class Rule:
    """`column` holds what must be unique among the live rows that `applies` names; `mark` says that it is not."""

    table: Table
    column: str
    mark: str
    index: str
    code: str
    review: str
    field: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(column, the values that it has in the rows which the rule is about)."""

    def value(self, row: RowMapping | Mapping[str, Any] | None) -> str | None:
        """What the row claims for itself, or None."""
        if row is None or row["removed_at"] is not None:
            return None
        if any(row[name] not in values for name, values in self.where):
            return None
        return str(row[self.column])

    def bearers(self, value: str | BindParameter[str]) -> ColumnElement[bool]:
        table = self.table.c
        return and_(table[self.column] == value, table.removed_at.is_(None),
                    *(table[name].in_(values) for name, values in self.where))

    def refused(self, **facts: object) -> RuleBroken:
        return RuleBroken(self.code, self.field, **facts)


RULES: Mapping[RecordKind, tuple[Rule, ...]] = {
    RecordKind.HOUSEHOLD: (
        Rule(household, "household_no", "clash_number", "uq_household_number", "household.number_taken",
             "review.duplicate_household", "household_no"),
    ),
    RecordKind.MEMBER: (
        Rule(member, "id_no", "clash_id", "uq_member_id_no", "member.id_taken", "review.duplicate_person", "id_no",
             where=(("standing", (Standing.PRESENT, Standing.DIED)),)),
        Rule(member, "household_id", "clash_head", "uq_member_head", "household.two_heads", "review.two_heads",
             "relation", where=(("relation", (HEAD,)), ("standing", (Standing.PRESENT,)))),
    ),
}


_BORNE = {
    rule.index: select(rule.table.c.id)
    .where(rule.bearers(bindparam("value", type_=Text)), rule.table.c.id != bindparam("except_id"))
    .limit(1)
    for rules in RULES.values() for rule in rules
}


def broken_rule(message: str) -> RuleBroken | None:
    """The rule whose unique index a driver's message names. The indexes back up `Clashes`, they do not replace it."""
    for rules in RULES.values():
        for rule in rules:
            if message in (f"UNIQUE constraint failed: {rule.table.name}.{rule.column}",
                           f"UNIQUE constraint failed: index '{rule.index}'"):
                return rule.refused()
    return RuleBroken(message) if message == "claim.self_review" else None  # the trigger on claim_step


class Clashes:
    """Watches the values that one unit of work takes and leaves; settled before the commit.

    Waiting until then lets one act swap two heads or two mixed-up ID numbers, in whatever order it writes them.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._unsettled: dict[tuple[RecordKind, int, str], set[str]] = {}

    def before(self, kind: RecordKind, record_id: str, old: RowMapping | None, new: Mapping[str, Any],
               *, from_feed: bool) -> dict[str, bool]:
        """Note what a write changes; return the marks to write with the row."""
        marks: dict[str, bool] = {}
        for number, rule in enumerate(RULES.get(kind, ())):
            left, taken = rule.value(old), rule.value(new)
            if left == taken:
                continue
            if left is not None and old is not None and (old[rule.mark] or (kind, number, left) in self._unsettled):
                self._unsettled.setdefault((kind, number, left), set())
            marks[rule.mark] = taken is not None and self._borne(rule, taken, record_id)
            if marks[rule.mark] and taken is not None:
                ours = self._unsettled.setdefault((kind, number, taken), set())
                if not from_feed:
                    ours.add(record_id)
        return marks

    def settle(self) -> None:
        """Refuse what was typed here and belongs to somebody else; mark what the feed brought twice."""
        for (kind, number, value), ours in self._unsettled.items():
            rule = RULES[kind][number]
            bearers = set(self._connection.scalars(select(rule.table.c.id).where(rule.bearers(value))))
            if len(bearers) > 1 and ours & bearers:
                taken_by = min(bearers - ours or bearers)
                raise rule.refused(household_no=label_of(self._connection, kind, taken_by))
            self._connection.execute(
                update(rule.table).where(rule.bearers(value)).values({rule.mark: len(bearers) > 1})
            )
        self._unsettled.clear()

    def _borne(self, rule: Rule, value: str, except_id: str) -> bool:
        return self._connection.scalar(_BORNE[rule.index], {"value": value, "except_id": except_id}) is not None


@dataclass(frozen=True, slots=True)
class ClashGroup:
    """Live rows that bear one value; `ids` in the order in which they were registered."""

    rule: Rule
    kind: RecordKind
    ids: tuple[str, ...]
    since: datetime


def clash_groups(connection: Connection) -> tuple[ClashGroup, ...]:
    """Every value that more than one live row bears."""
    groups: dict[tuple[RecordKind, int, str], list[Any]] = {}
    for kind, rules in RULES.items():
        for number, rule in enumerate(rules):
            table = rule.table.c
            rows = connection.execute(
                select(table.id, table[rule.column].label("value"), table.changed_at)
                .where(is_set(table[rule.mark]), table.removed_at.is_(None)).order_by(table.id)
            )
            for row in rows:
                groups.setdefault((kind, number, row.value), []).append(row)
    return tuple(
        ClashGroup(RULES[kind][number], kind, tuple(row.id for row in rows), max(row.changed_at for row in rows))
        for (kind, number, _), rows in groups.items() if len(rows) > 1
    )
