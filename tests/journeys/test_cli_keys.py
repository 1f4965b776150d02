"""The ways into an office's store by commands: the right ones open it, every wrong one is named and changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from backbone_desktop.security.recovery_code import make_recovery_code
from backbone_desktop.settings.one_process import ProfileLock
from backbone_desktop.store.engine import connect
from tests.journeys.command_kit import CODE, HEAD_ID, Commands, family, sentence


def test_a_wrong_passphrase_opens_nothing(office: Commands) -> None:
    wrong = office.file("wrong", "not the phrase at all")
    assert office.refused("household", "list", "--passphrase-file", wrong) == "keys.wrong_passphrase"
    assert office.refused("backup", "--passphrase-file", wrong) == "keys.wrong_passphrase"
    del office.environment["BACKBONE_PASSPHRASE_FILE"]
    assert office.unavailable("household", "list") == "keys.locked"


def test_five_wrong_passwords_lock_the_account(office: Commands) -> None:
    right, wrong = office.environment["BACKBONE_PASSWORD_FILE"], office.file("wrong", "Kouling-2018")
    for _ in range(4):
        assert office.refused("household", "list", "--password-file", wrong) == "account.wrong"
    assert office.refused("household", "list", "--password-file", wrong) == "account.locked"
    assert office.refused("household", "list", "--password-file", right) == "account.locked"
    assert office.refused("household", "list", "--account", "nobody", "--password-file", right) == "account.wrong"


def test_the_key_file_of_another_office_is_refused(office: Commands, tmp_path: Path) -> None:
    other = Commands(tmp_path / "other", office.files, office.capture, office.patch)
    other.done(*other.set_up(device_no="B02"))
    mine = (office.folder / "keys.json").read_bytes()
    shutil.copy(other.folder / "keys.json", office.folder / "keys.json")
    for command in (("household", "list"), ("household", "add", "--file", office.file("f", family())), ("backup",)):
        assert office.unavailable(*command) == "keys.not_this_store"
    ran = office("doctor")
    assert (ran.code, [one["name"] for one in ran.answer["checks"] if one["bad"]]) == (1, ["keys", "store"])
    # even when the other profile's name comes with it
    shutil.copy(other.folder / "profile.json", office.folder / "profile.json")
    assert office.unavailable("household", "list") == "store.wrong_key"
    (office.folder / "keys.json").write_bytes(mine)
    assert office.unavailable("household", "list") == "keys.not_this_store"


def test_a_damaged_or_missing_key_file_is_named_and_the_recovery_code_mends_it(
        office: Commands, recovery_code: str) -> None:
    keys = office.folder / "keys.json"
    whole = keys.read_bytes()
    for damaged in (b"", whole[:200], whole.replace(b'"passes": 1', b'"passes": 2')):
        keys.write_bytes(damaged)
        assert office.unavailable("household", "list") == "keys.damaged"
    keys.unlink()
    assert office.unavailable("household", "list") == "keys.missing"
    code = office.file("code", recovery_code.lower())
    office.done("recover", "--recovery-code-file", code, "--passphrase-file", office.file("new", "the second phrase"))
    office.environment["BACKBONE_PASSPHRASE_FILE"] = office.file("new", "the second phrase")
    office.done("household", "list")


def test_without_any_key_file_only_its_copy_helps(office: Commands, recovery_code: str) -> None:
    office.done("backup")
    for name in ("keys.json", "keys.twin.json"):
        (office.folder / name).unlink()
    code = office.file("code", recovery_code)
    assert office.unavailable("recover", "--recovery-code-file", code) == "keys.missing"
    shutil.copy(office.folder / "backups" / "keys.json", office.folder / "keys.json")
    office.done("household", "list")


def test_a_backup_opens_on_another_machine_with_the_recovery_code(
        office: Commands, recovery_code: str, tmp_path: Path) -> None:
    office.done("household", "add", "--file", office.file("f.json", family(("测试甲", HEAD_ID, "户主"))))
    copy = Path(office.done("backup")["file"])
    assert copy.stat().st_mode & 0o077 == 0 or copy.parent.stat().st_mode & 0o077 == 0
    machine = tmp_path / "another machine"
    machine.mkdir()
    for name in ("keys.json", "profile.json"):
        shutil.copy(copy.parent / name, machine / name)
    shutil.copy(copy, machine / "store.db")
    there = Commands(machine, office.files, office.capture, office.patch)
    phrase = there.file("phrase", "on another machine")
    there.done("recover", "--recovery-code-file", there.file("code", recovery_code), "--passphrase-file", phrase)
    there.environment = {**office.environment, "BACKBONE_PASSPHRASE_FILE": phrase}
    assert there.done("household", "list")["total"] == 1


def test_a_wrong_recovery_code_changes_nothing(office: Commands, recovery_code: str) -> None:
    for typed, code in ((make_recovery_code(), "keys.wrong_recovery_code"), ("", "command.secret_form"),
                        (recovery_code[:-2], "keys.recovery_code_length")):
        file = office.file("code", typed)
        before = office.files_as_they_are()
        assert office.refused("recover", "--recovery-code-file", file) == code
        assert office.files_as_they_are() == before
    assert office.refused("recover") == "command.recovery_code_missing"
    short = office.file("short", "short")
    assert office.refused("recover", "--recovery-code-file", office.file("code", recovery_code),
                          "--passphrase-file", short) == "keys.passphrase_short"


def test_a_new_recovery_code_ends_the_old_one(office: Commands, recovery_code: str) -> None:
    old = office.file("old", recovery_code)
    answer = office.done("recover", "--recovery-code-file", old, "--new-code")
    assert CODE.fullmatch(answer["recovery_code"])
    assert answer["device_key"] == "kept"
    assert office.refused("recover", "--recovery-code-file", old) == "keys.wrong_recovery_code"
    office.done("recover", "--recovery-code-stdin", stdin=answer["recovery_code"].encode())
    office.done("household", "list")


def test_a_store_from_a_newer_version_is_refused(office: Commands) -> None:
    opened = connect(office.folder / "store.db", office.key())
    opened.execute("UPDATE alembic_version SET version_num = '9999'")
    opened.close()
    assert office.unavailable("household", "list") == "store.newer"
    assert office.unavailable("backup") == "store.newer"


@pytest.mark.parametrize("content", [b"", b"not a store at all\n" * 500, b"SQLite format 3\x00", b"\x00" * 8192])
def test_a_store_that_is_none_is_refused(office: Commands, content: bytes) -> None:
    store = office.folder / "store.db"
    store.write_bytes(content)
    assert office.unavailable("household", "list").startswith("store.")
    assert store.read_bytes() == content


def test_another_programs_database_is_refused(office: Commands) -> None:
    store = office.folder / "store.db"
    store.unlink()
    theirs = sqlite3.connect(store)
    theirs.execute("CREATE TABLE household (id)")
    theirs.commit()
    theirs.close()
    assert office.unavailable("household", "list") == "store.not_a_store"


def test_a_store_that_is_gone_is_not_taken_for_a_fresh_machine(office: Commands) -> None:
    office.done("backup")
    (office.folder / "store.db").unlink()
    assert office.unavailable("household", "list") == "store.missing"
    assert office.unavailable(*office.set_up()) == "store.missing"


def test_a_folder_without_an_office_is_named(fresh: Commands) -> None:
    fresh.sign_in_by_environment()
    for command in (("household", "list"), ("doctor",), ("backup",), ("recover", "--recovery-code-stdin")):
        assert fresh.refused(*command) == "profile.not_set_up"
    assert not fresh.folder.exists()


def test_one_process_at_a_time(office: Commands) -> None:
    other = ProfileLock(office.folder / "in-use.lock")
    other.take()
    try:
        assert office.unavailable("household", "list") == "profile.in_use"
    finally:
        other.release()
    office.done("household", "list")


def test_doctor_says_what_stands(office: Commands) -> None:
    answer = office.done("doctor")
    good = {one["name"]: one["good"] for one in answer["checks"]}
    assert good == {"keyring": False, "way_keyring": False, "way_recovery": True, "way_passphrase": True, "disk": True,
                    "store": True, "audit": True, "changes": True, "clock": True, "exchange": False}
    lines = office("doctor", "--language", "en", as_json=False)
    assert "All is well." in lines.out


def test_doctor_finds_an_altered_audit_trail_and_a_broken_chain(office: Commands) -> None:
    office.done("household", "add", "--file", office.file("f.json", family(("测试甲", HEAD_ID, "户主"))))
    opened = connect(office.folder / "store.db", office.key())
    for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        opened.execute(f"DROP TRIGGER {name}")
    opened.execute("UPDATE audit SET by = 'somebody else' WHERE seq = 2")
    opened.execute("UPDATE outbox SET made_by = 'somebody else' WHERE seq = 2")
    opened.close()
    ran = office("doctor")
    assert ran.code == 1
    bad = {one["name"]: one["message"] for one in ran.answer["checks"] if one["bad"]}
    assert set(bad) == {"audit", "changes"}
    assert "2" in bad["audit"]
    assert "2" in bad["changes"]


def test_doctor_finds_a_damaged_page(office: Commands) -> None:
    store = office.folder / "store.db"
    with store.open("r+b") as handle:
        handle.seek(store.stat().st_size - 3000)
        handle.write(b"\x00" * 64)
    ran = office("doctor")
    assert ran.code == 1
    assert "store" in [one["name"] for one in ran.answer["checks"] if one["bad"]]


def test_doctor_repeats_that_an_older_store_was_put_back(office: Commands) -> None:
    opened = connect(office.folder / "store.db", office.key())
    opened.execute("INSERT INTO exchange_note (at, code, sent, applied, merged, conflicts, rejected, fetched, detail) "
                   "VALUES ('2019-09-02T01:30:00.000000+00:00', 'server.chain_fork', 0, 0, 0, 0, 0, 0, '')")
    opened.close()
    ran = office("doctor")
    assert ran.code == 1
    assert [one["message"] for one in ran.answer["checks"] if one["bad"]] == [sentence("server.chain_fork")]
