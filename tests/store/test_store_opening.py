"""A store that cannot be opened says why, and stays as it was."""

from __future__ import annotations

import os
import sqlite3
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from store_samples import CLERK, KEY, Opened, TurnedClock, household

from backbone_core.errors import Unavailable
from backbone_desktop.store.opening import create_store, open_store, store_revision
from backbone_desktop.store.revision import HEAD

OTHER_KEY = bytes(32)


def refused(path: Path, key: bytes = KEY) -> str:
    """The code with which the store is refused; the file is not touched."""
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(Unavailable) as caught:
        open_store(path, key)
    assert before == (path.read_bytes() if path.is_file() else b"")
    with pytest.raises(Unavailable):
        store_revision(path, key)
    return caught.value.code


def test_a_new_store_opens_with_its_key(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    made = create_store(path, KEY)
    with made.unit(CLERK, TurnedClock()) as work:
        work.office.set_setting("name", "值")
        work.commit()
    made.close()
    assert os.listdir(tmp_path) == ["store.db"]
    again = open_store(path, KEY)
    with again.unit(CLERK, TurnedClock(), write=False) as work:
        assert work.office.setting("name") == "值"
    again.close()
    assert store_revision(path, KEY) == HEAD


def test_each_new_store_has_an_epoch_of_its_own(tmp_path: Path) -> None:
    epochs = set()
    for name in ("one.db", "two.db"):
        store = create_store(tmp_path / name, KEY)
        with store.unit(CLERK, TurnedClock(), write=False) as work:
            epochs.add(work.sync.device().epoch)
        store.close()
    assert len(epochs) == 2


def test_a_store_that_is_there_is_not_made_anew(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Unavailable, match=r"store\.exists"):
        create_store(path, KEY)
    assert path.read_bytes() == before


def test_nothing_personal_stands_in_the_file(opened: Opened, path: Path) -> None:
    opened.write(household(village="一个很特别的村"))
    written = b"".join(one.read_bytes() for one in path.parent.iterdir())
    assert "一个很特别的村".encode() not in written
    assert b"CREATE TABLE" not in written
    assert not path.read_bytes().startswith(b"SQLite format 3")


def test_the_pragmas_are_set(opened: Opened) -> None:
    def pragma(name: str) -> object:
        return opened.rows(f"PRAGMA {name}")[0][0]

    assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == ("wal", 2, 1)
    assert int(str(pragma("busy_timeout"))) >= 1_000


def test_a_missing_store(tmp_path: Path) -> None:
    assert refused(tmp_path / "store.db") == "store.missing"
    assert refused(tmp_path / "no folder" / "store.db") == "store.missing"
    assert os.listdir(tmp_path) == []


def test_a_wrong_key(path: Path) -> None:
    assert refused(path, OTHER_KEY) == "store.wrong_key"
    assert os.listdir(path.parent) == ["store.db"]


def test_a_key_of_another_length_is_a_bug(path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        open_store(path, b"short")


@pytest.mark.parametrize("content", [
    b"", b"short", "这不是库".encode() * 2000, bytes(8192), b"PK\x03\x04" + zlib.compress(os.urandom(9000)),
])
def test_files_that_are_not_stores(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(content)
    assert refused(path) == "store.not_a_store"


def test_a_plain_database_is_not_a_store(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE household (id TEXT)")
    plain.close()
    assert refused(path) == "store.not_a_store"


def test_somebody_elses_encrypted_database_is_not_a_store(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    other = driver.connect(str(path))
    other.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    other.execute("CREATE TABLE household (id TEXT)")
    other.close()
    assert refused(path) == "store.not_a_store"


def test_a_folder_is_not_a_store(tmp_path: Path) -> None:
    (tmp_path / "store.db").mkdir()
    assert refused(tmp_path / "store.db") == "store.not_a_store"


def test_a_store_of_a_newer_version(path: Path) -> None:
    newer = driver.connect(str(path), isolation_level=None)
    newer.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    newer.close()
    assert refused(path) == "store.newer"


def test_a_damaged_store(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))
    assert refused(path) == "store.damaged"


def test_damage_found_while_reading(opened: Opened, path: Path) -> None:
    empty = path.stat().st_size
    opened.write(*(household(f"5206250{number:03d}") for number in range(200)))
    opened.store.close()
    whole = bytearray(path.read_bytes())
    for page in range(empty // 4096, len(whole) // 4096):
        whole[page * 4096:(page + 1) * 4096] = os.urandom(4096)
    path.write_bytes(whole)
    store = open_store(path, KEY)
    with pytest.raises(Unavailable) as caught, store.unit(CLERK, TurnedClock(), write=False) as work:
        work.households.page("", None, 500)
    assert caught.value.code == "store.damaged"
    store.close()


def test_a_store_that_another_program_keeps(opened: Opened, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backbone_desktop.store.engine.BUSY_MS", 50)
    other = open_store(path, KEY)
    with opened.open() as mine:
        mine.office.set_setting("name", "value")
        with pytest.raises(Unavailable, match=r"store\.locked_by_other"), other.unit(CLERK, TurnedClock()) as theirs:
            theirs.office.set_setting("name", "other")
        with other.unit(CLERK, TurnedClock(), write=False) as theirs:
            assert theirs.office.setting("name") is None
        mine.commit()
    with other.unit(CLERK, TurnedClock()) as theirs:
        assert theirs.office.setting("name") == "value"
    other.close()


@pytest.fixture
def unreadable(path: Path) -> Iterator[Path]:
    """A store that this person may not read; the administrator, who may read everything, is somebody else meanwhile."""
    if sys.platform == "win32":
        pytest.skip("Windows guards files otherwise")
    path.chmod(0)
    administrator = os.geteuid() == 0
    if administrator:
        os.seteuid(65534)
    yield path
    if administrator:
        os.seteuid(0)


def test_a_store_that_may_not_be_read(unreadable: Path) -> None:
    with pytest.raises(Unavailable, match=r"store\.not_readable"):
        open_store(unreadable, KEY)


def test_a_writing_unit_keeps_others_from_deciding_on_what_it_reads(opened: Opened, path: Path,
                                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backbone_desktop.store.engine.BUSY_MS", 50)
    other = open_store(path, KEY)
    with opened.open() as mine:
        assert mine.office.setting("name") is None
        with pytest.raises(Unavailable, match=r"store\.locked_by_other"), other.unit(CLERK, TurnedClock()) as theirs:
            theirs.office.setting("name")
    other.close()


def test_no_error_shows_what_was_written(opened: Opened) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    with opened.open() as work, pytest.raises(SQLAlchemyError) as caught:
        work._connection.execute(text("INSERT INTO household (id, village) VALUES (:id, :village)"),
                                 {"id": "1", "village": "一个很特别的村"})
    assert "特别" not in f"{caught.value!r} {caught.value} {caught.value.__cause__!r}"


def test_alembic_and_pypinyin_are_not_imported_to_open_a_store(path: Path) -> None:
    import subprocess

    script = (
        "import sys; from pathlib import Path; from backbone_desktop.store.opening import open_store; "
        "open_store(Path(sys.argv[1]), bytes(range(32))).close(); "
        "print([m for m in ('alembic', 'pypinyin', 'sqlalchemy.orm') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True,
                          cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "[]"


def test_a_connection_that_wrote_only_reads_again_and_the_other_way_round(opened: Opened) -> None:
    """The pool gives one connection to readers and writers in turn."""
    for number in ("01", "02"):
        opened.write(household(number))
        with opened.read() as work:
            with pytest.raises(Unavailable, match=r"store\.read_only"):
                work._connection.exec_driver_sql("DELETE FROM setting")
            assert work.households.by_number(number) is not None
