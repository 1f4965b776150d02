"""People: everybody in the register with their household and their cover; Enter opens the household."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backbone_desktop.services.listing_ports import ListName
from backbone_desktop.ui.context import Context
from backbone_desktop.ui.models.people_list import people_columns
from backbone_desktop.ui.pages.list_page import ListPage
from backbone_desktop.ui.presenters.matched import advice
from backbone_desktop.ui.presenters.people import count_line
from backbone_desktop.ui.widgets.empty_state import EmptyState
from backbone_desktop.ui.widgets.row_table import RowAct

if TYPE_CHECKING:
    from backbone_desktop.services.listing_ports import PersonRow


class PeoplePage(ListPage):
    def __init__(self, context: Context) -> None:
        t = context.words
        super().__init__(
            context, ListName.PEOPLE, t("Persons"), people_columns(t, context.office.policy_year),
            prompt=t("ID number, name, initials, household no."), search_name=t("Find a person"),
            empty=EmptyState("users", "", ""), acts=(
                RowAct(t("Open the household"), self._open, "users"),
                RowAct(t("New claim"), self._begin_claim, "file-text", lambda row: row.covered),
            ),
            filters={"township": t("Township"), "village": t("Village"), "poverty_type": t("Poverty type"),
                     "cover": t("Cover")},
            buttons=(),
        )

    def _say_empty(self, narrowed: bool) -> None:
        t = self._t
        if narrowed:
            self._empty.say(t("Nobody was found"), advice(
                t, self.search.text(), t("Check the number or the name, or narrow the list less.")))
        else:
            self._empty.say(t("Nobody is registered yet"),
                            t("Register a household or import a roster: its people stand here then."))

    def _say_count(self, total: int, narrowed: bool, capped: bool) -> str:
        return count_line(self._t, total, narrowed, capped)

    def _open(self, row: PersonRow) -> None:
        self._context.navigate.open("household", household_id=row.household_id)

    def _begin_claim(self, row: PersonRow) -> None:
        self._context.navigate.open("claim", claim_id="", member_id=row.id)
