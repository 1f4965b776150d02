"""Which name leads to which page. A page is imported when it is first opened, so that starting does not wait for it."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QWidget

from backbone_desktop.ui.context import Context, Page


def make_page(name: str, context: Context) -> Page:
    """Raises KeyError for a name that no page bears."""
    page: Page
    match name:
        case "today":
            from backbone_desktop.ui.pages.today import TodayPage

            page = TodayPage(context)
        case "households":
            from backbone_desktop.ui.pages.households import HouseholdsPage

            page = HouseholdsPage(context)
        case "household":
            from backbone_desktop.ui.pages.household import HouseholdPage

            page = HouseholdPage(context)
        case "people":
            from backbone_desktop.ui.pages.people import PeoplePage

            page = PeoplePage(context)
        case "household_act":
            from backbone_desktop.ui.pages.household_act import HouseholdActPage

            page = HouseholdActPage(context)
        case "roster":
            from backbone_desktop.ui.pages.roster import RosterPage

            page = RosterPage(context)
        case "roster_doubts":
            from backbone_desktop.ui.pages.roster_doubts import RosterDoubtsPage

            page = RosterDoubtsPage(context)
        case "duplicates":
            from backbone_desktop.ui.pages.duplicates import DuplicatesPage

            page = DuplicatesPage(context)
        case "claims":
            from backbone_desktop.ui.pages.claims import ClaimsPage

            page = ClaimsPage(context)
        case "claim":
            from backbone_desktop.ui.pages.claim import ClaimPage

            page = ClaimPage(context)
        case "paper":
            from backbone_desktop.ui.pages.paper_page import PaperPage

            page = PaperPage(context)
        case "calibration":
            from backbone_desktop.ui.pages.calibration import CalibrationPage

            page = CalibrationPage(context)
        case "exchange":
            from backbone_desktop.ui.pages.exchange import ExchangePage

            page = ExchangePage(context)
        case "reference":
            from backbone_desktop.ui.pages.reference import ReferencePage

            page = ReferencePage(context)
        case "scheme":
            from backbone_desktop.ui.pages.scheme import SchemePage

            page = SchemePage(context)
        case "settings":
            from backbone_desktop.ui.pages.settings import SettingsPage

            page = SettingsPage(context)
        case _:
            raise KeyError(name)
    return page


def widget_of(page: Page) -> QWidget:
    return cast(QWidget, page)
