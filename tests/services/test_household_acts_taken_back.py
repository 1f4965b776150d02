"""An act that was recorded by mistake is taken back: everything stands as before, and the history tells of both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from backbone_core.claim import ClaimState
from backbone_core.errors import RuleBroken
from backbone_core.household import Listing
from backbone_core.household_act import ActKind
from backbone_desktop.services.claims import register_claim, save_claim_draft
from backbone_desktop.services.household_act_undo import can_take_back, take_back
from backbone_desktop.services.household_history import household_history
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.registry import HouseholdSaved, edit_household, household_as_typed, open_household
from backbone_desktop.services.typed import ClaimDraft
from backbone_desktop.words import Words
from tests.services.acts_kit import CHILD_ID, DAUGHTER_ID, Home, home, number, person
from tests.services.office_kit import HEAD_ID, WIFE_ID, ClaimMaker, Family, Office
from tests.services.test_household_acts import roster_needed
from tests.services.test_services_words import ROOT


@pytest.fixture
def three(office: Office) -> Home:
    return home(office, ("测试甲", HEAD_ID, "户主"), ("测试乙", WIFE_ID, "配偶"), ("测试丁", DAUGHTER_ID, "之女"))


@pytest.fixture
def other(three: Home) -> Home:
    return home(three.office, ("测试戊", number("19700101"), "户主"), household_no="2")


def register(house: Home) -> dict[str, Any]:
    """Everything that is known of both households, their people and their cover."""
    with house.office.desk.read() as work:
        homes = [work.households.by_number(one) for one in ("5206250001", "2")]
        people = [one for home_ in homes if home_ for one in (*work.households.members(home_.id),
                                                             *work.households.former_members(home_.id))]
        return {"homes": homes, "people": people,
                "covers": [one for who in people for one in work.enrolments.of_member(who.id)]}


def latest(house: Home) -> str:
    with house.office.desk.read() as work:
        return max(work.household_acts.of_household(house.id), key=lambda one: one.id).id


ACTS: tuple[tuple[ActKind, dict[str, Any]], ...] = (
    (ActKind.HEAD, {"member_id": "测试乙", "relations": {"测试甲": "配偶", "测试丁": "之女"}}),
    (ActKind.DEATH, {"member_id": "测试甲", "head_id": "测试乙", "relations": {"测试丁": "之女"}}),
    (ActKind.SPLIT, {"member_ids": ["测试丁"], "their_head_id": "测试丁"}),
    (ActKind.MERGE, {"other_no": "2", "relations": {"测试戊": "之兄弟姐妹"}}),
    (ActKind.MOVE, {"township": "示例镇", "village": "新村"}),
    (ActKind.BIRTH, {"on": "", "person": person("测试幼", CHILD_ID, "之孙女")}),
    (ActKind.MARRY_IN, {"person": person("测试媳", number("19950101", "002"), "之儿媳")}),
    (ActKind.MARRY_IN, {"person": person("测试戊", number("19700101"), "之女婿")}),
    (ActKind.MARRY_OUT, {"member_id": "测试丁"}),
    (ActKind.MARRY_OUT, {"member_id": "测试丁", "other_no": "2", "relation": "配偶"}),
    (ActKind.LEAVE_LIST, {}),
)


def typed(house: Home, fields: dict[str, Any], others: Home) -> dict[str, Any]:
    ids = {**house.ids, **others.ids}
    made = dict(fields)
    for name in ("member_id", "head_id", "their_head_id"):
        if name in made:
            made[name] = ids[made[name]]
    if "member_ids" in made:
        made["member_ids"] = tuple(ids[one] for one in made["member_ids"])
    if "relations" in made:
        made["relations"] = tuple((ids[one], relation) for one, relation in made["relations"].items())
    return made


@pytest.mark.parametrize(("kind", "fields"), ACTS)
def test_everything_stands_as_before(three: Home, other: Home, kind: ActKind, fields: dict[str, Any]) -> None:
    before = register(three)
    three.act(kind, **typed(three, fields, other))
    assert register(three) != before
    back = take_back(three.office.desk, latest(three))
    assert register(three) == before
    assert back.kind is kind
    with three.office.desk.read() as work:
        assert work.audit.broken_at() is None
        assert [one.taken_back_by for one in work.household_acts.of_household(three.id)] == ["测试经办"]
        assert all(one.taken_back_at for one in work.household_acts.of_household(other.id))
    with pytest.raises(RuleBroken, match=r"household_act\.taken_back"):
        take_back(three.office.desk, latest(three))
    three.act(kind, **typed(three, fields, other))  # and rightly once more


def test_the_history_tells_of_both(three: Home) -> None:
    three.act(ActKind.DEATH, member_id=three.ids["测试乙"])
    words = Words.load("zh_CN", ROOT / "resources" / "locale")
    assert [one.act for one in household_history(three.office.desk, three.id, words) if one.undoable] == ["death"]
    take_back(three.office.desk, latest(three))
    told = next(one for one in household_history(three.office.desk, three.id, words) if one.act == "death")
    assert told.text == "已撤销：测试乙（配偶）去世"
    assert told.more == ("测试经办 于 2019-09-02 09:30 撤销",)
    assert not told.undoable


def with_village(house: Home, village: str) -> None:
    draft = household_as_typed(open_household(house.office.desk, house.id))
    edit_household(house.office.desk, house.id, replace(draft, village=village, phone="13911112222"))


def test_what_came_later_stays_where_it_is_about_something_else(three: Home) -> None:
    three.act(ActKind.MOVE, township="示例镇", village="新村")
    moved = latest(three)
    three.act(ActKind.LEAVE_LIST)
    with_village(three, "新村")
    take_back(three.office.desk, moved)
    home_ = three.household
    assert (home_.village, home_.phone, home_.listing) == ("测试村", "13911112222", Listing.LEFT)


def test_an_act_on_which_something_was_built_stays(three: Home, claim: ClaimMaker) -> None:
    three.act(ActKind.MOVE, township="示例镇", village="新村")
    with_village(three, "别村")
    with pytest.raises(RuleBroken, match=r"household_act\.built_on"):
        take_back(three.office.desk, latest(three))
    three.act(ActKind.MARRY_IN, on="2019-01-01", person=person("测试媳", number("19950101", "002"), "之儿媳"))
    with three.office.desk.read() as work:
        comer = next(one for one in work.households.members(three.id) if one.name == "测试媳")
    register_claim(three.office.desk, claim(member_id=comer.id))
    with pytest.raises(RuleBroken, match=r"household_act\.built_on"):
        take_back(three.office.desk, latest(three))


def test_cover_and_place_stay_with_a_claim_that_was_taken_in_on_them(three: Home, claim: ClaimMaker) -> None:
    farmers = home(three.office, ("测试戊", number("19700101"), "户主"), household_no="2", poverty_type="一般农户")
    assert farmers.covered("测试戊") is None
    three.act(ActKind.MARRY_IN, on="2019-01-01", person=person("测试戊", number("19700101"), "之女婿"))
    assert farmers.covered("测试戊") == ("2019-01-01", "2019-12-31")
    refused_under_a_claim(three, claim(member_id=farmers.ids["测试戊"], account_holder="测试戊"))


def test_cover_that_came_with_the_list_stays_with_its_claim(three: Home, claim: ClaimMaker) -> None:
    roster_needed(three.office)
    three.act(ActKind.LEAVE_LIST, on="2019-01-01")
    assert three.covered("测试甲") is None
    three.act(ActKind.RETURN_TO_LIST, on="2019-02-01")
    assert three.covered("测试甲") == ("2019-02-01", "2019-12-31")
    refused_under_a_claim(three, claim())


def test_merged_households_stay_with_a_claim_from_the_one(three: Home, other: Home, claim: ClaimMaker) -> None:
    three.act(ActKind.MERGE, other_no="2", relations=((other.ids["测试戊"], "之兄弟姐妹"),))
    refused_under_a_claim(three, claim(member_id=other.ids["测试戊"], account_holder="测试戊"))


def refused_under_a_claim(house: Home, draft: ClaimDraft) -> None:
    """Nothing is taken back while the claim stands; a draft and a claim that was withdrawn are in nobody's way."""
    desk, act = house.office.desk, latest(house)
    house.office.clock.wait(hours=1)
    taken = register_claim(desk, replace(draft, claim_id=save_claim_draft(desk, draft)))
    before = house.office.stored()
    with pytest.raises(RuleBroken, match=r"household_act\.built_on"):
        take_back(desk, act)
    assert house.office.stored() == before
    with desk.open() as work:
        assert not can_take_back(work, work.household_acts.get(act))
        work.write(replace(work.claims.get(taken.claim_id), state=ClaimState.WITHDRAWN), "withdraw")
        work.commit()
    save_claim_draft(desk, replace(draft, invoice_no="2"))
    take_back(desk, act)


def test_claims_that_stood_before_are_in_nobodys_way(three: Home, other: Home, claim: ClaimMaker) -> None:
    register_claim(three.office.desk, claim(member_id=other.ids["测试戊"], account_holder="测试戊"))
    three.office.clock.wait(hours=1)
    three.act(ActKind.MERGE, other_no="2", relations=((other.ids["测试戊"], "之兄弟姐妹"),))
    take_back(three.office.desk, latest(three))
    assert other.people == {"测试戊": "户主"}


def test_a_household_keeps_one_head_whatever_is_taken_back(three: Home) -> None:
    three.act(ActKind.DEATH, member_id=three.ids["测试甲"], head_id=three.ids["测试乙"],
              relations=((three.ids["测试丁"], "之女"),))
    death = latest(three)
    three.act(ActKind.HEAD, member_id=three.ids["测试丁"], relations=((three.ids["测试乙"], "之母"),))
    before = three.office.stored()
    with pytest.raises(RuleBroken, match=r"household_act\.built_on"):
        take_back(three.office.desk, death)
    assert three.office.stored() == before
    take_back(three.office.desk, latest(three))  # the later one first, and then it can be done
    take_back(three.office.desk, death)
    assert three.people == {"测试甲": "户主", "测试乙": "配偶", "测试丁": "之女"}


def test_a_second_spouse_is_not_made_by_taking_back(three: Home) -> None:
    three.act(ActKind.DEATH, member_id=three.ids["测试乙"])
    death = latest(three)
    three.act(ActKind.MARRY_IN, person=person("测试继", number("19800202", "004"), "配偶"))
    with pytest.raises(RuleBroken, match=r"household_act\.built_on"):
        take_back(three.office.desk, death)


def test_what_is_not_there_or_not_allowed_is_refused(three: Home) -> None:
    three.act(ActKind.LEAVE_LIST)
    with pytest.raises(RuleBroken, match=r"household_act\.unknown"):
        take_back(three.office.desk, "nothing")
    with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
        take_back(three.office.as_(Actor("auditor", "测试审计", "auditor")), latest(three))


@pytest.fixture
def family(three: Home) -> Family:
    """So that the claims of the kit are this family's."""
    return Family(HouseholdSaved(household_id=three.id, household_no="5206250001"), three.ids["测试甲"],
                  three.ids["测试乙"])
