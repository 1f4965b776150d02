"""Acts on a household: what they change, what they refuse, and what becomes of cover and claims."""

from __future__ import annotations

import json
from datetime import date

import pytest

from backbone_core.enrolment import Enrolment, EnrolmentStatus
from backbone_core.errors import RuleBroken
from backbone_core.household import Listing, Standing
from backbone_core.household_act import ActKind
from backbone_core.ids import new_id
from backbone_desktop.services.claims import appraise, register_claim
from backbone_desktop.services.household_act_typed import ActDraft
from backbone_desktop.services.household_acts import check_act
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.registry import (
    HouseholdSaved,
    check_household,
    edit_household,
    household_as_typed,
    list_households,
    open_household,
)
from tests.services.acts_kit import CHILD_ID, DAUGHTER_ID, Home, home, number, person
from tests.services.office_kit import SCHEMES, SON_ID, WIFE_ID, ClaimMaker, Family, Office, household


@pytest.fixture
def five(office: Office) -> Home:
    return home(office)


@pytest.fixture
def family(five: Home) -> Family:
    """So that the claims of the kit are this family's."""
    saved = HouseholdSaved(household_id=five.id, household_no=five.household.household_no)
    return Family(saved, five.ids["测试甲"], five.ids["测试乙"])


def roster_needed(office: Office) -> None:
    """A newer version of the year's scheme covers those alone who stand on the list."""
    scheme = json.loads((SCHEMES / "example-1900-60-520625-2019.json").read_text("utf-8"))
    scheme["version"] += 1
    scheme["supersedes"] = scheme["version"] - 1
    scheme["eligibility"]["roster_required"] = True
    with office.desk.open() as work:
        work.schemes.add(json.dumps(scheme))
        work.commit()


def acts(house: Home) -> list[tuple[str, dict[str, tuple[str, str]]]]:
    """(kind, name → (relation before, after)), the latest first."""
    with house.office.desk.read() as work:
        return [(one.kind.value, {who.name: (who.before, who.after) for who in one.people})
                for one in work.household_acts.of_household(house.id)]


# --- a new head


def test_another_member_becomes_the_head_and_all_relations_follow(five: Home) -> None:
    done = five.act(ActKind.HEAD, member_id=five.ids["测试乙"], relations=five.relations("测试乙"))
    assert five.people == {"测试乙": "户主", "测试甲": "配偶", "测试丙": "之子", "测试丁": "之女", "测试父": "之公公"}
    assert done.kind is ActKind.HEAD
    assert acts(five) == [("head", {"测试甲": ("户主", "配偶"), "测试乙": ("配偶", "户主"),
                                    "测试父": ("之父", "之公公")})]


def test_relations_are_never_guessed_in_silence(five: Home) -> None:
    missing = five.refused(ActKind.HEAD, member_id=five.ids["测试丙"])
    others = [five.ids[name] for name in ("测试甲", "测试乙", "测试丁", "测试父")]
    assert missing == {("household_act.relation_missing", f"relations.{one}") for one in others}
    two = dict(five.relations("测试丙")) | {others[0]: "配偶", others[1]: "配偶", others[3]: "户主"}
    assert five.refused(ActKind.HEAD, member_id=five.ids["测试丙"], relations=tuple(two.items())) == {
        ("household.two_spouses", f"relations.{others[1]}"), ("household.two_heads", f"relations.{others[3]}")}


def test_a_head_who_is_one_already_or_nobody_is_refused(five: Home) -> None:
    assert five.refused(ActKind.HEAD, member_id=five.ids["测试甲"]) == {("household_act.is_head", "member_id")}
    assert five.refused(ActKind.HEAD) == {("household_act.person_missing", "member_id")}
    assert five.refused(ActKind.HEAD, member_id="somebody") == {("member.not_here", "member_id")}


@pytest.mark.parametrize(("typed", "code"), [
    ({"on": ""}, "date.empty"), ({"on": "nonsense"}, "date.unreadable"),
    ({"on": "2019-09-03"}, "household_act.in_future"),
])
def test_an_act_needs_its_day(five: Home, typed: dict[str, str], code: str) -> None:
    assert five.refused(ActKind.LEAVE_LIST, **typed) == {(code, "happened_on")}


def test_an_act_needs_its_reason(five: Home) -> None:
    assert five.refused(ActKind.LEAVE_LIST, reason=" ") == {("household_act.reason_missing", "reason")}


# --- death


def test_the_dead_stay_on_record_and_the_year_s_cover_stays(five: Home) -> None:
    five.act(ActKind.DEATH, member_id=five.ids["测试乙"], reason="")
    gone = five.member("测试乙")
    assert (gone.standing, gone.left_on, gone.relation) == (Standing.DIED, date(2019, 8, 24), "配偶")
    assert "测试乙" not in five.people
    assert five.covered("测试乙") == ("2019-01-01", "2019-12-31")
    assert acts(five) == [("death", {"测试乙": ("配偶", "")})]
    assert list_households(five.office.desk).rows[0].members == 4


def test_the_dead_have_no_cover_in_later_years(five: Home) -> None:
    with five.office.desk.open() as work:
        work.write(Enrolment(id=new_id(), member_id=five.ids["测试乙"], policy_year=2020, scheme_id="S",
                             scheme_version=1, starts=date(2020, 1, 1), ends=date(2020, 12, 31)), "enrol")
        work.commit()
    done = five.act(ActKind.DEATH, member_id=five.ids["测试乙"])
    assert done.ended == (("测试乙", 2020),)
    with five.office.desk.read() as work:
        assert {one.policy_year: one.status for one in work.enrolments.of_member(five.ids["测试乙"])} == {
            2019: EnrolmentStatus.ENROLLED, 2020: EnrolmentStatus.ENDED}


def test_when_the_head_dies_somebody_is_the_head_in_the_same_act(five: Home) -> None:
    assert five.refused(ActKind.DEATH, member_id=five.ids["测试甲"]) == {("household_act.head_missing", "head_id")}
    relations = five.relations("测试丙", "测试甲")
    five.act(ActKind.DEATH, member_id=five.ids["测试甲"], head_id=five.ids["测试丙"], relations=relations)
    assert five.people == {"测试丙": "户主", "测试乙": "之母", "测试丁": "之兄弟姐妹", "测试父": "之祖父"}
    assert acts(five)[0][1] == {"测试甲": ("户主", ""), "测试丙": ("之子", "户主"), "测试乙": ("配偶", "之母"),
                                "测试丁": ("之女", "之兄弟姐妹"), "测试父": ("之父", "之祖父")}
    assert open_household(five.office.desk, five.id).members[0].member.name == "测试丙"


def test_a_death_is_neither_before_the_birth_nor_to_come(five: Home) -> None:
    assert five.refused(ActKind.DEATH, on="1975-05-04", member_id=five.ids["测试乙"]) == {
        ("household_act.before_birth", "happened_on")}
    assert five.refused(ActKind.DEATH, on="2019-09-03", member_id=five.ids["测试乙"]) == {
        ("household_act.in_future", "happened_on")}


def test_the_last_one_s_death_closes_the_household(office: Office) -> None:
    alone = home(office, ("测试甲", "520625198001010015", "户主"))
    done = alone.act(ActKind.DEATH, member_id=alone.ids["测试甲"])
    assert done.closed == (alone.household.household_no,)
    assert (alone.household.listing, alone.household.listing_since) == (Listing.CLOSED, date(2019, 8, 24))
    assert list_households(office.desk).rows == ()
    with pytest.raises(RuleBroken, match=r"household_act\.household_closed"):
        check_act(office.desk, alone.id, ActKind.MOVE, ActDraft())
    assert [one.member.name for one in open_household(office.desk, alone.id).former] == ["测试甲"]
    with pytest.raises(RuleBroken, match=r"household_act\.household_closed"):
        edit_household(office.desk, alone.id, household(person("测试丙", SON_ID, "户主"), household_no="1"))


def test_a_claim_of_somebody_who_died_is_for_a_stay_before(five: Home, claim: ClaimMaker) -> None:
    five.act(ActKind.DEATH, on="2019-03-10", member_id=five.ids["测试乙"])
    during = claim(member_id=five.ids["测试乙"], admitted="2019-03-01", discharged="2019-03-15")
    assert ("claim.discharged_after_death", "discharged") in {
        (one.code, one.field) for one in appraise(five.office.desk, during).findings}
    register_claim(five.office.desk, during)
    with pytest.raises(RuleBroken) as why:
        register_claim(five.office.desk, claim(
            member_id=five.ids["测试乙"], admitted="2019-03-16", discharged="2019-03-20", settled="", invoice_no="2"))
    assert ("claim.admitted_after_death", "admitted") in {(one.code, one.field) for one in why.value.findings}


def test_a_death_before_a_stay_that_was_claimed_is_pointed_out(five: Home, claim: ClaimMaker) -> None:
    register_claim(five.office.desk, claim(member_id=five.ids["测试乙"]))
    done = five.act(ActKind.DEATH, on="2019-02-01", member_id=five.ids["测试乙"])
    assert [(one.code, one.facts["n"]) for one in done.warnings] == [("household_act.claims_after_death", 1)]


def test_a_dead_person_s_number_is_not_registered_anew(five: Home) -> None:
    five.act(ActKind.DEATH, member_id=five.ids["测试乙"])
    again = household(person("测试乙", WIFE_ID, "户主"), household_no="2")
    assert [(one.code, one.field) for one in check_household(five.office.desk, again)] == [
        ("member.has_died", "members.0.id_no")]


def test_saving_the_form_leaves_those_alone_who_are_not_on_it_any_more(five: Home) -> None:
    five.act(ActKind.DEATH, member_id=five.ids["测试乙"])
    draft = household_as_typed(open_household(five.office.desk, five.id))
    assert len(draft.members) == 4
    edit_household(five.office.desk, five.id, draft)
    assert five.member("测试乙").standing is Standing.DIED


# --- split and merge


def test_a_son_and_his_sister_form_a_household_of_their_own(five: Home) -> None:
    going = (five.ids["测试丙"], five.ids["测试丁"])
    done = five.act(ActKind.SPLIT, member_ids=going, their_head_id=going[0],
                    their_relations=((going[1], "之兄弟姐妹"),))
    new = Home(five.office, done.other_id, five.ids)
    assert new.household.household_no == done.other_no == "520625A0300001"
    assert (new.household.village, new.household.poverty_type) == ("测试村", "一般贫困户")
    assert new.people == {"测试丙": "户主", "测试丁": "之兄弟姐妹"}
    assert five.people == {"测试甲": "户主", "测试乙": "配偶", "测试父": "之父"}
    assert acts(five) == [("split", {"测试丙": ("之子", ""), "测试丁": ("之女", "")})]
    assert acts(new) == [("split_from", {"测试丙": ("", "户主"), "测试丁": ("", "之兄弟姐妹")})]
    assert new.covered("测试丙") == ("2019-01-01", "2019-12-31")
    assert five.member("测试丙").id == five.ids["测试丙"]


def test_a_head_who_goes_leaves_a_head_behind(five: Home) -> None:
    going = {"member_ids": (five.ids["测试甲"],), "their_head_id": five.ids["测试甲"], "other_no": "H-9"}
    assert five.refused(ActKind.SPLIT, **going) == {("household_act.head_missing", "head_id")}
    done = five.act(ActKind.SPLIT, **going, head_id=five.ids["测试乙"], relations=five.relations("测试乙", "测试甲"))
    assert done.other_no == "H-9"
    assert five.people["测试乙"] == "户主"


def test_nobody_or_everybody_is_no_split(five: Home) -> None:
    assert five.refused(ActKind.SPLIT) == {("household_act.nobody_chosen", "member_ids")}
    assert five.refused(ActKind.SPLIT, member_ids=tuple(five.ids.values())) == {
        ("household_act.all_chosen", "member_ids")}
    taken = five.household.household_no
    assert ("household.number_taken", "other_no") in five.refused(
        ActKind.SPLIT, member_ids=(five.ids["测试丙"],), their_head_id=five.ids["测试丙"], other_no=taken)


def test_two_households_become_one(five: Home, claim: ClaimMaker) -> None:
    other = home(five.office, ("测试戊", number("19700101"), "户主"), ("测试己", number("19710101", "002"), "配偶"),
                 household_no="2")
    other.act(ActKind.DEATH, member_id=other.ids["测试己"])
    taken = register_claim(five.office.desk, claim(member_id=other.ids["测试戊"]))
    done = five.act(ActKind.MERGE, other_no="2", relations=((other.ids["测试戊"], "之兄弟姐妹"),))
    assert done.closed == ("2",)
    assert five.people["测试戊"] == "之兄弟姐妹"
    assert other.household.listing is Listing.CLOSED
    view = open_household(five.office.desk, five.id)
    assert [one.member.name for one in view.former] == ["测试己"]
    assert [row.receipt_no for row in view.claims] == [taken.receipt_no]
    assert acts(five)[0] == ("merge", {"测试戊": ("", "之兄弟姐妹")})
    assert acts(other)[0] == ("merged", {"测试戊": ("户主", "")})


@pytest.mark.parametrize(("other_no", "code"), [
    ("", "household_act.other_missing"), ("77", "household_act.no_such_household"),
    ("5206250001", "household_act.same_household"),
])
def test_a_merge_needs_another_household(five: Home, other_no: str, code: str) -> None:
    assert five.refused(ActKind.MERGE, other_no=other_no) == {(code, "other_no")}


def test_a_merge_asks_for_relations_and_allows_one_spouse(five: Home) -> None:
    other = home(five.office, ("测试戊", number("19700101"), "户主"), household_no="2")
    who = other.ids["测试戊"]
    place = f"relations.{who}"
    assert five.refused(ActKind.MERGE, other_no="2") == {("household_act.relation_missing", place)}
    assert five.refused(ActKind.MERGE, other_no="2", relations=((who, "配偶"),)) == {("household.two_spouses", place)}
    assert five.refused(ActKind.MERGE, other_no="2", relations=((who, "户主"),)) == {("household.two_heads", place)}


# --- place and list


def test_a_household_moves_to_another_township(five: Home) -> None:
    five.act(ActKind.MOVE, township="测试乡", village="新村", group="一组")
    assert (five.household.township, five.household.village, five.household.group) == ("测试乡", "新村", "一组")
    with five.office.desk.read() as work:
        (act,) = work.household_acts.of_household(five.id)
    assert (act.old, act.new) == ("示例镇 测试村 二组", "测试乡 新村 一组")
    assert five.refused(ActKind.MOVE, township="测试乡", village="新村", group="一组") == {
        ("household_act.not_moved", "village")}
    assert five.refused(ActKind.MOVE) == {("household.township_missing", "township"),
                                          ("household.village_missing", "village")}


def test_a_township_s_device_moves_nobody_out_of_its_township(five: Home) -> None:
    with five.office.store.engine.connect().execution_options(writing=True) as connection:
        connection.exec_driver_sql("UPDATE device SET scope = 'township:520625:示例镇'")
        connection.commit()
    assert five.refused(ActKind.MOVE, township="测试乡", village="新村") == {
        ("household_act.other_township", "township")}
    five.act(ActKind.MOVE, township="示例镇", village="新村")


def test_who_leaves_the_list_keeps_the_year_that_has_begun(five: Home) -> None:
    roster_needed(five.office)
    done = five.act(ActKind.LEAVE_LIST, reason="稳定脱贫")
    assert done.ended == ()
    assert five.covered("测试甲") == ("2019-01-01", "2019-12-31")
    assert five.refused(ActKind.LEAVE_LIST) == {("household_act.left_already", "")}
    assert five.refused(ActKind.RETURN_TO_LIST, on="2019-08-23") == {("household_act.before_last", "happened_on")}
    five.act(ActKind.RETURN_TO_LIST, on="2019-08-30")
    assert (five.household.listing, five.household.listing_since) == (Listing.LISTED, date(2019, 8, 30))
    assert five.refused(ActKind.RETURN_TO_LIST) == {
        ("household_act.listed_already", ""), ("household_act.before_last", "happened_on")}


def test_a_scheme_that_does_not_ask_for_the_list_covers_on(five: Home) -> None:
    assert five.act(ActKind.LEAVE_LIST, on="2019-01-01").ended == ()
    assert five.covered("测试甲") == ("2019-01-01", "2019-12-31")


def test_who_left_the_list_before_the_year_has_no_cover_in_it(five: Home) -> None:
    roster_needed(five.office)
    done = five.act(ActKind.LEAVE_LIST, on="2019-01-01")
    assert {name for name, _ in done.ended} == {"测试甲", "测试乙", "测试丙", "测试丁"}
    view = open_household(five.office.desk, five.id)
    assert [one.code for one in view.members[0].why_not] == ["enrolment.not_on_roster"]
    back = five.act(ActKind.RETURN_TO_LIST, on="2019-06-01")
    assert ("测试甲", 2019) in back.covered
    assert five.covered("测试甲") == ("2019-06-01", "2019-12-31")


def test_cover_that_ends_under_a_claim_is_pointed_out(five: Home, claim: ClaimMaker) -> None:
    roster_needed(five.office)
    register_claim(five.office.desk, claim())
    done = five.act(ActKind.LEAVE_LIST, on="2019-01-01")
    assert [(one.code, one.facts["name"]) for one in done.warnings] == [("enrolment.ended_with_claims", "测试甲")]


# --- births and marriages


def test_a_child_is_born(five: Home) -> None:
    five.act(ActKind.BIRTH, on="", person=person("测试幼", CHILD_ID, "之孙子"), reason="")
    assert five.people["测试幼"] == "之孙子"
    assert acts(five) == [("birth", {"测试幼": ("", "之孙子")})]
    another = person("测试幼", number("20190601", "005"), "之孙子")
    assert five.refused(ActKind.BIRTH, on="2019-06-02", person=another) == {
        ("household_act.birth_date_differs", "happened_on")}
    assert five.refused(ActKind.BIRTH, on="", person=person("测试幼", CHILD_ID, "之孙子")) == {
        ("member.id_taken", "person.id_no")}
    assert five.refused(ActKind.BIRTH, on="", person=person("", "", "户主")) >= {
        ("id.empty", "person.id_no"), ("household.two_heads", "person.relation")}


def test_somebody_from_elsewhere_marries_in_and_is_covered_from_that_day(five: Home) -> None:
    five.act(ActKind.MARRY_IN, on="2019-07-01", person=person("测试媳", number("19950101", "002"), "之儿媳"))
    with five.office.desk.read() as work:
        (comer,) = [one for one in work.households.members(five.id) if one.name == "测试媳"]
    five.ids["测试媳"] = comer.id
    assert five.covered("测试媳") == ("2019-07-01", "2019-12-31")
    assert acts(five) == [("marry_in", {"测试媳": ("", "之儿媳")})]


def test_a_marriage_between_two_households_is_told_in_both(five: Home) -> None:
    other = home(five.office, ("测试戊", number("19900101"), "户主"), household_no="2")
    done = five.act(ActKind.MARRY_OUT, member_id=five.ids["测试丁"], other_no="2", relation="配偶")
    assert done.other_no == "2"
    assert other.people == {"测试戊": "户主", "测试丁": "配偶"}
    assert acts(five)[0] == ("marry_out", {"测试丁": ("之女", "")})
    assert acts(other)[0] == ("marry_in", {"测试丁": ("", "配偶")})
    assert five.covered("测试丁") == ("2019-01-01", "2019-12-31")
    # and back by the other side's form
    back = five.act(ActKind.MARRY_IN, person=person("测试丁", DAUGHTER_ID, "之女"))
    assert [(one.code, one.facts["household_no"]) for one in back.warnings] == [("household_act.comes_from", "2")]
    assert five.people["测试丁"] == "之女"
    assert five.member("测试丁").id == five.ids["测试丁"]
    assert acts(other)[0] == ("marry_out", {"测试丁": ("配偶", "")})


def test_who_went_away_comes_back_as_the_same_person(five: Home) -> None:
    five.act(ActKind.MARRY_OUT, on="2019-03-01", member_id=five.ids["测试丁"])
    gone = five.member("测试丁")
    assert (gone.standing, gone.left_on) == (Standing.LEFT, date(2019, 3, 1))
    assert five.covered("测试丁") == ("2019-01-01", "2019-12-31")
    done = five.act(ActKind.MARRY_IN, person=person("测试丁", DAUGHTER_ID, "之女", phone="13900000000"))
    assert [one.code for one in done.warnings] == ["household_act.comes_back"]
    back = five.member("测试丁")
    assert (back.standing, back.left_on, back.phone) == (Standing.PRESENT, None, "13900000000")


def test_who_went_away_and_is_registered_elsewhere_keeps_the_member_id(five: Home) -> None:
    five.act(ActKind.MARRY_OUT, on="2019-03-01", member_id=five.ids["测试丁"])
    other = home(five.office, ("测试丁", DAUGHTER_ID, "户主"), household_no="2")
    assert other.ids["测试丁"] == five.ids["测试丁"]
    assert other.people == {"测试丁": "户主"}


def test_what_a_marriage_refuses(five: Home) -> None:
    other = home(five.office, ("测试戊", number("19900101"), "户主"), ("测试庚", number("19910101", "002"), "配偶"),
                 household_no="2")
    assert five.refused(ActKind.MARRY_IN, person=person("测试某", DAUGHTER_ID, "之女")) == {
        ("household_act.name_differs", "person.name")}
    assert five.refused(ActKind.MARRY_IN, person=person("测试丁", DAUGHTER_ID, "之女")) == {
        ("member.id_taken", "person.id_no")}
    assert five.refused(ActKind.MARRY_IN, person=person("测试戊", number("19900101"), "之女婿")) == {
        ("household_act.head_first", "person.id_no")}
    assert five.refused(ActKind.MARRY_IN, person=person("测试庚", number("19910101", "002"), "配偶")) == {
        ("household.two_spouses", "person.relation")}
    assert five.refused(ActKind.MARRY_OUT, member_id=five.ids["测试丁"], other_no="2", relation="配偶") == {
        ("household.two_spouses", "relation")}
    five.act(ActKind.DEATH, member_id=five.ids["测试丁"])
    assert other.refused(ActKind.MARRY_IN, person=person("测试丁", DAUGHTER_ID, "之女")) == {
        ("member.has_died", "person.id_no")}


# --- who may, and what goes along


def test_an_auditor_records_nothing(five: Home) -> None:
    five.office.desk = five.office.as_(Actor("auditor", "测试审计", "auditor"))
    before = five.office.stored()
    with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
        five.act(ActKind.LEAVE_LIST)
    assert five.office.stored() == before


def test_an_act_is_one_transaction_with_its_audit_and_its_changes(five: Home) -> None:
    with five.office.desk.read() as work:
        before = len(work.outbox.waiting())
    five.act(ActKind.HEAD, member_id=five.ids["测试乙"], relations=five.relations("测试乙"))
    with five.office.desk.read() as work:
        new = work.outbox.waiting()[before:]
        audit = [row.act for one in new for row in work.audit.of_record(one.record_id)[:1]]
    assert [(one.kind.value, one.act) for one in new] == [("member", "head")] * 3 + [("household_act", "head")]
    assert audit == ["head"] * 4
