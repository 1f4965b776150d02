"""What hangs on a stay that falls away or changes: the same person's later stays of the policy year, worked out anew.

The insurer's amounts stand, and so does what was paid out under them: a claim that was decided is never touched.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from backbone_core.benefit import Benefit, work_out, year_so_far
from backbone_core.claim import Claim, stay_of
from backbone_core.claim_checks import NOT_COUNTED
from backbone_core.errors import RuleBroken
from backbone_desktop.services.appraising import earlier_benefits, in_order
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.enrolling import people_of_claim
from backbone_desktop.services.ports import Desk, UnitOfWork

BECAUSE = "benefit_reworked"
"""The act in a later claim's history that says what it was worked out anew for, and from which amount to which."""
NAMING = "rework_later"
"""The act in the earlier claim's history that names the later ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworked:
    """A later claim whose benefit is another one now; amounts in fen."""

    claim_id: str
    receipt_no: str
    before: int
    after: int


def rework_later(work: UnitOfWork, cause: Claim) -> tuple[Reworked, ...]:
    """Work out anew what the person's claims that were taken in after `cause` come to, in the caller's transaction.

    `cause` must have been written as it is now. Each claim that comes to something else is written with its new
    benefit and trace, and its history and the cause's say which, and how much.
    """
    later = [one for one in work.claims.of_person(cause.member_id, cause.policy_year)
             if in_order(one) > in_order(cause)]
    reworked = [done for one in sorted(later, key=in_order) if (done := _rework(work, one, cause.receipt_no))]
    if reworked:
        work.audit.add(NAMING, "claim", cause.id, {
            "claims": [[one.receipt_no, one.before, one.after] for one in reworked]})
    return tuple(reworked)


def rework_claim(desk: Desk, claim_id: str) -> Reworked | None:
    """Work one claim out anew with what is known here now, and the later ones with it; None where nothing changes.

    Raises RuleBroken claim.unknown, and claim.benefit_stands for a claim that was decided, fell away, or whose scheme
    is not known here.
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        claim = work.claims.get(claim_id)
        if claim is None:
            raise RuleBroken("claim.unknown")
        if _worked_out(work, claim) is None:
            raise RuleBroken("claim.benefit_stands")
        done = _rework(work, claim, claim.receipt_no)
        if done is not None:
            now = work.claims.get(claim_id)
            rework_later(work, now or claim)
        work.commit()
    return done


def reworked_for(work: UnitOfWork, claim_id: str) -> tuple[Reworked, ...]:
    """The later claims that were worked out anew when this one last changed."""
    row = next((row for row in work.audit.of_record(claim_id) if row.act == NAMING), None)
    if row is None:
        return ()
    found = ((work.claims.by_receipt(number), before, after) for number, before, after in row.detail["claims"])
    return tuple(Reworked(claim_id=one.id, receipt_no=one.receipt_no, before=before, after=after)
                 for one, before, after in found if one is not None)


def promised_before(work: UnitOfWork, claim_id: str) -> tuple[int, ...]:
    """The amounts (fen) that papers of this claim may state because they were promised until it was worked out anew."""
    return tuple(row.detail["before"] for row in work.audit.of_record(claim_id) if row.act == BECAUSE)


def _rework(work: UnitOfWork, claim: Claim, because: str) -> Reworked | None:
    benefit = _worked_out(work, claim)
    if benefit is None or (benefit.amount, benefit.trace) == (claim.benefit, claim.trace):
        return None
    before = claim.benefit or 0
    work.write(replace(claim, benefit=benefit.amount, trace=benefit.trace), "rework_benefit")
    if benefit.amount == before:
        return None  # the way to the amount is told otherwise; nobody gets more or less
    work.audit.add(BECAUSE, "claim", claim.id, {"because": because, "before": before, "after": benefit.amount})
    return Reworked(claim_id=claim.id, receipt_no=claim.receipt_no, before=before, after=benefit.amount)


def _worked_out(work: UnitOfWork, claim: Claim) -> Benefit | None:
    """None where the amount is not this counter's to work out."""
    if claim.state in NOT_COUNTED or claim.benefit is None or work.decisions.of_claims([claim.id]):
        return None
    scheme = work.schemes.get(claim.scheme_id, claim.scheme_version) if claim.scheme_id else None
    if scheme is None:
        return None
    household = people_of_claim(work, claim)[1]
    return work_out(scheme, stay_of(claim, household.poverty_type),
                    year_so_far(earlier_benefits(work, claim, household)))
