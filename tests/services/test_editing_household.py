"""Changing a household that is registered: its people, its numbers and what becomes of their cover."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from backbone_core.enrolment import EnrolmentStatus
from backbone_core.errors import RuleBroken
from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.ports import Desk
from backbone_desktop.services.registry import (
    HouseholdSaved,
    check_household,
    edit_household,
    household_as_typed,
    open_household,
    register_household,
)
from backbone_desktop.services.typed import HouseholdDraft, MemberDraft
from tests.services.office_kit import HEAD_ID, SON_ID, WIFE_ID, ClaimMaker, Family, Office, head, household

SEVENTY = "520625194901010012"


def as_typed(desk: Desk, family: Family) -> HouseholdDraft:
    return household_as_typed(open_household(desk, family.saved.household_id))


def edit(desk: Desk, family: Family, draft: HouseholdDraft) -> HouseholdSaved:
    return edit_household(desk, family.saved.household_id, draft)


def line(draft: HouseholdDraft, n: int, **other: Any) -> HouseholdDraft:
    lines = list(draft.members)
    lines[n] = replace(lines[n], **other)
    return replace(draft, members=tuple(lines))


def refused(office: Office, family: Family, draft: HouseholdDraft) -> set[tuple[str, str]]:
    before = office.stored()
    with pytest.raises(RuleBroken) as why:
        edit(office.desk, family, draft)
    assert office.stored() == before
    assert check_household(office.desk, draft, family.saved.household_id) == why.value.findings
    return {(one.code, one.field) for one in why.value.findings}


def test_opening_and_saving_unchanged_changes_nothing(office: Office, family: Family) -> None:
    before = office.stored()
    saved = edit(office.desk, family, as_typed(office.desk, family))
    assert office.stored() == before
    assert saved == replace(family.saved, enrolled=())


def test_a_disability_survives_opening_and_saving(office: Office) -> None:
    saved = register_household(office.desk, household(head(id_no=HEAD_ID + "43")))
    draft = household_as_typed(open_household(office.desk, saved.household_id))
    assert draft.members[0].id_no == HEAD_ID + "43"
    edit_household(office.desk, saved.household_id, draft)
    assert open_household(office.desk, saved.household_id).members[0].member.disability == "43"


def test_what_changed_is_one_change_of_the_member_it_concerns(office: Office, family: Family) -> None:
    with office.desk.read() as work:
        sent = len(work.outbox.waiting())
    edit(office.desk, family, line(as_typed(office.desk, family), 1, phone="13900000000"))
    with office.desk.read() as work:
        new = work.outbox.waiting()[sent:]
    assert [(one.kind, one.record_id, one.act, one.fields) for one in new] == [
        ("member", family.wife_id, "edit", {"phone": "13900000000"})
    ]


def test_a_child_is_added_and_enrolled(office: Office, family: Family) -> None:
    draft = as_typed(office.desk, family)
    child = MemberDraft(name="测试丙", id_no=SON_ID, relation="之子")
    saved = edit(office.desk, family, replace(draft, members=(*draft.members, child)))
    assert len(saved.enrolled) == 1
    assert len(open_household(office.desk, family.saved.household_id).members) == 3


def test_who_is_taken_off_the_form_is_struck_off_with_the_cover(office: Office, family: Family) -> None:
    draft = as_typed(office.desk, family)
    edit(office.desk, family, replace(draft, members=draft.members[:1]))
    assert [one.member.name for one in open_household(office.desk, family.saved.household_id).members] == ["测试甲"]
    with office.desk.read() as work:
        assert work.members.get(family.wife_id) is None
        assert work.enrolments.of_member(family.wife_id) == ()
        assert [one.act for one in work.outbox.waiting()][-2:] == ["remove", "remove"]
    # and the number may be registered again
    register_household(office.desk, household(head(name="测试乙", id_no=WIFE_ID), household_no="2"))


def test_who_has_a_claim_cannot_be_struck_off(office: Office, family: Family, claim: ClaimMaker) -> None:
    register_claim(office.desk, claim())
    draft = as_typed(office.desk, family)
    left = replace(draft.members[1], relation="户主")
    assert refused(office, family, replace(draft, members=(left,))) == {("member.has_claims", "members")}


def test_the_same_person_struck_off_and_typed_anew(office: Office, family: Family) -> None:
    draft = as_typed(office.desk, family)
    edit(office.desk, family, line(draft, 1, member_id=""))
    view = open_household(office.desk, family.saved.household_id)
    assert [one.member.id_no for one in view.members] == [HEAD_ID, WIFE_ID]
    assert view.members[1].member.id != family.wife_id
    assert view.members[1].enrolment is not None


def test_two_numbers_that_were_mixed_up_are_put_right(office: Office, family: Family) -> None:
    draft = line(line(as_typed(office.desk, family), 0, id_no=WIFE_ID), 1, id_no=HEAD_ID)
    edit(office.desk, family, draft)
    view = open_household(office.desk, family.saved.household_id)
    assert [(one.member.name, one.member.id_no) for one in view.members] == [("测试甲", WIFE_ID), ("测试乙", HEAD_ID)]


def test_the_head_may_change(office: Office, family: Family) -> None:
    draft = line(line(as_typed(office.desk, family), 0, relation="配偶"), 1, relation="户主")
    edit(office.desk, family, draft)
    assert open_household(office.desk, family.saved.household_id).members[0].member.id == family.wife_id
    assert refused(office, family, line(draft, 0, relation="户主")) == {("household.two_heads", "members.1.relation")}


def test_another_households_number_is_refused(office: Office, family: Family) -> None:
    register_household(office.desk, household(head(id_no=SON_ID), household_no="2"))
    assert refused(office, family, line(as_typed(office.desk, family), 1, id_no=SON_ID)) == {
        ("member.id_taken", "members.1.id_no")
    }
    assert refused(office, family, replace(as_typed(office.desk, family), household_no="2")) == {
        ("household.number_taken", "household_no")
    }


def test_a_member_of_another_household_is_not_taken_over(office: Office, family: Family) -> None:
    other = register_household(office.desk, household(head(id_no=SON_ID), household_no="2"))
    stranger = line(as_typed(office.desk, family), 1, member_id=other.enrolled[0])
    assert refused(office, family, stranger) == {("member.not_here", "members.1.name")}


def test_an_emptied_household_number_stays_what_it_was(office: Office, family: Family) -> None:
    saved = edit(office.desk, family, replace(as_typed(office.desk, family), household_no=""))
    assert saved.household_no == "5206250001"


def test_a_corrected_id_number_ends_cover_that_should_never_have_been(office: Office, family: Family) -> None:
    saved = edit(office.desk, family, line(as_typed(office.desk, family), 0, id_no=SEVENTY))
    assert [(member, why.code) for member, why in saved.not_enrolled] == [(family.head_id, "enrolment.too_old")]
    assert saved.warnings == ()
    with office.desk.read() as work:
        cover = work.enrolments.of_year(family.head_id, 2019)
        assert cover is not None
        assert cover.status is EnrolmentStatus.ENDED
    # the number was right after all
    again = edit(office.desk, family, line(as_typed(office.desk, family), 0, id_no=HEAD_ID))
    assert again.enrolled == (family.head_id,)
    with office.desk.read() as work:
        assert work.enrolments.of_member(family.head_id) == (replace(cover, status=EnrolmentStatus.ENROLLED),)


def test_another_poverty_type_decides_anew_about_everybody(office: Office, family: Family) -> None:
    farmer = replace(as_typed(office.desk, family), poverty_type="一般农户")
    saved = edit(office.desk, family, farmer)
    assert {(member, why.code) for member, why in saved.not_enrolled} == {
        (family.head_id, "enrolment.household_type"), (family.wife_id, "enrolment.household_type"),
    }
    back = edit(office.desk, family, replace(farmer, poverty_type="五保户"))
    assert set(back.enrolled) == {family.head_id, family.wife_id}


def test_cover_that_ends_under_a_claim_is_pointed_out(office: Office, family: Family, claim: ClaimMaker) -> None:
    register_claim(office.desk, claim())
    saved = edit(office.desk, family, replace(as_typed(office.desk, family), poverty_type="一般农户"))
    assert [(one.code, one.facts["name"]) for one in saved.warnings] == [("enrolment.ended_with_claims", "测试甲")]


def test_cover_that_somebody_ended_is_not_brought_back_by_a_telephone_number(office: Office, family: Family) -> None:
    with office.desk.open() as work:
        cover = work.enrolments.of_year(family.head_id, 2019)
        assert cover is not None
        work.write(replace(cover, status=EnrolmentStatus.ENDED), "end")
        work.commit()
    saved = edit(office.desk, family, line(as_typed(office.desk, family), 0, phone="13900000000"))
    assert saved.enrolled == ()
    view = open_household(office.desk, family.saved.household_id)
    assert [one.code for one in view.members[0].why_not] == ["enrolment.ended"]


def test_an_unknown_household_is_said_so(office: Office) -> None:
    before = office.stored()
    with pytest.raises(RuleBroken, match=r"household\.unknown"):
        edit_household(office.desk, "nowhere", household())
    assert office.stored() == before
