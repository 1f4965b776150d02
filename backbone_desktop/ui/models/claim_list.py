"""The columns of the claims' lists: the whole one, and the short one beside a household."""

from __future__ import annotations

from backbone_desktop.services.rows import ClaimRow
from backbone_desktop.ui.models.keyset_model import Column, Mark
from backbone_desktop.ui.presenters.claim_state import state_meaning, status_meaning
from backbone_desktop.ui.presenters.claims import (
    benefit_line,
    number_line,
    papers_line,
    state_words,
    stay_line,
    total_line,
)
from backbone_desktop.ui.presenters.households import status_words
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.words import Words


def state_column(t: Words, width: int) -> Column[ClaimRow]:
    return Column(title=t("State"), text=lambda row: state_words(t, row.state), width=width,
                  mark=lambda row: Mark(Meaning(state_meaning(row.state))),
                  tip=lambda row: papers_line(t, row), sort=lambda row: row.state)


def claim_columns(t: Words) -> tuple[Column[ClaimRow], ...]:
    return (
        Column(title=t("Receipt no."), text=_receipt, width=24, sort=_receipt),
        Column(title=t("Patient"), text=lambda row: row.member_name, width=10, sort=lambda row: row.member_name),
        Column(title=t("ID number"), text=number_line, width=19, spare=True),
        Column(title=t("Hospital"), text=lambda row: row.hospital, sort=lambda row: row.hospital),
        Column(title=t("Stay"), text=stay_line, width=17, sort=lambda row: row.admitted),
        Column(title=t("Total"), text=total_line, width=11, right=True, sort=lambda row: row.total),
        Column(title=t("Benefit"), text=benefit_line, width=11, right=True, sort=lambda row: row.benefit),
        state_column(t, 17),
        Column(title=t("Centre"), text=lambda row: status_words(t, row.status), width=12, quiet=True,
               mark=lambda row: Mark(Meaning(status_meaning(row.status))), sort=lambda row: row.status),
    )


def _receipt(row: ClaimRow) -> str:
    return row.receipt_no or "—"


def family_columns(t: Words) -> tuple[Column[ClaimRow], ...]:
    """For the narrow list of one household's claims."""
    return (
        Column(title=t("Patient"), text=lambda row: row.member_name, width=9),
        Column(title=t("Stay"), text=stay_line),
        Column(title=t("Benefit"), text=benefit_line, width=10, right=True),
        state_column(t, 12),
    )
