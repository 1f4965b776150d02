"""What happens to a household over the years, by commands alone, and the history that is told afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.command_kit import HEAD_ID, WIFE_ID, Commands
from tests.services.acts_kit import CHILD_ID, DAUGHTER_ID, number


@pytest.fixture
def home(office: Commands) -> str:
    """The number of a household of three."""
    members = [{"name": "测试甲", "id_no": HEAD_ID, "relation": "户主"},
               {"name": "测试乙", "id_no": WIFE_ID, "relation": "配偶"},
               {"name": "测试丁", "id_no": DAUGHTER_ID, "relation": "之女"}]
    form = {"township": "示例镇", "village": "示例村", "poverty_type": "一般贫困户", "members": members}
    return str(office.done("household", "add", "--file", office.file("home.json", form))["household_no"])


def people(office: Commands, number: str) -> dict[str, str]:
    return {one["name"]: one["relation"] for one in office.done("household", "show", number)["members"]}


def person(office: Commands, **fields: str) -> str:
    return office.file("person.json", dict[str, Any](fields))


def test_a_family_through_the_years(office: Commands, home: str) -> None:
    day = ("--on", "2019-03-01", "--reason", "测试原因")
    act = ("household",)
    assert office.refused(*act, "head", home, "--member", "测试乙", *day) == "household_act.relation_missing"
    office.done(*act, "head", home, "--member", "测试乙", "--proposed", "--relation", "测试丁=之女", *day)
    assert people(office, home) == {"测试乙": "户主", "测试甲": "配偶", "测试丁": "之女"}

    office.done(*act, "birth", home, "--file", person(office, name="测试幼", id_no=CHILD_ID, relation="之外孙女"))
    comes = person(office, name="测试婿", id_no=number("19950101"), relation="之女婿")
    office.done(*act, "marry-in", home, "--file", comes, "--on", "2019-04-01")
    dead = office.done(*act, "death", home, "--member", "测试乙", "--on", "2019-05-01", "--new-head", "测试丁",
                       "--proposed")
    assert dead["act"] == "death"
    split = office.done(*act, "split", home, "--member", "测试甲", "--their-head", "测试甲", *day)
    assert people(office, split["other_no"]) == {"测试甲": "户主"}
    office.done(*act, "move", split["other_no"], "--village", "新村", *day)
    merged = office.done(*act, "merge", home, "--other", split["other_no"], "--relation", "测试甲=之父", *day)
    assert merged["closed"] == [split["other_no"]]
    office.done(*act, "marry-out", home, "--member", "测试婿", "--on", "2019-06-01")
    office.done(*act, "leave-list", home, *day)
    office.done(*act, "return-to-list", home, *day)

    shown = office.done(*act, "show", home)
    assert {one["name"]: one["standing"] for one in shown["former_members"]} == {"测试乙": "died", "测试婿": "left"}
    assert shown["household"]["listing"] == "listed"
    lines = office(*act, "show", split["other_no"], as_json=False).out
    assert "已销户（2019-03-01）" in lines

    history = office.done(*act, "history", home)["history"]
    told = {one["act"]: one for one in history}
    assert told["marry_out"]["text"] == "测试婿（配偶）婚出"
    assert told["death"]["more"] == ["测试丁：之女 → 户主", "测试甲：配偶 → 之父", "测试幼：之外孙女 → 之女",
                                     "测试婿：之女婿 → 配偶"]
    assert told["death"]["text"] == "测试乙（户主）去世"
    assert told["head"]["text"] == "户主：测试甲 → 测试乙"
    assert told["merge"]["text"] == f"户 {split['other_no']} 并入：测试甲（之父）"
    assert told["head"]["reason"] == "测试原因"
    assert told["head"]["by"] == "测试经办"
    assert told["register"]["text"].startswith("登记本户：")
    assert office("doctor").code == 0

    assert office.done(*act, "take-back", home)["act"] == "return_to_list"
    birth = next(one for one in history if one["act"] == "birth")
    assert birth["undoable"] is False  # the child's relation has changed since
    assert office.refused(*act, "take-back", home, "--act", birth["act_id"]) == "household_act.built_on"
    again = office.done(*act, "history", home)["history"]
    assert "已撤销：重新纳入建档立卡名册" in [one["text"] for one in again]


def test_what_was_named_wrongly_is_refused(office: Commands, home: str) -> None:
    assert office.refused("household", "death", home, "--member", "谁", "--on", "2019-03-01") == "command.no_member"
    head = ("household", "head", home, "--member", "测试乙")
    assert office.refused(*head, "--relation", "测试甲") == "command.relation_form"
    nowhere = ("household", "move", "nowhere", "--on", "2019-03-01", "--reason", "x")
    assert office.refused(*nowhere) == "household.unknown"
    assert office.refused("household", "marry-out", home, "--member", "测试丁", "--to", "77") == "date.empty"
