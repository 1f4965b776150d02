"""The guard catches what it is there for: a write past the capture."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError
from store_samples import Family, Opened, household

from backbone_core.change import RecordKind
from backbone_core.records import to_fields
from backbone_desktop.store.mapping import values_of
from backbone_desktop.store.tables import SYNCED, member
from backbone_desktop.store.tables import household as households


def past_the_capture(opened: Opened, *statements: object) -> None:
    with opened.store.engine.connect().execution_options(writing=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]
        connection.commit()


def test_a_new_row_without_audit_and_outbox_is_refused(opened: Opened) -> None:
    planted = household("5206250099")
    with pytest.raises(IntegrityError):
        past_the_capture(opened, insert(households).values(**values_of(planted), changed_at=opened.clock.now()))
    assert opened.rows("SELECT count(*) FROM household") == [(0,)]


@pytest.mark.parametrize("kind", [RecordKind.HOUSEHOLD, RecordKind.MEMBER])
def test_a_changed_row_without_audit_and_outbox_is_refused(opened: Opened, family: Family, kind: RecordKind) -> None:
    before = opened.everything()
    with pytest.raises(IntegrityError):
        past_the_capture(opened, update(SYNCED[kind]).values(phone="13900000000"))
    assert opened.everything() == before


def test_a_row_that_is_taken_out_is_refused(opened: Opened, family: Family) -> None:
    with pytest.raises(IntegrityError):
        past_the_capture(opened, delete(member))


def test_one_audit_and_one_outbox_row_do_not_pay_for_two_writes(opened: Opened, family: Family) -> None:
    with opened.open() as work:
        work.write(replace(family.household, phone="13900000000"), "edit")
        work._connection.execute(update(households).values(village="别村"))
        with pytest.raises(IntegrityError):
            work.commit()


@pytest.mark.parametrize("forgotten", ["audit", "outbox"])
def test_each_of_the_two_rows_is_asked_for(opened: Opened, family: Family, forgotten: str,
                                           monkeypatch: pytest.MonkeyPatch) -> None:
    target = {"audit": "backbone_desktop.store.audit.StoredAudit.add",
              "outbox": "backbone_desktop.store.outbox.StoredOutbox.append"}[forgotten]
    monkeypatch.setattr(target, lambda *_: None)
    with pytest.raises(IntegrityError):
        opened.write(replace(family.household, phone="13900000000"))


def test_what_the_feed_brings_owes_an_audit_row(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    fed = household("5206250007")
    with opened.open() as work:
        work.sync.apply_state(RecordKind.HOUSEHOLD, fed.id, 1, to_fields(fed))
        work.commit()
    assert opened.rows("SELECT count(*) FROM outbox") == [(0,)]
    monkeypatch.setattr("backbone_desktop.store.audit.StoredAudit.add", lambda *_: None)
    with opened.open() as work:
        work.sync.apply_state(RecordKind.HOUSEHOLD, fed.id, 2, to_fields(replace(fed, phone="13900000000")))
        with pytest.raises(IntegrityError):
            work.commit()
