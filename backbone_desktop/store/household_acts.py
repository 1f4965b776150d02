"""What happened to households, and how their records were edited here."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, insert, select

from backbone_core.change import RecordKind
from backbone_core.household_act import HouseholdAct
from backbone_desktop.services.household_act_ports import Edited, Written
from backbone_desktop.store.mapping import act_of, columns
from backbone_desktop.store.tables import audit, device, household_act, household_act_record, outbox

_ORDER = (RecordKind.HOUSEHOLD, RecordKind.MEMBER, RecordKind.ENROLMENT, RecordKind.HOUSEHOLD_ACT)
"""Parents before what hangs on them."""


class StoredHouseholdActs:
    """`services.household_act_ports.HouseholdActRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, act_id: str) -> HouseholdAct | None:
        row = self._connection.execute(
            select(*columns(RecordKind.HOUSEHOLD_ACT))
            .where(household_act.c.id == act_id, household_act.c.removed_at.is_(None))
        ).mappings().first()
        return None if row is None else act_of(row)

    def of_household(self, household_id: str) -> tuple[HouseholdAct, ...]:
        rows = self._connection.execute(
            select(*columns(RecordKind.HOUSEHOLD_ACT))
            .where(household_act.c.household_id == household_id, household_act.c.removed_at.is_(None))
            .order_by(household_act.c.happened_on.desc(), household_act.c.recorded_at.desc(), household_act.c.id.desc())
        ).mappings()
        return tuple(act_of(row) for row in rows)

    def edits(self, record_ids: Collection[str]) -> tuple[Edited, ...]:
        rows = self._connection.execute(
            select(audit).where(audit.c.record_id.in_(list(record_ids))).order_by(audit.c.seq.desc())
        ).mappings().all()
        seqs = [row["detail"]["seq"] for row in rows if "seq" in row["detail"]]
        changes = {(row.record_id, row.seq): row for row in self._connection.execute(
            select(outbox.c.record_id, outbox.c.seq, outbox.c.fields, outbox.c.base)
            .where(outbox.c.epoch == select(device.c.epoch).scalar_subquery(), outbox.c.seq.in_(seqs)))}
        edits = []
        for row in rows:
            change = changes.get((row["record_id"], row["detail"].get("seq")))
            edits.append(Edited(at=row["at"], by=row["by"], act=row["act"], kind=row["kind"],
                                record_id=row["record_id"], fields=change.fields if change else {},
                                base=change.base if change else {}))
        return tuple(edits)

    # --- what acts wrote, so that they can be taken back

    def keep(self, act_id: str, written: Collection[Written]) -> None:
        self._connection.execute(insert(household_act_record), [
            {"act_id": act_id, "kind": one.kind, "record_id": one.record_id,
             "before": None if one.before is None else dict(one.before), "after": dict(one.after)} for one in written])

    def written(self, act_id: str) -> tuple[Written, ...]:
        kept = household_act_record.c
        first = select(kept.act_id).where(kept.record_id == act_id, kept.kind == RecordKind.HOUSEHOLD_ACT)
        rows = self._connection.execute(
            select(household_act_record).where(kept.act_id == first.scalar_subquery())).all()
        return tuple(sorted((Written(row.kind, row.record_id, row.before, row.after) for row in rows),
                            key=lambda one: (_ORDER.index(one.kind), one.record_id)))
