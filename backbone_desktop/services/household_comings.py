"""Who comes to a household and who goes from it: births and marriages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from backbone_core.household import Household, Member, Standing
from backbone_core.household_act import ActKind
from backbone_core.identity import ResidentId
from backbone_core.ids import new_id
from backbone_desktop.services.household_act_plan import Plan
from backbone_desktop.services.household_form import as_known, read_member


def birth(plan: Plan) -> None:
    """A child is registered once it has an ID number, which says the day; another day is a slip of the pen."""
    reason = plan.read_reason(needed=False)
    child, person = _read_person(plan)
    born = person.birth_date if person is not None else None
    typed = plan.draft.happened_on or (born.isoformat() if born else "")
    day = plan.read_day(typed) if typed else date.min  # without a number there is more amiss than the day
    if born is not None and date.min < day != born:
        plan.form.refuse("household_act.birth_date_differs", "happened_on", birth_date=born)
    if person is not None:
        known = plan.work.members.by_id_no(person.number)
        if known is not None:
            _refuse_known(plan, known)
    plan.to_cover.append(child.id)
    plan.enter(plan.household, child, "person.relation")
    plan.tell(ActKind.BIRTH, plan.household, day, reason)


def marry_in(plan: Plan) -> None:
    """Somebody from elsewhere, or from another registered household; who is known keeps the member id."""
    day, reason = plan.read_day(), plan.read_reason(needed=False)
    typed, person = _read_person(plan)
    if person is not None:
        plan.not_before(day, person.birth_date, "household_act.before_birth")
    known = plan.work.members.by_id_no(person.number) if person is not None else None
    comes = typed if known is None else _as_known(plan, known, typed)
    plan.to_cover.append(comes.id)
    plan.enter(plan.household, comes, "person.relation")
    left = _leaves(plan, known)
    if left is not None:
        plan.close_if_empty(left, day)
    plan.tell(ActKind.MARRY_IN, plan.household, day, reason, other=left)
    if left is not None:
        plan.tell(ActKind.MARRY_OUT, left, day, reason, other=plan.household)


def marry_out(plan: Plan) -> None:
    """Into another registered household, or away from all of them."""
    day, reason, draft = plan.read_day(), plan.read_reason(needed=False), plan.draft
    member = plan.pick("member_id", draft.member_id, plan.family)
    if member is None:
        return
    goes_to: Household | None = None
    if draft.other_no.strip():
        goes_to = plan.other_household("household_act.other_missing")
        if goes_to is None:
            return
        plan.family_of(goes_to)
        relation = plan.read_relation("relation", draft.relation)
        plan.enter(goes_to, replace(member, household_id=goes_to.id, relation=relation), "relation")
        plan.to_cover.append(member.id)
    else:
        plan.put(replace(member, standing=Standing.LEFT, left_on=day))
    plan.succeed({member.id})
    plan.close_if_empty(plan.household, day)
    plan.tell(ActKind.MARRY_OUT, plan.household, day, reason, other=goes_to)
    if goes_to is not None:
        plan.tell(ActKind.MARRY_IN, goes_to, day, reason, other=plan.household)


def _read_person(plan: Plan) -> tuple[Member, ResidentId | None]:
    fresh = Member(id=new_id(), household_id=plan.household.id, name="", id_no="", relation="")
    member, person = read_member(plan.form, plan.desk, "person", plan.draft.person, fresh)
    plan.read_relation("person.relation", member.relation)
    return member, person


def _as_known(plan: Plan, known: Member, typed: Member) -> Member:
    """The registered person as they come; what was typed beside name and number fills in or replaces."""
    if known.name != typed.name:
        plan.form.refuse("household_act.name_differs", "person.name")
    elif known.standing is Standing.DIED or (known.standing is Standing.PRESENT
                                             and known.household_id == plan.household.id):
        _refuse_known(plan, known)
    elif known.standing is Standing.LEFT:
        plan.form.warn("household_act.comes_back", "person.id_no", left_on=known.left_on)
    return as_known(known, typed)


def _leaves(plan: Plan, known: Member | None) -> Household | None:
    """The registered household that loses who marries in here."""
    if known is None or known.standing is not Standing.PRESENT or known.household_id == plan.household.id:
        return None
    home = plan.work.households.get(known.household_id)
    if home is None:
        return None
    if known.is_head and len(plan.family_of(home)) > 1:
        plan.form.refuse("household_act.head_first", "person.id_no", household_no=home.household_no)
    else:
        plan.form.warn("household_act.comes_from", "person.id_no", household_no=home.household_no)
    plan.family_of(home)
    return home


def _refuse_known(plan: Plan, known: Member) -> None:
    if known.standing is Standing.DIED:
        plan.form.refuse("member.has_died", "person.id_no", died_on=known.left_on)
        return
    home = plan.work.households.get(known.household_id)
    plan.form.refuse("member.id_taken", "person.id_no", household_no=home.household_no if home else "")
