"""The columns of the list of people."""

from __future__ import annotations

from backbone_core.identity import mask_id_no
from backbone_desktop.services.listing_ports import PersonRow
from backbone_desktop.ui.models.keyset_model import Column, Mark
from backbone_desktop.ui.presenters import choices
from backbone_desktop.ui.presenters.households import poverty_words
from backbone_desktop.ui.presenters.matched import Marked, bold_in_number, hint, place_found, spans_in
from backbone_desktop.ui.presenters.people import place_line
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.words import Words


def people_columns(t: Words, policy_year: int) -> tuple[Column[PersonRow], ...]:
    relations = {one.value: one.text for one in choices.relations(t)}
    return (
        Column(title=t("Name"), text=lambda row: name_found(t, row)[0], width=15, by="name",
               bold=lambda row: name_found(t, row)[1], tip=lambda row: name_found(t, row)[0]),
        Column(title=t("ID number"), text=lambda row: mask_id_no(row.id_no), width=19, by="id_no",
               bold=lambda row: bold_in_number(row.match, row.id_no)[1]),
        Column(title=t("roster_field.relation"), text=lambda row: relations.get(row.relation, row.relation), width=14,
               quiet=True, by="relation"),
        Column(title=t("Household no."), text=lambda row: row.household_no, width=17, by="household_no",
               bold=lambda row: spans_in(row.match, "household_no")),
        Column(title=t("Home"), text=lambda row: place_line(row.township, row.village, row.group), by="home",
               bold=lambda row: place_found(row.match, row.township, row.village, row.group)[1]),
        Column(title=t("Poverty type"), text=lambda row: poverty_words(t, row.poverty_type), width=12, quiet=True,
               by="poverty_type"),
        Column(title=t("Phone"), text=lambda row: row.phone, width=11, quiet=True, by="phone",
               bold=lambda row: spans_in(row.match, "phone")),
        Column(title=t("Cover in {year}", year=policy_year),
               text=lambda row: t("Covered") if row.covered else t("Not covered"), width=13,
               mark=lambda row: Mark(Meaning.NONE, "shield-check" if row.covered else "shield-x")),
    )


def name_found(t: Words, row: PersonRow) -> Marked:
    """The name, with what a search found the person by where the list does not show it."""
    said = hint(t, row.match, row.id_no)
    return f"{row.name}（{said}）" if said else row.name, spans_in(row.match, "name")
