"""Counts what the insurer decided and paid that no family was told of, by the log of prints."""

from __future__ import annotations

from sqlalchemy import Connection, String, case, cast, func, literal, select

from backbone_core.decision import PaymentState
from backbone_desktop.services.decision_notice import ANSWERED
from backbone_desktop.services.decision_ports import Untold
from backbone_desktop.services.forms import Form
from backbone_desktop.services.payment_notice import PAID_OR_BACK
from backbone_desktop.store.tables import claim, decision, payment, print_log


def untold(connection: Connection) -> Untold:
    here = (claim.c.removed_at.is_(None), claim.c.receipt_no != "")
    other = decision.alias()
    made = (select(func.count()).where(other.c.claim_id == claim.c.id, other.c.removed_at.is_(None))
            .correlate(claim).scalar_subquery())
    notice = claim.c.receipt_no + case((made > 1, literal("-H") + cast(made, String)), else_="")
    decision_told = select(print_log.c.number).where(  # decision_notice.notice_number
        print_log.c.form == Form.DECISION, print_log.c.number == notice).exists()
    decisions = select(func.count(claim.c.id.distinct())).join(decision, decision.c.claim_id == claim.c.id).where(
        *here, decision.c.removed_at.is_(None), claim.c.state.in_(ANSWERED), ~decision_told)
    later = payment.alias()
    newer = select(later.c.id).where(later.c.claim_id == payment.c.claim_id, later.c.attempt > payment.c.attempt,
                                     later.c.removed_at.is_(None)).exists()
    came = case((payment.c.state == PaymentState.PAID, "-P"), else_="-F")
    number = claim.c.receipt_no + came + cast(payment.c.attempt, String)  # payment_notice.notice_number
    payment_told = select(print_log.c.number).where(
        print_log.c.form == Form.PAYMENT, print_log.c.number == number).exists()
    payments = select(func.count(claim.c.id.distinct())).join(payment, payment.c.claim_id == claim.c.id).where(
        *here, payment.c.removed_at.is_(None), claim.c.state.in_(PAID_OR_BACK), ~newer, ~payment_told)
    return Untold(connection.scalar(decisions) or 0, connection.scalar(payments) or 0)
