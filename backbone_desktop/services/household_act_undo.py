"""Taking back an act that was recorded by mistake: what it changed stands as before, and the history says so."""

from __future__ import annotations

from dataclasses import replace

from backbone_core.change import RecordKind, same
from backbone_core.claim_checks import GONE
from backbone_core.enrolment import Enrolment, EnrolmentStatus
from backbone_core.errors import RuleBroken
from backbone_core.household import Household, Member, check_relations
from backbone_core.household_act import HouseholdAct
from backbone_core.records import from_fields, to_fields
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.household_act_ports import Written
from backbone_desktop.services.ports import Desk, Record, UnitOfWork

ACT = "take_back"
Standing = Household | Member | Enrolment


def take_back(desk: Desk, act_id: str) -> HouseholdAct:
    """Put back what an act changed, at both households where there are two; other fields stay as they were edited.

    Raises RuleBroken household_act.unknown, household_act.taken_back, household_act.not_here (another device recorded
    it), household_act.built_on (something that came later rests on it).
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        act = work.household_acts.get(act_id)
        if act is None:
            raise RuleBroken("household_act.unknown")
        if act.taken_back_at is not None:
            raise RuleBroken("household_act.taken_back")
        written = work.household_acts.written(act_id)
        if not written:
            raise RuleBroken("household_act.not_here")
        if not _nothing_rests_on(work, act, written):
            raise RuleBroken("household_act.built_on")
        homes = _homes(work, written)
        for record in [_as_before(work, one) for one in written if one.before is not None]:
            if record is not None:  # households come back before their people, people before their cover
                work.write(record, ACT)
        for one in reversed(written):
            if one.before is None:
                _take_out(work, desk, one)
        if not all(_sound(work, home) for home in homes | _homes(work, written)):
            raise RuleBroken("household_act.built_on")
        work.commit()
    return replace(act, taken_back_by=desk.actor.display_name)


def can_take_back(work: UnitOfWork, act: HouseholdAct) -> bool:
    """Whether it was recorded here and nothing that it did was done otherwise since."""
    written = work.household_acts.written(act.id) if act.taken_back_at is None else ()
    return bool(written) and _nothing_rests_on(work, act, written)


def _nothing_rests_on(work: UnitOfWork, act: HouseholdAct, written: tuple[Written, ...]) -> bool:
    ids = {one.record_id for one in written}
    for one in written:
        if one.kind is RecordKind.HOUSEHOLD_ACT:
            continue
        if _as_before(work, one) is None or _claimed_since(work, act, one):
            return False
        if one.before is not None:
            continue
        if one.kind is RecordKind.MEMBER and work.claims.of_member(one.record_id):
            return False
        if one.kind is RecordKind.HOUSEHOLD:
            people = (*work.households.members(one.record_id), *work.households.former_members(one.record_id))
            claims = work.claims.of_household(one.record_id)
            if any(who.id not in ids for who in people) or any(it.household_id == one.record_id for it in claims):
                return False
    return True


def _claimed_since(work: UnitOfWork, act: HouseholdAct, one: Written) -> bool:
    """Whether a claim was taken in under cover, or from a household, that the act gave somebody; a draft is weighed
    anew when it is taken in."""
    if one.kind is RecordKind.ENROLMENT and one.after["status"] == EnrolmentStatus.ENROLLED:
        claims = work.claims.of_member(one.after["member_id"], one.after["policy_year"])
    elif one.kind is RecordKind.MEMBER and one.before and one.before["household_id"] != one.after["household_id"]:
        claims = work.claims.of_member(one.record_id)
    else:
        return False
    return any(it.received_at is not None and it.received_at >= act.recorded_at and it.state not in GONE
               for it in claims)


def _as_before(work: UnitOfWork, one: Written) -> Record | None:
    """The record with what the act changed put back; None where one of these fields was changed since."""
    current = _current(work, one)
    if current is None:
        return None
    fields = to_fields(current)
    changed = [name for name, value in one.after.items() if one.before is None or not same(one.before.get(name), value)]
    if any(not same(fields.get(name), one.after[name]) for name in changed):
        return None
    if one.before is None:
        return current
    return from_fields(one.kind, one.record_id, {**fields, **{name: one.before[name] for name in changed}})


def _current(work: UnitOfWork, one: Written) -> Standing | None:
    if one.kind is RecordKind.HOUSEHOLD:
        return work.households.get(one.record_id)
    if one.kind is RecordKind.MEMBER:
        return work.members.get(one.record_id)
    return work.rosters.enrolment(one.record_id)


def _take_out(work: UnitOfWork, desk: Desk, one: Written) -> None:
    """Take out what the act made; what was told stays told, and is marked."""
    if one.kind is RecordKind.HOUSEHOLD_ACT:
        act = work.household_acts.get(one.record_id)
        if act is not None:
            work.write(replace(act, taken_back_at=desk.clock.now(), taken_back_by=desk.actor.display_name), ACT)
        return
    made = _current(work, one)
    if made is not None:
        work.remove(made, ACT)


def _homes(work: UnitOfWork, written: tuple[Written, ...]) -> set[str]:
    """The households in which those live whom the act concerns."""
    people = (work.members.get(one.record_id) for one in written if one.kind is RecordKind.MEMBER)
    return {who.household_id for who in people if who is not None}


def _sound(work: UnitOfWork, household_id: str) -> bool:
    family = work.households.members(household_id)
    return not family or not check_relations([one.relation for one in family])
