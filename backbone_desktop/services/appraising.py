"""What a claim form comes to: the claim it makes, what speaks against it, and what the scheme would pay."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from backbone_core.benefit import Benefit, work_out, year_so_far
from backbone_core.benefit_stated import stated_benefit
from backbone_core.change import microseconds
from backbone_core.claim import Claim, check_claim, claim_year, missing_documents, stay_of
from backbone_core.claim_checks import NOT_COUNTED, Known, look_for_mistakes
from backbone_core.costs import SETTLEMENT_FIELDS
from backbone_core.decision import DecisionOutcome
from backbone_core.enrolment import EnrolmentStatus
from backbone_core.errors import Finding, RuleBroken, refuse_if_any
from backbone_core.household import Household, Member
from backbone_core.ids import new_id
from backbone_core.records import LARGEST
from backbone_core.scheme_terms import Checks
from backbone_desktop.services.claim_form import read_claim, read_policy_year, with_documents
from backbone_desktop.services.enrolling import cover_of, person_of
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.printable import warn_of_lacking
from backbone_desktop.services.reading import Reading
from backbone_desktop.services.typed import ClaimDraft

if TYPE_CHECKING:
    from backbone_core.scheme import DocumentNeed, Scheme

OF_NO_WEIGHT = ("hospital", "diagnosis", "invoice_no", "documents", "bank_name", "bank_account", "account_holder",
                "remarks")
"""Fields that do not change the amount: a benefit is shown while they are still open."""


@dataclass(frozen=True, slots=True)
class Patient:
    member: Member
    household: Household


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """`claim` may be kept only where no finding refuses; `benefit` is None where it cannot be worked out yet."""

    claim: Claim
    scheme: Scheme | None
    findings: tuple[Finding, ...]
    benefit: Benefit | None
    missing: tuple[DocumentNeed, ...]


def begun_claim(work: UnitOfWork, draft: ClaimDraft) -> Claim | None:
    """The stored claim that the form is about, None for a new one. Raises RuleBroken claim.unknown."""
    if not draft.claim_id:
        return None
    known = work.claims.get(draft.claim_id)
    if known is None:
        # The window names a new claim before it is stored, so that a key pressed twice makes one claim.
        try:
            uuid.UUID(draft.claim_id)
        except ValueError:
            raise RuleBroken("claim.unknown") from None
    return known


def assess(work: UnitOfWork, desk: Desk, draft: ClaimDraft, known: Claim | None) -> Assessment:
    """Read the form and weigh it against the store; nothing that was typed raises."""
    form = Reading()
    patient = _read_patient(form, work, draft.member_id)
    claim, scheme = _read_stay(form, work, draft, known, patient)
    for place in ("hospital", "diagnosis", "bank_name", "account_holder"):
        warn_of_lacking(form, desk, place, getattr(claim, place))
    benefit = None
    if patient is not None:
        unread = _unread(form)
        if scheme is not None:
            _check_against_scheme(form, work, desk.clock.today(), patient, (claim, scheme))
        mistakes = _mistakes(work, patient, claim, scheme.checks if scheme else Checks())
        form.add(*(found for found in mistakes if found.field not in unread))
        if scheme is not None and claim.costs.medfee_sumamt and not any(_weighs(found) for found in form.findings):
            so_far = year_so_far(earlier_benefits(work, claim, patient.household))
            benefit = work_out(scheme, stay_of(claim, patient.household.poverty_type), so_far)
            claim = replace(claim, benefit=benefit.amount, trace=benefit.trace)
    return Assessment(
        claim=claim, scheme=scheme, findings=tuple(form.findings), benefit=benefit,
        missing=missing_documents(claim, scheme) if scheme else (),
    )


def read_claim_draft(work: UnitOfWork, draft: ClaimDraft, known: Claim | None) -> Claim:
    """The claim as far as it was typed. Raises RuleBroken where no member is named or a field cannot be read."""
    form = Reading()
    patient = _read_patient(form, work, draft.member_id)
    claim, _ = _read_stay(form, work, draft, known, patient)
    refuse_if_any(found for found in form.findings if found.code != "claim.no_scheme")
    return claim


def _read_stay(
    form: Reading, work: UnitOfWork, draft: ClaimDraft, known: Claim | None, patient: Patient | None
) -> tuple[Claim, Scheme | None]:
    """The claim as typed, under the scheme of its policy year where there is one."""
    office = work.office.profile()
    before = known or Claim(
        id=draft.claim_id or new_id(), member_id="", household_id="", policy_year=office.policy_year
    )
    claim = read_claim(form, draft, replace(
        before, benefit=None, trace=(), scheme_id="", scheme_version=0,
        member_id=patient.member.id if patient else "", household_id=patient.household.id if patient else "",
    ))
    county = patient.household.county if patient else office.county
    typed = form.take("policy_year", lambda: read_policy_year(draft.policy_year), None)
    year = typed or _year_of_stay(work, claim, county) or office.policy_year
    claim, scheme = replace(claim, policy_year=year), work.schemes.for_year(county, year)
    if scheme is None:
        form.refuse("claim.no_scheme", "policy_year", policy_year=year)
        return claim, None
    claim = replace(claim, scheme_id=scheme.scheme_id, scheme_version=scheme.version)
    return with_documents(claim, scheme), scheme


def earlier_benefits(work: UnitOfWork, claim: Claim, household: Household) -> tuple[Benefit, ...]:
    """What the person's claims of the policy year came to that were taken in before, in their order; for a new claim
    that is all of them.

    The insurer's amount stands, and until there is one what was promised, even where a newer scheme would make it
    another, or where the scheme is not known here.
    """
    benefits: list[Benefit] = []
    others = (other for other in work.claims.of_person(claim.member_id, claim.policy_year)
              if other.id != claim.id and (claim.received_at is None or in_order(other) < in_order(claim)))
    for other, amount in sorted(amounts_of_year(work, others), key=lambda one: in_order(one[0])):
        if amount is None:
            continue
        stated = stated_benefit(amount, other.trace, other.icd10)
        if stated is None:
            scheme = work.schemes.get(other.scheme_id, other.scheme_version)
            stay = stay_of(other, household.poverty_type)
            worked = work_out(scheme, stay, year_so_far(benefits)) if scheme else Benefit(amount=0, trace=())
            stated = replace(worked, amount=amount)
        benefits.append(stated)
    return tuple(benefits)


def amounts_of_year(work: UnitOfWork, claims: Iterable[Claim]) -> list[tuple[Claim, int | None]]:
    """Those of the claims that take from their year, each with what the insurer decided, or else what was promised.

    A refusal takes nothing, also once its claim is closed.
    """
    open_to_count = [one for one in claims if one.state not in NOT_COUNTED]
    decisions = work.decisions.of_claims([one.id for one in open_to_count])
    counted: list[tuple[Claim, int | None]] = []
    for one in open_to_count:
        decision = decisions.get(one.id)
        if decision is None:
            counted.append((one, one.benefit))
        elif decision.outcome is not DecisionOutcome.REFUSED:
            counted.append((one, decision.amount))
    return counted


def in_order(claim: Claim) -> tuple[int, str]:
    """By this, claims stand in the order in which they were taken in, those that were not yet last."""
    return (LARGEST if claim.received_at is None else microseconds(claim.received_at), claim.id)


def _read_patient(form: Reading, work: UnitOfWork, member_id: str) -> Patient | None:
    if not member_id:
        form.refuse("claim.member_missing", "member_id")
        return None
    member = work.members.get(member_id)
    household = work.households.get(member.household_id) if member else None
    if member is None or household is None:
        form.refuse("member.unknown", "member_id")
        return None
    return Patient(member, household)


def _year_of_stay(work: UnitOfWork, claim: Claim, county: str) -> int | None:
    """The policy year whose insured period holds the day that its scheme goes by."""
    for year in work.schemes.years(county):
        scheme = work.schemes.for_year(county, year)
        if scheme is None:
            continue
        day = claim_year(scheme.attach_by, claim.admitted, claim.discharged, claim.settled)
        if day is not None and scheme.covers(day):
            return year
    return None


def _check_against_scheme(
    form: Reading, work: UnitOfWork, today: date, patient: Patient, what: tuple[Claim, Scheme]
) -> None:
    claim, scheme = what
    person = person_of(patient.member)
    cover = cover_of(work, patient.household, patient.member, person, claim.policy_year)
    enrolment = cover.enrolment
    before = work.enrolments.of_year(patient.member.id, claim.policy_year - 1)
    unread = _unread(form)
    for found in check_claim(
        claim, scheme,
        birth_date=person.birth_date, poverty_type=patient.household.poverty_type,
        enrolled=enrolment is not None,
        enrolment_from=enrolment.starts if enrolment else None, enrolment_to=enrolment.ends if enrolment else None,
        today=today,
        renewed=before is not None and before.status is EnrolmentStatus.ENROLLED,
    ):
        if found.field not in unread:
            form.add(found)
    told = {found.code for found in form.findings}
    if "claim.outside_policy_year" in told:
        form.findings = [found for found in form.findings if found.code != "claim.outside_cover"]
    form.at("member_id", tuple(why for why in cover.why_not if why.code not in told and why.code != "enrolment.none"))


def _mistakes(work: UnitOfWork, patient: Patient, claim: Claim, checks: Checks) -> tuple[Finding, ...]:
    known = Known(
        name=patient.member.name, died_on=patient.member.died_on, of_person=work.claims.of_person(claim.member_id),
        same_invoice=work.claims.by_invoice(claim.invoice_no),
    )
    return look_for_mistakes(claim, checks, known)


def _unread(form: Reading) -> set[str]:
    """Fields that could not be read have one reason already; "is missing" beside it would only confuse."""
    unread = {found.field for found in form.findings if found.refuses}
    if any(place.startswith("costs.") for place in unread):
        # Amounts of which one cannot be read never add up; what is to be mended is that one.
        unread |= {f"costs.{name}" for name in SETTLEMENT_FIELDS}
    return unread


def _weighs(found: Finding) -> bool:
    return found.refuses and found.field.split(".")[0] not in OF_NO_WEIGHT
