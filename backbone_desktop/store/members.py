"""The people of the register."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, select

from backbone_core.change import RecordKind
from backbone_core.enrolment import EnrolmentStatus
from backbone_core.household import HEAD, Member, Standing
from backbone_desktop.services.matched import MatchedField
from backbone_desktop.services.rows import MemberHit
from backbone_desktop.store.mapping import columns, plain
from backbone_desktop.store.matches import row_match
from backbone_desktop.store.search import FoundBy, Hit, hits
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
        key = Typed.read(typed)
        found: dict[int, Hit] = {}
        all_hits = hits(self._connection, key)
        while len(found) < limit and (some := list(islice(all_hits, limit - len(found)))):
            families = self._families([hit for hit in some if not hit.member_id])
            for hit in some:
                for row_no in [hit.row_no] if hit.member_id else families.get(hit.household_id, ()):
                    found.setdefault(row_no, hit)
        all_hits.close()
        if not found:
            return ()
        rows = self._connection.exec_driver_sql(_SHOWN, (policy_year, json.dumps(list(found)[:limit])))
        return tuple(_hit(FoundBy(key, found[row.row_no]), row) for row in rows)

    def _families(self, found: Sequence[Hit]) -> dict[str, list[int]]:
        """Row numbers by household, the head's first; of one that was found by its village nobody else's."""
        families: dict[str, list[int]] = {}
        if found:
            homes = json.dumps([hit.household_id for hit in found])
            for household_id, row_no in self._connection.exec_driver_sql(_FAMILIES, (homes,)):
                families.setdefault(household_id, []).append(row_no)
        return {**families, **{hit.household_id: families.get(hit.household_id, [])[:1]
                               for hit in found if hit.by_place}}


def _hit(by: FoundBy, row: Row[Any]) -> MemberHit:
    """The phone that is shown is the one that was found, else the person's own, else the household's."""
    values = {MatchedField.NAME: row.name, MatchedField.ID_NO: row.id_no, MatchedField.HOUSEHOLD_NO: row.household_no,
              MatchedField.TOWNSHIP: row.township, MatchedField.VILLAGE: row.village}
    phone = row.phone or row.home_phone
    match = row_match(by, {**values, MatchedField.PHONE: phone}, row.home_phone)
    if match is not None and match.field is MatchedField.OTHER_PHONE:
        phone, match = row.home_phone, replace(match, field=MatchedField.PHONE)
    return MemberHit(member_id=row.id, household_id=row.household_id, name=row.name, id_no=row.id_no,
                     household_no=row.household_no, township=row.township, village=row.village, phone=phone,
                     enrolled=bool(row.enrolled), match=match, standing=row.standing)


_FAMILIES = f"""
    SELECT m.household_id, m.rowid FROM json_each(?) k CROSS JOIN member m ON m.household_id = k.value
    WHERE m.removed_at IS NULL ORDER BY m.relation <> '{HEAD}' OR m.standing <> '{Standing.PRESENT}', m.id
"""
_SHOWN = f"""
    SELECT m.rowid AS row_no, m.id, m.household_id, m.name, m.id_no, m.phone, m.standing,
        coalesce(h.household_no, '') AS household_no, coalesce(h.township, '') AS township,
        coalesce(h.village, '') AS village, coalesce(h.phone, '') AS home_phone,
        EXISTS (SELECT 1 FROM enrolment e WHERE e.member_id = m.id AND e.policy_year = ?
            AND e.status = '{EnrolmentStatus.ENROLLED}' AND e.removed_at IS NULL) AS enrolled
    FROM json_each(?) k CROSS JOIN member m ON m.rowid = k.value LEFT JOIN household h ON h.id = m.household_id
    ORDER BY k.key
"""
"""Everything of the people that a list of them shows, in one statement: a keystroke has no time for four."""
