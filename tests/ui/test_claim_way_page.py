"""What is done with a claim on its page: checking, sending back with a list, giving up, and what the centre refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from desk_kit import Around, Looks, Open, stay_of
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backbone_core.change import Outcome
from backbone_core.claim import ClaimAct, ClaimState
from backbone_core.protocol.batch import ChangeOutcome
from backbone_desktop.services.claim_way import steps_of, take_step
from backbone_desktop.services.claims import open_claim, register_claim
from backbone_desktop.services.ports import Actor, Desk
from backbone_desktop.store.opening import Store
from backbone_desktop.ui.pages.claim import ClaimPage
from backbone_desktop.words import Words
from tests.services.way_kit import FIRST, SECOND

OpenAs = Callable[..., ClaimPage]


@pytest.fixture
def taken(office: Around, head: str) -> str:
    return register_claim(office.desk, stay_of(head)).claim_id


def as_(office: Around, store: Store, actor: Actor) -> Desk:
    clock = office.desk.clock
    return replace(office.desk, actor=actor, open=lambda: store.unit(actor, clock),
                   read=lambda: store.unit(actor, clock, write=False))


@pytest.fixture
def open_as(office: Around, store: Store, open_page: Open, taken: str) -> OpenAs:
    """The claim's page, opened by whoever is named."""

    def opened(actor: Actor, words: Words | None = None) -> Any:
        desk = as_(office, store, actor)
        office.context = replace(office.context, desk=replace(office.context.desk, actor=actor, open=desk.open,
                                                              read=desk.read))
        return open_page(ClaimPage, words, claim_id=taken)

    return opened


def state_of(office: Around, claim_id: str) -> ClaimState:
    return open_claim(office.desk, claim_id).claim.state


def texts(page: ClaimPage) -> list[tuple[str, bool]]:
    return [(button.text(), button.isEnabled()) for button in page.summary.way.buttons.values()]


def test_the_township_sees_what_it_may_do_and_whom_the_claim_waits_for(office: Around, open_as: OpenAs) -> None:
    page = open_as(office.desk.actor)
    assert texts(page) == [("Return for papers…", True), ("Withdraw…", True)]
    assert page.summary.way.next.text() == "Waits for the county's first check"


def test_a_claim_is_checked_by_the_keyboard_and_then_by_somebody_else(
        qtbot: QtBot, office: Around, store: Store, open_as: OpenAs, taken: str) -> None:
    page = open_as(FIRST)
    qtbot.keyClick(page.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    office.settle(qtbot)
    assert state_of(office, taken) is ClaimState.TOWNSHIP_CHECKED
    page.refresh()
    office.settle(qtbot)
    assert ("Pass the second check", False) in texts(page)
    assert "Nobody checks their own work" in page.summary.way.next.text()
    assert page.summary.timeline.events[0].text.startswith("First check passed  测试初审  09:")
    take_step(as_(office, store, SECOND), taken, ClaimAct.CHECK_COUNTY)
    page.refresh()
    office.settle(qtbot)
    assert texts(page)[0] == ("Report to the insurer…", True)


def test_a_claim_is_sent_back_with_a_list_and_the_notice_is_printed_next(
        qtbot: QtBot, office: Around, open_as: OpenAs, taken: str) -> None:
    page = open_as(FIRST)
    way = page.summary.way
    qtbot.waitUntil(way.buttons[ClaimAct.ASK_PAPERS].isVisible)
    qtbot.keyClick(page.window(), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(way.sheet.isVisible)  # a key presses a button down before it carries it out
    way.sheet.confirm.click()
    office.settle(qtbot)
    assert way.notice.text == "Tick the papers"
    for code in ("INVOICE", "PROXY"):
        way.sheet.boxes[code].click()
    way.sheet.reason.setText("发票看不清")
    qtbot.keyClick(way.sheet.reason, Qt.Key.Key_Return)
    office.settle(qtbot)
    assert state_of(office, taken) is ClaimState.WAITING_PAPERS
    assert office.way.been == [("paper", {"form": "missing_papers", "subject": taken})]
    (row,) = steps_of(office.desk, taken)
    assert (row.step.papers, row.step.note) == (("INVOICE", "PROXY"), "发票看不清")


def test_papers_are_ticked_as_they_come(qtbot: QtBot, office: Around, store: Store, open_as: OpenAs,
                                        taken: str) -> None:
    take_step(as_(office, store, FIRST), taken, ClaimAct.ASK_PAPERS, papers=["INVOICE", "PROXY"])
    page = open_as(office.desk.actor)
    way = page.summary.way
    way.buttons[ClaimAct.COMPLETE].click()
    assert list(way.sheet.boxes) == ["INVOICE", "PROXY"]
    way.sheet.boxes["PROXY"].click()
    way.sheet.confirm.click()
    office.settle(qtbot)
    assert (state_of(office, taken), office.said[-1]) == (
        ClaimState.WAITING_PAPERS, "Noted. Other papers are still missing.")
    way.buttons[ClaimAct.COMPLETE].click()
    for box in way.sheet.boxes.values():
        box.setChecked(True)
    way.sheet.confirm.click()
    office.settle(qtbot)
    assert state_of(office, taken) is ClaimState.RECEIVED


def test_giving_up_asks_for_a_reason_and_escape_leaves_it(qtbot: QtBot, office: Around, open_as: OpenAs,
                                                         taken: str) -> None:
    page = open_as(office.desk.actor)
    way = page.summary.way
    way.buttons[ClaimAct.WITHDRAW].click()
    assert way.sheet.reason.hasFocus()
    qtbot.keyClick(way.sheet.reason, Qt.Key.Key_Return)
    office.settle(qtbot)
    assert way.notice.text == "Write down why"
    qtbot.keyClick(way.sheet.reason, Qt.Key.Key_Escape)
    assert not way.sheet.isVisible()
    assert way.buttons[ClaimAct.WITHDRAW].hasFocus()
    way.buttons[ClaimAct.WITHDRAW].click()
    qtbot.keyClicks(way.sheet.reason, "x")
    qtbot.keyClick(way.sheet.reason, Qt.Key.Key_Return)
    office.settle(qtbot)
    assert state_of(office, taken) is ClaimState.WITHDRAWN


def refuse(office: Around) -> None:
    """The centre takes everything that waits but steps and what they made of the claim."""
    with office.desk.open() as work:
        waiting = work.outbox.waiting()
        steps = [place for place, one in enumerate(waiting) if one.kind == "claim_step"]
        refused = {*steps, *(place + 1 for place in steps)}
        work.sync.mark_answered([
            ChangeOutcome(seq=one.seq, outcome=Outcome.REJECTED, version=0, code="claim.step_late"
                          if one.kind == "claim_step" else "rejected.claim_state")
            if place in refused else ChangeOutcome(seq=one.seq, outcome=Outcome.APPLIED, version=1)
            for place, one in enumerate(waiting)], b"receipt", b"signature")
        work.commit()


def test_a_step_that_the_centre_refused_stands_on_the_page_until_it_is_noted(
        qtbot: QtBot, office: Around, store: Store, open_as: OpenAs, taken: str) -> None:
    take_step(as_(office, store, FIRST), taken, ClaimAct.CHECK_TOWNSHIP)
    refuse(office)
    page = open_as(FIRST)
    way = page.summary.way
    assert state_of(office, taken) is ClaimState.RECEIVED
    assert way.notice.text.startswith("The centre did not take: First check passed  测试初审\nThis came too late")
    way.seen.emit(steps_of(office.desk, taken)[0].step.id)
    office.settle(qtbot)
    page.refresh()
    office.settle(qtbot)
    assert way.notice.text == ""
    assert any(event.text.startswith("The centre did not take") for event in page.summary.timeline.events)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_looks(qtbot: QtBot, office: Around, store: Store, open_as: OpenAs, looks: Looks, taken: str,  # noqa: PLR0917
               language: str) -> None:
    first = as_(office, store, FIRST)
    take_step(first, taken, ClaimAct.ASK_PAPERS, "发票看不清", ["INVOICE", "PROXY"])
    take_step(office.desk, taken, ClaimAct.COMPLETE, papers=["INVOICE", "PROXY"])
    take_step(first, taken, ClaimAct.CHECK_TOWNSHIP)
    page = open_as(FIRST, looks[language])
    looks.take(page.window(), f"claim-way-own-{language}")
    page.summary.way.buttons[ClaimAct.ASK_PAPERS].click()
    qtbot.wait(100)
    looks.take(page.window(), f"claim-way-papers-{language}")
    qtbot.keyClick(page.summary.way.sheet, Qt.Key.Key_Escape)
    page.summary.way.buttons[ClaimAct.VOID].click()
    qtbot.wait(100)
    looks.take(page.window(), f"claim-way-void-{language}")
    qtbot.keyClick(page.summary.way.sheet.reason, Qt.Key.Key_Escape)
    refuse(office)
    page.refresh()
    office.settle(qtbot)
    qtbot.wait(100)
    looks.take(page.window(), f"claim-way-refused-{language}")
    page.summary.timeline.setFocus()
    page.summary.timeline.setCurrentIndex(page.summary.timeline.model().index(2, 0))
    qtbot.wait(100)
    looks.take(page.window(), f"claim-way-history-{language}")
