"""A disk that is full: every command says so, nothing is half done, and when there is room again all goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.command_kit import CODE, HEAD_ID, WIFE_ID, Commands, family, stay


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with 4 MB; only root on Linux can make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a small disk can only be made by root on Linux")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Take the last free byte."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as handle:
        try:
            while True:
                handle.write(b"\x00" * 4096)
        except OSError:
            pass
    return ballast


@pytest.fixture
def cramped(office: Commands, small_disk: Path) -> Commands:
    """An office on the small disk, with a family in it and no room left."""
    office.done("household", "add", "--file", office.file("f.json", family(("测试甲", HEAD_ID, "户主"))))
    shutil.copytree(office.folder, small_disk / "profile")
    return Commands(small_disk / "profile", office.files, office.capture, office.patch, office.environment)


def test_what_does_not_fit_is_not_there_at_all_and_goes_in_later(cramped: Commands, small_disk: Path) -> None:
    wide = cramped.file("wide.json", family(("测试乙", WIFE_ID, "户主"), address="示例" * 40))
    claim = cramped.file("claim.json", stay(remarks="示例" * 40))
    before = cramped.records()
    ballast = fill(small_disk)
    for command in (("household", "add", "--file", wide), ("claim", "add", "--file", claim), ("backup",)):
        ran = cramped(*command)
        assert (ran.code, ran.error) == (3, "store.disk_full"), command
    ballast.unlink()
    assert cramped.records() == before
    assert [path.name for path in (cramped.folder / "backups").iterdir() if path.suffix in (".db", ".part")] == []
    doctor = cramped("doctor").answer["checks"]
    assert [one["name"] for one in doctor if one["bad"]] == ["disk"], "so small a disk is itself a finding"
    cramped.done("household", "add", "--file", wide)
    assert cramped.done("claim", "add", "--file", claim)["benefit"] == "6168.00"


def test_set_up_leaves_nothing_on_a_full_disk(fresh: Commands, small_disk: Path) -> None:
    cramped = Commands(small_disk / "profile", fresh.files, fresh.capture, fresh.patch)
    arguments = cramped.set_up()
    ballast = fill(small_disk)
    with ballast.open("r+b") as handle:  # room for the folders and little more
        handle.truncate(ballast.stat().st_size - 64 * 1024)
    ran = cramped(*arguments)
    assert (ran.code, ran.error) == (3, "store.disk_full")
    assert {path.name for path in cramped.folder.rglob("*") if path.is_file()} <= {"in-use.lock"}
    ballast.unlink()
    assert CODE.fullmatch(cramped.done(*arguments)["recovery_code"])


def test_new_ways_in_that_cannot_be_written_leave_the_old_ones(
        cramped: Commands, small_disk: Path, recovery_code: str) -> None:
    code = cramped.file("code", recovery_code)
    ballast = fill(small_disk)
    ran = cramped("recover", "--recovery-code-file", code, "--new-code")
    assert (ran.code, ran.error) == (3, "store.disk_full")
    ballast.unlink()
    cramped.done("recover", "--recovery-code-file", code)
    cramped.done("household", "list")
