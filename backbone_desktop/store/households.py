"""Households as the register lists them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, RowMapping, Text, case, exists, func, literal, select, tuple_

from backbone_core.change import RecordKind
from backbone_core.household import HEAD, Household, Listing, Member, Standing
from backbone_desktop.services.matched import Match, MatchedField
from backbone_desktop.services.rows import HouseholdRow, Page
from backbone_desktop.store.mapping import columns, plain
from backbone_desktop.store.matches import row_match
from backbone_desktop.store.search import CAP, FoundBy, Hit, hits
from backbone_desktop.store.search_key import Typed
from backbone_desktop.store.statuses import Statuses
from backbone_desktop.store.tables import enrolment, household, member, office
from backbone_desktop.store.types import moment_text

_LAST = "\U0010ffff"
_LIVE = household.c.removed_at.is_(None)
_LISTED = (_LIVE, household.c.listing != Listing.CLOSED)
_THERE = (member.c.removed_at.is_(None), member.c.standing == Standing.PRESENT)


class StoredHouseholds:
    """`services.ports.HouseholdRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, household_id: str) -> Household | None:
        return self._one(household.c.id == household_id, _LIVE)

    def ever(self, household_id: str) -> Household | None:
        return self._one(household.c.id == household_id)

    def by_number(self, household_no: str) -> Household | None:
        """The one that was registered first, when two devices gave the same number."""
        return self._one(household.c.household_no == household_no, _LIVE)

    def _one(self, *conditions: ColumnElement[bool]) -> Household | None:
        row = self._connection.execute(
            select(*columns(RecordKind.HOUSEHOLD)).where(*conditions)
            .order_by(household.c.id).limit(1)
        ).mappings().first()
        return None if row is None else plain(Household, row)

    def members(self, household_id: str) -> tuple[Member, ...]:
        rows = self._connection.execute(
            select(*columns(RecordKind.MEMBER))
            .where(member.c.household_id == household_id, *_THERE)
            .order_by(case((member.c.relation == HEAD, 0), else_=1), member.c.id)
        ).mappings()
        return tuple(plain(Member, row) for row in rows)

    def former_members(self, household_id: str) -> tuple[Member, ...]:
        rows = self._connection.execute(
            select(*columns(RecordKind.MEMBER))
            .where(member.c.household_id == household_id, member.c.removed_at.is_(None),
                   member.c.standing != Standing.PRESENT)
            .order_by(member.c.left_on.desc(), member.c.id)
        ).mappings()
        return tuple(plain(Member, row) for row in rows)

    def undecided(self, policy_year: int) -> tuple[str, ...]:
        decided = exists().where(enrolment.c.member_id == member.c.id, enrolment.c.policy_year == policy_year,
                                 enrolment.c.removed_at.is_(None))
        return tuple(self._connection.scalars(
            select(household.c.id).where(_LIVE, exists().where(
                member.c.household_id == household.c.id, *_THERE, ~decided,
            )).order_by(household.c.id)
        ))

    def next_number(self, county: str) -> str:
        """County, device number and a running number, so that two devices never choose the same one."""
        prefix = county + (self._connection.scalar(select(office.c.device_no)) or "")
        digits = len(prefix) + 5
        last = self._connection.scalar(
            select(func.max(household.c.household_no)).where(
                household.c.household_no.between(prefix, prefix + _LAST),
                func.length(household.c.household_no) == digits,
                household.c.household_no.op("GLOB")(prefix + "[0-9]" * 5),
            )
        )
        return f"{prefix}{int(last[len(prefix):]) + 1 if last else 1:05d}"

    def page(self, typed: str, after: str | None, limit: int) -> Page[HouseholdRow]:
        if typed.strip():
            return self._found(typed, after, limit)
        listed = select(household.c.id, household.c.changed_at).where(*_LISTED)
        newest_first = listed.order_by(household.c.changed_at.desc(), household.c.id.desc()).limit(limit + 1)
        if after is not None:
            moment, _, last_id = after.partition("|")
            newest_first = newest_first.where(
                tuple_(household.c.changed_at, household.c.id) < tuple_(literal(moment, Text), literal(last_id))
            )
        rows = self._connection.execute(newest_first).all()
        shown = rows[:limit]
        more = f"{moment_text(shown[-1].changed_at)}|{shown[-1].id}" if len(rows) > limit else None
        total = self._connection.scalar(
            select(func.count()).select_from(select(household.c.id).where(*_LISTED).limit(CAP).subquery())
        )
        return Page(self.rows_of([row.id for row in shown], {}), more, int(total or 0))

    def _found(self, typed: str, after: str | None, limit: int) -> Page[HouseholdRow]:
        """The search is made anew for each page; it ends after `CAP` households."""
        key = Typed.read(typed)
        matched: dict[str, Hit] = {}
        for hit in hits(self._connection, key):
            matched.setdefault(hit.household_id, hit)
            if len(matched) >= CAP:
                break
        ids = list(matched)
        start = ids.index(after) + 1 if after in matched else 0
        shown = ids[start:start + limit]
        more = shown[-1] if shown and start + limit < len(ids) else None
        by = {one: FoundBy(key, hit) for one, hit in matched.items()}
        return Page(self.rows_of(shown, by), more, len(ids))

    def rows_of(self, ids: Sequence[str], matched: Mapping[str, FoundBy]) -> tuple[HouseholdRow, ...]:
        """As lists show them; `matched` says by what each was found."""
        homes = {row["id"]: row for row in self._connection.execute(
            select(household).where(household.c.id.in_(ids))).mappings()}
        people = self._people(ids)
        statuses = Statuses(self._connection).of_households(ids)
        rows = []
        for one in ids:
            home, family = homes.get(one), people.get(one, [])
            if home is None:  # its members came by the feed before it did
                continue
            heads = [person for person in family if person.relation == HEAD]
            head = next((person for person in heads if person.is_head), heads[0] if heads else None)
            by = matched.get(one)
            found = next((person for person in family if by is not None and person.id == by.hit.member_id), None)
            rows.append(HouseholdRow(
                id=one, household_no=home["household_no"], head_name=head.name if head else "",
                head_id_no=head.id_no if head else "",
                members=sum(person.standing is Standing.PRESENT for person in family), township=home["township"],
                village=home["village"], group=home["group"], poverty_type=str(home["poverty_type"]),
                phone=home["phone"], matched=found.name if found and found is not head else "",
                status=statuses[one], changed_at=home["changed_at"], listing=str(home["listing"]),
                match=_match(by, home, found or head) if by is not None else None,
            ))
        return tuple(rows)

    def _people(self, ids: Collection[str]) -> dict[str, list[Member]]:
        found: dict[str, list[Member]] = {}
        rows = self._connection.execute(
            select(*columns(RecordKind.MEMBER))
            .where(member.c.household_id.in_(list(ids)), member.c.removed_at.is_(None)).order_by(member.c.id)
        ).mappings()
        for row in rows:
            found.setdefault(row["household_id"], []).append(plain(Member, row))
        return found


def _match(by: FoundBy, home: RowMapping, person: Member | None) -> Match | None:
    """What the person or their household was found by; the person's own phone is shown on no list of households."""
    of_person = {} if person is None else {MatchedField.NAME: person.name, MatchedField.ID_NO: person.id_no}
    return row_match(by, {
        **of_person, MatchedField.PHONE: home["phone"], MatchedField.HOUSEHOLD_NO: home["household_no"],
        MatchedField.TOWNSHIP: home["township"], MatchedField.VILLAGE: home["village"],
    }, person.phone if person else "")
