"""Two records of one person: compared side by side, and merged into one with both histories kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from backbone_core.claim import Claim
from backbone_core.claim_states import ClaimState
from backbone_core.comparison import Comparison, compared
from backbone_core.enrolment import Enrolment, EnrolmentStatus
from backbone_core.errors import Finding, RuleBroken, refusal, refuse_if_any, warning
from backbone_core.household import HEAD, Household, Listing, Member, Standing
from backbone_core.household_act import ActKind, ActPerson, HouseholdAct
from backbone_core.ids import new_id
from backbone_core.likeness import Likeness, Traits, likenesses
from backbone_desktop.services.duplicates import two_members
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.enrolling import enrol_if_eligible, person_of
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.rows import AuditRow


class Part(StrEnum):
    """What is chosen as one when two records become one: an account is never mixed from two people's, and the place
    says where somebody lives, or where they lived last and since when not any more."""

    NAME = "name"
    ID_NO = "id_no"
    PLACE = "place"
    ETHNIC = "ethnic"
    PHONE = "phone"
    ACCOUNT = "account"
    DISABILITY = "disability"


FIELDS: Mapping[Part, tuple[str, ...]] = {
    Part.NAME: ("name",),
    Part.ID_NO: ("id_no",),
    Part.PLACE: ("household_id", "relation", "standing", "left_on"),
    Part.ETHNIC: ("ethnic",),
    Part.PHONE: ("phone",),
    Part.ACCOUNT: ("bank_name", "bank_account", "account_holder"),
    Part.DISABILITY: ("disability",),
}
_ENDED = frozenset({ClaimState.WITHDRAWN, ClaimState.VOID})


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two records, with what hangs on it."""

    member: Member
    household: Household
    others: int
    """How many more people live in the household."""
    enrolments: tuple[Enrolment, ...]
    claims: int
    history: tuple[AuditRow, ...]
    """Newest first, with that of records that were merged into this one before."""

    def of(self, part: Part) -> tuple[str, ...]:
        return tuple(getattr(self.member, name) for name in FIELDS[part])


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """`kept_id` is the record that a merger should keep: the one with claims, else the one registered first."""

    one: Side
    other: Side
    reasons: tuple[Likeness, ...]
    decided: Comparison | None
    kept_id: str

    @property
    def differing(self) -> tuple[Part, ...]:
        return tuple(part for part in Part if self.one.of(part) != self.other.of(part))


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merger did. `closed` is the number of a household in which nobody lives any more, or ""."""

    member: Member
    household: Household
    closed: str
    warnings: tuple[Finding, ...]


def open_pair(desk: Desk, one_id: str, other_id: str) -> PairView:
    """Raises RuleBroken duplicates.same_record, member.unknown."""
    with desk.read() as work:
        two_members(work, one_id, other_id)
        one, other = _side(work, one_id), _side(work, other_id)
        first, second = (work.duplicates.traits(member_id) or Traits() for member_id in (one_id, other_id))
        return PairView(
            one=one, other=other, reasons=likenesses(first, second),
            decided=work.duplicates.comparison(one_id, other_id),
            kept_id=min((one_id, other_id), key=lambda member_id: (-len(_held(work, member_id)), member_id)),
        )


def merge_people(desk: Desk, kept_id: str, lost_id: str, from_lost: Collection[Part] = ()) -> Merged:
    """Make one record of two, in one transaction: the kept one takes `from_lost` from the other, which is removed.

    Cover goes over, year by year; so do claims that are still drafts. The trace from the lost record to the kept one is
    a `Comparison`. Whatever stays says so to the centre: an office that merges the other way round at the same time
    would else take away the rest. Raises RuleBroken with every reason: duplicates.same_record, member.unknown,
    duplicates.claims_on_lost, duplicates.claims_on_both (a receipt that a family holds names the lost record),
    duplicates.no_head, household.unknown, household_act.household_closed (the place that was chosen is gone).
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        two_members(work, kept_id, lost_id)
        (kept, kept_home), (lost, lost_home) = _person(work, kept_id), _person(work, lost_id)
        taken = {name: getattr(lost, name) for part in from_lost for name in FIELDS[part]}
        after = replace(kept, **taken)
        home, left = (kept_home, lost_home) if after.household_id == kept_home.id else (lost_home, kept_home)
        closes = left.id != home.id and _closes(work, left, {kept_id, lost_id})
        refuse_if_any((*_against_claims(work, kept, lost), *_against_place(work, after, home),
                       *_against_leaving(work, after, lost, (kept_home, lost_home))))
        _take_over_claims(work, kept, lost, after)
        _take_over_cover(work, kept_id, lost_id)
        work.write(compared(kept_id, lost_id, kept_id), "merge_records")
        work.remove(lost, "merge_records")  # first, so that the centre never sees two people with one number
        if after == kept:
            work.stand(kept, "merge_records")
        else:
            work.write(after, "edit")
        work.stand(home, "merge_records")
        if closes:
            work.write(replace(left, listing=Listing.CLOSED, listing_since=desk.clock.today()), "merge_records")
        for act in _told(desk, after, kept if left is kept_home else lost, home, left):
            if work.households.get(act.household_id) is not None:
                work.write(act, "merge_records")
        warnings = _decide_cover(work, kept, kept_home, after, home)
        work.duplicates.close_review(kept_id, lost_id)
        work.commit()
    return Merged(member=after, household=home, closed=left.household_no if closes else "", warnings=warnings)


def person_history(desk: Desk, member_id: str) -> tuple[AuditRow, ...]:
    """What was done with a person's record and with those that were merged into it, newest first.

    A record that was merged into another leads to that one. Raises RuleBroken member.unknown.
    """
    with desk.read() as work:
        kept_id = work.duplicates.merged_into(member_id)
        if work.members.ever(kept_id) is None:
            raise RuleBroken("member.unknown")
        return _history(work, kept_id)


def _side(work: UnitOfWork, member_id: str) -> Side:
    member, household = _person(work, member_id)
    return Side(
        member=member, household=household, others=len(_others(work, household.id, {member_id})),
        enrolments=work.enrolments.of_member(member_id), claims=len(work.claims.of_member(member_id)),
        history=_history(work, member_id),
    )


def _person(work: UnitOfWork, member_id: str) -> tuple[Member, Household]:
    """Also somebody whose household is gone, because two offices met."""
    member = work.members.get(member_id)
    household = work.households.ever(member.household_id) if member else None
    if member is None or household is None:
        raise RuleBroken("member.unknown")
    return member, household


def _history(work: UnitOfWork, member_id: str) -> tuple[AuditRow, ...]:
    ids = (member_id, *work.duplicates.merged_from(member_id))
    return tuple(sorted((row for one in ids for row in work.audit.of_record(one)), key=lambda row: -row.seq))


def _others(work: UnitOfWork, household_id: str, without: Collection[str]) -> tuple[Member, ...]:
    return tuple(one for one in work.households.members(household_id) if one.id not in without)


def _held(work: UnitOfWork, member_id: str) -> tuple[Claim, ...]:
    """Claims of which the family holds a receipt that still stands."""
    return tuple(claim for claim in work.claims.of_member(member_id)
                 if claim.state is not ClaimState.DRAFT and claim.state not in _ENDED)


def _against_claims(work: UnitOfWork, kept: Member, lost: Member) -> tuple[Finding, ...]:
    held = len(_held(work, lost.id))
    if not held:
        return ()
    code = "duplicates.claims_on_both" if _held(work, kept.id) else "duplicates.claims_on_lost"
    return (refusal(code, Part.NAME, name=lost.name, n=held),)


def _against_place(work: UnitOfWork, after: Member, home: Household) -> tuple[Finding, ...]:
    if work.households.get(home.id) is None:
        return (refusal("household.unknown", Part.PLACE),)
    closed = home.listing is Listing.CLOSED and after.standing is Standing.PRESENT
    return (refusal("household_act.household_closed", Part.PLACE),) if closed else ()


def _against_leaving(work: UnitOfWork, after: Member, lost: Member, homes: tuple[Household, Household]
                     ) -> tuple[Finding, ...]:
    """Nobody may be left in a household without a head."""
    found = []
    for home in dict.fromkeys(homes):
        before = work.households.members(home.id)
        rest = [one.relation for one in before if one.id not in (after.id, lost.id)]
        if after.household_id == home.id and after.standing is Standing.PRESENT:
            rest.append(after.relation)
        if rest and HEAD not in rest and any(one.is_head for one in before):
            found.append(refusal("duplicates.no_head", Part.PLACE, household_no=home.household_no))
    return tuple(found)


def _closes(work: UnitOfWork, left: Household, merged: Collection[str]) -> bool:
    """Whether the merger leaves nobody there. A closed household keeps its claims and its history."""
    known = work.households.get(left.id) is not None and left.listing is not Listing.CLOSED
    return known and not _others(work, left.id, merged)


def _take_over_claims(work: UnitOfWork, kept: Member, lost: Member, after: Member) -> None:
    for claim in (*work.claims.of_member(kept.id), *work.claims.of_member(lost.id)):
        if claim.state is ClaimState.DRAFT:
            work.write(replace(claim, member_id=after.id, household_id=after.household_id), "merge_records")


def _take_over_cover(work: UnitOfWork, kept_id: str, lost_id: str) -> None:
    """One cover a year: what stands goes before what has ended, and of two that stand the longer one stays."""
    own = {one.policy_year: one for one in reversed(work.enrolments.of_member(kept_id))}
    for one in work.enrolments.of_member(lost_id):
        mine = own.get(one.policy_year)
        if mine is None:
            own[one.policy_year] = moved = replace(one, member_id=kept_id)
            work.write(moved, "merge_records")
            continue
        better = replace(_better_cover(mine, one), id=mine.id, member_id=kept_id)
        if better == mine:
            work.stand(mine, "merge_records")
        else:
            own[one.policy_year] = better
            work.write(better, "merge_records")
        work.remove(one, "merge_records")


def _better_cover(mine: Enrolment, other: Enrolment) -> Enrolment:
    """What one person has of two covers for one year. Under two schemes nothing is widened beyond what either gave:
    the cover that began first stays."""
    if mine.status is not other.status:
        return mine if mine.status is EnrolmentStatus.ENROLLED else other
    if mine.status is EnrolmentStatus.ENDED:
        return mine
    first = min((mine, other), key=lambda one: one.starts)
    return replace(first, ends=max(mine.ends, other.ends)) if mine.scheme_id == other.scheme_id else first


def _told(desk: Desk, after: Member, gone: Member, home: Household, left: Household) -> Iterator[HouseholdAct]:
    """The merger as both households' histories tell it on every device; `gone` is the record that stood in `left`."""
    apart = left.id != home.id
    for here, there, before, now in ((home, left, after.relation, after.relation), (left, home, gone.relation, "")):
        if here is home or apart:
            yield HouseholdAct(
                id=new_id(), household_id=here.id, kind=ActKind.ONE_PERSON, happened_on=desk.clock.today(), reason="",
                recorded_at=desk.clock.now(), recorded_by=desk.actor.display_name,
                people=(ActPerson(member_id=after.id, name=after.name, before=before, after=now),),
                other_id=there.id if apart else "", other_no=there.household_no if apart else "",
            )


def _decide_cover(work: UnitOfWork, kept: Member, kept_home: Household, after: Member, home: Household
                  ) -> tuple[Finding, ...]:
    """Another number, or a household of another kind, decides anew about the office's year."""
    policy_year = work.office.profile().policy_year
    before = work.enrolments.of_year(after.id, policy_year)
    as_before = (after.id_no, after.standing, home.poverty_type, home.listing) == (
        kept.id_no, kept.standing, kept_home.poverty_type, kept_home.listing)
    if before is not None and as_before:
        return ()
    cover = enrol_if_eligible(work, home, after, person_of(after), policy_year)
    stood = before is not None and before.status is EnrolmentStatus.ENROLLED
    if stood and cover.enrolment is None and work.claims.of_member(after.id, policy_year):
        return (warning("enrolment.ended_with_claims", Part.NAME, name=after.name),)
    return ()
