"""The office's own township comes first in what is found, whoever wrote its people and wherever they went since."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import insert
from store_samples import HEAD_ID, SON_ID, SPOUSE_ID, Opened, enrolment, household, member, profile

from backbone_core.change import RecordKind
from backbone_core.records import to_fields
from backbone_desktop.store import tables
from backbone_desktop.store.mapping import values_of
from backbone_desktop.store.search_keys import rebuild

OWN, OTHER = "示例镇", "别镇"


@pytest.fixture
def office(opened: Opened) -> Opened:
    set_township(opened, OWN)
    return opened


def set_township(opened: Opened, township: str) -> None:
    with opened.open() as work:
        work.office.save(profile(township=township))
        work.commit()


def found(opened: Opened, typed: str) -> list[str]:
    with opened.read() as work:
        return [hit.household_no for hit in work.members.find(typed, 2019, 10)]


def marks_hold(opened: Opened) -> None:
    """Every mark says where the household lives now, also at spellings and ends of names."""
    own = opened.rows("SELECT township FROM office")[0][0]
    assert opened.rows(
        f"SELECT count(*) FROM household WHERE near <> (township = '{own}' AND township <> '')") == [(0,)]
    assert opened.rows("SELECT count(*) FROM member m LEFT JOIN household h ON h.id = m.household_id "
                       "WHERE m.near <> coalesce(h.near, 0)") == [(0,)]
    for keys in ("spelling", "name_part"):
        assert opened.rows(f"SELECT count(*) FROM {keys} k JOIN member m ON m.id = k.member_id "
                           "WHERE k.near <> m.near") == [(0,)]


def two_homes(opened: Opened, name: str = "测试甲乙丙") -> tuple[object, object]:
    far, near = household("0001", township=OTHER, phone=""), household("0002", township=OWN, phone="")
    opened.write(far, near, member(far, name, HEAD_ID, phone="13911112222"),
                 member(near, name, SON_ID, phone="13911112223"))
    return far, near


@pytest.mark.parametrize("typed", [
    "测", "测试甲乙丙", "试甲", "甲", "乙", "c", "csjyb", "ceshi", "5", "1391111", "1391", "000", "测试村", "csc"])
def test_the_own_township_comes_first_for_every_kind_of_key(office: Opened, typed: str) -> None:
    two_homes(office)
    assert found(office, typed) == ["0002", "0001"]
    marks_hold(office)


def test_a_beginning_near_by_comes_before_what_is_exact_elsewhere(office: Opened) -> None:
    far, near = household("0001", township=OTHER), household("0002", township=OWN)
    office.write(far, near, member(far, "测试", HEAD_ID), member(near, "测试甲", SON_ID))
    assert found(office, "测试") == ["0002", "0001"]


def test_an_office_of_the_county_prefers_nobody(opened: Opened) -> None:
    set_township(opened, "")
    two_homes(opened)
    assert found(opened, "测") == ["0001", "0002"]
    assert opened.rows("SELECT count(*) FROM member WHERE near = 1") == [(0,)]


def test_a_household_that_moves_takes_its_people_along(office: Opened) -> None:
    far, near = two_homes(office)
    office.write(replace(far, township=OWN), replace(near, township=OTHER), act="move")
    assert found(office, "测") == found(office, "csj") == found(office, "丙") == ["0001", "0002"]
    marks_hold(office)


def test_a_person_who_moves_into_another_household_is_found_where_they_are_now(office: Opened) -> None:
    far, near = household("0001", township=OTHER), household("0002", township=OWN)
    person = member(far, "测试甲乙丙", SPOUSE_ID, "配偶")
    office.write(far, near, member(far, "测试丁", HEAD_ID), person, member(near, "测试戊", SON_ID))
    assert found(office, "测试甲") == ["0001"]
    office.write(replace(person, household_id=near.id), act="move")
    marks_hold(office)
    assert office.rows("SELECT near FROM spelling WHERE initials = 'csjyb'") == [(1,)]
    assert office.rows("SELECT near, part FROM name_part ORDER BY start LIMIT 1") == [(1, "乙丙")]


def test_another_township_for_the_office_marks_everybody_anew(office: Opened) -> None:
    two_homes(office)
    set_township(office, OTHER)
    assert found(office, "测") == ["0001", "0002"]
    marks_hold(office)
    set_township(office, "")
    assert office.rows("SELECT count(*) FROM household WHERE near = 1") == [(0,)]
    marks_hold(office)


def test_members_whom_the_feed_brings_before_their_household_are_marked_when_it_comes(office: Opened) -> None:
    home = household("0002", township=OWN)
    person = member(home, "测试甲乙丙")
    for kind, record in ((RecordKind.MEMBER, person), (RecordKind.HOUSEHOLD, home)):
        with office.open() as work:
            work.sync.apply_state(kind, record.id, 1, to_fields(record))
            work.commit()
    assert office.rows("SELECT near FROM member UNION ALL SELECT near FROM spelling") == [(1,), (1,)]
    marks_hold(office)


def test_many_at_once_are_marked_alike(office: Opened) -> None:
    homes = [household("0001", township=OTHER), household("0002", township=OWN)]
    people = [member(home, "测试甲乙丙", number) for home, number in zip(homes, (HEAD_ID, SON_ID), strict=True)]
    with office.open() as work:
        for records in (homes, people, [enrolment(person) for person in people]):
            work.rosters.write_new(records, "register", lambda _: None)
        work.commit()
    marks_hold(office)
    assert found(office, "csj") == found(office, "测试村") == ["0002", "0001"]
    assert found(office, "25198") == ["0001"]
    assert office.rows("SELECT code FROM id_county ORDER BY code") == [("513432",), ("520625",)]


def test_rows_that_came_in_past_the_acts_are_worked_out_at_once(office: Opened) -> None:
    home = household("0002", township=OWN, village="王家坝村")
    person = member(home, "测试甲乙丙")
    with office.store.engine.connect().execution_options(writing=True) as connection:
        for table, record in ((tables.household, home), (tables.member, person)):
            connection.execute(insert(table).values(**values_of(record), changed_at=office.clock.now(), fed=1))
        connection.exec_driver_sql("DELETE FROM temp.guard_owed")
        rebuild(connection)
        connection.commit()
    marks_hold(office)
    assert found(office, "0625") == found(office, "wjb") == found(office, "王家") == ["0002"]


def test_a_village_shows_the_head_of_each_household_and_a_number_shows_all_its_people(office: Opened) -> None:
    home = household("0002", village="王家坝村", phone="13800001111")
    office.write(home, member(home, "测试乙", SPOUSE_ID, "配偶"), member(home, "测试甲", HEAD_ID))
    with office.read() as work:
        assert [hit.name for hit in work.members.find("王家坝", 2019, 10)] == ["测试甲"]
        assert [hit.name for hit in work.members.find("示例", 2019, 10)] == ["测试甲"]  # the township
        assert [hit.name for hit in work.members.find("0002", 2019, 10)] == ["测试甲", "测试乙"]
        assert [hit.name for hit in work.members.find("1111", 2019, 10)] == ["测试甲", "测试乙"]
        assert work.members.find("w", 2019, 10) == ()


def test_nobody_is_crowded_out_by_another_persons_many_spellings(office: Opened) -> None:
    """重重重乐 has sixteen spellings, eight of which begin with c: a bound on rows would leave others no room."""
    home = household("0001", township=OTHER)
    names = ["重重重乐", *(f"曹测{one}" for one in "甲乙丙丁戊己庚辛壬")]
    office.write(home, *(member(home, name, f"52062519800101{n:04d}", "户主" if n == 0 else "其他")
                         for n, name in enumerate(names)))
    with office.read() as work:
        assert {hit.name for hit in work.members.find("c", 2019, 10)} == set(names)
        assert len(work.members.find("c", 2019, 5)) == 5
