"""Registering a household: every field's findings, duplicates in the store, and who is enrolled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backbone_core.errors import Finding, RuleBroken
from backbone_core.household import PovertyType
from backbone_desktop.services.ports import Actor, Desk
from backbone_desktop.services.registry import (
    check_household,
    find_members,
    list_households,
    open_household,
    register_household,
    reveal_id_no,
)
from backbone_desktop.services.rows import SyncStatus
from backbone_desktop.services.typed import HouseholdDraft, MemberDraft
from tests.services.office_kit import HEAD_ID, SON_ID, WIFE_ID, Office, head, household, wife

BORN_IN_FUTURE = "520625202001010014"
SEVENTY = "520625194901010012"
FIFTEEN = "110105491231002"


def found(findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    return {(one.code, one.field) for one in findings}


def refused(office: Office, draft: HouseholdDraft) -> set[tuple[str, str]]:
    """Register what must be refused; shows that nothing at all was kept."""
    before = office.stored()
    with pytest.raises(RuleBroken) as why:
        register_household(office.desk, draft)
    assert office.stored() == before
    assert check_household(office.desk, draft) == why.value.findings
    return found(why.value.findings)


def test_a_couple_is_registered_and_enrolled_in_one_act(office: Office) -> None:
    saved = register_household(office.desk, household())
    view = open_household(office.desk, saved.household_id)
    assert view.household.household_no == saved.household_no == "5206250001"
    assert view.household.county == "520625"
    assert view.household.poverty_type is PovertyType.ORDINARY
    assert [one.member.name for one in view.members] == ["测试甲", "测试乙"]
    assert saved.enrolled == tuple(one.member.id for one in view.members)
    assert saved.not_enrolled == saved.warnings == ()
    cover = view.members[0].enrolment
    assert cover is not None
    assert (cover.policy_year, cover.starts, cover.ends) == (2019, date(2019, 1, 1), date(2019, 12, 31))
    assert view.status is SyncStatus.WAITING
    assert [row.act for row in view.history] == ["register"]
    with office.desk.read() as work:
        assert [(one.kind, one.act, one.made_by) for one in work.outbox.waiting()] == [
            ("household", "register", "clerk"), ("member", "register", "clerk"), ("member", "register", "clerk"),
            ("enrolment", "enrol", "clerk"), ("enrolment", "enrol", "clerk"),
        ]


def test_what_was_typed_is_brought_into_form(office: Office) -> None:
    draft = household(
        head(name=" 阿卜杜拉 • 测试 ", id_no="52062519800101 ００１５", phone="138-0000-0000"),
        household_no=" ab－12 ", village="  测试 村\t", poverty_type="一般贫困户",
    )
    view = open_household(office.desk, register_household(office.desk, draft).household_id)
    assert (view.household.household_no, view.household.village) == ("AB-12", "测试 村")
    member = view.members[0].member
    assert (member.name, member.id_no, member.phone) == ("阿卜杜拉·测试", HEAD_ID, "13800000000")


def test_a_household_without_a_number_is_given_one(office: Office) -> None:
    one = register_household(office.desk, household(head(), household_no=""))
    two = register_household(office.desk, household(head(id_no=SON_ID), household_no=""))
    assert one.household_no
    assert two.household_no
    assert one.household_no != two.household_no


@pytest.mark.parametrize(
    ("other", "finding"),
    [
        ({"household_no": "户/1"}, ("household.number_characters", "household_no")),
        ({"township": ""}, ("household.township_missing", "township")),
        ({"village": " "}, ("household.village_missing", "village")),
        ({"village": "某" * 101}, ("text.too_long", "village")),
        ({"address": "a\x00b"}, ("text.characters", "address")),
        ({"poverty_type": ""}, ("household.poverty_type_missing", "poverty_type")),
        ({"poverty_type": "贫困户"}, ("household.poverty_type_unknown", "poverty_type")),
        ({"phone": "12"}, ("phone.form", "phone")),
    ],
)
def test_the_households_own_fields(office: Office, other: dict[str, str], finding: tuple[str, str]) -> None:
    assert refused(office, household(**other)) == {finding}


@pytest.mark.parametrize(
    ("other", "finding"),
    [
        ({"name": ""}, ("name.empty", "members.1.name")),
        ({"name": "测试2"}, ("name.characters", "members.1.name")),
        ({"id_no": ""}, ("id.empty", "members.1.id_no")),
        ({"id_no": "53052119750505002"}, ("id.length", "members.1.id_no")),
        ({"id_no": "530521197505050026"}, ("id.check_digit", "members.1.id_no")),
        ({"id_no": BORN_IN_FUTURE}, ("id.birth_future", "members.1.id_no")),
        ({"relation": ""}, ("household.relation_unknown", "members.1.relation")),
        ({"relation": "亲戚"}, ("household.relation_unknown", "members.1.relation")),
        ({"relation": "户主"}, ("household.two_heads", "members.1.relation")),
        ({"phone": "abc"}, ("phone.characters", "members.1.phone")),
        ({"bank_account": "6228 48O0"}, ("account.characters", "members.1.bank_account")),
        ({"account_holder": "1"}, ("name.characters", "members.1.account_holder")),
    ],
)
def test_a_members_fields(office: Office, other: dict[str, str], finding: tuple[str, str]) -> None:
    assert refused(office, household(head(), wife(**other))) == {finding}


def test_a_household_needs_people_and_one_head(office: Office) -> None:
    empty_line = MemberDraft(relation="配偶", ethnic="汉族")
    assert refused(office, replace(household(), members=(empty_line,))) == {("household.no_members", "members")}
    assert refused(office, household(wife())) == {("household.no_head", "members")}
    two = household(head(), wife(), wife(id_no=SON_ID))
    assert refused(office, two) == {("household.two_spouses", "members.2.relation")}


def test_empty_lines_keep_the_places_of_the_others(office: Office) -> None:
    draft = household(MemberDraft(), head(), MemberDraft(), head(id_no=WIFE_ID))
    assert refused(office, draft) == {("household.two_heads", "members.3.relation")}


def test_all_findings_come_at_once(office: Office) -> None:
    draft = household(head(id_no="1"), wife(name=""), township="", poverty_type="")
    assert refused(office, draft) == {
        ("household.township_missing", "township"), ("household.poverty_type_missing", "poverty_type"),
        ("id.length", "members.0.id_no"), ("name.empty", "members.1.name"),
    }


def test_one_number_twice_on_the_form(office: Office) -> None:
    draft = household(head(), wife(id_no=HEAD_ID))
    assert refused(office, draft) == {("member.id_twice", "members.1.id_no")}


def test_a_number_that_the_county_has_already(office: Office) -> None:
    register_household(office.desk, household())
    draft = household(head(id_no=SON_ID), wife(name="测试丙"), household_no="5206250002")
    assert refused(office, draft) == {("member.id_taken", "members.1.id_no")}
    taken = next(one for one in check_household(office.desk, draft) if one.refuses)
    assert taken.facts == {"household_no": "5206250001"}


def test_a_15_digit_number_is_the_same_person_as_its_18_digits(office: Office) -> None:
    register_household(office.desk, household(head(id_no="11010519491231002X")))
    codes = refused(office, household(head(id_no=FIFTEEN), household_no="2"))
    assert ("member.id_taken", "members.0.id_no") in codes


def test_a_household_number_is_borne_once(office: Office) -> None:
    register_household(office.desk, household())
    assert refused(office, household(head(id_no=SON_ID), household_no="520625 0001")) == {
        ("household.number_taken", "household_no")
    }


def test_a_double_press_makes_one_household(office: Office) -> None:
    register_household(office.desk, household())
    assert {code for code, _ in refused(office, household())} == {"household.number_taken", "member.id_taken"}


def test_warnings_let_the_household_in(office: Office) -> None:
    line = head(id_no="110105198001010016", bank_account="6228480030123456788", account_holder="测试乙")
    saved = register_household(office.desk, household(line))
    assert found(saved.warnings) == {
        ("id.county_unknown", "members.0.id_no"), ("account.luhn", "members.0.bank_account"),
        ("member.holder_differs", "members.0.account_holder"),
    }


def test_a_disability_number_is_taken_apart(office: Office) -> None:
    saved = register_household(office.desk, household(head(id_no=HEAD_ID + "43")))
    member = open_household(office.desk, saved.household_id).members[0].member
    assert (member.id_no, member.disability) == (HEAD_ID, "43")


def test_who_is_outside_the_age_is_registered_but_not_enrolled(office: Office) -> None:
    saved = register_household(office.desk, household(head(id_no=SEVENTY), wife()))
    old, other = open_household(office.desk, saved.household_id).members
    assert saved.enrolled == (other.member.id,)
    (member_id, why), = saved.not_enrolled
    assert member_id == old.member.id
    assert (why.code, why.facts["age"]) == ("enrolment.too_old", 70)
    assert old.enrolment is None
    assert [one.code for one in old.why_not] == ["enrolment.too_old"]


def test_an_ordinary_farmer_is_not_covered(office: Office) -> None:
    saved = register_household(office.desk, household(poverty_type="一般农户"))
    assert saved.enrolled == ()
    assert {why.code for _, why in saved.not_enrolled} == {"enrolment.household_type"}
    assert office.count("enrolment") == 0


def test_without_a_scheme_nobody_is_enrolled_and_the_reason_is_given(office: Office) -> None:
    with office.desk.open() as work:
        work.office.save(replace(work.office.profile(), policy_year=2020))
        work.commit()
    saved = register_household(office.desk, household(head()))
    assert [(why.code, why.facts) for _, why in saved.not_enrolled] == [
        ("enrolment.no_scheme", {"policy_year": 2020})
    ]


def test_an_auditor_registers_nobody(office: Office) -> None:
    before = office.stored()
    with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
        register_household(office.as_(Actor("audit", "测试审计", "auditor")), household())
    assert office.stored() == before


def test_people_are_found_and_listed(desk: Desk) -> None:
    register_household(desk, household())
    assert [hit.name for hit in find_members(desk, HEAD_ID[:10])] == ["测试甲"]
    assert find_members(desk, "测试甲")[0].enrolled
    assert find_members(desk, "  ") == ()
    page = list_households(desk, "测试乙")
    assert [(row.head_name, row.matched, row.members) for row in page.rows] == [("测试甲", "测试乙", 2)]
    assert list_households(desk).total == 1


def test_showing_a_number_is_written_down(office: Office) -> None:
    saved = register_household(office.desk, household(head()))
    member_id = saved.enrolled[0]
    assert reveal_id_no(office.desk, member_id) == HEAD_ID
    with office.desk.read() as work:
        assert [(row.act, row.by) for row in work.audit.of_record(member_id) if row.act != "register"] == [
            ("reveal_id_no", "clerk")
        ]
    before = office.stored()
    with pytest.raises(RuleBroken, match=r"member\.unknown"):
        reveal_id_no(office.desk, "nobody")
    assert office.stored() == before


def test_an_unknown_household_is_said_so(desk: Desk) -> None:
    with pytest.raises(RuleBroken, match=r"household\.unknown"):
        open_household(desk, "nowhere")
