"""A claim's way, written down once more by hand, so that a slip in the rules' own table shows."""

from __future__ import annotations

from collections.abc import Sequence

from backbone_core.claim import Claim, ClaimAct, ClaimState
from backbone_core.claim_step import ClaimStep, person

S, A = ClaimState, ClaimAct
COUNTER, COUNTY, INSURER = {"township", "county", "administrator"}, {"county"}, {"insurer"}
OPEN = (S.RECEIVED, S.WAITING_PAPERS, S.TOWNSHIP_CHECKED, S.COUNTY_CHECKED, S.REPORTED, S.INSURER_ACCEPTED)
TABLE: dict[tuple[ClaimState, ClaimAct], list[tuple[ClaimState, set[str]]]] = {}
"""State and act to where it may lead, and in which roles."""


def may(act: ClaimAct, roles: set[str], target: ClaimState, *sources: ClaimState) -> None:
    for source in sources:
        TABLE.setdefault((source, act), []).append((target, roles))


may(A.ASK_PAPERS, COUNTER, S.WAITING_PAPERS, S.RECEIVED, S.TOWNSHIP_CHECKED, S.COUNTY_CHECKED)
may(A.ASK_PAPERS, INSURER, S.WAITING_PAPERS, S.REPORTED, S.INSURER_ACCEPTED)
may(A.COMPLETE, COUNTER, S.RECEIVED, S.WAITING_PAPERS)
may(A.CHECK_TOWNSHIP, COUNTY, S.TOWNSHIP_CHECKED, S.RECEIVED)
may(A.CHECK_COUNTY, COUNTY, S.COUNTY_CHECKED, S.TOWNSHIP_CHECKED)
may(A.RETURN, COUNTY, S.RECEIVED, S.TOWNSHIP_CHECKED, S.COUNTY_CHECKED)
may(A.RETURN, INSURER, S.COUNTY_CHECKED, S.REPORTED, S.INSURER_ACCEPTED)
may(A.REPORT, COUNTY, S.REPORTED, S.COUNTY_CHECKED)
may(A.ACCEPT, INSURER, S.INSURER_ACCEPTED, S.REPORTED)
may(A.APPROVE, INSURER, S.APPROVED, S.INSURER_ACCEPTED)
may(A.APPROVE_PART, INSURER, S.PART_APPROVED, S.INSURER_ACCEPTED)
may(A.APPROVE, INSURER, S.APPROVED, S.REFUSED, S.PART_APPROVED)
may(A.APPROVE_PART, INSURER, S.PART_APPROVED, S.REFUSED, S.PART_APPROVED)
may(A.REFUSE, INSURER, S.REFUSED, S.INSURER_ACCEPTED)
may(A.PAY, INSURER, S.PAID, S.APPROVED, S.PART_APPROVED)
may(A.PAY_FAIL, INSURER, S.PAYMENT_FAILED, S.APPROVED, S.PART_APPROVED, S.PAID)
may(A.RETRY_PAY, INSURER, S.PAID, S.PAYMENT_FAILED)
may(A.CORRECT_ACCOUNT, COUNTER, S.PAYMENT_FAILED, S.PAYMENT_FAILED)
may(A.CLOSE, COUNTY | INSURER, S.CLOSED, S.PAID, S.REFUSED)
may(A.WITHDRAW, COUNTER, S.WITHDRAWN, *OPEN)
may(A.VOID, {"county", "administrator"}, S.VOID, *OPEN)


def checked_by_two(claim: Claim, steps: Sequence[ClaimStep]) -> None:
    """What went to the insurer was checked by two since it last came to the counter, neither of whom handled it."""
    handled, checks = {person(claim.received_by)}, list[str]()
    for step in steps:
        if step.act is A.COMPLETE:
            handled.add(person(step.by))
        if step.act in {A.CHECK_TOWNSHIP, A.CHECK_COUNTY}:
            assert person(step.by) not in {*handled, *checks}
            checks.append(person(step.by))
        elif step.after in {S.RECEIVED, S.WAITING_PAPERS}:
            checks.clear()
        if step.after in {S.COUNTY_CHECKED, S.REPORTED, S.APPROVED, S.PART_APPROVED, S.PAID}:
            assert len(checks) == 2
