"""What the letters about a claim have in common: the claim that they are about, and the day that they bear."""

from __future__ import annotations

from datetime import date

from backbone_core.claim import Claim
from backbone_core.errors import RuleBroken
from backbone_desktop.services.forms import Form
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.words.facts import CHINA


def received_claim(work: UnitOfWork, claim_id: str) -> Claim:
    """Raises RuleBroken claim.unknown, claim.no_receipt."""
    claim = work.claims.get(claim_id)
    if claim is None:
        raise RuleBroken("claim.unknown")
    if not claim.receipt_no:
        raise RuleBroken("claim.no_receipt")
    return claim


def first_printed(desk: Desk, work: UnitOfWork, form: Form, subject: str) -> date:
    """The day that a letter bears: a reprint that of the first print, from which the family's time runs."""
    printed = work.prints.of_subject(form, subject)
    return printed[0].at.astimezone(CHINA).date() if printed else desk.clock.today()
