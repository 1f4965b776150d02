"""`fonts check`: what prints of given names and of all that the store holds, by number and never by name."""

from __future__ import annotations

import pytest

from tests.journeys.command_kit import HEAD_ID, WIFE_ID, Commands, family

LACKING = "\U0002EBF0"  # the first ideograph of Extension I
LATER = "\U000323AF"


def test_each_character_is_told_with_its_font(office: Commands) -> None:
    told = office.done("fonts", "check", "王䶮", "张\U0002A6A5")["names"]
    assert [one["prints"] for one in told] == [True, True]
    assert [(one["codepoint"], one["font"]) for name in told for one in name["characters"]] == [
        ("U+738B", "NotoSerifSC-Regular"), ("U+4DAE", "NotoSerifSC-Regular"),
        ("U+5F20", "NotoSerifSC-Regular"), ("U+2A6A5", "HanaMinB")]


def test_a_character_without_a_font_is_told_by_its_number(office: Commands) -> None:
    ran = office("fonts", "check", "测试", f"测{LACKING}")
    assert ran.code == 3
    assert [(one["name"], one["prints"]) for one in ran.answer["names"]] == [("测试", True), (f"测{LACKING}", False)]
    assert ran.answer["names"][1]["characters"][1] == {"character": LACKING, "codepoint": "U+2EBF0", "font": None}
    said = office("fonts", "check", f"测{LACKING}", as_json=False)
    assert said.code == 3
    assert "不能打印" in said.out
    assert "U+2EBF0  没有字库" in said.out


def test_names_may_come_from_standard_input(office: Commands) -> None:
    told = office.done("fonts", "check", "-", stdin="测试甲\n\n测试乙\n".encode())["names"]
    assert [one["name"] for one in told] == ["测试甲", "测试乙"]


def test_names_are_checked_without_an_office(fresh: Commands) -> None:
    assert fresh.done("fonts", "check", "王\ue863")["names"][0]["name"] == "王䶮"


def test_without_a_name_the_whole_store_is_looked_through(office: Commands) -> None:
    clean = office.done("fonts", "check")
    assert clean["lacking"] == []
    form = family((f"测{LACKING}", HEAD_ID, "户主"), ("测试乙", WIFE_ID, "配偶"), village=f"{LATER}家村",
                  household_no="9001")
    office.done("household", "add", "--file", office.file("one.json", form))
    ran = office("fonts", "check")
    assert ran.code == 3
    assert ran.answer["texts"] > clean["texts"]
    assert [(one["record"], one["number"], one["field"], [each["codepoint"] for each in one["characters"]])
            for one in ran.answer["lacking"]] == [
        ("household", "9001", "village", ["U+323AF"]), ("member", "9001", "name", ["U+2EBF0"])]
    said = office("fonts", "check", as_json=False)
    assert "户 9001  成员姓名" in said.out
    assert "测" not in said.out


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_it_speaks_both_languages(office: Commands, language: str) -> None:
    form = family((f"测{LACKING}", HEAD_ID, "户主"), household_no="9001")
    office.done("household", "add", "--file", office.file("one.json", form))
    said = office("--language", language, "fonts", "check", as_json=False).out
    assert "printed." not in said
    assert "{" not in said
    assert ("a member's name" if language == "en" else "成员姓名") in said


def test_the_check_of_the_store_needs_signing_in(office: Commands) -> None:
    office.environment.pop("BACKBONE_ACCOUNT")
    assert office("fonts", "check").error == "command.account_missing"


def test_no_name_stands_in_the_log(office: Commands) -> None:
    office("fonts", "check", f"测试丁{LACKING}")
    logs = [path.read_text("utf-8") for path in office.folder.rglob("*.log*")]
    assert not any(LACKING in log or "测试丁" in log for log in logs)
