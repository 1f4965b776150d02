"""The audit trail: nobody changes it unseen."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from store_samples import CLERK, Family, Opened


def test_a_whole_trail_is_whole(opened: Opened, family: Family) -> None:
    with opened.open() as work:
        work.audit.add("reveal_id_no", "member", family.head.id)
        work.audit.add("print", "claim", "c1", {"copy": 1})
        work.commit()
    with opened.read() as work:
        assert work.audit.broken_at() is None
        newest, oldest = work.audit.of_record(family.head.id)
    assert (newest.act, newest.by, oldest.act) == ("reveal_id_no", CLERK.account, "register")
    assert newest.seq > oldest.seq


def test_an_empty_trail_is_whole(opened: Opened) -> None:
    with opened.read() as work:
        assert work.audit.broken_at() is None


@pytest.mark.parametrize("statement", [
    "UPDATE audit SET act = 'edit'", "UPDATE audit SET hash = x'00' WHERE seq = 1", "DELETE FROM audit WHERE seq = 3",
    "INSERT OR REPLACE INTO audit SELECT seq, at, 'x', act, kind, record_id, detail, hash FROM audit WHERE seq = 2",
])
def test_rows_are_neither_changed_nor_taken_out(opened: Opened, family: Family, statement: str) -> None:
    before = opened.rows("SELECT * FROM audit")
    with opened.store.engine.connect().execution_options(writing=True) as connection:
        with pytest.raises(Exception, match="audit rows are not"):
            connection.execute(text(statement))
        connection.rollback()
    assert opened.rows("SELECT * FROM audit") == before


@pytest.mark.parametrize(("statement", "place"), [
    ("UPDATE audit SET act = 'edit' WHERE seq = 2", 2),
    ("UPDATE audit SET record_id = 'x' WHERE seq = 3", 3),
    ("UPDATE audit SET at = '2018-01-01T00:00:00+00:00' WHERE seq = 1", 1),
    ("DELETE FROM audit WHERE seq = 2", 2),
    ("DELETE FROM audit WHERE seq = 1", 1),
    ("DELETE FROM audit WHERE seq = 3", 3),
    ("DELETE FROM audit", 1),
    ("UPDATE audit SET detail = x'80' WHERE seq = 1", 1),
])
def test_what_was_changed_past_the_triggers_shows(opened: Opened, family: Family, statement: str, place: int) -> None:
    _past_the_triggers(opened, statement)
    with opened.read() as work:
        assert work.audit.broken_at() == place


def _past_the_triggers(opened: Opened, statement: str) -> None:
    with opened.store.engine.connect().execution_options(writing=True) as connection:
        names: Any = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'")).scalars().all()
        for name in names:
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text(statement))
        connection.commit()
