"""The columns of the list of pairs, and of two records side by side."""

from __future__ import annotations

from collections.abc import Callable

from backbone_desktop.services.duplicate_words import reasons_line
from backbone_desktop.services.duplicates import PairRow
from backbone_desktop.ui.models.keyset_model import Column, Mark
from backbone_desktop.ui.presenters.duplicates import ONE, OTHER, Choice, home_line, who_line
from backbone_desktop.ui.theme import Meaning
from backbone_desktop.words import Words

_CHOSEN, _LEFT_OUT = Mark(Meaning.DONE, "circle-check"), Mark(Meaning.NONE, "circle")


def pair_columns(t: Words) -> tuple[Column[PairRow], ...]:
    return (
        Column(title=t("Why"), text=lambda row: reasons_line(t, row.reasons),
               tip=lambda row: reasons_line(t, row.reasons)),
        Column(title=t("Record A"), text=lambda row: who_line(row, ONE), width=27),
        Column(title=t("Lives in"), text=lambda row: home_line(row, ONE), width=24, quiet=True,
               tip=lambda row: home_line(row, ONE)),
        Column(title=t("Record B"), text=lambda row: who_line(row, OTHER), width=27),
        Column(title=t("Lives in"), text=lambda row: home_line(row, OTHER), width=24, quiet=True,
               tip=lambda row: home_line(row, OTHER)),
    )


def choice_columns(t: Words) -> tuple[Column[Choice], ...]:
    return (
        Column(title=t("Field"), text=lambda row: row.line.title, width=16, quiet=True),
        Column(title=t("Record A"), text=lambda row: row.line.one, mark=_mark(ONE), tip=lambda row: row.line.one),
        Column(title=t("Record B"), text=lambda row: row.line.other, mark=_mark(OTHER),
               tip=lambda row: row.line.other),
        Column(title=t("Compared"), text=lambda row: t("Different") if row.line.differs else t("The same"), width=13,
               mark=lambda row: Mark(Meaning.ATTENTION) if row.line.differs else None),
    )


def _mark(side: str) -> Callable[[Choice], Mark | None]:
    """Both say the same: no mark, there is nothing to choose."""
    return lambda row: None if not row.side else _CHOSEN if row.side == side else _LEFT_OUT
