"""Handing papers on in the window, by keyboard: claims chosen, a list made and printed, a mistake voided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_kit import Around, Looks, Open, stay_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.handover_ports import Leg
from backbone_desktop.services.handovers import handovers, make_handover, open_for_handover
from backbone_desktop.services.ports import Actor
from backbone_desktop.ui.pages.claims import ClaimsPage
from backbone_desktop.ui.pages.handover import MADE, WAITING, HandoverPage
from backbone_desktop.ui.widgets.buttons import LinkButton, PlainButton

Key = Qt.Key


@pytest.fixture
def claims(office: Around, head: str) -> tuple[str, ...]:
    """Three claims of 张示例."""
    made = []
    for month in (1, 3, 5):
        days = {"admitted": f"2026-0{month}-01", "discharged": f"2026-0{month}-09", "settled": f"2026-0{month}-09"}
        made.append(register_claim(office.desk, replace(stay_of(head), invoice_no=f"SL{month}", **days)).claim_id)
    return tuple(made)


def press(qtbot: QtBot, office: Around, page: HandoverPage, *keys: Key) -> None:
    for key in keys:
        qtbot.keyClick(page.focusWidget() or page, key)
        office.settle(qtbot)


def click(qtbot: QtBot, office: Around, button: QAbstractButton) -> None:
    with qtbot.waitSignal(button.clicked):
        button.click()
    office.settle(qtbot)


def cells(table: object, row: int) -> list[str]:
    model = table.model()  # type: ignore[attr-defined]
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_a_list_is_made_of_what_is_chosen_and_goes_to_the_printer(qtbot: QtBot, office: Around, open_page: Open,
                                                                 claims: tuple[str, ...]) -> None:
    page: HandoverPage = open_page(HandoverPage)
    assert page.claims.hasFocus()
    assert page.claims.model().rowCount() == 3
    assert cells(page.claims, 0)[1:5] == ["张示例", "示例镇示例村", "2026-01-01 – 01-09", "45,680.00"]
    assert page._count.text() == "3 of 3 claims chosen, 18 papers, costs 137,040.00 yuan"
    press(qtbot, office, page, Key.Key_Down, Key.Key_Space)
    assert page._count.text() == "2 of 3 claims chosen, 12 papers, costs 91,360.00 yuan"
    page.receiver.setFocus()
    qtbot.keyClicks(page.receiver, "County Bureau")
    qtbot.keyClick(page, Key.Key_F9)
    qtbot.waitUntil(lambda: bool(office.way.been))
    office.settle(qtbot)
    (made,) = handovers(office.desk)
    assert office.way.been == [("paper", {"form": "handover", "subject": made.id})]
    assert (made.claims, made.receiver, made.leg) == (2, "County Bureau", Leg.TO_COUNTY)
    assert [row.claim_id for row in open_for_handover(office.desk)] == [claims[1]]
    assert page.notice.text == f"Handover list {made.number} is made, 2 claims."
    assert page.claims.model().rowCount() == 1
    assert office.problems == []


def test_nothing_chosen_makes_no_list(qtbot: QtBot, office: Around, open_page: Open, claims: tuple[str, ...]) -> None:
    page: HandoverPage = open_page(HandoverPage)
    click(qtbot, office, page.none)
    assert not page.make.isEnabled()
    qtbot.keyClick(page, Key.Key_F9)
    office.settle(qtbot)
    assert handovers(office.desk) == ()
    click(qtbot, office, page.all)
    assert page.make.isEnabled()


def test_a_claim_that_is_on_a_list_goes_again_only_on_purpose(qtbot: QtBot, office: Around, open_page: Open,
                                                              claims: tuple[str, ...]) -> None:
    first = make_handover(office.desk, claims[:1])
    page: HandoverPage = open_page(HandoverPage)
    assert page.claims.model().rowCount() == 2
    click(qtbot, office, page.again)
    assert page.claims.model().rowCount() == 3
    assert cells(page.claims, 0)[-1] == f"on list {first.number}"
    assert page._count.text().startswith("2 of 3 claims chosen")
    page.claims.setFocus()
    press(qtbot, office, page, Key.Key_Home, Key.Key_Space)
    qtbot.keyClick(page, Key.Key_F9)
    qtbot.waitUntil(lambda: len(office.way.been) == 1)
    assert [note.claims for note in handovers(office.desk)] == [3, 1]


def test_the_way_to_the_insurer_is_chosen(qtbot: QtBot, office: Around, open_page: Open,
                                          claims: tuple[str, ...]) -> None:
    make_handover(office.desk, claims)
    page: HandoverPage = open_page(HandoverPage)
    assert page.claims.model().rowCount() == 0
    click(qtbot, office, page.legs.buttons[Leg.TO_INSURER.value])
    assert page.claims.model().rowCount() == 3
    qtbot.keyClick(page, Key.Key_F9)
    qtbot.waitUntil(lambda: len(office.way.been) == 1)
    assert handovers(office.desk)[0].leg is Leg.TO_INSURER


def test_a_list_is_opened_and_one_made_by_mistake_is_voided(qtbot: QtBot, office: Around, open_page: Open,
                                                            claims: tuple[str, ...]) -> None:
    made = make_handover(office.desk, claims)
    page: HandoverPage = open_page(HandoverPage)
    click(qtbot, office, page.views.chips[MADE])
    assert page.lists.hasFocus()
    assert not page.make.isVisible()
    assert cells(page.lists, 0)[0] == made.number
    press(qtbot, office, page, Key.Key_Return)
    assert office.way.been == [("paper", {"form": "handover", "subject": made.id})]
    void = next(act for act in page.lists.menu_for(page.lists.row).actions() if act.text() == "Void")
    void.trigger()
    assert handovers(office.desk)[0].void is False
    (sure,) = (one for one in page.notice.findChildren(LinkButton) if one.text() == "Void the list")
    click(qtbot, office, sure)
    qtbot.waitUntil(lambda: handovers(office.desk)[0].void)
    office.settle(qtbot)
    assert cells(page.lists, 0)[-1] == "Voided"
    assert page.lists.menu_for(page.lists.row).actions() == []
    click(qtbot, office, page.views.chips[WAITING])
    assert page.claims.model().rowCount() == 3


def test_another_computer_was_faster(qtbot: QtBot, office: Around, open_page: Open, claims: tuple[str, ...]) -> None:
    page: HandoverPage = open_page(HandoverPage)
    made = make_handover(office.desk, claims[:1])
    qtbot.keyClick(page, Key.Key_F9)
    qtbot.waitUntil(lambda: made.number in page.notice.text)
    office.settle(qtbot)
    assert office.way.been == []
    assert page.claims.model().rowCount() == 2


def test_who_only_looks_makes_and_voids_nothing(qtbot: QtBot, office: Around, open_page: Open,
                                                claims: tuple[str, ...]) -> None:
    make_handover(office.desk, claims[:1])
    auditor = replace(office.context, desk=replace(office.context.desk, actor=Actor("audit", "测试审计", "auditor")))
    page: HandoverPage = open_page(lambda _: HandoverPage(auditor))
    assert not page.make.isVisible()
    click(qtbot, office, page.views.chips[MADE])
    assert "Void" not in [act.text() for act in page.lists.menu_for(page.lists.row).actions()]


def test_the_claims_lead_there(qtbot: QtBot, office: Around, open_page: Open) -> None:
    page: ClaimsPage = open_page(ClaimsPage)
    (button,) = (one for one in page.findChildren(PlainButton) if one.text() == "Hand papers on")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert office.way.been == [("handover", {})]


def test_it_is_looked_at(qtbot: QtBot, office: Around, open_page: Open, claims: tuple[str, ...],
                         looks: Looks) -> None:
    make_handover(office.desk, claims[:1])
    for language in ("en", "zh_CN"):
        page: HandoverPage = open_page(HandoverPage, looks[language])
        click(qtbot, office, page.again)
        looks.take(page.window(), f"handover-{language}")
        click(qtbot, office, page.views.chips[MADE])
        looks.take(page.window(), f"handover-lists-{language}")
        assert page.lists.model().rowCount() == 1
