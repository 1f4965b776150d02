"""The two threads beside the window: order, the newest question only, problems, bugs, pages that are gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from backbone_core.errors import BackboneError, RuleBroken, Unavailable
from backbone_desktop.ui.worker import Worker


class Desk:
    """A worker with what it reported."""

    def __init__(self) -> None:
        self.bugs: list[BaseException] = []
        self.problems: list[BackboneError] = []
        self.worker = Worker("test", self.bugs.append, self.problems.append)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.worker.stop()


def settle(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.worker.idle, timeout=5000)


def test_tasks_run_elsewhere_in_order_and_answers_come_home(desk: Desk, qtbot: QtBot) -> None:
    home = threading.current_thread()
    done: list[tuple[int, bool]] = []
    where: list[threading.Thread] = []
    for number in range(5):
        desk.worker.run(lambda number=number: (where.append(threading.current_thread()), number)[1],
                        lambda answer: done.append((answer, threading.current_thread() is home)))
    settle(desk, qtbot)
    assert done == [(number, True) for number in range(5)]
    assert {thread is home for thread in where} == {False}


def test_only_the_newest_question_of_a_kind_is_answered(desk: Desk, qtbot: QtBot) -> None:
    asked: list[str] = []
    shown: list[str] = []
    hold = threading.Event()
    desk.worker.run(hold.wait)
    for typed in ("z", "zs", "zsl"):
        desk.worker.run(lambda typed=typed: (asked.append(typed), typed)[1], shown.append, latest="search")
    hold.set()
    settle(desk, qtbot)
    assert shown == ["zsl"]
    assert asked == ["zsl"], "what had not begun is not asked at all"


def test_an_answer_that_came_too_late_is_not_shown(desk: Desk, qtbot: QtBot) -> None:
    shown: list[str] = []
    begun, hold = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        hold.wait()
        return "old"

    desk.worker.run(slow, shown.append, latest="search")
    assert begun.wait(5)
    desk.worker.run(lambda: "new", shown.append, latest="search")
    hold.set()
    settle(desk, qtbot)
    assert shown == ["new"]


def test_a_refusal_goes_to_whoever_asked_and_a_problem_to_the_window(desk: Desk, qtbot: QtBot) -> None:
    refused: list[BackboneError] = []

    def refuse() -> None:
        raise RuleBroken("household.unknown")

    def fail() -> None:
        raise Unavailable("store.disk_full")

    desk.worker.run(refuse, failed=refused.append)
    desk.worker.run(fail)
    settle(desk, qtbot)
    assert [one.code for one in refused] == ["household.unknown"]
    assert [one.code for one in desk.problems] == ["store.disk_full"]
    assert desk.bugs == []


def test_a_failure_of_an_old_question_is_not_told(desk: Desk, qtbot: QtBot) -> None:
    begun, hold = threading.Event(), threading.Event()

    def fail() -> None:
        begun.set()
        hold.wait()
        raise Unavailable("store.disk_full")

    desk.worker.run(fail, latest="search")
    assert begun.wait(5)
    desk.worker.run(lambda: None, latest="search")
    hold.set()
    settle(desk, qtbot)
    assert desk.problems == []


def test_a_mistake_of_the_program_is_reported_and_work_goes_on(
        desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []
    desk.worker.run(lambda: 1 // 0)
    desk.worker.run(lambda: 2, done.append)
    settle(desk, qtbot)
    assert [type(bug) for bug in desk.bugs] == [ZeroDivisionError]
    assert done == [2]
    assert "a task failed" in caplog.text


def test_answers_for_a_page_that_is_gone_are_dropped(desk: Desk, qtbot: QtBot) -> None:
    done: list[str] = []

    class Page(QObject):
        def show_answer(self, answer: str) -> None:
            done.append(answer + self.objectName())

    page, other = Page(), Page()
    hold = threading.Event()
    desk.worker.run(hold.wait)
    desk.worker.run(lambda: "method", page.show_answer)
    desk.worker.run(lambda: "closure", lambda answer: page.show_answer(f"{answer}"))
    desk.worker.run(lambda: "newest", page.show_answer, latest="page")
    desk.worker.run(lambda: "other", other.show_answer)
    delete(page)
    hold.set()
    settle(desk, qtbot)
    assert done == ["other"]
    assert desk.bugs == []


def test_stopping_finishes_what_was_asked_for(qtbot: QtBot) -> None:
    kept: list[int] = []
    worker = Worker("test")
    for number in range(50):
        worker.run(lambda number=number: kept.append(number))
    worker.stop()
    assert kept == list(range(50))
