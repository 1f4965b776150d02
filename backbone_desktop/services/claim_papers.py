"""Which papers a claim lacks: what its scheme needs, and what the last notice asked for."""

from __future__ import annotations

from backbone_core.claim import Claim, missing_documents
from backbone_core.claim_step import asked_for
from backbone_core.scheme import DocumentNeed, Need
from backbone_desktop.services.ports import UnitOfWork


def lacking_papers(work: UnitOfWork, claim: Claim) -> tuple[DocumentNeed, ...]:
    """In the scheme's order. What was asked for is lacking until the claim goes on, also where one lies on the counter
    that cannot be read."""
    scheme = work.schemes.get(claim.scheme_id, claim.scheme_version) if claim.scheme_id else None
    if scheme is None:
        return ()
    asked = asked_for(claim, tuple(row.step for row in work.claim_steps.of_claim(claim.id) if row.counts))
    missing = {need.code for need in missing_documents(claim, scheme)} | set(asked)
    known = {need.code for need in scheme.documents}
    return (*(need for need in scheme.documents if need.code in missing),
            *(DocumentNeed(code=code, need=Need.REQUIRED) for code in asked if code not in known))
