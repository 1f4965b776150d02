"""A claim: one hospital stay's request, the settlement sheet's amounts, the papers, and what a rule finds in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from backbone_core.benefit import Stay, TraceStep
from backbone_core.benefit_bands import matches
from backbone_core.claim_states import ClaimAct, ClaimState, acts_for, move
from backbone_core.costs import Costs
from backbone_core.errors import Finding, refusal, warning
from backbone_core.household import PovertyType
from backbone_core.identity import age_on
from backbone_core.scheme import AttachBy, DocumentNeed, Need, Scheme
from backbone_core.scheme_terms import AgeAt, Per, Waiver

__all__ = [
    "HOSPITAL_LEVELS",
    "Cause",
    "Claim",
    "ClaimAct",
    "ClaimState",
    "Costs",
    "Document",
    "acts_for",
    "check_claim",
    "claim_year",
    "missing_documents",
    "move",
    "stay_of",
]

HOSPITAL_LEVELS = ("3S", "3A", "3B", "3C", "3", "2A", "2B", "2C", "2", "1A", "1B", "1C", "1", "0")
"""三级特等 … 未定级; the catalogue says them as `hospital_level.<code>`. A scheme's patterns ("3*") match these."""


THIRD_PARTY = "THIRD_PARTY"
"""The exclusion's code for costs that somebody else is liable for."""


class Cause(StrEnum):
    ILLNESS = "illness"
    ACCIDENT = "accident"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """材料: a paper that the scheme asks for, by its code, and whether it lies on the counter."""

    code: str
    handed_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """理赔申请. Amounts in fen; `benefit` is provisional until the insurer has decided.

    `receipt_no`, `received_at`, `received_by`, `content_hash` and `signature` are set when the claim is taken in.
    """

    id: str
    member_id: str
    household_id: str
    policy_year: int
    state: ClaimState = ClaimState.DRAFT
    cause: Cause = Cause.ILLNESS
    hospital: str = ""
    hospital_level: str = ""
    designated: bool = True
    diagnosis: str = ""
    icd10: str = ""
    admitted: date | None = None
    discharged: date | None = None
    settled: date | None = None
    invoice_no: str = ""
    costs: Costs = field(default_factory=Costs)
    documents: tuple[Document, ...] = ()
    bank_name: str = ""
    bank_account: str = ""
    account_holder: str = ""
    remarks: str = ""
    scheme_id: str = ""
    scheme_version: int = 0
    benefit: int | None = None
    trace: tuple[TraceStep, ...] = ()
    receipt_no: str = ""
    received_at: datetime | None = None
    received_by: str = ""
    content_hash: str = ""
    signature: str = ""


def claim_year(
    attach_by: AttachBy, admitted: date | None, discharged: date | None, settled: date | None
) -> date | None:
    """The day that decides to which policy year a stay belongs; None while it is not known."""
    return {AttachBy.ADMISSION: admitted, AttachBy.DISCHARGE: discharged, AttachBy.SETTLEMENT: settled}[attach_by]


def stay_of(claim: Claim, poverty_type: PovertyType) -> Stay:
    """What of the claim decides its benefit."""
    return Stay(
        costs=claim.costs,
        hospital_level=claim.hospital_level,
        designated=claim.designated,
        icd10=claim.icd10,
        poverty_type=poverty_type,
        cause=claim.cause,
        admitted=claim.admitted,
        discharged=claim.discharged,
        settled=claim.settled,
    )


def check_claim(
    claim: Claim,
    scheme: Scheme,
    *,
    birth_date: date,
    poverty_type: PovertyType,
    enrolled: bool,
    enrolment_from: date | None,
    enrolment_to: date | None,
    today: date,
    renewed: bool = False,
) -> tuple[Finding, ...]:
    """Everything that the rules find in a claim before it is taken in; a finding's field is the claim's field name
    ("admitted", "costs.medfee_sumamt"). `renewed`: the person had cover in the year before as well.

    A late claim or missing papers only warn: the counter takes the claim in, and the insurer decides (保险法 arts. 22
    and 26). What the scheme can never pay for is refused.
    """
    found = [*_unfilled(claim, scheme), *_dates(claim, today)]
    day = claim_year(scheme.attach_by, claim.admitted, claim.discharged, claim.settled)
    if day and not scheme.covers(day):
        facts = {"day": day, "from": scheme.effective_from, "to": scheme.effective_to, "year": scheme.policy_year}
        found.append(refusal("claim.outside_policy_year", _DAY_FIELDS[scheme.attach_by], **facts))
    if not enrolled:
        found.append(refusal("claim.not_enrolled", "member_id", year=scheme.policy_year))
    else:
        if day and not (enrolment_from or day) <= day <= (enrolment_to or day):
            facts = {"day": day, "from": enrolment_from, "to": enrolment_to}
            found.append(refusal("claim.outside_cover", _DAY_FIELDS[scheme.attach_by], **facts))
        found.extend(_waiting(claim, scheme, enrolment_from, renewed))
    found.extend(_person(claim, scheme, birth_date, poverty_type))
    found.extend(_hospital(claim, scheme))
    found.extend(_to_look_at(claim, scheme, poverty_type, today))
    return tuple(found)


_DAY_FIELDS = {AttachBy.ADMISSION: "admitted", AttachBy.DISCHARGE: "discharged", AttachBy.SETTLEMENT: "settled"}


def _unfilled(claim: Claim, scheme: Scheme) -> Iterator[Finding]:
    """Fields that the rules cannot do without."""
    needed = ["hospital", "diagnosis", "admitted", "discharged"]
    if scheme.attach_by is AttachBy.SETTLEMENT:
        needed.append("settled")
    if scheme.base.hospital_levels:
        needed.append("hospital_level")
    if scheme.deductible.per is Per.PERSON_DISEASE:
        needed.append("icd10")
    for name in needed:
        if not getattr(claim, name):
            yield refusal("claim.required", name, field_code=f"claim_field.{name}")


def _dates(claim: Claim, today: date) -> Iterator[Finding]:
    for name in ("admitted", "discharged", "settled"):
        day = getattr(claim, name)
        if day and day > today:
            yield refusal("claim.in_future", name, today=today)
    if claim.admitted and claim.discharged and claim.discharged < claim.admitted:
        yield refusal("claim.discharge_before_admission", "discharged", admitted=claim.admitted)
    elif claim.admitted and claim.settled and claim.settled < claim.admitted:
        yield refusal("claim.settled_before_admission", "settled", admitted=claim.admitted)
    elif claim.discharged and claim.settled and claim.settled < claim.discharged:
        yield warning("claim.settled_before_discharge", "settled", discharged=claim.discharged)


def _waiting(claim: Claim, scheme: Scheme, starts: date | None, renewed: bool) -> Iterator[Finding]:
    terms = scheme.waiting
    waived = (Waiver.ACCIDENT in terms.waive_on and claim.cause is Cause.ACCIDENT) or (
        Waiver.RENEWAL in terms.waive_on and renewed
    )
    if terms.days and starts and claim.admitted and not waived:
        over = starts + timedelta(days=terms.days)
        if claim.admitted < over:
            yield refusal("claim.waiting_period", "admitted", days=terms.days, over=over)


def _person(claim: Claim, scheme: Scheme, birth_date: date, poverty_type: PovertyType) -> Iterator[Finding]:
    """The age counts again where the scheme counts it at admission; the household's type was decided at enrolment,
    so that a change in the middle of the year takes no cover away and is only shown."""
    terms = scheme.eligibility
    if terms.age_at is AgeAt.ADMISSION and claim.admitted:
        age = age_on(birth_date, claim.admitted)
        facts = {"age": age, "min": terms.age_min, "max": terms.oldest, "reference": claim.admitted}
        if age < terms.age_min:
            yield refusal("enrolment.too_young", "member_id", **facts)
        elif age > terms.oldest:
            yield refusal("enrolment.too_old", "member_id", **facts)
    if claim.admitted and claim.admitted < birth_date:
        yield refusal("claim.before_birth", "admitted")
    if poverty_type not in terms.household_types:
        yield warning("claim.household_type", "member_id", type_code=f"poverty.{poverty_type.name}")


def _hospital(claim: Claim, scheme: Scheme) -> Iterator[Finding]:
    base = scheme.base
    if base.hospital_levels and claim.hospital_level and not matches(base.hospital_levels, claim.hospital_level):
        level = f"hospital_level.{claim.hospital_level}"
        yield refusal("claim.hospital_level_outside", "hospital_level", level_code=level)
    if base.designated_only and not claim.designated:
        yield refusal("claim.not_designated", "designated")


def _to_look_at(claim: Claim, scheme: Scheme, poverty_type: PovertyType, today: date) -> Iterator[Finding]:
    """What does not stop a claim but may stop or lessen its payment."""
    limit = scheme.claim_deadline_days
    if limit is not None and claim.discharged:
        last = claim.discharged + timedelta(days=limit)
        if today > last:
            yield warning("claim.late_filing", "discharged", last=last, days=limit)
    for kind, name in (("icd10", "icd10"), ("hosp_level", "hospital_level")):
        wanted = any(
            getattr(override, kind) and (not override.poverty or poverty_type in override.poverty)
            for override in scheme.overrides
        )
        if wanted and not getattr(claim, name):
            yield warning("claim.special_terms_unknown", name, field_code=f"claim_field.{name}")
    if claim.cause is Cause.ACCIDENT and any(exclusion.code == THIRD_PARTY for exclusion in scheme.exclusions):
        yield warning("claim.third_party", "cause")
    if not claim.invoice_no:
        yield warning("claim.invoice_no_missing", "invoice_no")
    if not claim.bank_account:
        yield warning("claim.account_missing", "bank_account")
    missing = missing_documents(claim, scheme)
    if missing:
        yield warning("claim.documents_missing", "documents", count=len(missing))


def missing_documents(claim: Claim, scheme: Scheme) -> tuple[DocumentNeed, ...]:
    """The papers that the scheme needs for this claim and that do not lie on the counter yet.

    Of the conditional ones, the accident's papers are needed after an accident; whether somebody acts for the patient,
    or the patient has died, only the clerk can see.
    """
    handed_in = {document.code for document in claim.documents if document.handed_in}
    return tuple(
        need
        for need in scheme.documents
        if need.code not in handed_in
        and (need.need is Need.REQUIRED or (need.when == "accident" and claim.cause is Cause.ACCIDENT))
    )
