"""The insurer's decisions and payments, as the exchange brought them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, func, select

from backbone_core.change import RecordKind
from backbone_core.decision import Decision, Payment
from backbone_desktop.services.decision_ports import Untold
from backbone_desktop.store.mapping import columns, decision_of, plain
from backbone_desktop.store.tables import claim, decision, payment
from backbone_desktop.store.untold import untold

AMOUNT = func.coalesce(
    select(decision.c.amount).where(decision.c.claim_id == claim.c.id, decision.c.removed_at.is_(None))
    .order_by(decision.c.decided_on.desc()).limit(1).correlate(claim).scalar_subquery(),
    claim.c.benefit,
)
"""What the insurer decided about a claim, and until then what was worked out."""


class StoredDecisions:
    """`services.decision_ports.DecisionRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_claims(self, claim_ids: Collection[str]) -> Mapping[str, Decision]:
        rows = self._connection.execute(
            select(*columns(RecordKind.DECISION))
            .where(decision.c.claim_id.in_(list(claim_ids)), decision.c.removed_at.is_(None))
            .order_by(decision.c.decided_on)
        ).mappings()
        return {row["claim_id"]: decision_of(row) for row in rows}  # the last of each

    def made(self, claim_id: str) -> tuple[Decision, ...]:
        rows = self._connection.execute(
            select(*columns(RecordKind.DECISION))
            .where(decision.c.claim_id == claim_id, decision.c.removed_at.is_(None)).order_by(decision.c.decided_on)
        ).mappings()
        return tuple(decision_of(row) for row in rows)

    def made_anew(self) -> Mapping[str, int]:
        counted = (select(decision.c.claim_id, func.count()).where(decision.c.removed_at.is_(None))
                   .group_by(decision.c.claim_id).having(func.count() > 1))
        return {row[0]: row[1] for row in self._connection.execute(counted)}

    def payments(self, claim_id: str) -> tuple[Payment, ...]:
        rows = self._connection.execute(
            select(*columns(RecordKind.PAYMENT))
            .where(payment.c.claim_id == claim_id, payment.c.removed_at.is_(None)).order_by(payment.c.attempt)
        ).mappings()
        return tuple(plain(Payment, row) for row in rows)

    def untold(self) -> Untold:
        return untold(self._connection)
