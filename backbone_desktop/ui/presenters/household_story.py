"""What a household's page tells beside its form: who was covered in which year, who left, and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_core.enrolment import EnrolmentStatus
from backbone_core.household import Listing
from backbone_core.household_act import ActKind
from backbone_desktop.services.household_act_words import former_words, listing_words
from backbone_desktop.ui.presenters.households import status_words
from backbone_desktop.ui.presenters.people import cover_line, reasons
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_core.household import Member
    from backbone_desktop.services.household_history import Told
    from backbone_desktop.services.registry import HouseholdView

ACTS = (ActKind.HEAD, ActKind.BIRTH, ActKind.DEATH, ActKind.MARRY_IN, ActKind.MARRY_OUT, ActKind.SPLIT, ActKind.MERGE,
        ActKind.MOVE, ActKind.LEAVE_LIST, ActKind.RETURN_TO_LIST)
"""In the order in which a clerk meets them."""


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One member in one policy year."""

    name: str
    relation: str
    covered: bool
    word: str
    detail: str


@dataclass(frozen=True, slots=True)
class CoverYear:
    title: str
    rows: tuple[CoverRow, ...]


@dataclass(frozen=True, slots=True)
class Happened:
    day: str
    text: str
    below: tuple[str, ...]
    weighty: bool
    undoable_act: str = ""
    """Id of an act that can be taken back."""


def cover_years(words: Words, view: HouseholdView, policy_year: int) -> tuple[CoverYear, ...]:
    """The office's policy year with everybody and why not, then every other year with those who were enrolled."""
    people = {one.member.id: one.member for one in (*view.members, *view.former)}
    covered, ended, not_covered = words("Covered"), words("Cover ended"), words("Not covered")
    now = [
        CoverRow(one.member.name, _relation(words, one.member), one.enrolment is not None,
                 covered if one.enrolment else not_covered,
                 cover_line(words, one.enrolment) if one.enrolment else reasons(words, one.why_not))
        for one in (*view.members, *view.former) if one in view.members or one.enrolment is not None
    ]
    years = [CoverYear(words("Policy year {year}", year=policy_year), tuple(now))] if now else []
    for year in sorted({one.policy_year for one in view.enrolments} - {policy_year}, reverse=True):
        rows = []
        for one in view.enrolments:
            if one.policy_year == year and one.member_id in people:
                stands = one.status is EnrolmentStatus.ENROLLED
                member = people[one.member_id]
                rows.append(CoverRow(member.name, _relation(words, member), stands, covered if stands else ended,
                                     cover_line(words, one)))
        years.append(CoverYear(words("Policy year {year}", year=year), tuple(rows)))
    return tuple(years)


def former_lines(words: Words, view: HouseholdView) -> tuple[tuple[str, str], ...]:
    """Who died or left: (name and relation, what and when)."""
    return tuple(former_words(words, one.member) for one in view.former)


def history(words: Words, told: tuple[Told, ...]) -> tuple[Happened, ...]:
    """The timeline: below each sentence its old → new, the reason, and who recorded it when."""
    acts = frozenset(ActKind)
    return tuple(
        Happened(one.on.isoformat(), one.text, (*one.more, *_foot(words, one)), one.act in acts,
                 one.act_id if one.undoable else "")
        for one in told
    )


def _foot(words: Words, one: Told) -> tuple[str, ...]:
    recorded = words("{by}, {when}", by=one.by, when=one.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"))
    return (words("Reason: {reason}", reason=one.reason), recorded) if one.reason else (recorded,)


def subtitle(words: Words, view: HouseholdView) -> str:
    """Where the household stands with the list and with the centre."""
    return " · ".join(part for part in (listing_words(words, view.household), status_words(words, view.status)) if part)


def offered_acts(words: Words, view: HouseholdView) -> tuple[tuple[str, str], ...]:
    """(kind, words) of the acts that fit the household as it stands."""
    unfit = ActKind.RETURN_TO_LIST if view.household.listing is Listing.LISTED else ActKind.LEAVE_LIST
    alone = len(view.members) < 2
    return tuple(
        (kind.value, words(f"act.{kind}")) for kind in ACTS
        if kind is not unfit and not (alone and kind in (ActKind.HEAD, ActKind.SPLIT))
    )


def _relation(words: Words, member: Member) -> str:
    return words(member.relation) if member.relation else "—"
