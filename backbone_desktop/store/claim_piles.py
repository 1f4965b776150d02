"""Which claims lie on a pile, as a condition of the list of claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, false, func, or_, select

from backbone_core.change import RecordKind
from backbone_core.claim import ClaimAct, ClaimState
from backbone_core.claim_deadlines import DECIDED_WITHIN, PAID_WITHIN
from backbone_desktop.services.claim_piles import Pile
from backbone_desktop.services.forms import Form
from backbone_desktop.store.tables import claim, claim_step, decision, outbox, print_log, shadow

_CHINA = timezone(timedelta(hours=8))
_ANSWERED = (ClaimState.APPROVED, ClaimState.PART_APPROVED, ClaimState.REFUSED, ClaimState.PAID,
             ClaimState.PAYMENT_FAILED)
Condition = Callable[[str, date], ColumnElement[bool]]
"""For an account and the office's day."""


def on_pile(value: str) -> ColumnElement[bool]:
    """`value` as `services.claim_piles.narrowed_to` writes it; nothing lies on a pile that is not known."""
    pile, _, rest = value.partition("|")
    account, _, day = rest.rpartition("|")
    try:
        return _PILES[Pile(pile)](account, date.fromisoformat(day))
    except ValueError:
        return false()


def _counts(step: FromClause = claim_step) -> tuple[ColumnElement[bool], ...]:
    """A step of the claim that the centre has not refused."""
    waits = select(outbox.c.seq).where(outbox.c.record_id == step.c.id, outbox.c.answered_at.is_(None)).exists()
    apart = (select(shadow.c.record_id)
             .where(shadow.c.kind == RecordKind.CLAIM_STEP, shadow.c.record_id == step.c.id).exists())
    return step.c.claim_id == claim.c.id, step.c.removed_at.is_(None), or_(~apart, waits)


def _did(account: str, act: ClaimAct, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return (select(claim_step.c.id).where(*_counts(), claim_step.c.act == act, func.lower(claim_step.c.by) == account,
                                          *more).exists())


def _last() -> ColumnElement[bool]:
    later = claim_step.alias()
    newest = select(func.max(later.c.number)).where(*_counts(later)).correlate(claim)
    return claim_step.c.number == newest.scalar_subquery()


def _to_check(account: str, _today: date) -> ColumnElement[bool]:
    others = and_(func.lower(claim.c.received_by) != account, ~_did(account, ClaimAct.COMPLETE))
    first = claim.c.state == ClaimState.RECEIVED
    second = and_(claim.c.state == ClaimState.TOWNSHIP_CHECKED, ~_did(account, ClaimAct.CHECK_TOWNSHIP, _last()))
    return and_(others, or_(first, second))


def _over_limit(_account: str, today: date) -> ColumnElement[bool]:
    asked = _moment_of(ClaimAct.ASK_PAPERS)
    waits_since = func.coalesce(asked, claim.c.received_at)
    told = _printed(Form.MISSING_PAPERS, print_log.c.at >= waits_since)
    untold = and_(claim.c.state == ClaimState.WAITING_PAPERS, waits_since < _begins(today), ~told)
    undecided = and_(claim.c.state.in_([ClaimState.REPORTED, ClaimState.INSURER_ACCEPTED]),
                     _moment_of(ClaimAct.REPORT) < _begins(today - DECIDED_WITHIN))
    unpaid = and_(claim.c.state.in_([ClaimState.APPROVED, ClaimState.PART_APPROVED]),
                  _decided(decision.c.decided_on < today - PAID_WITHIN))
    return or_(untold, undecided, unpaid)


def _moment_of(act: ClaimAct) -> ColumnElement[Any]:
    return select(func.max(claim_step.c.at)).where(*_counts(), claim_step.c.act == act).scalar_subquery()


def _decided(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    return (select(decision.c.id).where(decision.c.claim_id == claim.c.id, decision.c.removed_at.is_(None), *more)
            .exists())


def _printed(form: Form, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(print_log.c.number).where(print_log.c.subject == claim.c.id, print_log.c.form == form, *more).exists()


def _not_told(_account: str, _today: date) -> ColumnElement[bool]:
    return and_(claim.c.state.in_(_ANSWERED), _decided(), ~_printed(Form.DECISION))


def _begins(day: date) -> datetime:
    """The first moment of a day of the office."""
    return datetime.combine(day, time(), _CHINA)


def _in(state: ClaimState) -> Condition:
    return lambda _account, _today: claim.c.state == state


_PILES: Mapping[Pile, Condition] = {
    Pile.TO_CHECK: _to_check,
    Pile.TO_REPORT: _in(ClaimState.COUNTY_CHECKED),
    Pile.WAITING_PAPERS: _in(ClaimState.WAITING_PAPERS),
    Pile.OVER_LIMIT: _over_limit,
    Pile.NOT_TOLD: _not_told,
    Pile.PAYMENT_FAILED: _in(ClaimState.PAYMENT_FAILED),
}
