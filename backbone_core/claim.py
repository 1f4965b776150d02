"""A claim: one hospital stay's request, the settlement sheet's amounts, the papers, and what a rule finds in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from backbone_core.benefit import Stay, TraceStep
from backbone_core.claim_states import ClaimAct, ClaimState, acts_for, move
from backbone_core.costs import Costs
from backbone_core.errors import Finding
from backbone_core.household import PovertyType
from backbone_core.scheme import AttachBy, DocumentNeed, Scheme

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
    ("admitted", "costs.medfee_sumamt"). `renewed`: the person had cover in the year before as well."""
    raise NotImplementedError


def missing_documents(claim: Claim, scheme: Scheme) -> tuple[DocumentNeed, ...]:
    """The papers that the scheme needs for this claim and that do not lie on the counter yet."""
    raise NotImplementedError
