"""`villages`: every village with what its lists would hold, and the keys by which `print` knows these lists."""

from __future__ import annotations

from typing import Any

from backbone_core.dates import read_date
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
    add_signing_in(parser, t)


def list_villages(call: Call) -> Answer:
    from backbone_desktop.services.villages import (
        VillageList,
        publicity_key,
        renewal_key,
        villages,
        with_something_on,
    )

    asked, t = call.arguments, call.words
    first, last = (read_date(day) if day else None for day in (asked.first, asked.last))
    desk, kind = call.sign_in(), VillageList(asked.list)
    found = with_something_on(kind, villages(desk, township=asked.township, policy_year=asked.year))
    rows, lines = [], []
    for one in found:
        if kind is VillageList.RENEWAL:
            key = renewal_key(desk, one.township, one.village, policy_year=asked.year)
        else:
            key = publicity_key(desk, one.township, one.village, kind, policy_year=asked.year, first=first, last=last)
        rows.append({"key": str(key), "township": one.township, "village": one.village, "households": one.households,
                     "people": one.people, "covered": one.covered, "paid": one.paid})
        lines.append(t("{key}  {households} households, {people} people, {covered} covered, {paid} payments",
                       key=str(key), households=one.households, people=one.people, covered=one.covered, paid=one.paid))
    return Answer({"form": str(kind.form), "villages": rows}, tuple(lines or [t("No village has such a list.")]))
