"""Taking a claim in: what the form comes to while it is typed, and the one transaction that registers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backbone_core.benefit import Benefit
from backbone_core.change import RecordKind
from backbone_core.claim import Claim, ClaimAct, ClaimState, move
from backbone_core.enrolment import Enrolment
from backbone_core.errors import Finding, RuleBroken, refuse_if_any
from backbone_core.household import Household, Member
from backbone_core.receipt import content_hash, receipt_number, signed_bytes
from backbone_desktop.services.appraising import amounts_of_year, assess, begun_claim, read_claim_draft
from backbone_desktop.services.benefit_review import CentreFinds, centre_finds
from backbone_desktop.services.claim_form import claim_as_typed
from backbone_desktop.services.claim_papers import lacking_papers
from backbone_desktop.services.claim_way import ClaimWay, way_in
from backbone_desktop.services.drafts import CLAIM_FORM
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.enrolling import cover_of, people_of, people_of_claim, person_of
from backbone_desktop.services.forms import Form
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.rows import AuditRow, ClaimRow, Page, PrintNote, SyncStatus
from backbone_desktop.services.typed import ClaimDraft

if TYPE_CHECKING:
    from backbone_core.decision import Decision, Payment
    from backbone_core.identity import ResidentId
    from backbone_core.scheme import DocumentNeed, Scheme

__all__ = [
    "Appraisal", "ClaimTaken", "ClaimView", "Coverage", "appraise", "claim_as_typed", "claim_counts", "coverage_of",
    "list_claims", "open_claim", "register_claim", "save_claim_draft",
]

NEXT_NUMBER = "receipt.next"
"""The setting that holds the next running number of this device's receipts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Whether a person is covered, by which scheme, and what the policy year has seen so far. Amounts in fen.

    `paid` is what the insurer decided, and what was promised where it has not; another registration of the same ID
    number counts too.
    """

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
    decision: Decision | None
    """The one that stands."""
    payments: tuple[Payment, ...]
    """Every attempt to pay, the first one first."""
    way: ClaimWay
    formerly: tuple[Decision, ...] = ()
    """What was decided before the decision that stands, the first one first."""
    finds: CentreFinds | None = None
    """What the centre works out otherwise, while nobody has answered."""
    received_by: str = ""
    """Display name of the clerk who took the claim in; the account's name where another computer did."""


def coverage_of(desk: Desk, member_id: str, policy_year: int | None = None) -> Coverage:
    """Cover in a policy year (the office's own by default). Raises RuleBroken member.unknown."""
    with desk.read() as work:
        member, household = people_of(work, member_id)
        year = policy_year or work.office.profile().policy_year
        person = person_of(member)
        cover = cover_of(work, household, member, person, year)
        counted = amounts_of_year(work, work.claims.of_person(member_id, year))
        return Coverage(
            member=member, household=household, person=person, enrolment=cover.enrolment, scheme=cover.scheme,
            why_not=cover.why_not, claims=work.claims.rows_of_member(member_id, year),
            paid=sum(amount or 0 for _, amount in counted),
        )


def appraise(desk: Desk, draft: ClaimDraft) -> Appraisal:
    """What the half-typed form comes to; never raises for what was typed."""
    with desk.read() as work:
        found = assess(work, desk, draft, begun_claim(work, draft))
    return Appraisal(
        findings=found.findings, benefit=found.benefit,
        documents=found.scheme.documents if found.scheme else (), missing=found.missing,
        policy_year=found.claim.policy_year,
    )


def save_claim_draft(desk: Desk, draft: ClaimDraft) -> str:
    """Keep a 草稿 and return its claim id; it needs a member and fields that can be read, nothing more.

    Raises RuleBroken with the findings, claim.not_draft for a claim that was taken in.
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        known = begun_claim(work, draft)
        if known is not None and known.state is not ClaimState.DRAFT:
            raise RuleBroken("claim.not_draft")
        claim = read_claim_draft(work, draft, known)
        work.write(claim, "save_draft")
        work.commit()
    return claim.id


def register_claim(desk: Desk, draft: ClaimDraft) -> ClaimTaken:
    """Check everything, work the benefit out, give the number, sign, and take the claim in.

    Called twice for one draft's `claim_id`, the second call returns the claim that the first made, with its amount and
    trace. Raises RuleBroken with every finding at its field; Unavailable keys.device_missing when there is no key to
    sign with.
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        known = begun_claim(work, draft)
        if known is not None and known.state is not ClaimState.DRAFT:
            return _as_taken(known)
        found = assess(work, desk, draft, known)
        warnings = refuse_if_any(found.findings)
        if found.benefit is None:
            raise RuleBroken("claim.not_worked_out", "costs.medfee_sumamt")
        claim = _take_in(work, desk, found.claim, waits=bool(found.missing))
        work.write(claim, ClaimAct.SUBMIT.value)
        work.drafts.drop(CLAIM_FORM, claim.id)
        work.commit()
    return ClaimTaken(claim_id=claim.id, receipt_no=claim.receipt_no, benefit=found.benefit, warnings=warnings)


def open_claim(desk: Desk, claim_id: str) -> ClaimView:
    """Raises RuleBroken claim.unknown."""
    with desk.read() as work:
        claim = work.claims.get(claim_id)
        if claim is None:
            raise RuleBroken("claim.unknown")
        member, household = people_of_claim(work, claim)
        scheme = work.schemes.get(claim.scheme_id, claim.scheme_version) if claim.scheme_id else None
        made = work.decisions.made(claim_id)
        clerk = work.accounts.get(claim.received_by) if claim.received_by else None
        return ClaimView(
            claim=claim, member=member, household=household, scheme=scheme,
            finds=centre_finds(work, claim),
            status=work.sync.status_of(RecordKind.CLAIM, claim_id), history=work.audit.of_record(claim_id),
            prints=work.prints.of_subject(Form.RECEIPT, claim_id),
            missing=lacking_papers(work, claim),
            decision=made[-1] if made else None, payments=work.decisions.payments(claim_id), formerly=made[:-1],
            way=way_in(desk, work, claim), received_by=clerk.display_name if clerk else claim.received_by,
        )


def list_claims(
    desk: Desk, typed: str = "", state: str = "", after: str | None = None, limit: int = 100
) -> Page[ClaimRow]:
    """Claims found by receipt number, name, pinyin initials or ID number, in one state or ("") in all."""
    with desk.read() as work:
        return work.claims.page(typed.strip(), state, after, limit)


def claim_counts(desk: Desk) -> Mapping[str, int]:
    """How many claims stand in each state."""
    with desk.read() as work:
        return work.claims.counts()


def _take_in(work: UnitOfWork, desk: Desk, claim: Claim, *, waits: bool) -> Claim:
    """The claim with its state, number, hash and signature, which the receipt states."""
    office, who = work.office.profile(), desk.actor
    state = move(claim.state, ClaimAct.SUBMIT, who.role, by=who.account)
    if waits:
        state = move(state, ClaimAct.ASK_PAPERS, who.role, by=who.account)
    number = desk.numbers.next(int(work.office.setting(NEXT_NUMBER) or 1))
    # An older copy of the store may have been put back, and the centre have brought what was taken in since.
    while work.claims.by_receipt(receipt_number(office.county, claim.policy_year, office.device_no, number)):
        number = desk.numbers.next(number + 1)
    work.office.set_setting(NEXT_NUMBER, str(number + 1))
    received = replace(
        claim, state=state, received_at=desk.clock.now(), received_by=who.account,
        receipt_no=receipt_number(office.county, claim.policy_year, office.device_no, number),
    )
    digest = content_hash(received, people_of(work, claim.member_id)[0].id_no)
    signature = desk.signer.sign(signed_bytes(received.receipt_no, digest))
    return replace(received, content_hash=digest, signature=signature.hex())


def _as_taken(claim: Claim) -> ClaimTaken:
    benefit = Benefit(amount=claim.benefit or 0, trace=claim.trace)
    return ClaimTaken(claim_id=claim.id, receipt_no=claim.receipt_no, benefit=benefit, warnings=())
