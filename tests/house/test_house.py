"""Rules of the house that a machine can check: small files, no hosts or paths of one machine, licences in place."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[2]
MOST_LINES = 350
LONG_BY_NATURE = ("tests/", "backbone_desktop/store/migrations/versions/")
TEXT = {".py", ".md", ".toml", ".lock", ".po", ".json", ".spec", ".yml", ".txt", ".cfg", ".sh", ""}


def files() -> list[Path]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=HERE, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [HERE / name for name in listed.decode().split("\0") if name and (HERE / name).is_file()]


def test_no_file_outgrows_its_idea() -> None:
    long = {str(path.relative_to(HERE)): len(path.read_text("utf-8").splitlines()) for path in files()
            if path.suffix == ".py"}
    assert {name: lines for name, lines in long.items()
            if lines > MOST_LINES and not name.startswith(LONG_BY_NATURE)} == {}


def test_every_module_says_why_it_exists() -> None:
    modules = [path for path in files() if path.suffix == ".py"]
    assert [str(path.relative_to(HERE)) for path in modules
            if not ast.get_docstring(ast.parse(path.read_text("utf-8")))] == []


def test_nothing_names_a_package_host_or_a_path_of_one_machine() -> None:
    # written apart, so that this file does not find itself
    hosts = re.compile("|".join(("pypi" + r"\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs",
                                 "deb" + r"\.debian", "/ro" + "ot/", "/ho" + r"me/\w")))
    found = [str(path.relative_to(HERE)) for path in files()
             if path.suffix in TEXT and path.stat().st_size < 2_000_000
             and hosts.search(path.read_text("utf-8", errors="ignore"))]
    assert found == []


def test_pins_name_no_index() -> None:
    lines = (HERE / "requirements.lock").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert [line for line in pins if not re.match(r"^[A-Za-z0-9._-]+==[0-9][\w.]*( *;.*)?$", line)] == []


@pytest.mark.parametrize("folder", ["fonts", "icons", "reference"])
def test_what_is_bundled_has_its_licence_beside_it(folder: str) -> None:
    names = [path.name.upper() for path in (HERE / "resources" / folder).rglob("*") if path.is_file()]
    assert any("LICEN" in name or "OFL" in name for name in names), names
