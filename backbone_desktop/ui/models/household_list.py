"""The columns of the households' list."""

from __future__ import annotations

from backbone_desktop.services.rows import HouseholdRow
from backbone_desktop.ui.models.keyset_model import Column
from backbone_desktop.ui.models.marks import status_mark
from backbone_desktop.ui.presenters.households import (
    head_found,
    home_line,
    number_bold,
    number_line,
    status_words,
    type_line,
)
from backbone_desktop.ui.presenters.matched import place_found, spans_in
from backbone_desktop.words import Words


def household_columns(t: Words) -> tuple[Column[HouseholdRow], ...]:
    return (
        Column(title=t("Household no."), text=lambda row: row.household_no, width=17, by="household_no",
               bold=lambda row: spans_in(row.match, "household_no")),
        Column(title=t("Head"), text=lambda row: head_found(t, row)[0], width=18, by="head",
               bold=lambda row: head_found(t, row)[1], tip=lambda row: head_found(t, row)[0]),
        Column(title=t("ID number"), text=number_line, width=19, by="id_no", bold=number_bold),
        Column(title=t("People"), text=lambda row: str(row.members), width=6, right=True, by="people"),
        Column(title=t("Home"), text=home_line, by="home",
               bold=lambda row: place_found(row.match, row.township, row.village, row.group)[1]),
        Column(title=t("Poverty type"), text=lambda row: type_line(t, row), width=12, quiet=True,
               by="poverty_type"),
        Column(title=t("Phone"), text=lambda row: row.phone, width=11, quiet=True, by="phone",
               bold=lambda row: spans_in(row.match, "phone")),
        Column(title=t("Centre"), text=lambda row: status_words(t, row.status), width=13,
               mark=lambda row: status_mark(row.status), by="status"),
    )

