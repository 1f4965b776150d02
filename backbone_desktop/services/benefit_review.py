"""The centre works a claim's benefit out otherwise: both ways side by side, and what a person answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from backbone_core.benefit import TraceStep
from backbone_core.claim import Claim
from backbone_core.claim_checks import NOT_COUNTED
from backbone_core.errors import RuleBroken
from backbone_core.records import read_trace
from backbone_core.scheme import scheme_digest
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.later_stays import BECAUSE, rework_later
from backbone_desktop.services.ports import Desk, UnitOfWork

DIFFERS = "review.benefit_differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreFinds:
    """Amounts in fen. `same_scheme` says whether the scheme here and at the centre say the same; None where it is not
    known here. `may_adopt`: the amount is still this office's to change."""

    review_id: str
    ours: int
    our_trace: tuple[TraceStep, ...]
    theirs: int
    their_trace: tuple[TraceStep, ...]
    same_scheme: bool | None
    may_adopt: bool


def centre_finds(work: UnitOfWork, claim: Claim) -> CentreFinds | None:
    """None where the centre asks nothing about the claim's benefit, or asked about one that is another by now."""
    review = work.reviews.of_record(claim.id, DIFFERS)
    if review is None:
        return None
    try:
        theirs, trace = review.fields["benefit"]["other"], read_trace(review.fields["trace"]["other"])
        digest = review.fields["scheme"]["other"]
    except (KeyError, TypeError, RuleBroken):
        return None  # of a later version of the centre; the exchange's page still tells of it
    if not isinstance(theirs, int) or review.fields["benefit"].get("kept") != claim.benefit:
        return None
    scheme = work.schemes.get(claim.scheme_id, claim.scheme_version) if claim.scheme_id else None
    return CentreFinds(
        review_id=review.id, ours=claim.benefit or 0, our_trace=claim.trace, theirs=theirs, their_trace=trace,
        same_scheme=None if scheme is None else scheme_digest(scheme) == digest,
        may_adopt=claim.state not in NOT_COUNTED and not work.decisions.of_claims([claim.id]),
    )


def adopt_benefit(desk: Desk, claim_id: str) -> None:
    """Take the centre's amount and its way there over; the later stays of the year follow.

    Raises RuleBroken claim.unknown, claim.nothing_asked, claim.benefit_stands.
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        claim, finds = _asked(work, claim_id)
        if not finds.may_adopt:
            raise RuleBroken("claim.benefit_stands")
        now = replace(claim, benefit=finds.theirs, trace=finds.their_trace)
        work.write(now, "adopt_benefit")
        work.audit.add(BECAUSE, "claim", claim.id, {"because": "", "before": finds.ours, "after": finds.theirs})
        work.reviews.close(finds.review_id)
        rework_later(work, now)
        work.commit()


def keep_benefit(desk: Desk, claim_id: str) -> None:
    """Say that the amount was looked at and stays. Raises RuleBroken claim.unknown, claim.nothing_asked."""
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        claim, finds = _asked(work, claim_id)
        work.reviews.close(finds.review_id)
        work.audit.add("keep_benefit", "claim", claim.id, {"kept": finds.ours, "other": finds.theirs})
        work.commit()


def _asked(work: UnitOfWork, claim_id: str) -> tuple[Claim, CentreFinds]:
    claim = work.claims.get(claim_id)
    if claim is None:
        raise RuleBroken("claim.unknown")
    finds = centre_finds(work, claim)
    if finds is None:
        raise RuleBroken("claim.nothing_asked")
    return claim, finds
