"""Taking a claim in: what the form comes to while it is typed, and the one transaction that registers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_core.benefit import Benefit
from backbone_core.claim import Claim
from backbone_core.enrolment import Enrolment
from backbone_core.errors import Finding
from backbone_core.household import Household, Member
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.rows import AuditRow, ClaimRow, Page, PrintNote, SyncStatus
from backbone_desktop.services.typed import ClaimDraft

if TYPE_CHECKING:
    from backbone_core.identity import ResidentId
    from backbone_core.scheme import DocumentNeed, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Whether a person is covered, by which scheme, and what the policy year has seen so far. Amounts in fen."""

    member: Member
    household: Household
    person: ResidentId
    enrolment: Enrolment | None
    scheme: Scheme | None
    why_not: tuple[Finding, ...]
    claims: tuple[ClaimRow, ...]
    paid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """What the form comes to at this moment; `benefit` is None while too little is typed or a rule refuses."""

    findings: tuple[Finding, ...]
    benefit: Benefit | None
    documents: tuple[DocumentNeed, ...]
    missing: tuple[DocumentNeed, ...]
    policy_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTaken:
    claim_id: str
    receipt_no: str
    benefit: Benefit
    warnings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    claim: Claim
    member: Member
    household: Household
    scheme: Scheme | None
    status: SyncStatus
    history: tuple[AuditRow, ...]
    prints: tuple[PrintNote, ...]
    missing: tuple[DocumentNeed, ...]


def coverage_of(desk: Desk, member_id: str, policy_year: int | None = None) -> Coverage:
    raise NotImplementedError


def appraise(desk: Desk, draft: ClaimDraft) -> Appraisal:
    """What the half-typed form comes to; never raises for what was typed."""
    raise NotImplementedError


def save_claim_draft(desk: Desk, draft: ClaimDraft) -> str:
    """Keep a 草稿 and return its claim id; it needs a member and fields that can be read, nothing more."""
    raise NotImplementedError


def register_claim(desk: Desk, draft: ClaimDraft) -> ClaimTaken:
    """Check everything, work the benefit out, give the number, sign, and take the claim in.

    Called twice for one draft's `claim_id`, the second call returns what the first did.
    """
    raise NotImplementedError


def open_claim(desk: Desk, claim_id: str) -> ClaimView:
    """Raises RuleBroken claim.unknown."""
    raise NotImplementedError


def claim_as_typed(claim: Claim) -> ClaimDraft:
    raise NotImplementedError


def list_claims(
    desk: Desk, typed: str = "", state: str = "", after: str | None = None, limit: int = 100
) -> Page[ClaimRow]:
    raise NotImplementedError


def claim_counts(desk: Desk) -> Mapping[str, int]:
    raise NotImplementedError
