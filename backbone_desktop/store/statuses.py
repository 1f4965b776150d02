"""Where records stand with the centre: 待上报, 已上报, 被退回, 待核对."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, Table, select

from backbone_core.change import RecordKind
from backbone_desktop.services.rows import SyncStatus
from backbone_desktop.store.clashes import RULES
from backbone_desktop.store.tables import enrolment, household_act, member, outbox, review, shadow
from backbone_desktop.store.types import is_set

_GRAVITY = (SyncStatus.REFUSED, SyncStatus.REVIEW, SyncStatus.WAITING, SyncStatus.SENT)


class Statuses:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, record_ids: Collection[str]) -> dict[str, SyncStatus]:
        """The status of each record by its id (ids of all kinds are unique).

        A record whose refused value has been corrected waits again; whatever needs a person comes before what
        merely waits.
        """
        ids = list(record_ids)
        waiting = set(self._connection.scalars(
            select(outbox.c.record_id).where(outbox.c.record_id.in_(ids), outbox.c.answered_at.is_(None))
        ))
        shadowed = set(self._connection.scalars(select(shadow.c.record_id).where(shadow.c.record_id.in_(ids))))
        reviewed = set(self._connection.scalars(
            select(review.c.record_id).where(review.c.record_id.in_(ids), is_set(review.c.open))
        )) | set(self._connection.scalars(
            select(review.c.other_id).where(review.c.other_id.in_(ids), is_set(review.c.open))
        ))
        for rules in RULES.values():
            for rule in rules:
                reviewed |= self._marked(rule.table, rule.mark, ids)
        return {one: _status(one, waiting, shadowed, reviewed) for one in ids}

    def of_households(self, household_ids: Collection[str]) -> dict[str, SyncStatus]:
        """The gravest status of each household, its members, their enrolments and what happened to it."""
        family: dict[str, list[str]] = {one: [one] for one in household_ids}
        members = self._connection.execute(
            select(member.c.household_id, member.c.id).where(member.c.household_id.in_(list(household_ids)))
        ).all()
        home = {row.id: row.household_id for row in members}
        for row in members:
            family[row.household_id].append(row.id)
        covers = self._connection.execute(
            select(enrolment.c.member_id, enrolment.c.id).where(enrolment.c.member_id.in_(list(home)))
        )
        for row in covers:
            family[home[row.member_id]].append(row.id)
        acts = self._connection.execute(
            select(household_act.c.household_id, household_act.c.id)
            .where(household_act.c.household_id.in_(list(household_ids)))
        )
        for row in acts:
            family[row.household_id].append(row.id)
        single = self.of([one for ids in family.values() for one in ids])
        return {one: gravest(single[part] for part in ids) for one, ids in family.items()}

    def of_record(self, kind: RecordKind, record_id: str) -> SyncStatus:
        if kind is RecordKind.HOUSEHOLD:
            return self.of_households([record_id])[record_id]
        return self.of([record_id])[record_id]

    def _marked(self, table: Table, mark: str, ids: list[str]) -> set[str]:
        return set(self._connection.scalars(
            select(table.c.id).where(table.c.id.in_(ids), is_set(table.c[mark]), table.c.removed_at.is_(None))
        ))


def gravest(statuses: Iterable[SyncStatus]) -> SyncStatus:
    return min(statuses, key=_GRAVITY.index, default=SyncStatus.SENT)


def _status(record_id: str, waiting: Collection[str], shadowed: Collection[str],
            reviewed: Collection[str]) -> SyncStatus:
    if record_id in shadowed and record_id not in waiting:
        return SyncStatus.REFUSED
    if record_id in reviewed:
        return SyncStatus.REVIEW
    return SyncStatus.WAITING if record_id in waiting else SyncStatus.SENT
