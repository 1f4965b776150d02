"""The notice that tells a family once which papers their claim lacks (补正材料一次性告知书), read from the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backbone_core.claim import Claim, ClaimState
from backbone_core.claim_limit import claim_limit
from backbone_core.errors import RuleBroken
from backbone_core.scheme import DocumentNeed, Need, Scheme
from backbone_desktop.services.claim_papers import lacking_papers
from backbone_desktop.services.forms import Form
from backbone_desktop.services.letters import LetterData, about, claims_in, first_printed, received_claim
from backbone_desktop.services.ports import Desk, UnitOfWork

OPEN = (
    ClaimState.RECEIVED, ClaimState.WAITING_PAPERS, ClaimState.TOWNSHIP_CHECKED, ClaimState.COUNTY_CHECKED,
    ClaimState.REPORTED, ClaimState.INSURER_ACCEPTED,
)
"""States in which a paper that is brought still counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPapersData(LetterData):
    """`papers` are the documents asked for, `on_condition` those that the claim needs only when their `when` holds,
    which nobody but the family and the clerk can see. `last_day` is the last on which the claim may be brought;
    `late` says that it has passed."""

    papers: tuple[DocumentNeed, ...]
    on_condition: tuple[DocumentNeed, ...]
    last_day: date | None
    late: bool


def missing_papers_facts(desk: Desk, work: UnitOfWork, claim_id: str) -> MissingPapersData:
    """`form_loaders.Loader`. Raises RuleBroken claim.unknown, claim.no_receipt, claim.papers_settled (the claim has
    been answered or given up), claim.nothing_missing."""
    claim = received_claim(work, claim_id)
    if claim.state not in OPEN:
        raise RuleBroken("claim.papers_settled", state_code=f"claim_state.{claim.state}")
    scheme = work.schemes.get(claim.scheme_id, claim.scheme_version)
    papers = lacking_papers(work, claim)
    if scheme is None or not papers:
        raise RuleBroken("claim.nothing_missing")
    told_on = first_printed(desk, work, Form.MISSING_PAPERS, claim.id, claim.receipt_no)
    last_day = claim_limit(claim, scheme)
    return MissingPapersData(
        **about(desk, work, claim), number=claim.receipt_no, told_on=told_on, papers=papers,
        on_condition=_on_condition(claim, scheme, papers), last_day=last_day,
        late=last_day is not None and told_on > last_day,
    )


def claims_lacking_papers(desk: Desk, *, told: bool = False) -> tuple[str, ...]:
    """Ids of the open claims with missing papers, newest first, to print in a batch; `told` adds those whose notice
    went out already."""
    with desk.read() as work:
        printed = () if told else work.prints.printed(Form.MISSING_PAPERS)
        asked = work.claim_steps.asking()
        found = [row.id for row in claims_in(work, OPEN) if row.receipt_no and row.id not in printed
                 and (row.missing_documents or row.id in asked)]
    return tuple(sorted(found, reverse=True))


def _on_condition(claim: Claim, scheme: Scheme, asked: tuple[DocumentNeed, ...]) -> tuple[DocumentNeed, ...]:
    """The scheme's other conditional papers: the notice has to be complete, and only the family knows which hold.
    What the claim itself answers (an illness needs no accident's papers) is left out."""
    known = {document.code for document in claim.documents if document.handed_in} | {need.code for need in asked}
    return tuple(need for need in scheme.documents
                 if need.need is Need.CONDITIONAL and need.when != "accident" and need.code not in known)
