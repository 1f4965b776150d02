"""The lists of many villages at once: which villages have one, under which key, and how much stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backbone_desktop.services.ports import Desk
from backbone_desktop.services.village_ports import VillageCount
from backbone_desktop.services.villages import (
    VillageKey,
    VillageList,
    number_on,
    publicity_key,
    renewal_key,
    villages,
    with_something_on,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VillagesAsked:
    """Which list, and for which days; what is None takes its usual value (`VillageKey.whole`). `typed` is a part of a
    township's or village's name."""

    kind: VillageList = VillageList.COVERED
    policy_year: int | None = None
    township: str = ""
    typed: str = ""
    first: date | None = None
    last: date | None = None
    paid: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class VillagePaper:
    """A village's list. `id` is the form's subject; `listed` are people, or of the paid list payments."""

    id: str
    kind: VillageList
    township: str
    village: str
    households: int
    listed: int

    @property
    def place(self) -> str:
        return self.township + self.village


def village_papers(desk: Desk, asked: VillagesAsked) -> tuple[VillagePaper, ...]:
    """Villages whose list is not empty, as their names are read. Where payments are narrowed to days, `listed` still
    counts those of the whole policy year.

    Raises RuleBroken account.not_allowed, village.days (field `last` or `paid`).
    """
    with desk.read() as work:
        year = asked.policy_year or work.office.profile().policy_year
    found = villages(desk, township=asked.township, policy_year=year)
    return tuple(
        VillagePaper(str(_key(desk, asked, one, year)), asked.kind, one.township, one.village, one.households,
                     number_on(asked.kind, one))
        for one in with_something_on(asked.kind, found) if asked.typed.strip() in one.township + one.village)


def _key(desk: Desk, asked: VillagesAsked, one: VillageCount, policy_year: int) -> VillageKey:
    if asked.kind is VillageList.RENEWAL:
        return renewal_key(desk, one.township, one.village, policy_year=policy_year)
    return publicity_key(desk, one.township, one.village, asked.kind, policy_year=policy_year, first=asked.first,
                         last=asked.last, paid=asked.paid)
