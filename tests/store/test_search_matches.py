"""A hit says which field answers to what was typed, and which characters of it."""

from __future__ import annotations

import pytest
from store_samples import HEAD_ID, Opened, household, member

from backbone_core.names import MIDDLE_DOT

PHONE, HOME_PHONE = "13911112222", "13800003333"


@pytest.fixture
def town(opened: Opened) -> Opened:
    home = household("5206250077", village="王家坝村", phone=HOME_PHONE)
    opened.write(home, member(home, "单测试", HEAD_ID, phone=PHONE),
                 member(home, f"买买提{MIDDLE_DOT}艾力", "530521197505050025", "配偶"),
                 member(home, "方安", "513432198503151233", "之子"))
    return opened


@pytest.mark.parametrize(("typed", "field", "part"), [
    ("单测试", "name", "单测试"),
    ("单", "name", "单"),
    ("试", "name", "试"),
    ("scs", "name", "单测试"),
    ("dc", "name", "单测"),
    ("shan", "name", "单"),
    ("shanc", "name", "单测"),
    ("Shàn cè", "name", "单测"),
    (HEAD_ID, "id_no", HEAD_ID),
    ("520625800101001", "id_no", HEAD_ID[:17]),
    ("5206251980", "id_no", "5206251980"),
    ("0015", "id_no", "0015"),
    ("19800101", "id_no", "19800101"),
    ("800101", "id_no", "800101"),
    ("25800101", "id_no", "2519800101"),
    (PHONE, "phone", PHONE),
    ("1391", "phone", "1391"),
    ("1112222", "phone", "1112222"),
    ("0003333", "phone", "0003333"),
    ("52062500", "household_no", "52062500"),
    ("0077", "household_no", "0077"),
    ("王家", "village", "王家"),
    ("wjb", "village", "王家坝"),
    ("wangjia", "village", "王家"),
    ("示例", "township", "示例"),
])
def test_the_matched_part_of_the_head(town: Opened, typed: str, field: str, part: str) -> None:
    with town.read() as work:
        hit = next(one for one in work.members.find(typed, 2019, 10) if one.name == "单测试")
    assert hit.match is not None
    value = getattr(hit, field)
    assert (hit.match.field, value[hit.match.start:hit.match.start + hit.match.length]) == (field, part)


@pytest.mark.parametrize(("typed", "name", "part"), [
    ("提艾", f"买买提{MIDDLE_DOT}艾力", f"提{MIDDLE_DOT}艾"),
    ("mmta", f"买买提{MIDDLE_DOT}艾力", f"买买提{MIDDLE_DOT}艾"),
    ("maimaitiai", f"买买提{MIDDLE_DOT}艾力", f"买买提{MIDDLE_DOT}艾"),
    ("fang", "方安", "方"),
    ("fanga", "方安", "方安"),
])
def test_dots_are_skipped_and_syllables_come_apart(town: Opened, typed: str, name: str, part: str) -> None:
    with town.read() as work:
        hit = next(one for one in work.members.find(typed, 2019, 10) if one.name == name)
    assert hit.match is not None
    assert name[hit.match.start:hit.match.start + hit.match.length] == part


def test_the_phone_that_was_found_is_the_one_that_is_shown(town: Opened) -> None:
    with town.read() as work:
        shown = {hit.name: hit.phone for hit in work.members.find("0003333", 2019, 10)}
        usual = {hit.name: hit.phone for hit in work.members.find("单测试", 2019, 10)}
    assert shown["单测试"] == HOME_PHONE
    assert usual["单测试"] == PHONE


@pytest.mark.parametrize(("typed", "matched", "field"), [
    ("方安", "方安", "name"), ("fa", "方安", "name"), ("1233", "方安", "id_no"), ("2222", "", "other_phone"),
    ("3333", "", "phone"), ("王家", "", "village"), ("0077", "", "household_no"), ("", "", None),
])
def test_a_household_says_what_it_was_found_by(town: Opened, typed: str, matched: str, field: str | None) -> None:
    with town.read() as work:
        (row,) = work.households.page(typed, None, 10).rows
    assert (row.matched, row.match and row.match.field) == (matched, field)
