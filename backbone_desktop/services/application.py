"""What the claim application form (理赔申请书) states, read from the stored claim."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from backbone_core.claim import Cause, Claim, Costs
from backbone_core.errors import RuleBroken
from backbone_core.household import Member
from backbone_core.identity import mask_id_no
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.enrolling import people_of_claim, person_of
from backbone_desktop.services.forms import Form, FormData
from backbone_desktop.services.household_paper import place_of
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.proofs import proof_of

if TYPE_CHECKING:
    from backbone_core.scheme import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A paper that the scheme asks for or that was handed in. `text` is the county's own name of it, "" where the
    catalogue's "document.CODE" stands."""

    code: str
    text: str
    handed_in: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationData(FormData):
    """理赔申请书. Its number is the receipt's. A draft, which the family signs before the claim is taken in, has one of
    its own that only tells it from others; what is not known yet is empty, to be written in. Amounts in fen.

    The account stands there whole: the family reads it digit by digit and signs for it, because nothing else finds a
    wrong digit before the payment comes back. The ID number proves itself by its check character and by the copy of
    the card beside the form, and stays masked.
    """

    received_at: datetime | None
    received_by: str
    household_no: str
    head_name: str
    place: str
    township: str
    phone: str
    member_name: str = field(repr=False)
    id_no_masked: str
    relation: str
    sex: str
    birth_date: date | None
    ethnic: str
    cause: Cause
    hospital: str
    hospital_level: str
    diagnosis: str = field(repr=False)
    icd10: str
    admitted: date | None
    discharged: date | None
    invoice_no: str
    costs: Costs
    benefit: int | None
    policy_year: int
    scheme_title: str
    insurer: str
    bank_name: str
    account: str = field(repr=False)
    account_holder: str = field(repr=False)
    papers: tuple[PaperLine, ...]

    @property
    def draft(self) -> bool:
        return self.received_at is None


def application(desk: Desk, work: UnitOfWork, claim_id: str) -> ApplicationData:
    """`form_loaders.Loader`, for whoever may take claims in: they have typed the account that stands on it whole.

    Raises RuleBroken account.not_allowed, claim.unknown; Unavailable keys.device_missing.
    """
    require(desk, Duty.REGISTER)
    claim = work.claims.get(claim_id)
    if claim is None:
        raise RuleBroken("claim.unknown")
    office = work.office.profile()
    member, household = people_of_claim(work, claim)
    person = person_of(member) if member.id_no else None
    head = next((one for one in work.households.members(household.id) if one.is_head), None)
    scheme = (work.schemes.get(claim.scheme_id, claim.scheme_version) if claim.scheme_id
              else work.schemes.for_year(office.county, claim.policy_year))
    clerk = work.accounts.get(claim.received_by) if claim.received_by else None
    return ApplicationData(
        language=office.language, office=office.office, county_name=office.county_name,
        number=claim.receipt_no or draft_number(claim),
        qr=proof_of(desk, office, Form.APPLICATION, claim.receipt_no, key=claim.id,
                    stated=application_stated(claim, member)) if claim.receipt_no else "",
        printed_at=desk.clock.now(), printed_by=desk.actor.display_name,
        received_at=claim.received_at, received_by=clerk.display_name if clerk else claim.received_by,
        household_no=household.household_no, head_name=head.name if head else "", place=place_of(household),
        township=household.township, phone=member.phone or household.phone, member_name=member.name,
        id_no_masked=mask_id_no(member.id_no), relation=member.relation, sex=str(person.sex) if person else "",
        birth_date=person.birth_date if person else None, ethnic=member.ethnic, cause=claim.cause,
        hospital=claim.hospital, hospital_level=claim.hospital_level, diagnosis=claim.diagnosis, icd10=claim.icd10,
        admitted=claim.admitted, discharged=claim.discharged, invoice_no=claim.invoice_no, costs=claim.costs,
        benefit=claim.benefit if claim.receipt_no else None, policy_year=claim.policy_year,
        scheme_title=scheme.title if scheme else "", insurer=scheme.insurer if scheme else "",
        bank_name=claim.bank_name, account=claim.bank_account, account_holder=claim.account_holder,
        papers=_papers(claim, scheme),
    )


def draft_number(claim: Claim) -> str:
    """The end of the claim's id, which is random."""
    return f"DRAFT-{claim.id[-6:].upper()}"


def _papers(claim: Claim, scheme: Scheme | None) -> tuple[PaperLine, ...]:
    """In the scheme's order, then what was handed in without being asked for."""
    texts = {need.code: need.text for need in scheme.documents} if scheme else {}
    here = {document.code: document.handed_in for document in claim.documents}
    return tuple(PaperLine(code=code, text=texts.get(code, ""), handed_in=here.get(code, False))
                 for code in dict.fromkeys((*texts, *here)))


def application_stated(claim: Claim, member: Member) -> dict[str, Any]:
    """What the form's code vouches for (`proofs.proof_of`): what is applied for. Papers may follow later and are not
    part of it."""
    return {
        "member": [member.name, member.id_no], "cause": claim.cause.value, "hospital": claim.hospital,
        "diagnosis": claim.diagnosis,
        "stay": [day.isoformat() if day else "" for day in (claim.admitted, claim.discharged)],
        "invoice_no": claim.invoice_no, "costs": asdict(claim.costs),
        "account": [claim.bank_name, claim.bank_account, claim.account_holder],
    }
