"""The columns of the claims' list."""

from __future__ import annotations

from backbone_desktop.services.rows import ClaimRow
from backbone_desktop.ui.models.keyset_model import Column
from backbone_desktop.ui.models.marks import state_mark, status_mark
from backbone_desktop.ui.presenters.claims import (
    benefit_line,
    number_line,
    papers_line,
    state_words,
    stay_line,
    total_line,
)
from backbone_desktop.ui.presenters.households import status_words
from backbone_desktop.ui.presenters.matched import bold_in_number, hint, spans_in
from backbone_desktop.words import Words


def claim_columns(t: Words) -> tuple[Column[ClaimRow], ...]:
    return (
        Column(title=t("Receipt no."), text=_receipt, width=24, by="receipt_no",
               bold=lambda row: spans_in(row.match, "receipt_no")),
        Column(title=t("Patient"), text=lambda row: row.member_name, width=10, by="patient",
               bold=lambda row: spans_in(row.match, "name"), tip=lambda row: hint(t, row.match, row.id_no)),
        Column(title=t("ID number"), text=number_line, width=19, spare=True, by="id_no",
               bold=lambda row: bold_in_number(row.match, row.id_no)[1]),
        Column(title=t("Hospital"), text=lambda row: row.hospital, by="hospital"),
        Column(title=t("Stay"), text=stay_line, width=17, by="stay"),
        Column(title=t("Total"), text=total_line, width=11, right=True, by="total"),
        Column(title=t("Benefit"), text=benefit_line, width=11, right=True, by="benefit"),
        Column(title=t("State"), text=lambda row: state_words(t, row.state), width=19,
               mark=lambda row: state_mark(row.state), tip=lambda row: papers_line(t, row), by="state"),
        Column(title=t("Centre"), text=lambda row: status_words(t, row.status), width=12, quiet=True,
               mark=lambda row: status_mark(row.status), by="status"),
    )


def _receipt(row: ClaimRow) -> str:
    return row.receipt_no or "—"
