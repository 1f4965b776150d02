"""What the window builds on: one profile from first start to the day on which the keyring is gone."""

from __future__ import annotations

import errno
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.app import LocalBackend
from backbone_desktop.security import key_file
from backbone_desktop.services.office import SetupRequest
from backbone_desktop.services.registry import check_household
from backbone_desktop.services.typed import HouseholdDraft, MemberDraft
from backbone_desktop.ui.backend import ProfileState

REQUEST = SetupRequest(
    county="520625", county_name="示例县", office="示例县医疗保障局", device_name="测试电脑", device_no="A01",
    policy_year=2019, language="en", account="demo", display_name="测试经办", password="Kouling-2019")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def machine(folder, memory_keyring):
    """Makes backends of one profile, each as a new start of the program, and closes them."""
    opened = []

    def start(keyring=memory_keyring):
        opened.append(LocalBackend(folder, find_keyring=lambda: keyring))
        return opened[-1]

    yield start
    for backend in opened:
        backend.close()


def found(machine) -> str:
    backend = machine()
    code = backend.set_up(REQUEST)
    backend.close()
    return code


def test_a_first_start(machine, folder):
    backend = machine()
    backend.prepare()
    assert backend.state() is ProfileState.NEW
    assert backend.keyring_works
    assert not backend.is_set_up
    backend.set_language("en")
    backend.set_text_size(125)
    assert (backend.language, backend.text_size) == ("en", 125)
    assert not folder.exists(), "looking at the wizard leaves nothing behind"
    backend.set_up(REQUEST)
    assert backend.state() is ProfileState.READY
    assert backend.account_names() == (("demo", "测试经办"),)
    desk = backend.sign_in("demo", "Kouling-2019")
    assert desk.actor.display_name == "测试经办"
    assert backend.profile().device_no == "A01"
    assert json.loads((folder / "settings.json").read_text()) == {
        "language": "en", "look": "system", "text_size": 125, "account": "demo",
        "scan_folder": "", "scan_clear": False}


def test_the_next_start_opens_by_the_keyring(machine):
    found(machine)
    backend = machine()
    backend.prepare()
    assert backend.state() is ProfileState.READY
    backend.open()
    backend.open()
    with pytest.raises(RuleBroken, match=r"^account\.wrong$"):
        backend.sign_in("demo", "Kouling-2018")
    backend.sign_in("demo", "Kouling-2019").signer.sign(b"x")


def test_a_keyring_that_lost_the_key_is_mended_by_the_recovery_code(machine, memory):
    code = found(machine)
    memory.kept.clear()
    backend = machine()
    assert backend.state() is ProfileState.LOCKED
    with pytest.raises(Unavailable, match=r"^keys\.locked$"):
        backend.open()
    with pytest.raises(RuleBroken, match=r"^keys\.recovery_code_length$"):
        backend.unlock(recovery_code="0000")
    with pytest.raises(RuleBroken, match=r"^keys\.no_passphrase$"):
        backend.unlock(passphrase="whatever it is")
    backend.unlock(recovery_code=code)
    backend.sign_in("demo", "Kouling-2019").signer.sign(b"x")
    backend.close()
    assert machine().state() is ProfileState.READY


def test_a_keyring_that_nobody_opened_stops_nobody(machine, memory):
    code = found(machine)
    memory.locked = True
    backend = machine()
    assert backend.state() is ProfileState.LOCKED
    assert backend.keyring_works, "the person is not asked once more"
    backend.unlock(recovery_code=code)
    assert backend.account_names()
    backend.close()
    memory.locked = False
    assert machine().state() is ProfileState.READY


def test_a_device_that_lost_its_key_has_to_tell_the_centre_again(machine, memory):
    code = found(machine)
    backend = machine()
    backend.open()
    desk = backend.sign_in("demo", "Kouling-2019")
    from dataclasses import replace

    with desk.open() as work:
        work.sync.save_device(replace(work.sync.device(), device_id="a device", server_url="https://centre.example"))
        work.commit()
    backend.close()
    memory.kept.clear()
    backend = machine()
    backend.unlock(recovery_code=code)
    with backend.reading() as work:
        assert (work.sync.device().device_id, work.sync.device().server_url) == ("", "https://centre.example")


def test_without_a_keyring_a_passphrase_is_asked_for(machine):
    backend = machine(None)
    assert not backend.keyring_works
    assert [one.code for one in backend.check_passphrase("")] == ["keys.passphrase_needed"]
    with pytest.raises(RuleBroken, match=r"^keys\.passphrase_needed$"):
        backend.set_up(REQUEST)
    backend.set_up(REQUEST, "a long passphrase")
    backend.close()
    again = machine(None)
    assert again.state() is ProfileState.LOCKED
    with pytest.raises(RuleBroken, match=r"^keys\.wrong_passphrase$"):
        again.unlock(passphrase="another passphrase")
    again.unlock(passphrase="a long passphrase")
    assert again.account_names()


def test_a_set_up_that_fails_is_a_first_start_again(machine, memory, folder):
    backend = machine()
    assert backend.keyring_works
    memory.locked = True
    with pytest.raises(Unavailable, match=r"^keys\.keyring_failed$"):
        backend.set_up(REQUEST)
    assert {path.name for path in folder.rglob("*") if path.is_file()} <= {"in-use.lock"}
    assert backend.state() is ProfileState.NEW
    memory.locked = False
    backend.set_up(REQUEST)
    assert len(memory.kept) == 2, "nothing is left of the first try"


def test_a_second_window_is_told(machine):
    found(machine)
    first, second = machine(), machine()
    first.open()
    with pytest.raises(Unavailable, match=r"^profile\.in_use$"):
        second.open()
    first.close()
    second.open()


def test_the_day_has_one_backup_and_its_keys_lie_beside_it(machine, folder):
    found(machine)
    backend = machine()
    with pytest.raises(Unavailable, match=r"^keys\.locked$"):
        backend.back_up_if_due()
    backend.open()
    assert backend.back_up_if_due()
    assert not backend.back_up_if_due()
    assert (folder / "backups" / "keys.json").read_bytes() == (folder / "keys.json").read_bytes()
    assert len(list((folder / "backups").glob("*.db"))) == 1


def test_the_language_is_the_machines_and_the_papers(machine):
    found(machine)
    backend = machine()
    assert backend.language == "en"
    backend.open()
    backend.set_language("zh_CN")
    assert (backend.language, backend.profile().language) == ("zh_CN", "zh_CN")
    backend.set_look("dark")
    backend.close()
    again = machine()
    assert (again.language, again.look) == ("zh_CN", "dark")


def test_counties_and_papers_are_at_hand(machine):
    backend = machine()
    assert {"520625", "530627"} <= {one.code for one in backend.counties()}
    assert backend.papers is backend.papers


def test_an_unknown_county_in_an_id_number_warns(machine):
    found(machine)
    backend = machine()
    backend.open()
    desk = backend.sign_in("demo", "Kouling-2019")
    number = "999999198001010011"
    form = HouseholdDraft(township="示例镇", village="测试村", poverty_type="一般贫困户",
                          members=(MemberDraft(name="测试甲", id_no=number, relation="户主"),))
    assert [(one.code, one.refuses) for one in check_household(desk, form)] == [("id.county_unknown", False)]
    known = replace(form, members=(replace(form.members[0], id_no="520625198001010015"),))
    assert check_household(desk, known) == ()


def test_a_new_recovery_code_also_ends_the_old_one_beside_the_backups(machine, folder):
    old = found(machine)
    backend = machine()
    backend.open()
    backend.back_up()
    (copy,) = (folder / "backups").glob("store-*.db")
    assert copy.stat().st_mode & 0o077 == 0
    new = backend.recover(old, new_code=True).recovery_code
    backend.close()
    assert (folder / "backups" / "keys.json").read_bytes() == (folder / "keys.json").read_bytes()
    with pytest.raises(RuleBroken, match=r"^keys\.wrong_recovery_code$"):
        machine().recover(old)
    machine().recover(new)


def test_a_backup_opens_on_another_machine_with_what_lies_beside_it(machine, folder, tmp_path):
    code = found(machine)
    backend = machine()
    backend.open()
    backend.back_up()
    backend.close()
    there = tmp_path / "another"
    there.mkdir()
    (copy,) = (folder / "backups").glob("store-*.db")
    shutil.copy(copy, there / "store.db")
    for name in ("keys.json", "profile.json"):
        shutil.copy(folder / "backups" / name, there / name)
    other = LocalBackend(there, find_keyring=lambda: None)
    assert other.state() is ProfileState.LOCKED
    other.recover(code, "another passphrase", renew_device=True)
    assert other.profile().office == "示例县医疗保障局"
    assert other.sign_in("demo", "Kouling-2019").actor.account == "demo"
    other.close()
    again = LocalBackend(there, find_keyring=lambda: None)
    again.unlock(passphrase="another passphrase")
    assert again.account_names() == (("demo", "测试经办"),)
    again.close()


def test_a_set_up_whose_store_does_not_open_founded_nothing(machine, folder, memory, monkeypatch):
    """Its recovery code would never have been shown."""
    backend = machine()
    with monkeypatch.context() as trouble:
        trouble.setattr("backbone_desktop.store.opening.open_store", _no_room)
        with pytest.raises(Unavailable, match=r"^store\.disk_full$"):
            backend.set_up(REQUEST)
    assert backend.state() is ProfileState.NEW
    assert memory.kept == {}
    assert not [file.name for file in folder.iterdir() if file.name.startswith(("store", "keys", "profile"))]
    assert backend.set_up(REQUEST)


def test_a_disk_that_fills_up_while_recovering_costs_no_code(machine, folder, monkeypatch):
    """Whichever code stands afterwards is one that somebody has seen."""
    code = found(machine)
    for part in ("backbone_desktop.store.unit_of_work.StoredUnit.commit",
                 "backbone_desktop.security.key_file._write_whole"):
        backend = machine()
        with monkeypatch.context() as trouble:
            trouble.setattr(part, _no_room)
            with pytest.raises(Unavailable, match=r"^store\.disk_full$"):
                backend.recover(code, new_code=True)
        backend.close()
        backend = machine()
        backend.recover(code)
        backend.close()


def test_of_two_key_files_the_second_copy_is_written_first(machine, folder, monkeypatch):
    code = found(machine)
    written, write = [], key_file._write_whole

    def only_once(path, text):
        if written:
            raise OSError(errno.ENOSPC, "full")
        written.append(path.name)
        write(path, text)

    with monkeypatch.context() as trouble:
        trouble.setattr(key_file, "_write_whole", only_once)
        with pytest.raises(Unavailable, match=r"^store\.disk_full$"):
            machine().recover(code, new_code=True)
    assert written == ["keys.twin.json"]


def _no_room(*_):
    raise Unavailable("store.disk_full")
