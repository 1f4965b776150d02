"""What an act on a household would write, gathered with everything that is wrong with it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from backbone_core.dates import read_date
from backbone_core.errors import Finding, RuleBroken
from backbone_core.household import HEAD, RELATIONS, SPOUSE, Household, Listing, Member, Standing, check_relations
from backbone_core.household_act import ActKind, ActPerson, HouseholdAct
from backbone_core.ids import new_id
from backbone_desktop.services.household_act_typed import ActDraft, Relations
from backbone_desktop.services.household_form import MOST_MEMBERS
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.reading import Reading


class Plan:
    """One act on one household. It may be written only when no finding refuses."""

    def __init__(self, work: UnitOfWork, desk: Desk, household: Household, draft: ActDraft) -> None:
        self.work, self.desk, self.draft = work, desk, draft
        self.household = household
        self.form = Reading()
        self.homes: dict[str, Household] = {}
        """Households to write."""
        self.members: dict[str, Member] = {}
        """Members to write."""
        self.acts: list[HouseholdAct] = []
        self.to_cover: list[str] = []
        """Members who get cover in the office's policy year where they may have it."""
        self._before: dict[str, tuple[Member, ...]] = {}
        self.family = self.family_of(household)

    # --- what stands

    def family_of(self, household: Household) -> tuple[Member, ...]:
        """Who lives in the household now, before the act."""
        if household.id not in self._before:
            self._before[household.id] = self.work.households.members(household.id)
        return self._before[household.id]

    def family_after(self, household_id: str) -> tuple[Member, ...]:
        people = {one.id: one for family in self._before.values() for one in family} | self.members
        return tuple(one for one in people.values()
                     if one.household_id == household_id and one.standing is Standing.PRESENT)

    def home(self, household: Household) -> Household:
        """The household as the act leaves it."""
        return self.homes.get(household.id, household)

    # --- reading the form

    def read_day(self, typed: str = "") -> date:
        """The day of the act; not in the future. The far past where it cannot be read."""
        day = self.form.take("happened_on", lambda: read_date(typed or self.draft.happened_on), date.min)
        if day > self.desk.clock.today():
            self.form.refuse("household_act.in_future", "happened_on")
        return day

    def not_before(self, day: date, earliest: date | None, code: str) -> None:
        if earliest is not None and date.min < day < earliest:
            self.form.add(Finding(code, "happened_on", {"earliest": earliest}))

    def read_reason(self, *, needed: bool = True) -> str:
        return self.form.text("reason", self.draft.reason, missing="household_act.reason_missing" if needed else "")

    def pick(self, place: str, member_id: str, among: Collection[Member]) -> Member | None:
        """One of `among`; a refusal at `place` where nobody or somebody else was chosen."""
        found = next((one for one in among if one.id == member_id), None)
        if found is None:
            self.form.refuse("member.not_here" if member_id else "household_act.person_missing", place)
        return found

    def other_household(self, missing: str) -> Household | None:
        """The household whose number was typed, which is another one and not closed."""
        number = "".join(unicodedata.normalize("NFKC", self.draft.other_no).split()).upper()
        if not number:
            self.form.refuse(missing, "other_no")
            return None
        other = self.work.households.by_number(number)
        if other is None:
            self.form.refuse("household_act.no_such_household", "other_no", household_no=number)
        elif other.id == self.household.id:
            self.form.refuse("household_act.same_household", "other_no")
        elif other.listing is Listing.CLOSED:
            self.form.refuse("household_act.other_closed", "other_no", household_no=number)
        else:
            return other
        return None

    def read_relation(self, place: str, typed: str) -> str:
        """A relation to the head of who is not the head."""
        relation = typed.strip()
        if not relation:
            self.form.refuse("household_act.relation_missing", place)
        elif relation not in RELATIONS:
            self.form.refuse("household.relation_unknown", place)
        elif relation == HEAD:
            self.form.refuse("household.two_heads", place)
        return relation

    # --- who becomes what

    def put(self, member: Member) -> None:
        self.members[member.id] = member

    def relate(self, people: Iterable[Member], given: Relations, place: str, head_id: str = "") -> tuple[Member, ...]:
        """`people` with the relations that were chosen on the form; `head_id` of them is the head."""
        relations, related, spouses = dict(given), [], 0
        for one in people:
            where = f"{place}.{one.id}"
            relation = HEAD if one.id == head_id else self.read_relation(where, relations.get(one.id, ""))
            if relation == SPOUSE:
                spouses += 1
                if spouses > 1:
                    self.form.refuse("household.two_spouses", where)
            related.append(replace(one, relation=relation))
        return tuple(related)

    def succeed(self, leaving: Collection[str]) -> None:
        """Give the household a new head where the old one is among those who go; relations are asked, not guessed."""
        stay = [one for one in self.family if one.id not in leaving]
        if not stay or any(one.is_head for one in stay):
            return
        if not self.draft.head_id:
            self.form.refuse("household_act.head_missing", "head_id")
        elif self.pick("head_id", self.draft.head_id, stay) is not None:
            for one in self.relate(stay, self.draft.relations, "relations", self.draft.head_id):
                self.put(one)

    def close_if_empty(self, household: Household, day: date) -> None:
        if not self.family_after(household.id):
            self.homes[household.id] = replace(self.home(household), listing=Listing.CLOSED, listing_since=day)

    def enter(self, household: Household, member: Member, place: str) -> None:
        """Put a member into a household that has its head; what it may not have two of is refused at `place`."""
        self.put(member)
        if member.relation == SPOUSE and sum(
                one.relation == SPOUSE for one in self.family_after(household.id)) > 1:
            self.form.refuse("household.two_spouses", place)

    # --- what is told

    def tell(self, kind: ActKind, household: Household, day: date, reason: str, *, old: str = "", new: str = "",
             other: Household | None = None) -> None:
        """Write down what the act changed in the household: called when all its members are put."""
        before = {one.id: one for one in self._before.get(household.id, ())}
        after = {one.id: one for one in self.family_after(household.id)}
        people = tuple(
            ActPerson(member_id=one.id, name=one.name, before=before[one.id].relation if one.id in before else "",
                      after=after[one.id].relation if one.id in after else "")
            for one in {**before, **after}.values()
            if one.id not in before or one.id not in after or before[one.id].relation != after[one.id].relation
        )
        self.acts.append(HouseholdAct(
            id=new_id(), household_id=household.id, kind=kind, happened_on=day, reason=reason,
            recorded_at=self.desk.clock.now(), recorded_by=self.desk.actor.display_name, people=people, old=old,
            new=new, other_id=other.id if other else "", other_no=other.household_no if other else "",
        ))

    def check_families(self) -> None:
        """One head in every household that is not empty: what no single field could say.

        What was wrong before, because two offices met, is not the act's doing.
        """
        if self.form.refuses:
            return
        for household_id in {*self._before, *self.homes}:
            family, stood = self.family_after(household_id), self._before.get(household_id, ())
            if len(family) > max(MOST_MEMBERS, len(stood)):
                self.form.refuse("household.too_many_members", "", most=MOST_MEMBERS)
            before = {found.code for found in check_relations([one.relation for one in stood])}
            for found in check_relations([one.relation for one in family]) if family else ():
                if found.code not in before or not stood:
                    self.form.refuse(found.code, "")


def known_household(work: UnitOfWork, household_id: str) -> Household:
    """Raises RuleBroken household.unknown, household_act.household_closed."""
    household = work.households.get(household_id)
    if household is None:
        raise RuleBroken("household.unknown")
    if household.listing is Listing.CLOSED:
        raise RuleBroken("household_act.household_closed")
    return household
