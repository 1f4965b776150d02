"""A clerk finds people by whatever is known of them, and every kind of key is a range scan."""

from __future__ import annotations

import re

import pytest
from store_samples import HEAD_ID, SON_ID, SPOUSE_ID, Opened, enrolment, household, member

from backbone_desktop.store import search
from backbone_desktop.store.search_key import Typed
from backbone_desktop.store.search_scans import scans, statement

LONG_ID = "520625200001010011"


@pytest.fixture
def town(opened: Opened) -> Opened:
    one = household("5206250001", phone="13800000000")
    two = household("5206250002", phone="")
    opened.write(
        one, two,
        member(one, "单测试", HEAD_ID, phone="13911112222"),
        member(one, "测试乙", SPOUSE_ID, "配偶"),
        member(two, "买买提·测试尔逊", SON_ID),
        member(two, "吕例", LONG_ID, "之女"),
    )
    return opened


def names(opened: Opened, typed: str, limit: int = 20) -> list[str]:
    with opened.read() as work:
        return [hit.name for hit in work.members.find(typed, 2019, limit)]


@pytest.mark.parametrize(("typed", "found"), [
    (HEAD_ID, ["单测试"]),  # the whole number
    ("520625 19800101 0015", ["单测试"]),  # as it is shown
    ("５２０６２５１９８０", ["单测试"]),  # full width
    ("53052119750505002", ["测试乙"]),  # its beginning
    ("0015", ["单测试"]),  # its last four
    ("1233", ["买买提·测试尔逊"]),
    ("13911112222", ["单测试"]),  # phone
    ("1391", ["单测试"]),
    ("2222", ["单测试"]),
    ("单测试", ["单测试"]),  # name, its beginning, its parts
    ("单", ["单测试"]),
    ("试乙", ["测试乙"]),
    ("乙", ["测试乙"]),
    ("提", ["买买提·测试尔逊"]),
    ("·", ["买买提·测试尔逊"]),
    ("尔", ["买买提·测试尔逊"]),
    ("尔逊", ["买买提·测试尔逊"]),
    ("逊", ["买买提·测试尔逊"]),
    ("单　测 试", ["单测试"]),
    ("scs", ["单测试"]),  # initials, by the surname's reading and by the dictionary's
    ("dcs", ["单测试"]),
    ("SCS", ["单测试"]),
    ("shan ce", ["单测试"]),
    ("danceshi", ["单测试"]),
    ("lvli", ["吕例"]),
    ("lü li", ["吕例"]),
    ("l", ["吕例"]),
    ("mmt", ["买买提·测试尔逊"]),
    ("5206250002", ["买买提·测试尔逊", "吕例"]),  # household number
    ("0002", ["买买提·测试尔逊", "吕例"]),
    ("13800000000", ["单测试", "测试乙"]),  # the household's phone
    ("买买提•测试尔逊", ["买买提·测试尔逊"]),  # another dot, a full stop, none
    ("提．测", ["买买提·测试尔逊"]),
    ("买买提 · 测", ["买买提·测试尔逊"]),
    ("买买提测试尔逊", ["买买提·测试尔逊"]),
    ("提测试", ["买买提·测试尔逊"]),
    ("520625-19800101-0015", ["单测试"]),  # as it is written elsewhere
    ("520625800101001", ["单测试"]),  # the older number of the same person
    ("53052119750505002x", []),
    ("52062519800101001543", ["单测试"]),  # the disability certificate's
    ("139-1111-2222", ["单测试"]),
    ("+86 13911112222", ["单测试"]),
    ("查无此人", []),
    ("zzz", []),
    ("9999", []),
    ("%", []),
    ("_", []),
    ("   ", []),
])
def test_every_kind_of_key(town: Opened, typed: str, found: list[str]) -> None:
    assert names(town, typed) == found


def test_one_and_two_characters_find_beginnings_before_parts(town: Opened) -> None:
    assert names(town, "测") == ["测试乙", "单测试", "买买提·测试尔逊"]
    assert names(town, "测试") == ["测试乙", "单测试", "买买提·测试尔逊"]
    assert names(town, "测", limit=1) == ["测试乙"]


def test_a_person_found_in_several_ways_comes_once(town: Opened) -> None:
    assert names(town, "d") == ["单测试"]
    home = household("5206250077")
    town.write(home, member(home, "重重重", "520625198001010031"))
    assert names(town, "重") == ["重重重"]


def test_a_renamed_person_is_found_by_the_new_name_alone(town: Opened) -> None:
    from dataclasses import replace

    with town.read() as work:
        person = work.members.by_id_no(SON_ID)
    town.write(replace(person, name="测试庚"), act="edit")
    assert names(town, "买") == names(town, "逊") == names(town, "mmt") == []
    assert names(town, "csg") == names(town, "庚") == ["测试庚"]


def test_a_hit_says_what_the_popup_shows(town: Opened) -> None:
    with town.read() as work:
        spouse = work.members.by_id_no(SPOUSE_ID)
    town.write(enrolment(spouse))
    with town.read() as work:
        (hit,) = work.members.find("测试乙", 2019, 5)
        (next_year,) = work.members.find("测试乙", 2020, 5)
    assert (hit.household_no, hit.township, hit.village) == ("5206250001", "示例镇", "测试村")
    assert hit.phone == "13800000000"
    assert (hit.enrolled, next_year.enrolled) == (True, False)


def test_households_are_found_by_their_people(town: Opened) -> None:
    with town.read() as work:
        page = work.households.page("测试", None, 10)
        assert [(row.household_no, row.head_name, row.matched) for row in page.rows] == [
            ("5206250001", "单测试", "测试乙"), ("5206250002", "买买提·测试尔逊", "")]
        assert (page.total, page.next) == (2, None)
        (row,) = work.households.page("吕", None, 10).rows
        assert (row.household_no, row.matched, row.members) == ("5206250002", "吕例", 2)
        first = work.households.page("测试", None, 1)
        second = work.households.page("测试", first.next, 1)
        assert [row.household_no for row in (*first.rows, *second.rows)] == ["5206250001", "5206250002"]
        assert second.next is None


def test_the_list_of_all_goes_page_by_page_newest_change_first(opened: Opened) -> None:
    homes = [household(f"52062500{number:02d}") for number in range(25)]
    opened.write(*homes)
    from dataclasses import replace

    opened.write(replace(homes[3], village="别村"), act="edit")
    seen: list[str] = []
    after: str | None = None
    while True:
        with opened.read() as work:
            page = work.households.page("", after, 10)
        seen += [row.household_no for row in page.rows]
        assert page.total == 25
        after = page.next
        if after is None:
            break
    expected = [one.household_no for one in reversed(homes) if one is not homes[3]]
    assert seen == [homes[3].household_no, *expected]


def test_counts_end_at_a_thousand_and_one(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    assert search.CAP == 1_001
    monkeypatch.setattr(search, "CAP", 4)
    monkeypatch.setattr("backbone_desktop.store.households.CAP", 4)
    for number in range(6):
        home = household(f"52062500{number:02d}")
        opened.write(home, member(home, f"测试{number}", f"52062519800101{number:04d}"),
                     member(home, f"测试{number}", f"52062519800102{number:04d}", "配偶"))
    with opened.read() as work:
        assert work.households.page("", None, 2).total == 4
        assert work.households.page("测试", None, 2).total == 4


@pytest.mark.parametrize(("typed", "least"), [
    ("0015", 11), ("520625198001010015", 3), ("13800000000", 5), ("198001", 11), ("25198001", 9), ("单", 9),
    ("测试乙", 9), ("shan", 13), ("sc", 13), ("A03", 4),
])
def test_no_search_reads_a_whole_table(town: Opened, typed: str, least: int) -> None:
    wanted = list(scans(Typed.read(typed)))
    assert len(wanted) >= least
    looks, values = tuple(scan.look for scan in wanted), [value for scan in wanted for value in scan.values]
    with town.store.engine.connect() as connection:
        for near in (True, False):
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement(looks, near=near)}", tuple(values)).all()
            for (*_, step) in rows:  # `k` are the ways in which a number may go on, `c` the counties in the numbers
                assert re.match(r"SEARCH|SCAN [kc]\b|COMPOUND QUERY|LEFT-MOST|UNION ALL|SCALAR", step), step
