"""What the Claims page shows: rows in a clerk's words, the states to narrow it to, and how many there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from backbone_core.claim import ClaimState
from backbone_core.identity import mask_id_no
from backbone_core.money import format_amount
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.rows import ClaimRow

USUAL = (ClaimState.DRAFT, ClaimState.RECEIVED, ClaimState.WAITING_PAPERS)
"""The states of a counter's work are always offered, the others when a claim stands in them."""


def count_claims(desk: Desk) -> Mapping[str, int]:
    from backbone_desktop.services.claims import claim_counts

    return claim_counts(desk)


def state_words(words: Words, state: str) -> str:
    return words(f"claim_state.{state}") if state else words("All")


def states_offered(counts: Mapping[str, int], chosen: str = "") -> tuple[str, ...]:
    """The chips, in the order of a claim's way; "" is all."""
    shown = (one for one in ClaimState if one in USUAL or counts.get(one, 0) or one.value == chosen)
    return ("", *(one.value for one in shown))


def count_in(counts: Mapping[str, int], state: str) -> int:
    return counts.get(state, 0) if state else sum(counts.values())


def count_line(words: Words, total: int, narrowed: bool) -> str:
    if narrowed:
        return words("1 claim found") if total == 1 else words("{n} claims found", n=f"{total:,}")
    return words("1 claim") if total == 1 else words("{n} claims", n=f"{total:,}")


def number_line(row: ClaimRow) -> str:
    return mask_id_no(row.id_no)


def stay_line(row: ClaimRow) -> str:
    """The days of the stay; the year is written once."""
    if row.admitted is None:
        return ""
    if row.discharged is None:
        return f"{row.admitted.isoformat()} –"
    until = row.discharged
    return f"{row.admitted.isoformat()} – {until.strftime('%m-%d') if until.year == row.admitted.year else until}"


def total_line(row: ClaimRow) -> str:
    return format_amount(row.total) if row.total else ""


def benefit_line(row: ClaimRow) -> str:
    return format_amount(row.benefit) if row.benefit is not None else ""


def papers_line(words: Words, row: ClaimRow) -> str:
    if not row.missing_documents:
        return ""
    return words("1 paper missing") if row.missing_documents == 1 else words(
        "{n} papers missing", n=row.missing_documents)
