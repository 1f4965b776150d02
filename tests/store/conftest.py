"""A real encrypted store in a temporary folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange_samples import answer, applied
from store_samples import KEY, SPOUSE_ID, Family, Opened, household, member

from backbone_core.household import Household
from backbone_desktop.store.opening import create_store, open_store


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("founded") / "store.db"
    create_store(path, KEY).close()
    return path


@pytest.fixture
def path(founded: Path, tmp_path: Path) -> Path:
    """A store of this version in a profile folder of its own."""
    return Path(shutil.copy(founded, tmp_path / "store.db"))


@pytest.fixture
def opened(path: Path) -> Iterator[Opened]:
    store = open_store(path, KEY)
    yield Opened(store)
    store.close()


@pytest.fixture
def family(opened: Opened) -> Family:
    home = household()
    made = Family(home, member(home), member(home, "测试乙", SPOUSE_ID, "配偶"))
    opened.write(made.household, made.head, made.spouse)
    return made


@pytest.fixture
def home(opened: Opened) -> Household:
    """A household that was registered here and that the centre has taken, as version 1."""
    made = household()
    opened.write(made)
    answer(opened, applied(1, 1))
    return made
