"""Who is covered in which policy year."""

from __future__ import annotations

from sqlalchemy import Connection, case, select

from backbone_core.change import RecordKind
from backbone_core.enrolment import Enrolment, EnrolmentStatus
from backbone_desktop.store.mapping import columns, plain
from backbone_desktop.store.tables import enrolment


class StoredEnrolments:
    """`services.ports.EnrolmentRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_member(self, member_id: str) -> tuple[Enrolment, ...]:
        """Newest policy year first; what stands before what has ended."""
        rows = self._connection.execute(
            select(*columns(RecordKind.ENROLMENT))
            .where(enrolment.c.member_id == member_id, enrolment.c.removed_at.is_(None))
            .order_by(enrolment.c.policy_year.desc(),
                      case((enrolment.c.status == EnrolmentStatus.ENROLLED, 0), else_=1), enrolment.c.id)
        ).mappings()
        return tuple(plain(Enrolment, row) for row in rows)

    def of_year(self, member_id: str, policy_year: int) -> Enrolment | None:
        return next((one for one in self.of_member(member_id) if one.policy_year == policy_year), None)
