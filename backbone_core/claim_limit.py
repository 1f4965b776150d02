"""Until when a claim may be brought, and with it the papers that it lacks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backbone_core.claim import Claim
    from backbone_core.scheme import Scheme

YEARS = 2
"""保险法 art. 26: a claim other than on life insurance lapses two years after the insured event is known."""


def claim_limit(claim: Claim, scheme: Scheme | None) -> date | None:
    """The last day, which still counts; None for a claim without the days of its stay.

    The scheme's limit runs from discharge. Where it sets none the law's runs, counted from admission: who was in
    hospital knew of it from that day, and a family is never told a later day than the law leaves them.
    """
    days = scheme.claim_deadline_days if scheme else None
    if days is not None:
        return claim.discharged + timedelta(days=days) if claim.discharged else None
    if claim.admitted is None:
        return None
    try:
        return claim.admitted.replace(year=claim.admitted.year + YEARS)
    except ValueError:  # the 29th of February
        return claim.admitted.replace(year=claim.admitted.year + YEARS, day=28)
