"""The notice that tells a family once which papers their claim lacks (补正材料一次性告知书), read from the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backbone_core.claim import Claim, ClaimState, missing_documents
from backbone_core.claim_limit import claim_limit
from backbone_core.errors import RuleBroken
from backbone_core.identity import mask_id_no
from backbone_core.scheme import DocumentNeed, Need, Scheme
from backbone_desktop.services.contacts import OfficeContacts, contacts_of
from backbone_desktop.services.enrolling import people_of_claim
from backbone_desktop.services.forms import Form, FormData
from backbone_desktop.services.letters import first_printed, received_claim
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.words.facts import CHINA

OPEN = (
    ClaimState.RECEIVED, ClaimState.WAITING_PAPERS, ClaimState.TOWNSHIP_CHECKED, ClaimState.COUNTY_CHECKED,
    ClaimState.REPORTED, ClaimState.INSURER_ACCEPTED,
)
"""States in which a paper that is brought still counts."""
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPapersData(FormData):
    """`papers` are the documents asked for, `on_condition` those that the claim needs only when their `when` holds,
    which nobody but the family and the clerk can see. `last_day` is the last on which the claim may be brought;
    `late` says that it has passed. `told_on` is the day of the first print."""

    member_name: str
    id_no_masked: str
    received_on: date
    hospital: str
    admitted: date
    discharged: date
    papers: tuple[DocumentNeed, ...]
    on_condition: tuple[DocumentNeed, ...]
    last_day: date | None
    late: bool
    told_on: date
    contacts: OfficeContacts


def missing_papers_facts(desk: Desk, work: UnitOfWork, claim_id: str) -> MissingPapersData:
    """`form_loaders.Loader`. Raises RuleBroken claim.unknown, claim.no_receipt, claim.papers_settled (the claim has
    been answered or given up), claim.nothing_missing."""
    claim = received_claim(work, claim_id)
    if claim.state not in OPEN:
        raise RuleBroken("claim.papers_settled", state_code=f"claim_state.{claim.state}")
    scheme = work.schemes.get(claim.scheme_id, claim.scheme_version)
    papers = missing_documents(claim, scheme) if scheme else ()
    if scheme is None or not papers:
        raise RuleBroken("claim.nothing_missing")
    office = work.office.profile()
    member, _ = people_of_claim(work, claim)
    assert claim.received_at is not None  # set together with the number
    assert claim.admitted is not None
    assert claim.discharged is not None
    told_on = first_printed(desk, work, Form.MISSING_PAPERS, claim.id)
    last_day = claim_limit(claim, scheme)
    return MissingPapersData(
        language=office.language, office=office.office, county_name=office.county_name, number=claim.receipt_no,
        printed_at=desk.clock.now(), printed_by=desk.actor.display_name, member_name=member.name,
        id_no_masked=mask_id_no(member.id_no), received_on=claim.received_at.astimezone(CHINA).date(),
        hospital=claim.hospital, admitted=claim.admitted, discharged=claim.discharged, papers=papers,
        on_condition=_on_condition(claim, scheme, papers), last_day=last_day,
        late=last_day is not None and told_on > last_day, told_on=told_on, contacts=contacts_of(work),
    )


def claims_lacking_papers(desk: Desk, *, told: bool = False) -> tuple[str, ...]:
    """Ids of the open claims with missing papers, newest first, to print in a batch; `told` adds those whose notice
    went out already."""
    found = []
    with desk.read() as work:
        for state in OPEN:
            after: str | None = None
            while True:
                page = work.claims.page("", state, after, _BATCH)
                found += [row.id for row in page.rows if row.missing_documents and row.receipt_no
                          and (told or not work.prints.copies(Form.MISSING_PAPERS, row.receipt_no))]
                if (after := page.next) is None:
                    break
    return tuple(sorted(found, reverse=True))


def _on_condition(claim: Claim, scheme: Scheme, asked: tuple[DocumentNeed, ...]) -> tuple[DocumentNeed, ...]:
    """The scheme's other conditional papers: the notice has to be complete, and only the family knows which hold.
    What the claim itself answers (an illness needs no accident's papers) is left out."""
    known = {document.code for document in claim.documents if document.handed_in} | {need.code for need in asked}
    return tuple(need for need in scheme.documents
                 if need.need is Need.CONDITIONAL and need.when != "accident" and need.code not in known)
