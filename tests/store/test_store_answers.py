"""What the centre answers and what its feed brings meets what was typed here, and nothing typed is lost in silence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from store_samples import Family, Opened, household, member

from backbone_core.change import Outcome, RecordKind, Review
from backbone_core.household import Household
from backbone_core.protocol.batch import ChangeOutcome
from backbone_core.records import to_fields
from backbone_desktop.services.rows import SyncStatus

KIND = RecordKind.HOUSEHOLD


def answer(opened: Opened, *outcomes: ChangeOutcome) -> None:
    with opened.open() as work:
        work.sync.mark_answered(outcomes, b"receipt", b"signature")
        work.commit()


def applied(seq: int, version: int) -> ChangeOutcome:
    return ChangeOutcome(seq=seq, outcome=Outcome.APPLIED, version=version)


def rejected(seq: int, code: str = "member.id_taken") -> ChangeOutcome:
    return ChangeOutcome(seq=seq, outcome=Outcome.REJECTED, code=code)


def conflict(seq: int, version: int, *fields: str) -> ChangeOutcome:
    return ChangeOutcome(seq=seq, outcome=Outcome.CONFLICT, code="review.conflict", version=version, conflicts=fields)


def feed(opened: Opened, record: Any, version: int, **other: Any) -> bool:
    with opened.open() as work:
        shown: bool = work.sync.apply_state(KIND, record.id, version, {**to_fields(record), **other})
        work.commit()
    return shown


def stored(opened: Opened, record: Any) -> Household:
    with opened.read() as work:
        found: Household = work.households.get(record.id)
    return found


def status(opened: Opened, record: Any) -> SyncStatus:
    with opened.read() as work:
        found: SyncStatus = work.sync.status_of(KIND, record.id)
    return found


def shadows(opened: Opened) -> int:
    return int(opened.rows("SELECT count(*) FROM shadow")[0][0])


@pytest.fixture
def home(opened: Opened) -> Household:
    """A household that was registered here and that the centre has taken, as version 1."""
    made = household()
    opened.write(made)
    answer(opened, applied(1, 1))
    return made


def test_an_applied_change_is_sent_and_its_shadow_is_gone(opened: Opened, home: Household) -> None:
    assert status(opened, home) is SyncStatus.SENT
    assert shadows(opened) == 0
    with opened.read() as work:
        assert work.outbox.waiting() == ()
        assert work.sync.device().answered_seq == 1
    opened.write(replace(home, phone="13900000000"), act="edit")
    with opened.read() as work:
        assert work.outbox.waiting()[0].base_version == 1
    assert status(opened, home) is SyncStatus.WAITING


def test_the_same_receipt_once_more_changes_nothing(opened: Opened, home: Household) -> None:
    before = opened.everything()
    answer(opened, applied(1, 1))
    assert opened.everything() == before


def test_answers_for_part_of_what_waits_leave_the_rest_waiting(opened: Opened, home: Household) -> None:
    opened.write(replace(home, phone="13900000000"), act="edit")
    opened.write(replace(home, phone="13900000000", village="别村"), act="edit")
    answer(opened, applied(2, 2))
    with opened.read() as work:
        assert [change.seq for change in work.outbox.waiting()] == [3]
        assert work.sync.device().answered_seq == 2
    assert status(opened, home) is SyncStatus.WAITING
    answer(opened, applied(3, 3))
    assert (status(opened, home), shadows(opened)) == (SyncStatus.SENT, 0)


def test_a_rejected_value_stays_and_is_sent_again_with_the_next_edit(opened: Opened, home: Household) -> None:
    opened.write(replace(home, phone="13900000000"), act="edit")
    answer(opened, rejected(2, "household.phone_bad"))
    assert stored(opened, home).phone == "13900000000"
    assert status(opened, home) is SyncStatus.REFUSED
    with opened.read() as work:
        (refused,) = work.sync.state().refused
    assert (refused.seq, refused.code, refused.fields) == (2, "household.phone_bad", ("phone",))
    opened.write(replace(home, phone="13900000000", village="别村"), act="edit")
    with opened.read() as work:
        (change,) = work.outbox.waiting()
        assert work.sync.state().refused == ()
    assert change.fields == {"phone": "13900000000", "village": "别村"}
    assert change.base == {"phone": home.phone, "village": home.village}
    assert status(opened, home) is SyncStatus.WAITING
    answer(opened, applied(3, 2))
    assert (status(opened, home), shadows(opened)) == (SyncStatus.SENT, 0)


def test_a_rejected_value_that_is_taken_back_is_refused_no_more(opened: Opened, home: Household) -> None:
    opened.write(replace(home, phone="13900000000"), act="edit")
    answer(opened, rejected(2))
    opened.write(home, act="edit")
    with opened.read() as work:
        (change,) = work.outbox.waiting()
    assert change.fields == {}
    answer(opened, applied(3, 1))
    assert (status(opened, home), shadows(opened)) == (SyncStatus.SENT, 0)


def test_a_record_that_the_centre_never_took_stays_here_as_refused(opened: Opened) -> None:
    made = household()
    opened.write(made)
    answer(opened, rejected(1))
    assert stored(opened, made) == made
    assert status(opened, made) is SyncStatus.REFUSED
    opened.write(replace(made, village="别村"), act="edit")
    with opened.read() as work:
        assert work.outbox.waiting()[0].fields == to_fields(replace(made, village="别村"))


def test_in_a_conflict_the_row_shows_what_the_centre_holds(opened: Opened, home: Household) -> None:
    opened.write(replace(home, phone="13900000000", village="别村"), act="edit")
    answer(opened, conflict(2, 1, "phone"))
    assert stored(opened, home) == replace(home, village="别村")
    feed(opened, replace(home, phone="13700000000", village="别村"), 3)
    assert stored(opened, home) == replace(home, phone="13700000000", village="别村")
    assert shadows(opened) == 0


def test_a_conflict_keeps_what_was_typed_after_it(opened: Opened, home: Household) -> None:
    opened.write(replace(home, phone="13900000000"), act="edit")
    opened.write(replace(home, phone="13800000009"), act="edit")
    answer(opened, conflict(2, 1, "phone"))
    assert stored(opened, home).phone == "13800000009"
    assert status(opened, home) is SyncStatus.WAITING


def test_a_merged_change_takes_the_others_fields_from_the_feed(opened: Opened, home: Household) -> None:
    opened.write(replace(home, phone="13900000000"), act="edit")
    answer(opened, ChangeOutcome(seq=2, outcome=Outcome.MERGED, version=1))
    assert feed(opened, replace(home, phone="13900000000", group="三组"), 3)
    assert stored(opened, home) == replace(home, phone="13900000000", group="三组")
    assert (status(opened, home), shadows(opened)) == (SyncStatus.SENT, 0)


def test_the_feed_brings_a_record_that_is_new_here(opened: Opened) -> None:
    fed = household("5206250009")
    assert feed(opened, fed, 7)
    assert stored(opened, fed) == fed
    assert status(opened, fed) is SyncStatus.SENT
    opened.write(replace(fed, phone="13900000000"), act="edit")
    with opened.read() as work:
        (change,) = work.outbox.waiting()
    assert (change.base_version, change.base) == (7, {"phone": fed.phone})


def test_the_same_state_once_more_and_an_older_one_change_nothing(opened: Opened, home: Household) -> None:
    newer = replace(home, group="三组")
    assert feed(opened, newer, 5)
    before = opened.everything()
    assert not feed(opened, newer, 5)
    assert not feed(opened, home, 4)
    assert opened.everything() == before


def test_waiting_changes_stay_over_what_the_feed_brings(opened: Opened, home: Household) -> None:
    opened.write(replace(home, phone="13900000000"), act="edit")
    assert feed(opened, replace(home, phone="13700000000", group="三组"), 2)
    assert stored(opened, home) == replace(home, phone="13900000000", group="三组")
    with opened.read() as work:
        (waiting,) = work.outbox.waiting()
    assert waiting.base_version == 1  # a change is never changed
    opened.write(replace(home, phone="13900000000", group="三组", village="别村"), act="edit")
    with opened.read() as work:
        later = work.outbox.waiting()[-1]
    assert (later.base_version, later.fields) == (2, {"village": "别村"})


def test_refused_values_stay_over_what_the_feed_brings(opened: Opened, home: Household) -> None:
    opened.write(replace(home, phone="13900000000"), act="edit")
    answer(opened, rejected(2))
    assert feed(opened, replace(home, group="三组"), 2)
    assert stored(opened, home) == replace(home, phone="13900000000", group="三组")
    assert status(opened, home) is SyncStatus.REFUSED


def test_a_refusal_ends_when_the_feed_brings_the_same_value(opened: Opened, home: Household) -> None:
    opened.write(replace(home, phone="13900000000"), act="edit")
    answer(opened, rejected(2))
    feed(opened, replace(home, phone="13900000000"), 2)
    assert (status(opened, home), shadows(opened)) == (SyncStatus.SENT, 0)


def test_a_removal_that_waits_is_not_undone_by_the_feed(opened: Opened, family: Family) -> None:
    answer(opened, applied(1, 1), applied(2, 1), applied(3, 1))
    with opened.open() as work:
        work.remove(family.spouse)
        work.commit()
    with opened.open() as work:
        work.sync.apply_state(RecordKind.MEMBER, family.spouse.id, 2,
                              to_fields(replace(family.spouse, phone="13900000000")))
        work.commit()
    with opened.read() as work:
        assert work.members.get(family.spouse.id) is None
    answer(opened, ChangeOutcome(seq=4, outcome=Outcome.CONFLICT, code="review.conflict", version=1,
                                 conflicts=("removed",)))
    with opened.read() as work:
        assert work.members.get(family.spouse.id) == replace(family.spouse, phone="13900000000")


def test_a_tombstone_from_the_feed_removes_and_a_later_state_brings_back(opened: Opened, home: Household) -> None:
    feed(opened, home, 2, removed=True)
    assert stored(opened, home) is None
    feed(opened, home, 3, removed=False)
    assert stored(opened, home) == home
    with opened.open() as work:
        work.sync.apply_state(KIND, home.id, 4, {"removed": True})
        work.commit()
    assert stored(opened, home) is None


def test_a_tombstone_of_a_record_that_was_never_here_shows_nothing(opened: Opened) -> None:
    fed = household("5206250009")
    assert not feed(opened, fed, 2, removed=True)
    assert stored(opened, fed) is None


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
    from store_samples import claim

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
