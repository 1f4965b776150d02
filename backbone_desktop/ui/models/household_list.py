"""The columns of the households' list."""

from __future__ import annotations

from backbone_desktop.services.rows import HouseholdRow
from backbone_desktop.ui.models.keyset_model import Column
from backbone_desktop.ui.models.marks import status_mark
from backbone_desktop.ui.presenters.households import head_line, home_line, number_line, poverty_words, status_words
from backbone_desktop.words import Words


def household_columns(t: Words) -> tuple[Column[HouseholdRow], ...]:
    return (
        Column(title=t("Household no."), text=lambda row: row.household_no, width=17, by="household_no"),
        Column(title=t("Head"), text=head_line, width=15, by="head"),
        Column(title=t("ID number"), text=number_line, width=19, by="id_no"),
        Column(title=t("People"), text=lambda row: str(row.members), width=6, right=True, by="people"),
        Column(title=t("Home"), text=home_line, by="home"),
        Column(title=t("Poverty type"), text=lambda row: poverty_words(t, row.poverty_type), width=12, quiet=True,
               by="poverty_type"),
        Column(title=t("Phone"), text=lambda row: row.phone, width=11, quiet=True, by="phone"),
        Column(title=t("Centre"), text=lambda row: status_words(t, row.status), width=13,
               mark=lambda row: status_mark(row.status), by="status"),
    )

