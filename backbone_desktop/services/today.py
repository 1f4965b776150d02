"""What a clerk sees in the morning: what came in, what waits, what was left unfinished."""

from __future__ import annotations

from dataclasses import dataclass

from backbone_desktop.services.ports import Desk
from backbone_desktop.services.rows import ClaimRow, KeptDraft


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
    recent: tuple[ClaimRow, ...]


def today(desk: Desk) -> TodayView:
    raise NotImplementedError
