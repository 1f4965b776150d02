"""The piles of claims that somebody works through: what they may check, what waits, what is over its limit."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from backbone_core.claim_step import person
from backbone_desktop.services.listing_ports import Asked, ListName
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.rows import Role

PILE = "pile"
"""The list of claims is narrowed by it."""


class Pile(StrEnum):
    """The catalogue says it as `claim_pile.<value>`."""

    TO_CHECK = "to_check"
    """What this account may check, first or second."""
    TO_REPORT = "to_report"
    WAITING_PAPERS = "waiting_papers"
    OVER_LIMIT = "over_limit"
    """保险法: a family was not told at once what is missing (art. 22: in writing and once), no decision thirty days
    after the report, no payment ten days after the decision (art. 23)."""
    NOT_TOLD = "not_told"
    """Decided, and no notice of it was printed here."""
    PAYMENT_FAILED = "payment_failed"


_COUNTYS = frozenset({Pile.TO_CHECK, Pile.TO_REPORT})


def piles_of(desk: Desk) -> tuple[Pile, ...]:
    """Those that this account's role works through."""
    return tuple(pile for pile in Pile if pile not in _COUNTYS or desk.actor.role == Role.COUNTY)


def narrowed_to(desk: Desk, pile: str) -> tuple[str, str]:
    """The pair for `Asked.narrowed`: the pile as it stands for this account today."""
    return PILE, f"{pile}|{person(desk.actor.account)}|{desk.clock.today().isoformat()}"


def pile_counts(desk: Desk) -> Mapping[str, int]:
    """How many claims lie on each of this account's piles."""
    with desk.read() as work:
        return counts_in(desk, work)


def counts_in(desk: Desk, work: UnitOfWork) -> Mapping[str, int]:
    return {pile.value: len(claims_on(desk, work, pile)) for pile in piles_of(desk)}


def claims_on(desk: Desk, work: UnitOfWork, pile: Pile) -> tuple[int, ...]:
    """The store's keys of the claims on a pile."""
    asked = Asked(name=ListName.CLAIMS, narrowed=(narrowed_to(desk, pile),))
    return tuple(work.lists.order(asked, work.office.profile().policy_year).keys)
