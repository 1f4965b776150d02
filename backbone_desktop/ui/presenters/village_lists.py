"""What the page of village lists shows: which villages have a list, for how many working days, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backbone_core.dates import working_days
from backbone_desktop.services.forms import PAPERS
from backbone_desktop.services.village_papers import VillagePaper, VillagesAsked
from backbone_desktop.services.villages import VillageList
from backbone_desktop.ui.presenters.paper import Wish
from backbone_desktop.ui.presenters.print_batch import Run
from backbone_desktop.words import Words

FEWEST_DAYS = 5
"""Working days below which a publicity list is remarked upon: counties ask for five to seven."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The page's fields as they stand; a day that cannot be read is None."""

    kind: VillageList
    search: str
    first: date | None
    last: date | None
    paid_first: date | None
    paid_last: date | None

    def asked(self) -> VillagesAsked:
        """One end of a period alone is its other end too: somebody is still typing, or means that day."""
        since, until = self.paid_first or self.paid_last, self.paid_last or self.paid_first
        paid = (since, until) if self.kind is VillageList.PAID and since and until else None
        return VillagesAsked(kind=self.kind, typed=self.search, first=self.first, last=self.last, paid=paid)



def kind_words(words: Words, kind: VillageList) -> str:
    """A list's name where it stands alone, not in a sentence."""
    name = words(f"village_list.{kind}")
    return name[:1].upper() + name[1:]


def days_line(t: Words, typed: Typed) -> str:
    """How long the lists hang."""
    if typed.first is None or typed.last is None or typed.last < typed.first:
        return ""
    n = working_days(typed.first, typed.last)
    said = t("1 working day") if n == 1 else t("{n} working days", n=n)
    return f"{said} · {t('legal holidays are not left out')}" if n >= FEWEST_DAYS else f"{said} · {t('fewer than 5')}"


def count_line(t: Words, rows: Sequence[VillagePaper], kind: VillageList) -> str:
    listed = sum(one.listed for one in rows)
    villages = t("1 village") if len(rows) == 1 else t("{n} villages", n=len(rows))
    return f"{villages} · {t('{n} payments', n=listed) if kind is VillageList.PAID else t('{n} people', n=listed)}"


def run_of_all(rows: Sequence[VillagePaper], kind: VillageList) -> Run:
    return Run(Wish(kind.form, "", PAPERS[kind.form][0]), tuple(one.id for one in rows))
