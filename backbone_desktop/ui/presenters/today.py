"""What the Today page shows: four figures, what was left unfinished, and what came in last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from backbone_core.money import format_amount
from backbone_desktop.ui.presenters.status import moment
from backbone_desktop.ui.presenters.untold import untold_words
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.rows import ClaimRow, KeptDraft
    from backbone_desktop.services.today import TodayView

MOST_UNFINISHED = 4
WAITING_PAPERS = "waiting_papers"


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the 20-pt figures; a click leads to `page`. `meaning` is a name of the theme's meanings or ""."""

    key: str
    name: str
    figure: str
    meaning: str
    page: str
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A form to go on with, or families to be told; `tip` "" is that of a form."""

    title: str
    detail: str
    when: str
    page: str
    arguments: Mapping[str, str]
    tip: str = ""


def day_line(words: Words, now: datetime, policy_year: int) -> str:
    there = now.astimezone(CHINA)
    names = (words("Monday"), words("Tuesday"), words("Wednesday"), words("Thursday"), words("Friday"),
             words("Saturday"), words("Sunday"))
    year = words("policy year {year}", year=policy_year)
    return f"{there.date().isoformat()} {names[there.weekday()]} · {year}"


def figures(words: Words, view: TodayView) -> tuple[Figure, ...]:
    returned = view.refused + view.reviews
    return (
        Figure("received", words("Taken in today"), f"{view.received_today:,}", "", "claims"),
        Figure("papers", words("Waiting for papers"), f"{view.waiting_papers:,}",
               "attention" if view.waiting_papers else "", "claims", {"state": WAITING_PAPERS}),
        Figure("waiting", words("Waiting to be sent"), f"{view.waiting_changes:,}",
               "waiting" if view.waiting_changes else "", "exchange"),
        *_piles(words, view),
        Figure("returned", words("Returned by the centre"), f"{returned:,}", "refused" if returned else "", "exchange"),
    )


def _piles(words: Words, view: TodayView) -> Iterator[Figure]:
    """What this account may check, and what has stuck."""
    for pile, meaning in (("to_check", "waiting"), ("over_limit", "attention"), ("payment_failed", "attention")):
        if (count := view.piles.get(pile)) is not None:
            yield Figure(pile, words(f"claim_pile.{pile}"), f"{count:,}", meaning if count else "", "claims",
                         {"pile": pile})


def month_line(words: Words, view: TodayView) -> str:
    return words("{n} taken in this month", n=f"{view.received_this_month:,}")


def to_tell(words: Words, view: TodayView) -> tuple[Unfinished, ...]:
    """Families whom nobody told yet what was decided or paid; leads to where their notices are printed in one go."""
    waiting = untold_words(words, view.untold)
    return tuple(Unfinished(title, detail, "", "print", {"form": form, "fresh": "yes"}, words("Print these notices"))
                 for form, (title, detail) in waiting.items())


def unfinished(words: Words, view: TodayView, now: datetime) -> tuple[Unfinished, ...]:
    """The youngest forms that were begun and neither registered nor dropped."""
    youngest = sorted(view.unfinished, key=lambda draft: draft.kept_at, reverse=True)
    return tuple(_unfinished(words, draft, now) for draft in youngest[:MOST_UNFINISHED])


def _unfinished(words: Words, draft: KeptDraft, now: datetime) -> Unfinished:
    when = moment(draft.kept_at, now)
    if draft.form == "claim":
        title = words("New claim") if not draft.key else words("Claim")
        return Unfinished(title, _claim_detail(words, draft.payload), when, "claim", {"claim_id": draft.key})
    if draft.form == "household_act":
        household_id, _, kind = draft.key.partition("/")
        detail = " · ".join(part for part in (str(draft.payload.get(name) or "") for name in ("happened_on", "reason"))
                            if part) or words("nothing typed yet")
        return Unfinished(words(f"act.{kind}"), detail, when, "household_act",
                          {"household_id": household_id, "act": kind})
    title = words("New household") if not draft.key else words("Household")
    return Unfinished(title, _household_detail(words, draft.payload), when, "household", {"household_id": draft.key})


def _household_detail(words: Words, payload: Mapping[str, Any]) -> str:
    members = payload.get("members") or ()
    head = next((str(one.get("name") or "") for one in members), "")
    parts = [head, str(payload.get("village") or ""), str(payload.get("household_no") or "")]
    return " · ".join(part for part in parts if part) or words("nothing typed yet")


def _claim_detail(words: Words, payload: Mapping[str, Any]) -> str:
    parts = [str(payload.get(name) or "") for name in ("hospital", "admitted", "diagnosis")]
    return " · ".join(part for part in parts if part) or words("nothing typed yet")


def amount(row: ClaimRow) -> str:
    return format_amount(row.benefit) if row.benefit is not None else ""


def taken_in(row: ClaimRow, now: datetime) -> str:
    return moment(row.changed_at, now)
