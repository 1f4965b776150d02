"""From a household or a claim to the papers that are printed of it."""

from __future__ import annotations

from dataclasses import replace

from desk_kit import Around, Open, stay_of
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backbone_desktop.services.claims import register_claim
from backbone_desktop.services.form_loaders import LOADERS
from backbone_desktop.services.forms import ABOUT, Form
from backbone_desktop.services.registry import list_households
from backbone_desktop.ui.pages.claim import ClaimPage
from backbone_desktop.ui.pages.household import HouseholdPage
from backbone_desktop.ui.widgets.print_button import PrintButton


def choose(button: PrintButton, place: int) -> list[str]:
    """Trigger an entry of the menu; return what all of them say."""
    entries = button.menu().actions()
    entries[place].trigger()
    return [entry.text() for entry in entries]


def test_a_household_leads_to_its_papers(office: Around, open_page: Open, qtbot: QtBot) -> None:
    household = list_households(office.desk, "5206250001").rows[0]
    page = open_page(HouseholdPage, household_id=household.id)
    assert page.print_button.isVisible()
    entries = choose(page.print_button, 0)
    assert len(entries) == sum(ABOUT[form] == "household" for form in LOADERS)
    assert office.way.been == [("paper", {"form": "household_sheet", "subject": household.id})]
    qtbot.keyClicks(page.fields.blocks[0].lines["phone"].field, "9")
    assert not page.print_button.isEnabled()  # what is printed is what is stored
    page.leave()
    office.settle(qtbot)


def test_a_household_that_is_not_saved_yet_has_none(office: Around, open_page: Open) -> None:
    page = open_page(HouseholdPage, household_id="")
    assert not page.print_button.isVisible()


def test_a_claim_leads_to_the_papers_that_fit_its_state(office: Around, open_page: Open, head: str,
                                                        qtbot: QtBot) -> None:
    taken = register_claim(office.desk, stay_of(head))
    page = open_page(ClaimPage, claim_id=taken.claim_id)
    button = page.summary.print_button
    entries = choose(button, 0)
    assert [entry.partition("  ")[2] for entry in entries] == [page._t("form.application.title")]
    assert office.way.been == [("paper", {"form": "application", "subject": taken.claim_id})]
    qtbot.keyClick(page, Qt.Key.Key_F9)
    assert office.way.been[-1] == ("paper", {"form": "receipt", "subject": taken.claim_id})


def test_a_claim_with_missing_papers_leads_to_their_notice(office: Around, open_page: Open, head: str) -> None:
    taken = register_claim(office.desk, replace(stay_of(head), documents=("ID_CARD",)))
    page = open_page(ClaimPage, claim_id=taken.claim_id)
    forms = [entry.text().partition("  ")[2] for entry in page.summary.print_button.menu().actions()]
    assert page._t(f"form.{Form.MISSING_PAPERS}.title") in forms
