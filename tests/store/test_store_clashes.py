"""One person, one number, one head: refused when typed here, marked for a person when the feed brings it twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from store_samples import HEAD_ID, SON_ID, SPOUSE_ID, Family, Opened, household, member

from backbone_core.change import RecordKind, Review
from backbone_core.errors import RuleBroken
from backbone_core.household import Household, Member
from backbone_core.records import kind_of, to_fields
from backbone_desktop.services.rows import SyncStatus


def feed(opened: Opened, *records: Household | Member, version: int = 1, **other: object) -> None:
    with opened.open() as work:
        for record in records:
            work.sync.apply_state(kind_of(record), record.id, version, {**to_fields(record), **other})
        work.commit()


def refused(opened: Opened, record: object) -> RuleBroken:
    before = opened.everything()
    with pytest.raises(RuleBroken) as caught:
        opened.write(record)
    assert opened.everything() == before
    return caught.value


def test_an_id_number_is_one_persons(opened: Opened, family: Family) -> None:
    other = household("5206250002")
    opened.write(other)
    broken = refused(opened, member(other, "测试丁", SPOUSE_ID))
    assert (broken.code, broken.field) == ("member.id_taken", "id_no")
    assert refused(opened, replace(family.spouse, id_no=HEAD_ID)).code == "member.id_taken"
    assert broken.facts == {"household_no": "5206250001"}
    assert SPOUSE_ID not in str(broken)


def test_a_household_number_is_one_households(opened: Opened, family: Family) -> None:
    broken = refused(opened, household(family.household.household_no))
    assert (broken.code, broken.field) == ("household.number_taken", "household_no")


def test_a_household_has_one_head(opened: Opened, family: Family) -> None:
    broken = refused(opened, member(family.household, "测试丁", SON_ID))
    assert (broken.code, broken.field) == ("household.two_heads", "relation")


def test_the_number_of_a_removed_person_is_free_again(opened: Opened, family: Family) -> None:
    with opened.open() as work:
        work.remove(family.head)
        work.write(member(family.household, "测试丁", HEAD_ID), "register")
        work.commit()
    with opened.read() as work:
        assert work.members.by_id_no(HEAD_ID).name == "测试丁"


def test_two_people_may_swap_in_one_act_in_any_order(opened: Opened, family: Family) -> None:
    opened.write(replace(family.spouse, relation="户主", id_no=HEAD_ID),
                 replace(family.head, relation="配偶", id_no=SPOUSE_ID), act="edit")
    with opened.read() as work:
        assert [one.name for one in work.households.members(family.household.id)] == ["测试乙", "测试甲"]
        assert work.members.by_id_no(HEAD_ID).id == family.spouse.id
        assert work.sync.reviews() == ()


def test_the_feed_brings_the_same_person_and_both_are_for_review(opened: Opened, family: Family) -> None:
    elsewhere = household("5206250002")
    twin = member(elsewhere, "测试甲", HEAD_ID)
    feed(opened, elsewhere, twin)
    with opened.read() as work:
        assert work.members.get(twin.id) == twin
        assert work.members.by_id_no(HEAD_ID) == family.head
        for one in (family.head, twin):
            assert work.sync.status_of(RecordKind.MEMBER, one.id) is SyncStatus.REVIEW
        (item,) = work.sync.reviews()
        assert (item.record_id, item.other_id) == (family.head.id, twin.id)
        assert (item.code, item.label, tuple(item.fields)) == ("review.duplicate_person", "5206250001", ("id_no",))
        assert HEAD_ID not in item.id
        assert {row.status for row in work.households.page("", None, 10).rows} == {SyncStatus.REVIEW}


def test_a_clash_stops_no_other_edit_and_no_third_one_may_be_typed(opened: Opened, family: Family) -> None:
    elsewhere = household("5206250002")
    feed(opened, elsewhere, member(elsewhere, "测试甲", HEAD_ID))
    opened.write(replace(family.head, phone="13900000000"), act="edit")
    assert refused(opened, member(family.household, "测试丁", HEAD_ID, "之子")).code == "member.id_taken"


@pytest.mark.parametrize("way", ["remove", "correct", "feed corrects", "feed removes"])
def test_a_clash_ends_with_its_cause(opened: Opened, family: Family, way: str) -> None:
    elsewhere = household("5206250002")
    twin = member(elsewhere, "测试甲", HEAD_ID)
    feed(opened, elsewhere, twin)
    if way == "remove":
        with opened.open() as work:
            work.remove(twin)
            work.commit()
    elif way == "correct":
        opened.write(replace(twin, id_no=SON_ID), act="edit")
    elif way == "feed corrects":
        feed(opened, replace(twin, id_no=SON_ID), version=2)
    else:
        feed(opened, twin, version=2, removed=True)
    with opened.read() as work:
        assert work.sync.reviews() == ()
    assert opened.rows("SELECT count(*) FROM member WHERE clash_id = 1") == [(0,)]


def test_numbers_and_heads_may_clash_by_the_feed_too(opened: Opened, family: Family) -> None:
    feed(opened, household(family.household.household_no), member(family.household, "测试丁", SON_ID))
    with opened.read() as work:
        assert {tuple(item.fields) for item in work.sync.reviews()} == {("household_no",), ("relation",)}
        assert work.households.by_number(family.household.household_no) == family.household


def test_a_clash_that_the_centre_knows_is_told_once(opened: Opened, family: Family) -> None:
    elsewhere = household("5206250002")
    twin = member(elsewhere, "测试甲", HEAD_ID)
    feed(opened, elsewhere, twin)
    item = Review(id="r1", code="review.duplicate_person", kind=RecordKind.MEMBER, record_id=twin.id,
                  opened_at=opened.clock.now(), other_id=family.head.id)
    with opened.open() as work:
        work.sync.apply_state(RecordKind.REVIEW, item.id, 1, to_fields(item))
        work.commit()
    with opened.read() as work:
        assert [one.id for one in work.sync.reviews()] == ["r1"]
        assert work.sync.state().reviews == 1


def test_the_database_refuses_what_slips_past(opened: Opened, family: Family) -> None:
    for statement, code in (
        (f"UPDATE member SET id_no = '{HEAD_ID}'", "member.id_taken"),
        ("UPDATE member SET relation = '户主'", "household.two_heads"),
        ("INSERT INTO household SELECT 'x', household_no, county, township, village, \"group\", address, poverty_type, "
         "phone, 0, 0, NULL, NULL, changed_at, 0, 1, 0, listing, listing_since FROM household",
         "household.number_taken"),
    ):
        with opened.store.engine.connect().execution_options(writing=True) as connection:
            with pytest.raises(RuleBroken) as caught:
                connection.execute(text(statement))
            assert caught.value.code == code
            connection.rollback()
