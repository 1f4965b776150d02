"""The people of the register."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, select

from backbone_core.change import RecordKind
from backbone_core.enrolment import EnrolmentStatus
from backbone_core.household import HEAD, Member
from backbone_desktop.services.matched import MatchedField
from backbone_desktop.services.rows import MemberHit
from backbone_desktop.store.mapping import columns, plain
from backbone_desktop.store.matches import match_of
from backbone_desktop.store.search import Hit, hits
from backbone_desktop.store.search_key import Typed
from backbone_desktop.store.tables import member

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
        """The one that was registered first, when two devices registered the same person."""
        return self._one(member.c.id_no == id_no, _LIVE)

    def _one(self, *conditions: Any) -> Member | None:
        row = self._connection.execute(
            select(*columns(RecordKind.MEMBER)).where(*conditions).order_by(member.c.id).limit(1)
        ).mappings().first()
        return None if row is None else plain(Member, row)

    def find(self, typed: str, policy_year: int, limit: int) -> tuple[MemberHit, ...]:
        key = Typed.read(typed)
        ids: dict[str, Hit] = {}
        for hit in hits(self._connection, key):
            for member_id in [hit.member_id] if hit.member_id else self._of_household(hit):
                ids.setdefault(member_id, hit)
            if len(ids) >= limit:
                break
        return self._hits(key, dict(islice(ids.items(), limit)), policy_year)

    def _of_household(self, hit: Hit) -> Sequence[str]:
        """Head first; of a household that was found by its village nobody else."""
        found = self._connection.exec_driver_sql(_FAMILY, (hit.household_id,)).scalars().all()
        return found[:1] if hit.by_place else found

    def _hits(self, key: Typed, found: Mapping[str, Hit], policy_year: int) -> tuple[MemberHit, ...]:
        rows = self._connection.exec_driver_sql(_SHOWN, (policy_year, json.dumps(list(found)))) if found else ()
        return tuple(_hit(key, row, found[row.id]) for row in rows)


def _hit(key: Typed, row: Row[Any], found: Hit) -> MemberHit:
    """The phone that is shown is the one that was found, else the person's own, else the household's."""
    named = {} if found.by_place else {MatchedField.NAME: row.name}
    others = {**named, MatchedField.ID_NO: row.id_no, MatchedField.HOUSEHOLD_NO: row.household_no,
              MatchedField.TOWNSHIP: row.township, MatchedField.VILLAGE: row.village}
    phone = row.phone or row.home_phone
    match = match_of(key, {**others, MatchedField.PHONE: phone}, found.spelt)
    if match is None and (match := match_of(key, {MatchedField.PHONE: row.home_phone})) is not None:
        phone = row.home_phone
    return MemberHit(member_id=row.id, household_id=row.household_id, name=row.name, id_no=row.id_no,
                     household_no=row.household_no, head_name=row.head_name, township=row.township,
                     village=row.village, phone=phone, enrolled=bool(row.enrolled), match=match)


_FAMILY = f"""
    SELECT id FROM member WHERE household_id = ? AND removed_at IS NULL ORDER BY relation <> '{HEAD}', id
"""
_SHOWN = f"""
    SELECT m.id, m.household_id, m.name, m.id_no, m.phone, coalesce(h.household_no, '') AS household_no,
        coalesce(h.township, '') AS township, coalesce(h.village, '') AS village, coalesce(h.phone, '') AS home_phone,
        CASE m.relation WHEN '{HEAD}' THEN m.name ELSE coalesce(
            (SELECT x.name FROM member x WHERE x.household_id = m.household_id AND x.relation = '{HEAD}'
                AND x.removed_at IS NULL ORDER BY x.id LIMIT 1), '') END AS head_name,
        EXISTS (SELECT 1 FROM enrolment e WHERE e.member_id = m.id AND e.policy_year = ?
            AND e.status = '{EnrolmentStatus.ENROLLED}' AND e.removed_at IS NULL) AS enrolled
    FROM json_each(?) k CROSS JOIN member m ON m.id = k.value LEFT JOIN household h ON h.id = m.household_id
    ORDER BY k.key
"""
"""Everything of the people that a list of them shows, in one statement: a keystroke has no time for four."""
