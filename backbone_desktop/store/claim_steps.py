"""The steps that claims took."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select, text

from backbone_core.change import RecordKind
from backbone_core.claim import ClaimAct, ClaimState
from backbone_desktop.services.claim_step_ports import StepRow
from backbone_desktop.store.mapping import columns, step_of
from backbone_desktop.store.statuses import Statuses
from backbone_desktop.store.tables import claim, claim_step, outbox

_STEPS = select(*columns(RecordKind.CLAIM_STEP), claim_step.c.removed_at)


class StoredClaimSteps:
    """`services.claim_step_ports.ClaimStepRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, step_id: str) -> StepRow | None:
        return next(iter(self._rows(_STEPS.where(claim_step.c.id == step_id))), None)

    def of_claim(self, claim_id: str) -> tuple[StepRow, ...]:
        return self._rows(_STEPS.where(claim_step.c.claim_id == claim_id)
                          .order_by(claim_step.c.number, claim_step.c.at, claim_step.c.id))

    def asking(self) -> frozenset[str]:
        later = claim_step.alias()
        newer = (select(later.c.id).where(later.c.claim_id == claim_step.c.claim_id,
                                          later.c.number > claim_step.c.number, later.c.removed_at.is_(None)).exists())
        return frozenset(self._connection.scalars(
            select(claim.c.id).join(claim_step, claim_step.c.claim_id == claim.c.id).where(
                claim.c.state == ClaimState.WAITING_PAPERS, claim_step.c.act == ClaimAct.ASK_PAPERS,
                claim_step.c.removed_at.is_(None), ~newer)))

    def _rows(self, found: Select[Any]) -> tuple[StepRow, ...]:
        rows = self._connection.execute(found).mappings().all()
        ids = [row["id"] for row in rows]
        statuses, codes = Statuses(self._connection).of(ids), self._codes(ids)
        return tuple(
            StepRow(step=step_of(row), status=statuses[row["id"]], code=codes.get(row["id"], ""),
                    seen=row["removed_at"] is not None)
            for row in rows)

    def _codes(self, ids: list[str]) -> dict[str, str]:
        """Why the centre refused those that it refused."""
        return {row.record_id: row.code for row in self._connection.execute(
            select(outbox.c.record_id, outbox.c.code)
            .where(text("outbox.outcome IN ('rejected', 'conflict')"),  # as it stands in the partial index
                   outbox.c.record_id.in_(ids)).order_by(outbox.c.seq))}
