"""Power cuts and full disks: an act is there as a whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_samples import KEY, Opened, household, member

from backbone_core.errors import Unavailable
from backbone_desktop.store.backup import back_up
from backbone_desktop.store.numbers import HighWaterFile
from backbone_desktop.store.opening import create_store, open_store
from backbone_desktop.store.unit_of_work import StoredUnit

WRITER = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2], sys.argv[3]]
from store_samples import KEY, Opened, household, member
from backbone_desktop.store.opening import open_store

opened = Opened(open_store(Path(sys.argv[1]), KEY))
with opened.open() as work:
    for number in range(300):
        home = household(f"52062590{number:03d}", id=f"{sys.argv[4]}{number}")
        work.write(home, "register")
    if sys.argv[4] == "after":
        work.commit()
    print("written", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize(("moment", "kept"), [("before", 0), ("after", 300)])
def test_a_killed_process_leaves_whole_acts(opened: Opened, path: Path, moment: str, kept: int) -> None:
    here = Path(__file__).parent
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(here), str(here.parents[1]), moment],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"written\n"
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    for table in ("household", "audit", "outbox", "shadow"):
        assert opened.rows(f"SELECT count(*) FROM {table}") == [(kept,)]
    with opened.read() as work:
        assert work.audit.broken_at() is None
        assert work.sync.device().last_seq == kept
    opened.write(household("5206250001"))


def _write_many(work: StoredUnit) -> None:
    for number in range(500):
        home = household(f"52062590{number:03d}")
        work.write(home, "register")
        work.write(member(home, "测试甲", f"52062519800101{number:04d}"), "register")
    work.commit()


def test_a_full_store_keeps_what_it_had(opened: Opened) -> None:
    opened.write(household("5206250001"))
    before = opened.everything()
    with opened.open() as work:
        pages = work._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        work._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(Unavailable) as caught:
            _write_many(work)
    assert caught.value.code == "store.disk_full"
    assert opened.everything() == before
    with opened.open() as work:
        work._connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        work.write(household("5206250002"), "register")
        work.commit()
    with opened.read() as work:
        assert work.households.by_number("5206250002") is not None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("only the administrator may mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], check=False,
                             capture_output=True)
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def _fill(place: Path) -> Path:
    filler = place / "filler"
    with filler.open("wb", buffering=0) as handle:
        try:
            while True:
                handle.write(bytes(4096))
        except OSError:
            return filler


def test_a_full_disk_keeps_what_it_had_and_goes_on_when_there_is_room(small_disk: Path) -> None:
    path = small_disk / "store.db"
    store = create_store(path, KEY)
    opened = Opened(store)
    opened.write(household("5206250001"))
    before = opened.everything()
    filler = _fill(small_disk)
    with opened.open() as work:
        with pytest.raises(Unavailable) as caught:
            _write_many(work)
        assert caught.value.code == "store.disk_full"
    assert opened.everything() == before
    with pytest.raises(Unavailable, match=r"store\.disk_full"):
        HighWaterFile(small_disk).next(1)
    with pytest.raises(Unavailable, match=r"store\.disk_full|backup\.failed"):
        back_up(path, KEY, small_disk / "backups")
    filler.unlink()
    opened.write(household("5206250002"))
    store.close()
    again = open_store(path, KEY)
    with Opened(again).read() as work:
        assert work.households.by_number("5206250002") is not None
        assert work.audit.broken_at() is None
    again.close()


def test_a_store_is_not_half_made_on_a_full_disk(small_disk: Path) -> None:
    filler = _fill(small_disk)
    with pytest.raises(Unavailable, match=r"store\.disk_full"):
        create_store(small_disk / "store.db", KEY)
    assert list(small_disk.iterdir()) == [filler]
    filler.unlink()
    create_store(small_disk / "store.db", KEY).close()
