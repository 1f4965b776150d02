"""What the claim form shows and does: opens it as it was left, weighs it while it is typed, keeps, saves, takes it in.

A new claim is named before it is stored, so that a key pressed twice makes one claim and an unfinished form has a key.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from backbone_core.claim import ClaimState
from backbone_core.errors import Finding, RuleBroken
from backbone_core.identity import mask_id_no
from backbone_core.ids import new_id
from backbone_desktop.services import claims, drafts
from backbone_desktop.services.registry import find_members
from backbone_desktop.services.rows import KeptDraft, MemberHit
from backbone_desktop.services.typed import ClaimDraft
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.claims import Appraisal, ClaimTaken, ClaimView, Coverage
    from backbone_desktop.services.ports import Desk

FOUND_AT_MOST = 11
"""One more than the list under the field shows."""
_SHOWN_AT = {"policy_year": "admitted", "costs": "costs.medfee_sumamt"}
"""Where the form says what a rule found at something that it has no field for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What the form comes to at this moment: findings at its own fields, and the patient's cover in the stay's year."""

    appraisal: Appraisal
    coverage: Coverage | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimForm:
    """A form as it is opened. `stored` is what the store holds, `draft` what stands on the form."""

    claim_id: str
    stored: ClaimDraft
    draft: ClaimDraft
    weighed: Weighed
    is_new: bool
    kept_at: datetime | None = None
    """When the form was left unfinished, for one that comes back."""


def open_claim(desk: Desk, claim_id: str, member_id: str, *, afresh: bool = False) -> ClaimForm | ClaimView:
    """The form of a claim that is being made, or a claim that was taken in, which is only shown.

    `claim_id` may name a stored claim or a form that was left unfinished; with neither name given the form that was
    left last comes back, unless a new one is asked for with `afresh`.
    """
    if claim_id:
        return _open_named(desk, claim_id, member_id)
    kept = None if afresh else _left_last(desk, member_id)
    if kept is not None:
        return _unfinished(desk, kept, member_id)
    stored = ClaimDraft(claim_id=new_id(), member_id=member_id)
    return _form(desk, stored, with_account(desk, stored), is_new=True)


def _open_named(desk: Desk, claim_id: str, member_id: str) -> ClaimForm | ClaimView:
    kept = drafts.kept_draft(desk, drafts.CLAIM_FORM, claim_id)
    try:
        view = claims.open_claim(desk, claim_id)
    except RuleBroken:
        if kept is None:
            raise
        return _unfinished(desk, kept, member_id)
    if view.claim.state is not ClaimState.DRAFT:
        if kept is not None:  # it was taken in a moment before the power went
            drafts.drop_draft(desk, drafts.CLAIM_FORM, claim_id)
        return view
    # The year follows the days of the stay; what the draft once came to must not hold it fast.
    stored = replace(claims.claim_as_typed(view.claim), policy_year="")
    if kept is None:
        return _form(desk, stored, stored, is_new=False)
    return _form(desk, stored, drafts.claim_from_payload(kept.payload), is_new=False, kept_at=kept.kept_at)


def _left_last(desk: Desk, member_id: str) -> KeptDraft | None:
    """The newest unfinished form of a claim that is not stored, about this person where one is named."""
    kept = sorted(drafts.kept_drafts(desk), key=lambda one: one.kept_at, reverse=True)
    return next(
        (one for one in kept if one.form == drafts.CLAIM_FORM and not _stored(desk, one.key)
         and one.payload.get("member_id") in ({member_id, ""} if member_id else {one.payload.get("member_id")})),
        None,
    )


def _stored(desk: Desk, claim_id: str) -> bool:
    if not claim_id:
        return False
    try:
        claims.open_claim(desk, claim_id)
    except RuleBroken:
        return False
    return True


def _unfinished(desk: Desk, kept: KeptDraft, member_id: str) -> ClaimForm:
    draft = drafts.claim_from_payload(kept.payload)
    draft = replace(draft, claim_id=draft.claim_id or kept.key or new_id(), member_id=draft.member_id or member_id)
    stored = ClaimDraft(claim_id=draft.claim_id)
    return _form(desk, stored, draft, is_new=True, kept_at=kept.kept_at)


def _form(desk: Desk, stored: ClaimDraft, draft: ClaimDraft, *, is_new: bool,
          kept_at: datetime | None = None) -> ClaimForm:
    return ClaimForm(
        claim_id=stored.claim_id, stored=stored, draft=draft, weighed=weigh(desk, draft), is_new=is_new,
        kept_at=kept_at if draft != stored else None,
    )


# -- while it is typed


def find_people(desk: Desk, typed: str) -> tuple[MemberHit, ...]:
    return find_members(desk, typed, FOUND_AT_MOST)


def weigh(desk: Desk, draft: ClaimDraft) -> Weighed:
    """What the half-typed form comes to, and the patient's cover in the year that the stay belongs to."""
    appraisal = claims.appraise(desk, draft)
    coverage = None
    if draft.member_id:
        try:
            coverage = claims.coverage_of(desk, draft.member_id, appraisal.policy_year)
        except RuleBroken:
            coverage = None  # the form says at the field that nobody bears this id
    findings = tuple(
        Finding(one.code, _SHOWN_AT.get(one.field, one.field), one.facts, one.severity) for one in appraisal.findings
    )
    return Weighed(appraisal=appraisal, coverage=coverage, findings=findings)


def with_account(desk: Desk, draft: ClaimDraft) -> ClaimDraft:
    """The form with the patient's own account from the register, where none was typed."""
    if not draft.member_id or draft.bank_account or draft.bank_name or draft.account_holder:
        return draft
    try:
        member = claims.coverage_of(desk, draft.member_id).member
    except RuleBroken:
        return draft
    return replace(draft, bank_name=member.bank_name, bank_account=member.bank_account,
                   account_holder=member.account_holder or (member.name if member.bank_account else ""))


def keep(desk: Desk, draft: ClaimDraft) -> None:
    drafts.keep_draft(desk, drafts.CLAIM_FORM, draft.claim_id, drafts.claim_payload(draft))


def forget(desk: Desk, claim_id: str) -> None:
    drafts.drop_draft(desk, drafts.CLAIM_FORM, claim_id)


def let_go(desk: Desk, claim_id: str) -> None:
    """Forget the form; scans that nothing else names go with it."""
    from backbone_desktop.services.attachments import forget_scans

    forget(desk, claim_id)
    forget_scans(desk, claim_id)


# -- acts


def save_draft(desk: Desk, draft: ClaimDraft) -> str:
    """Keep a 草稿, then let go of the form that was kept while it was typed."""
    claim_id = claims.save_claim_draft(desk, draft)
    drafts.drop_draft(desk, drafts.CLAIM_FORM, draft.claim_id)
    return claim_id


def take_in(desk: Desk, draft: ClaimDraft) -> ClaimTaken:
    """Register the claim; the form that was kept goes in the same transaction."""
    return claims.register_claim(desk, draft)


def changed(claim_id: str) -> frozenset[tuple[str, str]]:
    """What the change signal carries."""
    return frozenset({("claim", claim_id)})


# -- in words


def name_of(hit: MemberHit) -> str:
    return f"{hit.name}　{mask_id_no(hit.id_no)}"


def hit_of(coverage: Coverage) -> MemberHit:
    """The patient as the picker shows people."""
    member, household = coverage.member, coverage.household
    return MemberHit(
        member_id=member.id, household_id=household.id, name=member.name, id_no=member.id_no,
        household_no=household.household_no, township=household.township, village=household.village,
        phone=member.phone, enrolled=coverage.enrolment is not None,
    )


def title(words: Words, form: ClaimForm) -> str:
    return words("New claim") if form.is_new else words("Claim draft")
