"""The people of the register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from backbone_core.change import RecordKind
from backbone_core.enrolment import EnrolmentStatus
from backbone_core.household import HEAD, Member, Standing
from backbone_desktop.services.rows import MemberHit
from backbone_desktop.store.mapping import columns, plain
from backbone_desktop.store.search import find
from backbone_desktop.store.tables import enrolment, household, member

_LIVE = member.c.removed_at.is_(None)


class StoredMembers:
    """`services.ports.MemberRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, member_id: str) -> Member | None:
        return self._one(member.c.id == member_id, _LIVE)

    def ever(self, member_id: str) -> Member | None:
        return self._one(member.c.id == member_id)

    def by_id_no(self, id_no: str) -> Member | None:
        """The one that was registered first, when two devices registered the same person; who left a household only
        where nobody else bears the number."""
        return self._one(member.c.id_no == id_no, _LIVE)

    def _one(self, *conditions: Any) -> Member | None:
        row = self._connection.execute(
            select(*columns(RecordKind.MEMBER)).where(*conditions)
            .order_by(member.c.standing == Standing.LEFT, member.c.id).limit(1)
        ).mappings().first()
        return None if row is None else plain(Member, row)

    def find(self, typed: str, policy_year: int, limit: int) -> tuple[MemberHit, ...]:
        ids: dict[str, None] = {}
        for hit in find(self._connection, typed, limit):
            for member_id in [hit.member_id] if hit.member_id else self._of_household(hit.household_id):
                ids.setdefault(member_id)
        return self._hits(list(ids)[:limit], policy_year)

    def _of_household(self, household_id: str) -> Sequence[str]:
        return self._connection.scalars(
            select(member.c.id).where(member.c.household_id == household_id, _LIVE).order_by(member.c.id)
        ).all()

    def _hits(self, ids: list[str], policy_year: int) -> tuple[MemberHit, ...]:
        people = {row["id"]: row for row in self._connection.execute(
            select(member.c.id, member.c.household_id, member.c.name, member.c.id_no, member.c.phone,
                   member.c.standing,
                   household.c.household_no, household.c.township, household.c.village,
                   household.c.phone.label("home_phone"))
            .join_from(member, household, household.c.id == member.c.household_id, isouter=True)
            .where(member.c.id.in_(ids))
        ).mappings()}
        heads = dict(self._connection.execute(
            select(member.c.household_id, member.c.name)
            .where(member.c.household_id.in_([row["household_id"] for row in people.values()]),
                   member.c.relation == HEAD, member.c.standing == Standing.PRESENT, _LIVE)
            .order_by(member.c.id.desc())
        ).tuples().all())
        covered = set(self._connection.scalars(
            select(enrolment.c.member_id).where(
                enrolment.c.member_id.in_(ids), enrolment.c.policy_year == policy_year,
                enrolment.c.status == EnrolmentStatus.ENROLLED, enrolment.c.removed_at.is_(None))
        ))
        return tuple(
            MemberHit(
                member_id=one, household_id=row["household_id"], name=row["name"], id_no=row["id_no"],
                household_no=row["household_no"] or "", head_name=heads.get(row["household_id"], ""),
                township=row["township"] or "", village=row["village"] or "",
                phone=row["phone"] or row["home_phone"] or "", enrolled=one in covered,
                standing=row["standing"],
            )
            for one in ids if (row := people.get(one)) is not None
        )
