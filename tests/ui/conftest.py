"""The window as it is dressed in the office: bundled typeface, icons, light palette; words in either language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from backbone_desktop.ui.fonts import load_fonts
from backbone_desktop.ui.icons import use_icons
from backbone_desktop.ui.theme import Look, apply_theme
from backbone_desktop.words import Words

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(scope="session")
def resources() -> Path:
    return RESOURCES


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application in its own clothes; asked for by every test that makes widgets."""
    if not qapp.property("dressed"):
        assert load_fonts(RESOURCES)
        use_icons(RESOURCES)
        apply_theme(qapp, RESOURCES, Look.LIGHT)
        qapp.setProperty("dressed", True)
    return qapp


@pytest.fixture
def words() -> Words:
    return Words.load("en", RESOURCES / "locale")


@pytest.fixture
def chinese() -> Words:
    return Words.load("zh_CN", RESOURCES / "locale")


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[QWidget, str], Path]:
    """Save what a widget looks like; the folder is set by BACKBONE_PICTURES when somebody wants to look."""
    import os

    folder = Path(os.environ.get("BACKBONE_PICTURES") or tmp_path)

    def take(widget: QWidget, name: str) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.png"
        assert widget.grab().save(str(path))
        return path

    return take
