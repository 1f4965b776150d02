"""Villages: how many people and payments each has, its people household by household, its payments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from backbone_core.change import RecordKind
from backbone_core.decision import PaymentState
from backbone_core.enrolment import EnrolmentStatus
from backbone_core.household import HEAD, Household, Listing, Member, Standing
from backbone_desktop.services.listing_ports import ListName
from backbone_desktop.services.village_ports import VillageCount, VillagePayment, VillagePerson
from backbone_desktop.store.list_shapes import HOME, SHAPES
from backbone_desktop.store.listings import aloud
from backbone_desktop.store.mapping import columns, plain
from backbone_desktop.store.tables import claim, enrolment, household, member, payment

_WITHIN = SHAPES[ListName.PEOPLE].sorts[HOME]
_LISTED = and_(household.c.removed_at.is_(None), household.c.listing != Listing.CLOSED)
_HOME = tuple(column.label(f"home_{column.name}") for column in columns(RecordKind.HOUSEHOLD))
_CAME_TO_STAY = (payment.c.removed_at.is_(None), payment.c.state == PaymentState.PAID)


def _covered(policy_year: int) -> ColumnElement[bool]:
    return (select(enrolment.c.id).where(
        enrolment.c.member_id == member.c.id, enrolment.c.policy_year == policy_year,
        enrolment.c.status == EnrolmentStatus.ENROLLED, enrolment.c.removed_at.is_(None)).exists())


class StoredVillages:
    """`services.village_ports.VillageRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self, policy_year: int, township: str) -> tuple[VillageCount, ...]:
        here = [household.c.township == township] if township else []
        place = (household.c.township, household.c.village)
        present = member.c.standing == Standing.PRESENT
        covered = and_(member.c.standing != Standing.DIED, _covered(policy_year))
        homes = self._connection.execute(
            select(*place, func.count(household.c.id.distinct()), func.sum(case((present, 1), else_=0)),
                   func.sum(case((covered, 1), else_=0)))
            .join_from(household, member, and_(member.c.household_id == household.c.id, member.c.removed_at.is_(None)))
            .where(_LISTED, *here).group_by(*place)).all()
        paid = {(row[0], row[1]): row[2] for row in self._connection.execute(
            select(*place, func.count()).join_from(payment, claim, claim.c.id == payment.c.claim_id)
            .join(household, household.c.id == claim.c.household_id)
            .where(*_CAME_TO_STAY, claim.c.policy_year == policy_year, *here).group_by(*place))}
        found = [VillageCount(row[0], row[1], row[2], row[3] or 0, row[4] or 0, paid.get((row[0], row[1]), 0))
                 for row in homes]
        return tuple(sorted(found, key=lambda one: (aloud(one.township), aloud(one.village))))

    def people(self, township: str, village: str, policy_year: int) -> Iterator[VillagePerson]:
        covered = _covered(policy_year)
        rows = self._connection.execute(
            select(*columns(RecordKind.MEMBER), *_HOME, case((covered, 1), else_=0).label("covered"))
            .join_from(household, member, member.c.household_id == household.c.id)
            .where(household.c.township == township, household.c.village == village, household.c.removed_at.is_(None),
                   member.c.removed_at.is_(None), or_(member.c.standing == Standing.PRESENT, covered))
            .order_by(*_WITHIN, case((member.c.relation == HEAD, 0), else_=1), member.c.id)).mappings()
        known: Household | None = None
        for row in rows:
            if known is None or known.id != row["home_id"]:
                known = plain(Household, {name.removeprefix("home_"): value for name, value in row.items()
                                          if name.startswith("home_")})
            yield VillagePerson(known, plain(Member, row), bool(row["covered"]))

    def payments(self, township: str, village: str, policy_year: int,
                 paid: tuple[date, date] | None) -> Iterator[VillagePayment]:
        within = [] if paid is None else [payment.c.paid_on.between(*paid)]
        rows = self._connection.execute(
            select(household.c.household_no, household.c.group, func.coalesce(member.c.name, "").label("name"),
                   payment.c.amount, payment.c.paid_on)
            .join_from(household, claim, claim.c.household_id == household.c.id)
            .join(payment, payment.c.claim_id == claim.c.id)
            .join(member, member.c.id == claim.c.member_id, isouter=True)
            .where(household.c.township == township, household.c.village == village, claim.c.removed_at.is_(None),
                   claim.c.policy_year == policy_year, *_CAME_TO_STAY, *within)
            .order_by(*_WITHIN, payment.c.paid_on, payment.c.id)).mappings()
        for row in rows:
            yield VillagePayment(**row)
