"""Acts on a household: each with its day and reason, in one transaction, and told in the history for good.

People keep their member id through all acts. Who dies or leaves stays on record with the day; a policy year that has
begun keeps its cover, the years after follow the scheme's own rules (`backbone_core.enrolment.check_eligibility`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from backbone_core.claim_checks import GONE
from backbone_core.enrolment import Enrolment, EnrolmentStatus
from backbone_core.errors import Finding, refuse_if_any, warning
from backbone_core.household import Household, Listing, Member, Standing
from backbone_core.household_act import ActKind, HouseholdAct
from backbone_core.ids import new_id
from backbone_core.records import kind_of, to_fields
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.enrolling import enrol_newcomer, follow_up, person_of
from backbone_desktop.services.household_act_plan import Plan, known_household
from backbone_desktop.services.household_act_ports import Written
from backbone_desktop.services.household_act_typed import ActDraft
from backbone_desktop.services.household_comings import birth, marry_in, marry_out
from backbone_desktop.services.household_form import read_household_no
from backbone_desktop.services.ports import Desk, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDone:
    """What an act did. `covered` and `ended` are (name, policy year) of cover that came or went with it."""

    household_id: str
    household_no: str
    kind: ActKind
    other_id: str = ""
    other_no: str = ""
    covered: tuple[tuple[str, int], ...] = ()
    ended: tuple[tuple[str, int], ...] = ()
    closed: tuple[str, ...] = ()
    """Numbers of households that nobody lives in any more."""
    warnings: tuple[Finding, ...] = ()


def check_act(desk: Desk, household_id: str, kind: ActKind, draft: ActDraft) -> tuple[Finding, ...]:
    """Every finding about the form. Raises RuleBroken household.unknown, household_act.household_closed."""
    with desk.read() as work:
        return tuple(_plan(work, desk, household_id, kind, draft).form.findings)


def carry_out_act(desk: Desk, household_id: str, kind: ActKind, draft: ActDraft) -> ActDone:
    """Raises RuleBroken with every finding at its field; then nothing was changed."""
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        plan = _plan(work, desk, household_id, kind, draft)
        warnings = refuse_if_any(plan.form.findings)
        before = _before(work, plan)
        for home in plan.homes.values():
            work.write(home, kind.value)
        for member in plan.members.values():
            work.write(member, kind.value)
        for act in plan.acts:
            work.write(act, kind.value)
        covered, ended, claimed = _follow(work, plan)
        work.household_acts.keep(plan.acts[0].id, _written(work, plan, before))
        work.commit()
    told = plan.acts[0]
    return ActDone(
        household_id=household_id, household_no=plan.household.household_no, kind=kind, other_id=told.other_id,
        other_no=told.other_no, covered=covered, ended=ended, warnings=(*warnings, *claimed),
        closed=tuple(home.household_no for home in plan.homes.values() if home.listing is Listing.CLOSED),
    )


def _before(work: UnitOfWork, plan: Plan) -> dict[str, Household | Member | Enrolment]:
    """What the act is about to write, by id; what it makes is not in it."""
    known: list[Household | Member | Enrolment | None] = [
        *(work.households.get(one) for one in plan.homes), *(work.members.get(one) for one in plan.members)]
    concerned = {one.id for home in plan.homes for one in plan.family_after(home)} | plan.members.keys()
    known += [one for member_id in concerned for one in work.enrolments.of_member(member_id)]
    return {one.id: one for one in known if one is not None}


def _written(work: UnitOfWork, plan: Plan, before: Mapping[str, Household | Member | Enrolment]) -> list[Written]:
    """Everything that the act has written, with what stood there before."""
    people = {one.id for home in plan.homes for one in plan.family_after(home)} | plan.members.keys()
    covers = [one for member_id in people for one in work.enrolments.of_member(member_id)]
    records: tuple[Household | Member | HouseholdAct | Enrolment, ...] = (
        *plan.homes.values(), *plan.members.values(), *plan.acts, *covers)
    return [Written(kind_of(one), one.id, to_fields(before[one.id]) if one.id in before else None, to_fields(one))
            for one in records if before.get(one.id) != one]


def _plan(work: UnitOfWork, desk: Desk, household_id: str, kind: ActKind, draft: ActDraft) -> Plan:
    plan = Plan(work, desk, known_household(work, household_id), draft)
    ACTS[kind](plan)
    plan.check_families()
    return plan


Years = tuple[tuple[str, int], ...]


def _follow(work: UnitOfWork, plan: Plan) -> tuple[Years, Years, tuple[Finding, ...]]:
    """Let cover follow what happened; return what came and what went, and under which claims it went."""
    day, year = plan.acts[0].happened_on, work.office.profile().policy_year
    covered, ended, claimed = [], [], []
    concerned = {one.id: one for home in plan.homes.values() for one in plan.family_after(home.id)} | plan.members
    for member in concerned.values():
        home = plan.homes.get(member.household_id) or work.households.get(member.household_id)
        if home is None:
            continue
        before = _years(work, member)
        follow_up(work, home, member, day)
        if member.id in plan.to_cover and year not in before:
            enrol_newcomer(work, home, member, year, day)
        after = _years(work, member)
        covered += [(member.name, one) for one in sorted(after - before)]
        ended += [(member.name, one) for one in sorted(before - after)]
        claimed += [warning("enrolment.ended_with_claims", "", name=member.name)
                    for one in sorted(before - after) if work.claims.of_member(member.id, one)]
    return tuple(covered), tuple(ended), tuple(claimed)


def _years(work: UnitOfWork, member: Member) -> set[int]:
    return {one.policy_year for one in work.enrolments.of_member(member.id)
            if one.status is EnrolmentStatus.ENROLLED}


# --- the acts


def _change_head(plan: Plan) -> None:
    day, reason = plan.read_day(), plan.read_reason()
    head = plan.pick("member_id", plan.draft.member_id, plan.family)
    if head is None:
        return
    if head.is_head:
        plan.form.refuse("household_act.is_head", "member_id", name=head.name)
        return
    for one in plan.relate(plan.family, plan.draft.relations, "relations", head.id):
        plan.put(one)
    plan.tell(ActKind.HEAD, plan.household, day, reason)


def _death(plan: Plan) -> None:
    day, reason = plan.read_day(), plan.read_reason(needed=False)
    member = plan.pick("member_id", plan.draft.member_id, plan.family)
    if member is None:
        return
    plan.not_before(day, person_of(member).birth_date, "household_act.before_birth")
    later = [one for one in plan.work.claims.of_member(member.id)
             if one.state not in GONE and one.admitted is not None and one.admitted > day > date.min]
    if later:
        plan.form.warn("household_act.claims_after_death", "happened_on", n=len(later))
    plan.put(replace(member, standing=Standing.DIED, left_on=day))
    plan.succeed({member.id})
    plan.close_if_empty(plan.household, day)
    plan.tell(ActKind.DEATH, plan.household, day, reason)


def _split(plan: Plan) -> None:
    day, reason, draft, work = plan.read_day(), plan.read_reason(), plan.draft, plan.work
    going = [one for one in plan.family if one.id in draft.member_ids]
    if not going:
        plan.form.refuse("household_act.nobody_chosen", "member_ids")
        return
    if len(going) == len(plan.family):
        plan.form.refuse("household_act.all_chosen", "member_ids")
        return
    number = read_household_no(plan.form, work, "other_no", draft.other_no)
    number = number or work.households.next_number(plan.household.county)
    new = replace(plan.household, id=new_id(), household_no=number, phone="")
    plan.homes[new.id] = new
    if plan.pick("their_head_id", draft.their_head_id, going) is None:
        return
    for one in plan.relate(going, draft.their_relations, "their_relations", draft.their_head_id):
        plan.put(replace(one, household_id=new.id))
    plan.succeed({one.id for one in going})
    plan.tell(ActKind.SPLIT, plan.household, day, reason, other=new)
    plan.tell(ActKind.SPLIT_FROM, new, day, reason, other=plan.household)


def _merge(plan: Plan) -> None:
    """The other household's people come here, those too who died in it or left it; it is closed."""
    day, reason = plan.read_day(), plan.read_reason()
    other = plan.other_household("household_act.other_missing")
    if other is None:
        return
    if other.poverty_type != plan.household.poverty_type or other.listing != plan.household.listing:
        plan.form.warn("household_act.types_differ", "other_no")
    for one in plan.relate(plan.family_of(other), plan.draft.relations, "relations"):
        plan.enter(plan.household, replace(one, household_id=plan.household.id), f"relations.{one.id}")
    for one in plan.work.households.former_members(other.id):
        plan.put(replace(one, household_id=plan.household.id))
    plan.close_if_empty(other, day)
    plan.tell(ActKind.MERGE, plan.household, day, reason, other=other)
    plan.tell(ActKind.MERGED, other, day, reason, other=plan.household)


def _move(plan: Plan) -> None:
    day, reason, form, draft, before = plan.read_day(), plan.read_reason(), plan.form, plan.draft, plan.household
    after = replace(
        before,
        township=form.text("township", draft.township, missing="household.township_missing"),
        village=form.text("village", draft.village, missing="household.village_missing"),
        group=form.text("group", draft.group), address=form.text("address", draft.address),
    )
    scope = plan.work.sync.device().scope
    if scope.startswith("township:") and after.township and after.township != scope.rpartition(":")[2]:
        form.refuse("household_act.other_township", "township")
    if _place(after) == _place(before):
        form.refuse("household_act.not_moved", "village")
    plan.homes[after.id] = after
    plan.tell(ActKind.MOVE, after, day, reason, old=_place(before), new=_place(after))


def _place(household: Household) -> str:
    parts = (household.township, household.village, household.group, household.address)
    return " ".join(part for part in parts if part)


def _leave_list(plan: Plan) -> None:
    _list(plan, ActKind.LEAVE_LIST, Listing.LISTED, Listing.LEFT)


def _return_to_list(plan: Plan) -> None:
    plan.to_cover += [one.id for one in plan.family]
    _list(plan, ActKind.RETURN_TO_LIST, Listing.LEFT, Listing.LISTED)


def _list(plan: Plan, kind: ActKind, before: Listing, after: Listing) -> None:
    day, reason, home = plan.read_day(), plan.read_reason(), plan.household
    if home.listing is not before:
        code = "household_act.listed_already" if after is Listing.LISTED else "household_act.left_already"
        plan.form.refuse(code, "")
    plan.not_before(day, home.listing_since, "household_act.before_last")
    plan.homes[home.id] = replace(home, listing=after, listing_since=day)
    plan.tell(kind, home, day, reason)


ACTS: Mapping[ActKind, Callable[[Plan], None]] = {
    ActKind.HEAD: _change_head,
    ActKind.SPLIT: _split,
    ActKind.MERGE: _merge,
    ActKind.MOVE: _move,
    ActKind.BIRTH: birth,
    ActKind.DEATH: _death,
    ActKind.MARRY_IN: marry_in,
    ActKind.MARRY_OUT: marry_out,
    ActKind.LEAVE_LIST: _leave_list,
    ActKind.RETURN_TO_LIST: _return_to_list,
}
"""What a clerk can do; the other kinds are the other household's side of one of these."""
