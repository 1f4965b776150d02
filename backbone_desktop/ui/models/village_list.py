"""The columns of villages that have a list."""

from __future__ import annotations

from backbone_desktop.services.village_papers import VillagePaper
from backbone_desktop.ui.models.keyset_model import Column
from backbone_desktop.words import Words


def village_columns(t: Words) -> tuple[Column[VillagePaper], ...]:
    return (
        Column(title=t("Township"), text=lambda one: one.township, width=24, tip=lambda one: one.township),
        Column(title=t("Village"), text=lambda one: one.village, tip=lambda one: one.village),
        Column(title=t("Number of households"), text=lambda one: f"{one.households:,}", width=19, right=True,
               sort=lambda one: one.households),
        Column(title=t("On the list"), text=lambda one: f"{one.listed:,}", width=14, right=True,
               sort=lambda one: one.listed),
    )
