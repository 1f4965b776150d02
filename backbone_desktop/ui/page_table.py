"""Which name leads to which page. A page is imported when it is first opened, so that starting does not wait for it."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtWidgets import QWidget

from backbone_desktop.ui.context import Context, Page


class PageWidget(Page, Protocol):
    """A page as the main window holds it: it is a QWidget too, see `widget_of`."""


def make_page(name: str, context: Context) -> PageWidget:
    """Raises KeyError for a name that no page bears."""
    match name:
        case "today":
            from backbone_desktop.ui.pages.today import TodayPage as Made
        case "households":
            from backbone_desktop.ui.pages.households import HouseholdsPage as Made
        case "household":
            from backbone_desktop.ui.pages.household import HouseholdPage as Made
        case "claims":
            from backbone_desktop.ui.pages.claims import ClaimsPage as Made
        case "claim":
            from backbone_desktop.ui.pages.claim import ClaimPage as Made
        case "receipt":
            from backbone_desktop.ui.pages.receipt_page import ReceiptPage as Made
        case "exchange":
            from backbone_desktop.ui.pages.exchange import ExchangePage as Made
        case "settings":
            from backbone_desktop.ui.pages.settings import SettingsPage as Made
        case _:
            raise KeyError(name)
    return cast(PageWidget, Made(context))


def widget_of(page: Page) -> QWidget:
    return cast(QWidget, page)
