"""Finding people and households by a command: who was found, by which field, and nothing that is hidden."""

from __future__ import annotations

import pytest

from tests.journeys.command_kit import HEAD_ID, WIFE_ID, Commands, family


@pytest.fixture
def register(office: Commands) -> Commands:
    form = family(("单测试", HEAD_ID, "户主"), ("测试乙", WIFE_ID, "配偶"), village="王家坝村", household_no="9001",
                  phone="13900001111")
    office.done("household", "add", "--file", office.file("one.json", form))
    other = family(("测试丙", "513432198503151233", "户主"), household_no="9002", village="示例村")
    office.done("household", "add", "--file", office.file("two.json", other))
    return office


@pytest.mark.parametrize(("typed", "people", "field"), [
    ("单", ["单测试"], "name"), ("scs", ["单测试"], "name"), ("19750505", ["测试乙"], "id_no"),
    ("530521750505002", ["测试乙"], "id_no"), ("0000111", [], ""), ("0001111", ["单测试", "测试乙"], "phone"),
    ("9002", ["测试丙"], "household_no"), ("王家坝", ["单测试"], "village"), ("wjb", ["单测试"], "village"),
])
def test_people_are_found_by_any_field(register: Commands, typed: str, people: list[str], field: str) -> None:
    found = register.done("search", typed)
    assert [one["name"] for one in found["people"]] == people
    assert {one["found_by"] for one in found["people"]} == ({field} if field else set())


def test_a_household_tells_the_member_by_whom_it_was_found(register: Commands) -> None:
    found = register.done("search", "测试")
    assert [(one["household_no"], one["member"]) for one in found["households"]] == [("9002", ""), ("9001", "测试乙")]
    assert found["households_total"] == 2
    assert len(register.done("search", "测试", "--limit", "1")["people"]) == 1


def test_no_whole_number_is_told(register: Commands) -> None:
    for typed in (HEAD_ID, "19800101", "0015"):
        ran = register("search", typed, as_json=False)
        assert ran.code == 0
        assert "520625********0015" in ran.out
        assert "[证号]" in ran.out
        assert HEAD_ID not in ran.out
        assert "19800101" not in ran.out
    assert HEAD_ID not in register("search", HEAD_ID).out


def test_what_to_look_for_may_come_from_standard_input(register: Commands) -> None:
    assert [one["name"] for one in register.done("search", "-", stdin="单测试\n".encode())["people"]] == ["单测试"]
    assert register.refused("search", "-", stdin=b"\n") == "command.nothing_to_find"
    assert register.refused("search", " ") == "command.nothing_to_find"
    assert register.refused("search", "单", "--limit", "0") == "command.limit"


def test_nothing_found_is_said(register: Commands) -> None:
    ran = register("search", "查无此人", as_json=False)
    assert (ran.code, ran.out.strip()) == (0, "没有找到人，也没有找到户。")
    assert register.done("search", "查无此人") == {"people": [], "households": [], "households_total": 0}
