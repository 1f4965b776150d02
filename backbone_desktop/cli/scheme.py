"""`scheme add FILE`: gives the office its county's rules for a policy year."""

from __future__ import annotations

from typing import Any

from backbone_desktop.cli.call import Answer, Call, read_text
from backbone_desktop.cli.options import add_signing_in, new_command, new_group
from backbone_desktop.words import Words


def add_to(commands: Any, t: Words) -> None:
    group = new_group(commands, "scheme", t("the county's schemes"))
    add = new_command(group, "add", add_scheme, t("take a scheme file in"))
    add.add_argument("file", metavar="FILE", help=t("the scheme as JSON"))
    add_signing_in(add, t)


def add_scheme(call: Call) -> Answer:
    from backbone_desktop.services.office import import_scheme

    text = read_text(call.arguments.file, "file")
    scheme = import_scheme(call.sign_in(), text)
    return Answer({"scheme_id": scheme.scheme_id, "version": scheme.version, "policy_year": scheme.policy_year},
                  (call.words("Scheme {scheme}, version {version}, is taken in for policy year {year}.",
                              scheme=scheme.scheme_id, version=scheme.version, year=scheme.policy_year),))
