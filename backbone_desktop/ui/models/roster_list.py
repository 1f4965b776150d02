"""The columns of a roster's dry run, and of the list of earlier imports."""

from __future__ import annotations

from backbone_desktop.services.roster_rows import RosterLine, Verdict
from backbone_desktop.services.roster_words import verdict_words
from backbone_desktop.ui.models.keyset_model import Column, Mark
from backbone_desktop.ui.presenters.roster import ImportRow, reason_line
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.words import Words

_MEANING = {
    Verdict.NEW: Meaning.DONE, Verdict.CHANGED: Meaning.DONE, Verdict.MOVED: Meaning.DONE,
    Verdict.DOUBTFUL: Meaning.ATTENTION, Verdict.REFUSED: Meaning.REFUSED, Verdict.GONE: Meaning.WAITING,
}


def roster_columns(t: Words) -> tuple[Column[RosterLine], ...]:
    return (
        Column(title=t("Row"), text=lambda row: str(row.row_no) if row.row_no else "—", width=7, right=True,
               quiet=True),
        Column(title=t("Result"), text=lambda row: verdict_words(t, row.verdict), width=18,
               mark=lambda row: Mark(_MEANING.get(row.verdict, Meaning.NONE))),
        Column(title=t("Household no."), text=lambda row: row.household_no, width=17),
        Column(title=t("Name"), text=lambda row: row.name, width=12),
        Column(title=t("ID number"), text=lambda row: row.id_no, width=19),
        Column(title=t("What changes, and why"), text=lambda row: reason_line(t, row),
               tip=lambda row: reason_line(t, row)),
    )


def import_columns(t: Words) -> tuple[Column[ImportRow], ...]:
    return (
        Column(title=t("When"), text=lambda row: row.when, width=18),
        Column(title=t("Who"), text=lambda row: row.who, width=12),
        Column(title=t("What was imported"), text=lambda row: row.what, tip=lambda row: row.what),
        Column(title=t("State"), text=lambda row: t("Undone") if row.undone else t("In the register"), width=14,
               quiet=True),
    )
