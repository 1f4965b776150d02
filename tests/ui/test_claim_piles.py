"""The piles of claims that somebody works through: on Today, and as what the list of claims is narrowed to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from desk_kit import Around, Looks, Open, members_of, stay_of
from pytestqt.qtbot import QtBot

from backbone_core.claim import ClaimAct
from backbone_desktop.services.claim_way import take_step
from backbone_desktop.services.claims import list_claims, open_claim, register_claim
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.registry import list_households
from backbone_desktop.store.opening import Store
from backbone_desktop.ui.pages.claims import ClaimsPage
from backbone_desktop.ui.pages.today import TodayPage
from tests.services.way_kit import FIRST, SECOND

At = Callable[[Actor], None]


@pytest.fixture
def county(office: Around, store: Store, head: str) -> At:
    """Three claims: one checked once, one that waits for a paper, one new; `county` seats somebody at the window."""
    household = list_households(office.desk, "5206250001").rows[0]
    wife = members_of(office.desk, household.id)["李㛃"]
    made = [
        register_claim(office.desk, stay).claim_id for stay in (
            stay_of(head),
            replace(stay_of(wife), invoice_no="SL2", admitted="2026-10-01", discharged="2026-10-05",
                    settled="2026-10-05"),
            replace(stay_of(head), invoice_no="SL3", admitted="2026-10-11", discharged="2026-10-15",
                    settled="2026-10-15"))]

    def at(actor: Actor) -> None:
        clock = office.desk.clock
        office.context = replace(office.context, desk=replace(
            office.context.desk, actor=actor, open=lambda: store.unit(actor, clock),
            read=lambda: store.unit(actor, clock, write=False)))

    at(FIRST)
    take_step(office.context.desk, made[0], ClaimAct.CHECK_TOWNSHIP)
    take_step(office.context.desk, made[1], ClaimAct.ASK_PAPERS, papers=["INVOICE"])
    return at


def test_today_counts_what_is_mine_to_check_and_leads_there(
        qtbot: QtBot, office: Around, county: At, open_page: Open) -> None:
    county(SECOND)
    page = open_page(TodayPage)
    assert page._figures["to_check"].text() == "2"
    page._figures["to_check"].click()
    assert office.way.been == [("claims", {"pile": "to_check"})]


def test_the_list_is_narrowed_to_a_pile_of_ones_own(qtbot: QtBot, office: Around, county: At, open_page: Open) -> None:
    page = open_page(ClaimsPage, pile="to_check")
    assert [row.state for row in page.table.model().rows] == ["received"]
    assert page.choices["pile"].accessibleName() == "To do: Mine to check"
    page._offer("pile")
    office.settle(qtbot)
    entries = [action.text() for action in page.choices["pile"].menu.actions()]
    assert entries[:4] == ["All", "Mine to check\t1", "To be reported\t0", "Waiting for papers\t1"]
    page.choices["pile"].menu.actions()[3].trigger()
    office.settle(qtbot)
    assert [row.state for row in page.table.model().rows] == ["waiting_papers"]
    page.choices["pile"].menu.close()


def test_the_township_checks_nothing(office: Around, county: At, open_page: Open) -> None:
    county(office.desk.actor)
    page = open_page(TodayPage)
    assert "to_check" not in page._figures
    assert page._figures["over_limit"].text() == "0"


def test_what_was_checked_twice_is_reported_together_after_a_second_question(
        qtbot: QtBot, office: Around, county: At, open_page: Open) -> None:
    (first,) = [row.id for row in list_claims(office.desk, state="township_checked").rows]
    county(SECOND)
    take_step(office.context.desk, first, ClaimAct.CHECK_COUNTY)
    page = open_page(ClaimsPage)
    reporting = page.reporting
    assert reporting.isVisible()
    reporting.ask.click()
    assert reporting.yes.hasFocus()
    reporting.yes.click()
    office.settle(qtbot)
    assert office.said == ["1 claims reported under 520625-A03-B0001"]
    assert open_claim(office.desk, first).claim.state == "reported"
    page.refresh()
    office.settle(qtbot)
    assert not reporting.isVisible()


def test_the_township_is_not_asked_to_report(office: Around, county: At, open_page: Open) -> None:
    (first,) = [row.id for row in list_claims(office.desk, state="township_checked").rows]
    county(SECOND)
    take_step(office.context.desk, first, ClaimAct.CHECK_COUNTY)
    county(office.desk.actor)
    assert not open_page(ClaimsPage).reporting.isVisible()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_looks(qtbot: QtBot, county: At, open_page: Open, looks: Looks, language: str) -> None:
    county(SECOND)
    today = open_page(TodayPage, looks[language])
    qtbot.wait(150)
    looks.take(today.window(), f"piles-today-{language}")
    page = open_page(ClaimsPage, looks[language], pile="to_check")
    looks.take(page.window(), f"piles-claims-{language}")
    (first,) = [row.id for row in page.table.model().rows if row.state == "township_checked"]
    page._context.store.run(lambda: take_step(page._context.desk, first, ClaimAct.CHECK_COUNTY), lambda _: None)
    page.choices["pile"].choose("", "")
    page.refresh()
    qtbot.waitUntil(page.reporting.isVisible)
    page.reporting.ask.click()
    qtbot.wait(100)
    looks.take(page.window(), f"piles-report-{language}")
