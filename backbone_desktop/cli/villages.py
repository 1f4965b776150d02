"""`villages`: every village with what its lists would hold, and the keys by which `print` knows these lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from backbone_core.dates import read_date
from backbone_core.errors import RuleBroken
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.options import add_signing_in, new_command
from backbone_desktop.words import Words


def add_to(commands: Any, t: Words) -> None:
    parser = new_command(commands, "villages", list_villages,
                         t("villages with the keys of their publicity lists and renewal rosters"))
    parser.add_argument("--list", choices=("covered", "paid", "renewal"), default="covered",
                        help=t("which list: who is covered, what was paid, or the renewal roster"))
    parser.add_argument("--township", metavar="NAME", default="", help=t("of one township"))
    parser.add_argument("--year", metavar="YYYY", type=int, help=t("the policy year; the office's own by itself"))
    parser.add_argument("--first", metavar="DAY", help=t("from when a list hangs; today by itself"))
    parser.add_argument("--last", metavar="DAY", help=t("until when it hangs; seven working days by itself"))
    parser.add_argument("--paid-from", metavar="DAY", help=t("payments from this day on alone"))
    parser.add_argument("--paid-to", metavar="DAY", help=t("payments up to this day alone"))
    add_signing_in(parser, t)


def list_villages(call: Call) -> Answer:
    from backbone_desktop.services.village_papers import VillagesAsked, village_papers
    from backbone_desktop.services.villages import VillageList

    asked, t = call.arguments, call.words
    first, last, *paid = (read_date(day) if day else None
                          for day in (asked.first, asked.last, asked.paid_from, asked.paid_to))
    kind = VillageList(asked.list)
    found = village_papers(call.sign_in(), VillagesAsked(
        kind=kind, policy_year=asked.year, township=asked.township, first=first, last=last, paid=_period(*paid)))
    lines = [t("{key}  {households} households, {listed} on the list", key=one.id, households=one.households,
               listed=one.listed) for one in found]
    return Answer({"form": str(kind.form), "villages": [
        {"key": one.id, "township": one.township, "village": one.village, "households": one.households,
         "listed": one.listed} for one in found]}, tuple(lines or [t("No village has such a list.")]))


def _period(first: date | None, last: date | None) -> tuple[date, date] | None:
    """One end alone is no period."""
    if (first is None) is not (last is None):
        raise RuleBroken("village.days", "paid")
    return None if first is None or last is None else (first, last)
