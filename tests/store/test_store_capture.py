"""A record, its audit row and its change go in together, and the change says exactly what was done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from store_samples import CLERK, Family, Opened, claim, enrolment, household, member, profile

from backbone_core.change import CHAIN_START, REMOVE, RecordKind, chain_hash
from backbone_core.claim import ClaimState
from backbone_core.errors import RuleBroken, Unavailable
from backbone_core.records import to_fields
from backbone_desktop.services.rows import SyncStatus


def test_a_new_record_is_a_row_an_audit_row_and_a_change(opened: Opened) -> None:
    home = household()
    opened.write(home)
    with opened.read() as work:
        assert work.households.get(home.id) == home
        (change,) = work.outbox.waiting()
        (logged,) = work.audit.of_record(home.id)
        assert work.sync.status_of(RecordKind.HOUSEHOLD, home.id) is SyncStatus.WAITING
    assert (change.seq, change.kind, change.record_id, change.act) == (1, RecordKind.HOUSEHOLD, home.id, "register")
    assert (change.fields, change.base, change.base_version) == (to_fields(home), {}, 0)
    assert change.made_by == CLERK.account
    assert (logged.act, logged.by, logged.kind, logged.record_id) == ("register", CLERK.account, "household", home.id)
    assert home.household_no not in repr(logged.detail)


def test_a_change_holds_what_changed_and_what_it_was_before(opened: Opened, family: Family) -> None:
    opened.write(replace(family.head, phone="13900000000", name="测试丙"), act="edit")
    with opened.read() as work:
        change = work.outbox.waiting()[-1]
    assert change.fields == {"phone": "13900000000", "name": "测试丙"}
    assert change.base == {"phone": "", "name": "测试甲"}


def test_a_second_change_builds_on_the_first_that_still_waits(opened: Opened, family: Family) -> None:
    opened.write(replace(family.head, phone="13900000000"), act="edit")
    opened.write(replace(family.head, phone="13700000000"), act="edit")
    with opened.read() as work:
        change = work.outbox.waiting()[-1]
    assert change.fields == {"phone": "13700000000"}
    assert change.base == {"phone": "13900000000"}


def test_writing_what_is_stored_does_nothing(opened: Opened, family: Family) -> None:
    before = opened.everything()
    opened.write(family.household, family.head, family.spouse, act="edit")
    assert opened.everything() == before


def test_a_record_that_is_removed_is_gone_from_sight_and_stays_as_a_tombstone(opened: Opened, family: Family) -> None:
    with opened.open() as work:
        work.remove(family.spouse)
        work.remove(family.spouse)
        work.commit()
    with opened.read() as work:
        assert work.members.get(family.spouse.id) is None
        assert work.households.members(family.household.id) == (family.head,)
        assert work.members.find("测试乙", 2019, 10) == ()
        change = work.outbox.waiting()[-1]
    assert (change.seq, change.act, change.fields) == (4, REMOVE, {})
    assert opened.rows("SELECT count(*) FROM member") == [(2,)]


def test_a_removed_record_that_is_written_again_comes_back(opened: Opened, family: Family) -> None:
    with opened.open() as work:
        work.remove(family.spouse)
        work.commit()
    opened.write(family.spouse, act="edit")
    with opened.read() as work:
        assert work.members.get(family.spouse.id) == family.spouse
        change = work.outbox.waiting()[-1]
    assert (change.fields, change.base) == ({"removed": False}, {"removed": True})


def test_the_changes_are_chained(opened: Opened, family: Family) -> None:
    with opened.read() as work:
        epoch, stood = work.sync.device().epoch, CHAIN_START
        assert work.outbox.hash_at(0) == CHAIN_START
        for change in work.outbox.waiting():
            stood = chain_hash(stood, epoch, change)
            assert work.outbox.hash_at(change.seq) == stood
        assert work.outbox.hash_at(4) is None
        assert [change.seq for change in work.outbox.since(1, 10)] == [2, 3]
        assert [change.seq for change in work.outbox.since(0, 2)] == [1, 2]
        assert [change.seq for change in work.outbox.waiting(2)] == [1, 2]
        assert work.outbox.count_waiting() == 3
        assert work.sync.device().last_seq == 3


def test_what_is_not_committed_leaves_nothing(opened: Opened, family: Family) -> None:
    before = opened.everything()
    with opened.open() as work:
        work.write(replace(family.head, phone="13900000000"), "edit")
    with pytest.raises(ZeroDivisionError):
        _write_and_stumble(opened, family)
    assert opened.everything() == before


def _write_and_stumble(opened: Opened, family: Family) -> None:
    with opened.open() as work:
        work.write(replace(family.head, phone="13900000000"), "edit")
        raise ZeroDivisionError


def test_a_reading_unit_of_work_writes_nothing(opened: Opened, family: Family) -> None:
    with opened.read() as work:
        with pytest.raises(RuntimeError):
            work.write(replace(family.head, phone="13900000000"), "edit")
        with pytest.raises(RuntimeError):
            work.remove(family.head)
        with pytest.raises(RuntimeError):
            work.commit()
        with pytest.raises(Unavailable, match=r"store\.read_only"):
            work.office.set_setting("name", "value")


@pytest.mark.parametrize("record", [
    member(household("5206250077")), enrolment(member(household("5206250077"))), claim(member(household("5206250077"))),
])
def test_a_record_needs_its_parent(opened: Opened, record: object) -> None:
    with pytest.raises(RuleBroken, match=r"(household|member)\.unknown"):
        opened.write(record)
    assert opened.rows("SELECT count(*) FROM outbox") == [(0,)]


def test_labels_are_receipt_or_household_numbers(opened: Opened, family: Family) -> None:
    cover = enrolment(family.head)
    draft = claim(family.head, state=ClaimState.DRAFT)
    taken = claim(family.head, receipt_no="520625-2019-A03-000001-C")
    opened.write(cover, draft, taken)
    with opened.read() as work:
        state = work.sync.state()
    assert [row.label for row in state.waiting_rows] == ["5206250001"] * 5 + ["520625-2019-A03-000001-C"]
    assert state.waiting == 6
    assert [row.kind for row in state.waiting_rows][3:] == ["enrolment", "claim", "claim"]


def test_changes_are_never_changed_and_never_taken_out_while_they_wait(opened: Opened, family: Family) -> None:
    with opened.store.engine.connect().execution_options(writing=True) as connection:
        for column, value in {"seq": "9", "fields": "x'80'", "made_by": "'x'", "hash": "x'00'", "label": "''"}.items():
            with pytest.raises(Exception, match="a change is not changed"):
                connection.execute(text(f"UPDATE outbox SET {column} = {value}"))
        with pytest.raises(Exception, match="a waiting change is not taken out"):
            connection.execute(text("DELETE FROM outbox"))
        connection.execute(text("UPDATE outbox SET answered_at = '2019-09-02', outcome = 'applied'"))
        connection.execute(text("DELETE FROM outbox"))
        connection.rollback()


def test_every_kind_of_record_comes_back_as_it_was_written(opened: Opened, family: Family) -> None:
    cover, taken = enrolment(family.head), claim(family.head, receipt_no="520625-2019-A03-000001-C",
                                                 received_at=opened.clock.now(), benefit=481_920)
    opened.write(cover, taken)
    with opened.open() as work:
        work.office.save(profile())
        work.commit()
    with opened.read() as work:
        assert work.enrolments.of_member(family.head.id) == (cover,)
        assert work.claims.get(taken.id) == taken
        assert work.members.get(family.head.id) == family.head
