"""The columns of the page of lists, and of the check of a file."""

from __future__ import annotations

from backbone_desktop.services.reference_rows import Verdict
from backbone_desktop.ui.models.keyset_model import Column, Mark
from backbone_desktop.ui.presenters.reference import ListRow, ShownLine, reason_line
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.words import Words

_MEANING = {Verdict.TAKEN: Meaning.DONE, Verdict.REPEATED: Meaning.NONE, Verdict.REFUSED: Meaning.REFUSED}


def list_columns(t: Words) -> tuple[Column[ListRow], ...]:
    return (
        Column(title=t("List"), text=lambda row: row.name, width=22),
        Column(title=t("Edition"), text=lambda row: row.edition, tip=lambda row: row.edition, width=30),
        Column(title=t("How long"), text=lambda row: row.size, width=34),
        Column(title=t("From where"), text=lambda row: row.source, tip=lambda row: row.source, quiet=True),
    )


def check_columns(t: Words) -> tuple[Column[ShownLine], ...]:
    return (
        Column(title=t("Row"), text=lambda row: str(row.line.row_no), width=7, right=True, quiet=True),
        Column(title=t("Result"), text=lambda row: t(f"reference_verdict.{row.line.verdict}"), width=12,
               mark=lambda row: Mark(_MEANING[row.line.verdict])),
        Column(title=t("reference_field.code"), text=lambda row: row.line.code, width=20),
        Column(title=t("reference_field.name"), text=lambda row: row.line.name, tip=lambda row: row.line.name,
               width=40),
        Column(title=t("Reason"), text=lambda row: reason_line(t, row.line), tip=lambda row: reason_line(t, row.line)),
    )
