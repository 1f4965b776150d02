"""Double records by commands: found, compared, merged, told apart, and traced."""

from __future__ import annotations

from backbone_core.identity import check_digit
from tests.journeys.command_kit import HEAD_ID, WIFE_ID, Commands, family, stay

TYPO = "52062519810101001" + check_digit("52062519810101001")


def add(office: Commands, number: str, *people: tuple[str, str, str], **other: object) -> list[str]:
    office.done("household", "add", "--file", office.file("f.json", family(*people, household_no=number, **other)))
    return [one["member_id"] for one in office.done("household", "show", number)["members"]]


def pairs(office: Commands) -> list[tuple[list[str], str, str]]:
    return [(one["reasons"], one["a"]["member_id"], one["b"]["member_id"]) for one in
            office.done("duplicates")["pairs"]]


def test_from_the_search_to_one_record(office: Commands) -> None:
    assert pairs(office) == []
    kept, wife = add(office, "1", ("测试甲", HEAD_ID, "户主"), ("测试乙", WIFE_ID, "配偶"))
    (lost,) = add(office, "2", ("测试甲", TYPO, "户主"), village="别村")
    assert pairs(office) == [(["near_number"], kept, lost)]
    (listed,) = office.done("duplicates")["pairs"]
    assert listed["b"] == {"member_id": lost, "name": "测试甲", "id_no": "520625********" + TYPO[-4:],
                           "relation": "户主", "household_no": "2", "township": "示例镇", "village": "别村",
                           "standing": "present", "claims": 0}
    shown = office.done("duplicates", "show", kept, lost)
    assert shown["keep"] == kept
    assert [(one["field"], one["a"], one["b"]) for one in shown["fields"] if one["differs"]] == [
        ("id_no", "520625***0****0015", f"520625***1****{TYPO[-4:]}"),
        ("place", "1 户主 示例镇 示例村 一组", "2 户主 示例镇 别村 一组")]
    assert shown["b"]["covered"] == [2019]

    assert office.refused("duplicates", "merge", kept, lost, "--keep", "number=B") == "command.keep_form"
    assert office.refused("duplicates", "merge", kept, lost, "--keep", "name") == "command.keep_form"
    assert office.refused("duplicates", "merge", kept, lost, "--keep", "place=B") == "duplicates.no_head"
    assert office.refused("duplicates", "merge", kept, "nobody") == "member.unknown"
    made = office.done("duplicates", "merge", kept, lost, "--keep", "id_no=b", "--keep", "name=A")
    assert (made["member_id"], made["merged_id"], made["closed_household_no"]) == (kept, lost, "2")
    assert made["id_no"].endswith(TYPO[-4:])
    assert pairs(office) == []
    assert {one["member_id"] for one in office.done("duplicates", "history", lost)["acts"]} == {kept, lost}
    assert [one["name"] for one in office.done("household", "show", "1")["members"]] == ["测试甲", "测试乙"]
    assert office("doctor").code == 0
    assert wife


def test_different_people_are_not_asked_about_again(office: Commands) -> None:
    (one,) = add(office, "1", ("测试甲", HEAD_ID, "户主"))
    (other,) = add(office, "2", ("测试甲", TYPO, "户主"))
    office.done("duplicates", "different", other, one)
    assert pairs(office) == []
    assert office.done("duplicates", "show", one, other)["different_people"] is True
    office.done("duplicates", "undo-different", one, other)
    assert office.refused("duplicates", "undo-different", one, other) == "duplicates.not_told_apart"
    assert len(pairs(office)) == 1


def test_a_record_with_a_receipt_is_kept(office: Commands) -> None:
    (one,) = add(office, "1", ("测试甲", HEAD_ID, "户主"))
    (other,) = add(office, "2", ("测试甲", TYPO, "户主"))
    office.done("claim", "add", "--file", office.file("c.json", stay()))
    assert office.refused("duplicates", "merge", other, one) == "duplicates.claims_on_lost"
    assert office.done("duplicates", "merge", one, other)["member_id"] == one


def test_no_whole_number_is_written_out(office: Commands) -> None:
    (one,) = add(office, "1", ("测试甲", HEAD_ID, "户主"))
    (other,) = add(office, "2", ("测试甲", TYPO, "户主"))
    for arguments in (("duplicates",), ("duplicates", "show", one, other), ("duplicates", "merge", one, other)):
        for as_json in (True, False):
            ran = office(*arguments, as_json=as_json)
            assert HEAD_ID not in ran.out + ran.err
            assert TYPO not in ran.out + ran.err
            assert ran.code == 0 or (arguments[1:2] == ("merge",) and not as_json)
