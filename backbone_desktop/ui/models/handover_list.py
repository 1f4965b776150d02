"""The columns of claims that wait to be handed on, and of the lists that were made."""

from __future__ import annotations

from collections.abc import Callable

from backbone_core.money import format_amount
from backbone_desktop.services.handover_ports import HandoverNote
from backbone_desktop.ui.models.keyset_model import Column, Mark
from backbone_desktop.ui.presenters.handover import Waiting, remark_line, stay_line
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

_CHOSEN, _LEFT_OUT = Mark(Meaning.DONE, "circle-check"), Mark(Meaning.NONE, "circle")
_STANDS, _VOID = Mark(Meaning.DONE), Mark(Meaning.NONE)


def waiting_columns(t: Words, is_chosen: Callable[[Waiting], bool]) -> tuple[Column[Waiting], ...]:
    return (
        Column(title=t("Receipt no."), text=lambda one: one.row.receipt_no, width=28,
               mark=lambda one: _CHOSEN if is_chosen(one) else _LEFT_OUT, sort=lambda one: one.row.receipt_no),
        Column(title=t("Patient"), text=lambda one: one.row.patient or "—", width=12),
        Column(title=t("Village"), text=lambda one: one.row.village, tip=lambda one: one.row.village,
               sort=lambda one: one.row.village),
        Column(title=t("Stay"), text=lambda one: stay_line(one.row), width=19, sort=lambda one: one.row.admitted),
        Column(title=t("Total"), text=lambda one: format_amount(one.row.total), width=13, right=True,
               sort=lambda one: one.row.total),
        Column(title=t("Papers"), text=lambda one: str(one.row.papers), width=8, right=True),
        Column(title=t("Remarks"), text=lambda one: remark_line(t, one.row), width=30, quiet=True,
               tip=lambda one: remark_line(t, one.row)),
    )


def list_columns(t: Words) -> tuple[Column[HandoverNote], ...]:
    return (
        Column(title=t("List no."), text=lambda one: one.number, width=26, sort=lambda one: one.number),
        Column(title=t("Made"), text=lambda one: f"{one.made_at.astimezone(CHINA):%Y-%m-%d %H:%M}", width=18,
               sort=lambda one: one.made_at),
        Column(title=t("Made by"), text=lambda one: one.made_by, width=12),
        Column(title=t("Way"), text=lambda one: t(f"handover_leg.{one.leg}"), width=20),
        Column(title=t("Taken over by"), text=lambda one: one.receiver or "—", tip=lambda one: one.receiver),
        Column(title=t("Number of claims"), text=lambda one: str(one.claims), width=8, right=True,
               sort=lambda one: one.claims),
        Column(title=t("State"), text=lambda one: t("Voided") if one.void else t("In force"), width=10,
               mark=lambda one: _VOID if one.void else _STANDS),
    )
