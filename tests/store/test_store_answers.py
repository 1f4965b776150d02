"""What the centre answers and what its feed brings meets what was typed here, and nothing typed is lost in silence."""

from __future__ import annotations

from dataclasses import replace

from exchange_samples import KIND, answer, applied, conflict, feed, rejected, shadows, status, stored
from store_samples import Family, Opened, household

from backbone_core.change import Outcome, RecordKind
from backbone_core.household import Household
from backbone_core.protocol.batch import ChangeOutcome
from backbone_core.records import to_fields
from backbone_desktop.services.rows import SyncStatus


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


def test_a_record_that_was_refused_and_then_removed_is_done_with(opened: Opened) -> None:
    made = household()
    opened.write(made)
    answer(opened, rejected(1))
    with opened.open() as work:
        work.remove(made)
        work.commit()
    answer(opened, applied(2, 0))
    assert (status(opened, made), shadows(opened)) == (SyncStatus.SENT, 0)
    with opened.read() as work:
        assert work.sync.state().refused == ()


def test_fields_that_the_centre_never_got_are_not_refused_values(opened: Opened, home: Household) -> None:
    opened.write(replace(home, phone="13900000000"), act="edit")
    fields = to_fields(home)
    del fields["group"], fields["address"]
    with opened.open() as work:
        work.sync.apply_state(KIND, home.id, 2, fields)
        work.commit()
    answer(opened, applied(2, 3))
    assert (status(opened, home), shadows(opened)) == (SyncStatus.SENT, 0)
