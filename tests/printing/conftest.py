"""The papers as the window and the commands get them."""

from __future__ import annotations

from pathlib import Path

import pytest

from backbone_desktop.printing.fonts import Fonts
from backbone_desktop.printing.papers import Papers
from backbone_desktop.words import Words

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(scope="session")
def papers() -> Papers:
    return Papers(RESOURCES)


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return Fonts(RESOURCES / "fonts")


@pytest.fixture(scope="session")
def chinese() -> Words:
    return Words.load("zh_CN", RESOURCES / "locale")


@pytest.fixture(scope="session")
def english() -> Words:
    return Words.load("en", RESOURCES / "locale")
