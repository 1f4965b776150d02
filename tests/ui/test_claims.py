"""The claims' list on a real store: states, searching, opening, the receipt from the menu."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_kit import EXAMPLES, Around, Open, members_of, stay_of
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from backbone_desktop.services import claims
from backbone_desktop.services.registry import list_households
from backbone_desktop.ui.models.claim_list import claim_columns
from backbone_desktop.ui.models.household_list import household_columns
from backbone_desktop.ui.models.keyset_model import KeysetModel
from backbone_desktop.ui.pages.claims import ClaimsPage
from backbone_desktop.words import Words


@pytest.fixture
def three(office: Around) -> None:
    """One taken in, one that waits for papers, one draft."""
    household = list_households(office.desk, EXAMPLES[0].household_no).rows[0]
    draft = stay_of(members_of(office.desk, household.id)["张示例"])
    claims.register_claim(office.desk, draft)
    claims.register_claim(office.desk, replace(
        draft, claim_id="", admitted="2026-03-01", discharged="2026-03-09", settled="2026-03-09", invoice_no="SL2",
        documents=("INVOICE",)))
    claims.save_claim_draft(office.desk, replace(draft, claim_id="", admitted="2026-10-01", discharged="", settled="",
                                                 invoice_no="", costs=()))


@pytest.fixture
def page(three: None, open_page: Open) -> ClaimsPage:
    made: ClaimsPage = open_page(ClaimsPage)
    return made


def states(page: ClaimsPage) -> list[str]:
    return [row.state.value for row in page.table.model().rows]  # type: ignore[attr-defined]


def test_states_are_counted_and_narrow_the_list(qtbot: QtBot, office: Around, page: ClaimsPage) -> None:
    assert {value: chip.text() for value, chip in page.chips.chips.items()} == {
        "": "All 3", "draft": "Draft 1", "received": "Received 1", "waiting_papers": "Waiting for papers 1"}
    assert states(page) == ["draft", "waiting_papers", "received"]
    qtbot.mouseClick(page.chips.chips["waiting_papers"], Qt.MouseButton.LeftButton)
    office.settle(qtbot)
    assert states(page) == ["waiting_papers"]
    assert page._count.text() == "1 claim found"


def test_opened_with_a_state_the_list_is_narrowed(three: None, office: Around, open_page: Open) -> None:
    page = open_page(ClaimsPage, state="waiting_papers")
    assert states(page) == ["waiting_papers"]
    assert page.chips.value == "waiting_papers"


def test_a_state_that_nobody_works_in_is_offered_when_it_is_asked_for(three: None, open_page: Open) -> None:
    page = open_page(ClaimsPage, state="refused")
    assert states(page) == []
    assert page.chips.chips["refused"].isChecked()
    assert page._empty.isVisible()


def test_a_claim_is_found_and_opened(qtbot: QtBot, office: Around, page: ClaimsPage) -> None:
    number = page.table.model().rows[2].receipt_no  # type: ignore[attr-defined]
    with qtbot.waitSignal(page.search.sought):
        qtbot.keyClicks(page.search, number)
    office.settle(qtbot)
    assert states(page) == ["received"]
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert office.way.been == [("claim", {"claim_id": page.table.record_id})]


def test_the_menu_offers_the_receipt_of_what_was_taken_in(page: ClaimsPage, office: Around) -> None:
    draft, _, received = page.table.model().rows  # type: ignore[attr-defined]
    assert [act.text() for act in page.table.menu_for(draft).actions()] == ["Open"]
    menu = page.table.menu_for(received)
    menu.actions()[1].trigger()
    assert office.way.been == [("paper", {"form": "receipt", "subject": received.id})]


def test_the_list_follows_a_change(qtbot: QtBot, office: Around, page: ClaimsPage) -> None:
    draft = page.table.model().rows[0]  # type: ignore[attr-defined]
    view = claims.open_claim(office.desk, draft.id)
    filled = replace(stay_of(view.member.id), claim_id=draft.id, admitted="2026-10-01", discharged="2026-10-05",
                     settled="2026-10-05", invoice_no="SL3")
    claims.register_claim(office.desk, filled)
    office.context.signals.changed.emit(frozenset({("claim", draft.id)}))
    office.settle(qtbot)
    assert states(page).count("received") == 2
    assert page.chips.chips["draft"].text() == "Draft 0"


def test_the_lists_keep_qts_promises(
    qtmodeltester: ModelTester, three: None, office: Around, words: Words,
) -> None:
    people = KeysetModel(household_columns(words))
    people.begin(list_households(office.desk))
    qtmodeltester.check(people)
    taken = KeysetModel(claim_columns(words))
    taken.begin(claims.list_claims(office.desk))
    qtmodeltester.check(taken)
