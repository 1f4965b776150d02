"""The columns of the households' list."""

from __future__ import annotations

from backbone_desktop.services.rows import HouseholdRow
from backbone_desktop.ui.models.keyset_model import Column
from backbone_desktop.ui.models.marks import status_mark
from backbone_desktop.ui.presenters.households import head_line, home_line, number_line, status_words, type_line
from backbone_desktop.words import Words


def household_columns(t: Words) -> tuple[Column[HouseholdRow], ...]:
    return (
        Column(title=t("Household no."), text=_number, width=17, sort=_number),
        Column(title=t("Head"), text=head_line, width=15, sort=lambda row: row.head_name),
        Column(title=t("ID number"), text=number_line, width=19),
        Column(title=t("People"), text=lambda row: str(row.members), width=5, right=True, sort=lambda row: row.members),
        Column(title=t("Home"), text=home_line, sort=home_line),
        Column(title=t("Poverty type"), text=lambda row: type_line(t, row), width=12, quiet=True,
               sort=lambda row: row.poverty_type),
        Column(title=t("Phone"), text=lambda row: row.phone, width=11, quiet=True),
        Column(title=t("Centre"), text=lambda row: status_words(t, row.status), width=13,
               mark=lambda row: status_mark(row.status), sort=lambda row: row.status),
    )


def _number(row: HouseholdRow) -> str:
    return row.household_no
