"""The columns of an exported list, as words for the one who reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from backbone_core.identity import mask_id_no
from backbone_core.money import format_amount
from backbone_desktop.services.list_words import poverty_words, status_words
from backbone_desktop.services.listing_ports import ListName
from backbone_desktop.words import Words

Columns = tuple[tuple[str, int, Callable[[Any], str]], ...]
"""(title, width in characters, what stands in the cell)."""


def export_columns(t: Words, name: ListName, policy_year: int, *, whole_numbers: bool) -> Columns:
    """`whole_numbers`: ID numbers stand whole, not masked."""
    number: Callable[[str], str] = (lambda text: text) if whole_numbers else mask_id_no
    return _LISTS[name](t, policy_year, number)


def _households(t: Words, _policy_year: int, number: Callable[[str], str]) -> Columns:
    return (
        (t("Household no."), 18, lambda row: row.household_no),
        (t("Head"), 12, lambda row: row.head_name),
        (t("ID number"), 21, lambda row: number(row.head_id_no)),
        (t("People"), 8, lambda row: str(row.members)),
        *_place(t),
        (t("Poverty type"), 16, lambda row: poverty_words(t, row.poverty_type)),
        (t("Phone"), 14, lambda row: row.phone),
        (t("Centre"), 12, lambda row: status_words(t, row.status)),
    )


def _people(t: Words, policy_year: int, number: Callable[[str], str]) -> Columns:
    return (
        (t("Name"), 12, lambda row: row.name),
        (t("ID number"), 21, lambda row: number(row.id_no)),
        (t("roster_field.relation"), 12, lambda row: t(row.relation) if row.relation else ""),
        (t("Household no."), 18, lambda row: row.household_no),
        *_place(t),
        (t("Poverty type"), 16, lambda row: poverty_words(t, row.poverty_type)),
        (t("Phone"), 14, lambda row: row.phone),
        (t("Cover in {year}", year=policy_year), 12, lambda row: t("Covered") if row.covered else t("Not covered")),
    )


def _claims(t: Words, _policy_year: int, number: Callable[[str], str]) -> Columns:
    return (
        (t("Receipt no."), 26, lambda row: row.receipt_no),
        (t("Patient"), 12, lambda row: row.member_name),
        (t("ID number"), 21, lambda row: number(row.id_no)),
        (t("Township"), 12, lambda row: row.township),
        (t("Village"), 12, lambda row: row.village),
        (t("Hospital"), 24, lambda row: row.hospital),
        (t("Admitted"), 12, lambda row: row.admitted.isoformat() if row.admitted else ""),
        (t("Discharged"), 12, lambda row: row.discharged.isoformat() if row.discharged else ""),
        (t("Total"), 14, lambda row: format_amount(row.total)),
        (t("Benefit"), 14, lambda row: "" if row.benefit is None else format_amount(row.benefit)),
        (t("State"), 16, lambda row: t(f"claim_state.{row.state}")),
        (t("Centre"), 12, lambda row: status_words(t, row.status)),
    )


def _place(t: Words) -> Columns:
    return (
        (t("Township"), 12, lambda row: row.township),
        (t("Village"), 12, lambda row: row.village),
        (t("roster_field.group"), 10, lambda row: row.group),
    )


_LISTS: Mapping[ListName, Callable[[Words, int, Callable[[str], str]], Columns]] = {
    ListName.HOUSEHOLDS: _households, ListName.PEOPLE: _people, ListName.CLAIMS: _claims,
}
