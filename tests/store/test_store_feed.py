"""What only a later version understands survives here; reviews and late parents show as they should."""

from __future__ import annotations

from dataclasses import replace

from exchange_samples import KIND, answer, applied, conflict, feed, rejected, status
from store_samples import Family, Opened, claim, household, member

from backbone_core.change import RecordKind, Review
from backbone_core.household import Household
from backbone_core.records import to_fields
from backbone_desktop.services.rows import SyncStatus


def test_fields_of_a_later_version_survive_a_local_edit_and_are_not_sent(opened: Opened, home: Household) -> None:
    feed(opened, home, 2, internet_name="later")
    opened.write(replace(home, phone="13900000000"), act="edit")
    with opened.read() as work:
        assert work.outbox.waiting()[0].fields == {"phone": "13900000000"}
    answer(opened, applied(2, 3))
    assert not feed(opened, replace(home, phone="13900000000"), 3, internet_name="later")
    opened.write(replace(home, phone="13900000000", village="别村"), act="edit")
    with opened.read() as work:
        assert work.outbox.waiting()[0].fields == {"village": "别村"}


def test_kinds_and_values_of_a_later_version_are_kept(opened: Opened) -> None:
    with opened.open() as work:
        assert not work.sync.apply_state(RecordKind("visit"), "v1", 3, {"anything": 1})
        assert not work.sync.apply_state(KIND, "h1", 2, {**to_fields(household()), "poverty_type": "later"})
        work.commit()
    kept = opened.rows("SELECT kind, record_id, version FROM later ORDER BY kind")
    assert kept == [("household", "h1", 2), ("visit", "v1", 3)]
    feed(opened, household(id="h1"), 3)
    assert opened.rows("SELECT kind FROM later") == [("visit",)]


def test_a_review_item_shows_on_its_record_until_it_is_closed(opened: Opened, home: Household) -> None:
    opened.write(replace(home, phone="13900000000"), act="edit")
    answer(opened, conflict(2, 2, "phone"))
    item = Review(id="r1", code="review.conflict", kind=KIND, record_id=home.id, opened_at=opened.clock.now(),
                  fields={"phone": {"base": home.phone, "kept": "13700000000", "other": "13900000000"}})
    with opened.open() as work:
        assert work.sync.apply_state(RecordKind.REVIEW, item.id, 1, to_fields(item))
        work.commit()
    assert status(opened, home) is SyncStatus.REVIEW
    with opened.read() as work:
        (shown,) = work.sync.reviews()
        state = work.sync.state()
    assert (shown.id, shown.record_id, shown.fields) == ("r1", home.id, item.fields)
    assert (state.reviews, [row.outcome for row in state.refused]) == (1, ["conflict"])
    with opened.open() as work:
        work.sync.apply_state(RecordKind.REVIEW, item.id, 2, to_fields(replace(item, open=False)))
        work.sync.apply_state(RecordKind.REVIEW, item.id, 1, to_fields(item))
        work.commit()
    assert status(opened, home) is SyncStatus.SENT
    with opened.read() as work:
        assert (work.sync.reviews(), work.sync.state().refused) == ((), ())


def test_a_household_answers_for_its_people_too(opened: Opened, family: Family) -> None:
    answer(opened, applied(1, 1), applied(2, 1), rejected(3))
    assert status(opened, family.household) is SyncStatus.REFUSED
    with opened.read() as work:
        assert work.sync.status_of(RecordKind.MEMBER, family.head.id) is SyncStatus.SENT
        (row,) = work.households.page("", None, 10).rows
    assert row.status is SyncStatus.REFUSED


def test_what_the_exchange_writes_stands_in_the_audit_trail(opened: Opened, home: Household) -> None:
    feed(opened, replace(home, phone="13900000000"), 2)
    with opened.read() as work:
        newest = work.audit.of_record(home.id)[0]
    assert (newest.act, newest.detail) == ("receive", {"version": 2})


def test_a_claim_may_come_before_its_member_and_household(opened: Opened) -> None:
    home = household()
    person = member(home)
    taken = claim(person)
    with opened.open() as work:
        work.sync.apply_state(RecordKind.CLAIM, taken.id, 1, to_fields(taken))
        work.commit()
    with opened.read() as work:
        (row,) = work.claims.page("", "", None, 10).rows
    assert (row.id, row.member_name) == (taken.id, "")
    with opened.open() as work:
        work.sync.apply_state(RecordKind.MEMBER, person.id, 1, to_fields(person))
        work.commit()
    with opened.read() as work:
        assert work.claims.page("测试甲", "", None, 10).rows[0].id == taken.id
        assert work.households.page("测试甲", None, 10).rows == ()
