"""`export LIST`: a list of the register as .xlsx, with a reason, narrowed and sorted as in the window."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from backbone_core.claim import ClaimState
from backbone_core.household import PovertyType
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.options import add_find, add_signing_in, looked_for, new_command
from backbone_desktop.services.listing_ports import Asked, ListName
from backbone_desktop.services.rows import SyncStatus
from backbone_desktop.words import Words

_FILTERS = ("township", "village", "poverty_type", "cover", "status", "state", "policy_year")


def add_to(commands: Any, t: Words) -> None:
    export = new_command(commands, "export", export_list, t("write a list of the register to an .xlsx file"))
    export.add_argument("list", metavar="LIST", choices=list(map(str, ListName)),
                        help=t("households, people or claims"))
    export.add_argument("--out", metavar="FILE.xlsx", required=True,
                        help=t("the file; one that is there stays as it is"))
    export.add_argument("--reason", metavar="TEXT", required=True,
                        help=t("what the list is needed for; it stands on the file and in the audit trail"))
    add_find(export, t("what the window's search field would find"), t)
    for name, values in (
        ("township", None), ("village", None), ("poverty_type", [str(one) for one in PovertyType]),
        ("cover", ["covered", "not_covered"]), ("status", [str(one) for one in SyncStatus]),
        ("state", [str(one) for one in ClaimState]), ("policy_year", None),
    ):
        export.add_argument("--" + name.replace("_", "-"), dest=name, metavar="VALUE", choices=values, default="",
                            help=t("only these") + (f": {', '.join(values)}" if values else ""))
    export.add_argument("--sort", metavar="NAME", default="",
                        help=t("by which column; a wrong name is told the right ones"))
    export.add_argument("--descending", action="store_true", help=t("the other way round"))
    export.add_argument("--by-village", action="store_true", help=t("by township and village, then as --sort says"))
    export.add_argument("--whole-numbers", action="store_true",
                        help=t("ID numbers whole, not masked; not every role may"))
    add_signing_in(export, t)


def export_list(call: Call) -> Answer:
    from backbone_desktop.services import list_export

    wanted, t = call.arguments, call.words
    narrowed = tuple((name, value) for name in _FILTERS if (value := getattr(wanted, name)))
    asked = Asked(name=ListName(wanted.list), typed=looked_for(call), narrowed=narrowed, sort=wanted.sort,
                  descending=wanted.descending, by_place=wanted.by_village)
    request = list_export.ExportRequest(asked=asked, reason=wanted.reason, whole_numbers=wanted.whole_numbers)
    target = Path(wanted.out)
    steps = list_export.export_list(call.sign_in(), request, t, lambda sheet: call.backend.list_file(target, sheet))
    count = 0
    with closing(steps):
        for done, _ in steps:
            count = done
    return Answer({"list": wanted.list, "count": count, "file": str(target), "whole_numbers": wanted.whole_numbers},
                  (t("{count} records are written to {file}.", count=count, file=target.name),))
