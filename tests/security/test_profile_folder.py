"""The profile folder: where things lie, one process at a time, and settings that never stop anybody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from backbone_core.errors import Unavailable
from backbone_desktop.settings.identity import read_identity, write_identity
from backbone_desktop.settings.local import LocalSettings, read_settings, system_language, write_settings
from backbone_desktop.settings.one_process import ProfileLock
from backbone_desktop.settings.paths import ProfilePaths, default_profile, resources_dir

HERE = Path(__file__).resolve().parents[2]


def test_one_folder_holds_everything_of_an_office(tmp_path):
    paths = ProfilePaths(tmp_path / "office")
    paths.make()
    paths.make()
    everything = (paths.store, paths.keys, paths.identity, paths.settings, paths.lock, paths.logs, paths.backups)
    assert all(path.is_relative_to(paths.root) for path in everything)
    assert len(set(everything)) == len(everything)
    if sys.platform != "win32":
        assert paths.root.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unavailable, match=r"^profile\.not_writable$"):
        ProfilePaths(tmp_path / "file" / "office").make()


def test_the_systems_folder_is_the_default():
    assert default_profile().name == "Backbone Desktop"


def test_resources_are_found_in_a_checkout_and_in_a_packed_program(monkeypatch, tmp_path):
    assert (resources_dir() / "locale" / "zh_CN").is_dir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources_dir() == tmp_path / "resources"


def test_a_second_process_finds_the_folder_in_use(tmp_path):
    lock = ProfileLock(tmp_path / "in-use.lock")
    lock.take()
    lock.take()
    other = ("import sys; from pathlib import Path; from backbone_desktop.settings.one_process import ProfileLock\n"
             "ProfileLock(Path(sys.argv[1])).take()")
    command = [sys.executable, "-c", other, str(tmp_path / "in-use.lock")]
    refused = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    assert "profile.in_use" in refused.stderr
    lock.release()
    assert not lock.held
    assert subprocess.run(command, cwd=HERE, capture_output=True, check=False).returncode == 0
    lock.take()
    lock.release()


def test_settings_are_kept(tmp_path):
    path = tmp_path / "settings.json"
    kept = LocalSettings(language="en", look="dark", text_size=125, account="clerk")
    write_settings(path, kept)
    assert read_settings(path) == kept


@pytest.mark.parametrize("content", ["", "[]", "{", '{"language": 1, "look": [], "text_size": "big"}',
                                     '{"language": "fr", "look": "pink", "text_size": 1000}'])
def test_settings_that_make_no_sense_are_as_on_the_first_day(tmp_path, content):
    path = tmp_path / "settings.json"
    assert read_settings(path) == LocalSettings()
    path.write_text(content)
    assert read_settings(path) == LocalSettings()


def test_settings_that_cannot_be_written_stop_nobody(tmp_path):
    write_settings(tmp_path / "no such folder" / "settings.json", LocalSettings(look="dark"))


@pytest.mark.parametrize(("named", "spoken"), [
    ("en_GB.UTF-8", "en"), ("zh_CN.UTF-8", "zh_CN"), ("fr_FR", "zh_CN"), ("", "zh_CN")])
def test_the_systems_language(monkeypatch, named, spoken):
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", named)
    assert system_language() == spoken


def test_a_profile_knows_its_name(tmp_path):
    path = tmp_path / "profile.json"
    assert read_identity(path) == ""
    write_identity(path, "018f0000-0000-7000-8000-000000000001")
    assert read_identity(path) == "018f0000-0000-7000-8000-000000000001"
    for content in ("", "{}", "[]", '{"profile_id": "../../etc"}', '{"profile_id": 1}'):
        path.write_text(content)
        assert read_identity(path) == ""
