"""Households: the register, found by number, name, initials or household number; F2 takes a new one in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backbone_desktop.services.duties import Duty, may
from backbone_desktop.services.listing_ports import ListName
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.models.household_list import household_columns
from backbone_desktop.ui.pages.list_page import ListPage
from backbone_desktop.ui.presenters.households import count_line
from backbone_desktop.ui.presenters.matched import advice
from backbone_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.row_table import RowAct

if TYPE_CHECKING:
    from backbone_desktop.services.rows import HouseholdRow


class HouseholdsPage(ListPage):
    def __init__(self, context: Context) -> None:
        t = context.words
        roster = PlainButton(t("Import a roster"), icon_name="file-down", shortcut="Ctrl+I")
        roster.clicked.connect(lambda: context.navigate.open("roster"))
        double = PlainButton(t("Double records"), icon_name="users", shortcut="Ctrl+D")
        double.clicked.connect(lambda: context.navigate.open("duplicates"))
        lists = PlainButton(t("Lists of villages"), icon_name="file-text", shortcut="Ctrl+Shift+L")
        lists.clicked.connect(lambda: context.navigate.open("village_lists"))
        new = PrimaryButton(t("New household"), icon_name="plus", shortcut="F2")
        new.clicked.connect(self._new)
        self._empty_act = PlainButton(t("New household"), icon_name="plus")
        self._empty_act.clicked.connect(self._new)
        if not may(context.desk, Duty.REGISTER):
            for act in (roster, new, self._empty_act):
                act.hide()
        super().__init__(
            context, ListName.HOUSEHOLDS, t("Households"), household_columns(t),
            prompt=t("ID number, name, initials, household no."), search_name=t("Find a household"),
            empty=EmptyState("users", "", "", self._empty_act), acts=(RowAct(t("Open"), self._open, "file-text"),),
            filters={"township": t("Township"), "village": t("Village"), "poverty_type": t("Poverty type"),
                     "cover": t("Cover"), "status": t("Centre")},
            buttons=(lists, double, roster, new),
        )

    def _say_empty(self, narrowed: bool) -> None:
        t = self._t
        if narrowed:
            self._empty.say(t("Nobody was found"), advice(
                t, self.search.text(), t("Check the number or the name, or register the household.")))
        else:
            self._empty.say(t("No household is registered yet"),
                            t("Households and their people are registered here; whoever is eligible is covered at "
                              "once."))

    def _say_count(self, total: int, narrowed: bool, capped: bool) -> str:
        return count_line(self._t, total, narrowed, capped)

    def _new(self) -> None:
        self._context.navigate.open("household", household_id="")

    def _open(self, row: HouseholdRow) -> None:
        self._context.navigate.open("household", household_id=row.id)
