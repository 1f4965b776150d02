"""The window as it is dressed in the office: bundled typeface, icons, light palette; words in either language."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_kit import EXAMPLES, KEY, Around, Frame, Looks, Open, around, desk_on, members_of, register_examples, set_up
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backbone_desktop.services.ports import Desk
from backbone_desktop.services.registry import list_households
from backbone_desktop.store.opening import Store, create_store, open_store
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
def looks(tmp_path: Path, words: Words, chinese: Words) -> Looks:
    return Looks(Path(os.environ.get("BACKBONE_PICTURES") or tmp_path), {"en": words, "zh_CN": chinese})


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One store, set up once with four households; every test works on a copy."""
    path = tmp_path_factory.mktemp("office") / "office.db"
    store = create_store(path, KEY)
    set_up(store)
    register_examples(desk_on(store))
    store.close()
    return path


@pytest.fixture
def store(founded: Path, tmp_path: Path) -> Iterator[Store]:
    store = open_store(Path(shutil.copy(founded, tmp_path / "office.db")), KEY)
    yield store
    store.close()


@pytest.fixture
def desk(store: Store) -> Desk:
    return desk_on(store)


@pytest.fixture
def office(dressed: QApplication, desk: Desk, words: Words) -> Iterator[Around]:
    """A page's surroundings, in English; `office.in_words` gives them in another language."""
    made = around(desk, words)
    yield made
    made.context.store.stop()


@pytest.fixture
def open_page(qtbot: QtBot, office: Around) -> Open:
    """Show a page at the window's usual size and wait until it stands."""
    frames = []

    def show(make: Any, words: Words | None = None, width: int = 1366, height: int = 768, **arguments: str) -> Any:
        page = make(office.context if words is None else office.in_words(words))
        frame = Frame(page, width, height)
        frames.append(frame)
        qtbot.addWidget(frame)
        with qtbot.waitActive(frame):
            frame.show()
        page.show_with(**arguments)
        office.settle(qtbot)
        return page

    return show


@pytest.fixture
def head(office: Around) -> str:
    """张示例's member id."""
    household = list_households(office.desk, EXAMPLES[0].household_no).rows[0]
    return members_of(office.desk, household.id)["张示例"]
