"""Which name leads to which page. A page is imported when it is first opened, so that starting does not wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from PySide6.QtWidgets import QWidget

from backbone_desktop.ui.context import Context, Page

_PAGES: Mapping[str, tuple[str, str]] = {
    "today": ("today", "TodayPage"),
    "households": ("households", "HouseholdsPage"),
    "household": ("household", "HouseholdPage"),
    "people": ("people", "PeoplePage"),
    "household_act": ("household_act", "HouseholdActPage"),
    "roster": ("roster", "RosterPage"),
    "roster_doubts": ("roster_doubts", "RosterDoubtsPage"),
    "duplicates": ("duplicates", "DuplicatesPage"),
    "village_lists": ("village_lists", "VillageListsPage"),
    "claims": ("claims", "ClaimsPage"),
    "claim": ("claim", "ClaimPage"),
    "claim_account": ("claim_account", "ClaimAccountPage"),
    "handover": ("handover", "HandoverPage"),
    "print": ("print_area", "PrintPage"),
    "print_log": ("print_log", "PrintLogPage"),
    "paper": ("paper_page", "PaperPage"),
    "calibration": ("calibration", "CalibrationPage"),
    "verify": ("verify", "VerifyPage"),
    "exchange": ("exchange", "ExchangePage"),
    "reference": ("reference", "ReferencePage"),
    "scheme": ("scheme", "SchemePage"),
    "settings": ("settings", "SettingsPage"),
}
"""A page's name, its module in `ui.pages`, and its class."""


def make_page(name: str, context: Context) -> Page:
    """Raises KeyError for a name that no page bears."""
    module, page = _PAGES[name]
    return cast(Page, getattr(import_module(f"backbone_desktop.ui.pages.{module}"), page)(context))


def widget_of(page: Page) -> QWidget:
    return cast(QWidget, page)
