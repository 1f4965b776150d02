"""What a clerk sees in the morning: what came in, what waits, what was left unfinished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from backbone_core.claim import ClaimState
from backbone_desktop.services.claim_piles import counts_in
from backbone_desktop.services.decision_ports import Untold
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.rows import ClaimRow, KeptDraft

OFFICE_TIME = timezone(timedelta(hours=8))
RECENT = 8
NOTHING_UNTOLD = Untold(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayView:
    received_today: int
    received_this_month: int
    drafts: int
    waiting_papers: int
    waiting_changes: int
    refused: int
    reviews: int
    unfinished: tuple[KeptDraft, ...]
    """Forms that were begun and neither registered nor dropped."""
    recent: tuple[ClaimRow, ...]
    untold: Untold = NOTHING_UNTOLD
    piles: Mapping[str, int] = field(default_factory=dict)
    """How many claims lie on each pile that this account works through."""


def today(desk: Desk) -> TodayView:
    day = desk.clock.today()
    morning = datetime(day.year, day.month, day.day, tzinfo=OFFICE_TIME)
    with desk.read() as work:
        states, exchange = work.claims.counts(), work.sync.state()
        return TodayView(
            received_today=work.claims.received_since(morning),
            received_this_month=work.claims.received_since(morning.replace(day=1)),
            drafts=states.get(ClaimState.DRAFT, 0),
            waiting_papers=states.get(ClaimState.WAITING_PAPERS, 0),
            waiting_changes=exchange.waiting,
            refused=len(exchange.refused),
            piles=counts_in(desk, work),
            reviews=exchange.reviews,
            unfinished=work.drafts.all(),
            recent=work.claims.page("", "", None, RECENT).rows,
            untold=work.decisions.untold(),
        )
