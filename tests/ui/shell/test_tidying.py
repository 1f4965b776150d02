"""Garbage that holds Qt objects is collected on the window's thread, whoever made the last object."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from backbone_desktop.ui.tidying import YOUNG, Tidying


@pytest.fixture
def tidying(qtbot: QtBot) -> Iterator[Tidying]:
    parent = QObject()
    made = Tidying(parent)
    yield made
    made.stop()


class Part:
    """One half of a cycle; tells on which thread it was collected."""

    def __init__(self, told: list[str]) -> None:
        self.other: Any = None
        self._told = told

    def __del__(self) -> None:
        self._told.append(threading.current_thread().name)


def test_a_cycle_left_behind_is_collected_on_the_windows_thread(qtbot: QtBot, tidying: Tidying) -> None:
    told: list[str] = []
    one, two = Part(told), Part(told)
    one.other, two.other = two, one
    del one, two

    def busy() -> None:
        for _ in range(5):
            kept = [[number] for number in range(YOUNG * 2)]
            del kept

    other = threading.Thread(target=busy, name="store")
    other.start()
    other.join()
    assert told == [], "another thread collected"
    kept = [[number] for number in range(YOUNG * 2)]
    qtbot.waitUntil(lambda: len(told) == 2)
    assert set(told) == {threading.main_thread().name}
    assert kept


def test_collecting_is_as_usual_again_afterwards(qtbot: QtBot) -> None:
    parent = QObject()
    tidying = Tidying(parent)
    assert not gc.isenabled()
    tidying.stop()
    assert gc.isenabled()
