"""Puts the resources into the wheel, with the sentences compiled: an installed program ships no sheets."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INSIDE = "backbone_desktop/_resources"
MADE_BY_BUILD = ("*.mo", "*.tmp")


class Resources(BuildHookInterface):  # type: ignore[type-arg]  # the build frontend picks the configuration
    """Hatch's custom hook. An editable installation reads the checkout's own resources and needs nothing."""

    PLUGIN_NAME = "custom"
    _compiled: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        self._compiled = tempfile.TemporaryDirectory()
        into: dict[str, str] = build_data["force_include"]
        for inner, path in resources_to_ship(root, Path(self._compiled.name)).items():
            into[str(path)] = f"{INSIDE}/{inner}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if self._compiled is not None:
            self._compiled.cleanup()


def resources_to_ship(root: Path, scratch: Path) -> dict[str, Path]:
    """Every file of a finished program's resources folder, by its name in there; catalogues are made in `scratch`."""
    resources = root / "resources"
    shipped = {path.relative_to(resources).as_posix(): path for path in sorted(resources.rglob("*"))
               if path.is_file() and path.suffix != ".po" and not any(path.match(made) for made in MADE_BY_BUILD)}
    for language in sorted(folder for folder in (resources / "locale").iterdir() if folder.is_dir()):
        made = scratch / f"{language.name}.mo"
        made.write_bytes(_compile(root, language))
        shipped[f"locale/{language.name}/backbone.mo"] = made
    return shipped


def _compile(root: Path, language: Path) -> bytes:
    sys.path.insert(0, str(root))  # a build runs outside the folder that it builds
    try:
        from backbone_desktop.words.catalogue import compile_sheets
    finally:
        sys.path.remove(str(root))
    return compile_sheets(sorted(language.glob("*.po")), language.name)
