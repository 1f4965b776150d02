"""Who the patient is and whether they are covered, in the few lines under the field that finds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from backbone_core.money import format_amount
from backbone_desktop.ui.presenters import choices
from backbone_desktop.ui.presenters.claims import state_words, stay_line
from backbone_desktop.ui.presenters.people import cover_line, place_line, reasons, told_by_number
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.claims import Coverage
    from backbone_desktop.services.rows import ClaimRow

MOST_EARLIER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverShown:
    """`person` and `home` say who it is, `cover` whether they are covered, `earlier` what came before this claim."""

    person: str
    home: str
    covered: bool
    cover: str
    earlier: tuple[str, ...]


def show_cover(words: Words, coverage: Coverage, year: int, *, today: date, counties: Mapping[str, str],
               but: str = "") -> CoverShown:
    """`but` is the claim on the form, which is not an earlier one."""
    member, household = coverage.member, coverage.household
    relation = choices.said(choices.relations(words), member.relation)
    others = tuple(row for row in coverage.claims if row.id != but)
    if coverage.enrolment is not None:
        cover = words("Covered in {year}", year=year) + " · " + cover_line(words, coverage.enrolment)
    else:
        cover = words("Not covered in {year}", year=year) + " · " + reasons(words, coverage.why_not)
    return CoverShown(
        person=f"{relation} · {told_by_number(words, coverage.person, today, counties)}",
        home=f"{household.household_no} · {place_line(household.township, household.village, household.group)}",
        covered=coverage.enrolment is not None, cover=cover,
        earlier=_earlier(words, others, coverage.paid),
    )


def _earlier(words: Words, rows: tuple[ClaimRow, ...], paid: int) -> tuple[str, ...]:
    if not rows:
        return (words("No other claim this policy year"),)
    head = words("1 other claim this policy year, {paid} yuan worked out", paid_fen=paid) if len(rows) == 1 else words(
        "{n} other claims this policy year, {paid} yuan worked out", n=len(rows), paid_fen=paid)
    lines = [
        "　".join(part for part in (
            stay_line(row), row.hospital, state_words(words, row.state),
            format_amount(row.benefit) if row.benefit is not None else "",
        ) if part)
        for row in rows[:MOST_EARLIER]
    ]
    return (head, *lines)
