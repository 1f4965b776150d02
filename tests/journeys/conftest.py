"""Offices worked by commands: one is founded once, every test works on a copy of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from backbone_desktop.security import passwords, wrapping
from tests.journeys.command_kit import CODE, Commands


@pytest.fixture
def fresh(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    """A folder in which nothing is."""
    files = tmp_path / "files"
    files.mkdir()
    return Commands(tmp_path / "profile", files, capsys, monkeypatch)


@pytest.fixture(scope="session")
def founded_once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path | str]:
    return {"folder": tmp_path_factory.mktemp("founded") / "profile", "code": ""}


@pytest.fixture
def office(fresh: Commands, founded_once: dict[str, Path | str]) -> Commands:
    """An office that is set up, with account and passphrase in the environment."""
    template = Path(founded_once["folder"])
    if not template.exists():
        # Its secrets are cheap to try, or the tests would do little else; other tests found offices in full earnest.
        with pytest.MonkeyPatch.context() as cheap:
            cheap.setattr(passwords, "COST", (1, 1024, 1))
            cheap.setattr(wrapping, "PASSPHRASE_COST", (1, 1024, 1))
            founded_once["code"] = fresh.done(*fresh.set_up())["recovery_code"]
        assert CODE.fullmatch(str(founded_once["code"]))
        shutil.copytree(fresh.folder, template)
    else:
        shutil.copytree(template, fresh.folder)
    fresh.sign_in_by_environment()
    return fresh


@pytest.fixture
def recovery_code(office: Commands, founded_once: dict[str, Path | str]) -> str:
    return str(founded_once["code"])
