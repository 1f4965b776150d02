"""What a receipt states, read from the stored claim, and the log of who printed it when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from backbone_core.benefit import TraceStep
from backbone_core.claim import Claim, Costs, missing_documents
from backbone_core.errors import RuleBroken
from backbone_core.identity import mask_account, mask_id_no
from backbone_core.receipt import qr_text, read_receipt_number
from backbone_desktop.services.enrolling import people_of_claim
from backbone_desktop.services.forms import Form
from backbone_desktop.services.paper_language import paper_language
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.print_log import How, log_print, note_of

if TYPE_CHECKING:
    from backbone_core.scheme import Scheme

@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptData:
    """受理回执. Amounts in fen. `diagnosis` goes on the family's own receipt and nowhere else."""

    language: str
    office: str
    county_name: str
    receipt_no: str
    received_at: datetime
    received_by: str
    """Display name of the clerk who took the claim in."""
    household_no: str
    head_name: str
    village_line: str
    member_name: str
    id_no_masked: str
    relation: str
    hospital: str
    diagnosis: str
    admitted: date
    discharged: date
    days: int
    costs: Costs
    benefit: int | None
    trace: tuple[TraceStep, ...]
    provisional: bool
    decided_amount: int | None
    """What the insurer pays, 0 where it refused; None until it has decided."""
    documents_in: tuple[str, ...]
    documents_missing: tuple[str, ...]
    document_texts: Mapping[str, str]
    """The county's own name of a document, by code; where its scheme gives none, the catalogue has "document.CODE"."""
    account_masked: str
    copy: int
    """0 = the first print, n = the n-th reprint (补打 n)."""
    qr: str
    policy_year: int
    scheme_line: str

    @property
    def number(self) -> str:
        return self.receipt_no


def receipt_of(desk: Desk, claim_id: str) -> ReceiptData:
    """The receipt as the next print would state it. Raises RuleBroken claim.unknown, claim.no_receipt."""
    with desk.read() as work:
        return _receipt(work, received_claim(work, claim_id))


def receipt_by_number(desk: Desk, receipt_no: str) -> ReceiptData:
    """Raises RuleBroken receipt.form, receipt.check_character, receipt.unknown."""
    number = str(read_receipt_number(receipt_no))
    with desk.read() as work:
        claim = work.claims.by_receipt(number)
        if claim is None:
            raise RuleBroken("receipt.unknown", receipt_no=number)
        return _receipt(work, claim)


def print_receipt(desk: Desk, claim_id: str, how: How) -> ReceiptData:
    """Count and log one print, and return what to put on the paper. Raises as `receipt_of` does."""
    with desk.open() as work:
        claim = received_claim(work, claim_id)
        data = _receipt(work, claim)
        log_print(desk, work, note_of(desk, Form.RECEIPT, claim.id, data.number, copy=data.copy, how=how))
        work.commit()
    return data


def receipt_facts(_desk: Desk, work: UnitOfWork, claim_id: str) -> ReceiptData:
    """`form_loaders.Loader`. Raises RuleBroken claim.unknown, claim.no_receipt."""
    return _receipt(work, received_claim(work, claim_id))


def received_claim(work: UnitOfWork, claim_id: str) -> Claim:
    """A claim that was taken in. Raises RuleBroken claim.unknown, claim.no_receipt."""
    claim = work.claims.get(claim_id)
    if claim is None:
        raise RuleBroken("claim.unknown")
    if not claim.receipt_no:
        raise RuleBroken("claim.no_receipt")
    return claim


def _receipt(work: UnitOfWork, claim: Claim) -> ReceiptData:
    office = work.office.profile()
    member, household = people_of_claim(work, claim)
    scheme = work.schemes.get(claim.scheme_id, claim.scheme_version)
    clerk = work.accounts.get(claim.received_by)
    head = next((one for one in work.households.members(household.id) if one.is_head), None)
    decision = work.decisions.of_claims([claim.id]).get(claim.id)
    assert claim.received_at is not None  # set together with the number
    assert claim.admitted is not None
    assert claim.discharged is not None
    return ReceiptData(
        language=paper_language(work),
        office=office.office,
        county_name=office.county_name,
        receipt_no=claim.receipt_no,
        received_at=claim.received_at,
        received_by=clerk.display_name if clerk else claim.received_by,
        household_no=household.household_no,
        head_name=head.name if head else "",
        village_line="".join((household.township, household.village, household.group)),
        member_name=member.name,
        id_no_masked=mask_id_no(member.id_no),
        relation=member.relation,
        hospital=claim.hospital,
        diagnosis=claim.diagnosis,
        admitted=claim.admitted,
        discharged=claim.discharged,
        # A stay is counted without the day of discharge; who leaves on the day of admission was there one day.
        days=max(1, (claim.discharged - claim.admitted).days),
        costs=claim.costs,
        benefit=claim.benefit,
        trace=claim.trace,
        provisional=decision is None,
        decided_amount=decision.amount if decision else None,
        documents_in=tuple(document.code for document in claim.documents if document.handed_in),
        documents_missing=tuple(need.code for need in missing_documents(claim, scheme)) if scheme else (),
        document_texts={need.code: need.text for need in scheme.documents if need.text} if scheme else {},
        account_masked=mask_account(claim.bank_account),
        copy=work.prints.copies(Form.RECEIPT, claim.receipt_no),
        qr=qr_text(claim.receipt_no, claim.content_hash, bytes.fromhex(claim.signature)),
        policy_year=claim.policy_year,
        scheme_line=scheme_line(claim, scheme),
    )


def scheme_line(claim: Claim, scheme: Scheme | None) -> str:
    """Which rules the amount was worked out by, as the county's file names them."""
    name = scheme.title if scheme and scheme.title else claim.scheme_id
    return f"{name} v{claim.scheme_version}"
