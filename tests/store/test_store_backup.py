"""Backups are whole, encrypted, checked, and make room for one another."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from store_samples import CLERK, KEY, Family, Opened, TurnedClock

from backbone_core.errors import Unavailable
from backbone_desktop.store.backup import back_up, back_up_if_due, backups, thin_out, verify
from backbone_desktop.store.opening import open_store

DAY = datetime(2019, 9, 2, 3, 0, tzinfo=UTC)


def test_a_copy_taken_while_the_store_is_open_holds_everything(opened: Opened, path: Path, family: Family) -> None:
    with opened.open() as work:
        work.office.set_setting("name", "not committed")
        made = back_up(path, KEY, path.parent / "backups", at=DAY)
    assert made.name == "store-20190902T030000Z-day.db"
    assert [one.name for one in made.parent.iterdir()] == [made.name]
    copy = open_store(made, KEY)
    with copy.unit(CLERK, TurnedClock(), write=False) as work:
        assert work.members.get(family.head.id) == family.head
        assert work.office.setting("name") is None
        assert work.audit.broken_at() is None
    copy.close()
    assert "测试甲".encode() not in made.read_bytes()


def test_a_copy_opens_with_no_other_key(opened: Opened, path: Path) -> None:
    made = back_up(path, KEY, path.parent / "backups", at=DAY)
    with pytest.raises(Unavailable, match=r"store\.wrong_key"):
        open_store(made, bytes(32))
    with pytest.raises(Unavailable, match=r"backup\.not_verified"):
        verify(made, bytes(32))


@pytest.mark.parametrize("amiss", ["cut", "altered", "empty"])
def test_a_copy_that_is_not_whole_does_not_count(opened: Opened, path: Path, family: Family, amiss: str) -> None:
    made = back_up(path, KEY, path.parent / "backups", at=DAY)
    whole = bytearray(made.read_bytes())
    if amiss == "cut":
        whole = whole[:-4096]
    elif amiss == "altered":
        whole[-2000:-1990] = os.urandom(10)
    else:
        whole.clear()
    made.write_bytes(whole)
    with pytest.raises(Unavailable, match=r"backup\.not_verified"):
        verify(made, KEY)


def test_a_backup_that_fails_its_check_leaves_nothing(opened: Opened, path: Path,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise Unavailable("backup.not_verified")

    monkeypatch.setattr("backbone_desktop.store.backup.verify", fails)
    with pytest.raises(Unavailable):
        back_up(path, KEY, path.parent / "backups", at=DAY)
    assert list((path.parent / "backups").iterdir()) == []


def test_one_backup_a_day_of_the_office(opened: Opened, path: Path) -> None:
    folder = path.parent / "backups"
    assert back_up_if_due(path, KEY, folder, DAY) is not None
    assert back_up_if_due(path, KEY, folder, DAY + timedelta(hours=12)) is None
    evening = DAY + timedelta(hours=14)  # 01:00 of the next day in China
    assert back_up_if_due(path, KEY, folder, evening) is not None
    assert [one.why for one in backups(folder)] == ["day", "day"]


def test_seven_days_four_weeks_and_twelve_months_are_kept(tmp_path: Path) -> None:
    for back in range(800):
        stamp = (DAY - timedelta(days=back)).strftime("%Y%m%dT%H%M%SZ")
        (tmp_path / f"store-{stamp}-day.db").touch()
    (tmp_path / "store-20170701T030000Z-upgrade.db").touch()
    (tmp_path / "store-20170801T030000Z-upgrade.db").touch()
    (tmp_path / "somebody else's file").touch()
    gone = thin_out(tmp_path)
    left = {one.at.date() for one in backups(tmp_path) if one.why == "day"}
    days = {date(2019, 8, day) for day in range(27, 32)} | {date(2019, 9, 1), date(2019, 9, 2)}
    weeks = {date(2019, 9, 2), date(2019, 9, 1), date(2019, 8, 25), date(2019, 8, 18)}  # a week ends on Sunday
    months = {
        date(2019, 9, 2), date(2019, 8, 31), date(2019, 7, 31), date(2019, 6, 30), date(2019, 5, 31),
        date(2019, 4, 30), date(2019, 3, 31), date(2019, 2, 28), date(2019, 1, 31), date(2018, 12, 31),
        date(2018, 11, 30), date(2018, 10, 31),
    }
    assert left == days | weeks | months
    assert [one.path.name for one in backups(tmp_path) if one.why == "upgrade"] == ["store-20170801T030000Z-upgrade.db"]
    assert len(gone) == 802 - len(left) - 1
    assert (tmp_path / "somebody else's file").exists()
