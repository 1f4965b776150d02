"""The administrator's commands for the schemes by which the server works benefits out anew."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from backbone_core.errors import RuleBroken, Unavailable
from backbone_server.cli_place import parts_of
from backbone_server.cli_results import own_name

SENTENCES = {
    "scheme.draft": "The scheme is a draft. Only a scheme that the county approved (status approved) is taken in.",
    "scheme.exists": "Version {version} of {scheme_id} is here already, and says something else. A changed scheme is a "
    "new version.",
    "scheme.no_file": "The file is not there, or cannot be read.",
    "scheme.wrong": "The file is no sound scheme: {places}. `backbone-desktop scheme check FILE` says what is wrong.",
}


def add_commands(verbs: Any, place: argparse.ArgumentParser) -> None:
    what = verbs.add_parser("scheme", help="the counties' schemes").add_subparsers(required=True, metavar="WHAT")
    take = what.add_parser("import", parents=[place], help="take a scheme in and work out anew what was claimed by it")
    take.add_argument("file", type=Path, help="the scheme as JSON")
    take.add_argument("--by", default="", help="who does this (default: this machine's account)")
    take.set_defaults(act=_import)
    listed = what.add_parser("list", parents=[place], help="every version that is known here")
    listed.add_argument("--county", default="", help="of one county; six-digit code")
    listed.set_defaults(act=_list)
    for parser in (take, listed):
        parser.add_argument("--json", action="store_true")


def _import(options: argparse.Namespace) -> None:
    from backbone_server.schemes import import_scheme

    try:
        text = options.file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Unavailable("scheme.no_file") from None
    parts = parts_of(options)
    try:
        taken = import_scheme(parts.store, text, by=options.by or own_name(), now=parts.now())
    except RuleBroken as broken:
        if broken.code in SENTENCES:
            raise
        places = ", ".join(found.field or found.code for found in broken.findings)
        raise RuleBroken("scheme.wrong", places=places) from None
    scheme = taken.scheme
    answer = {"county": scheme.county, "scheme_id": scheme.scheme_id, "version": scheme.version,
              "policy_year": scheme.policy_year, "digest": taken.digest, "recomputed": taken.recomputed,
              "differing": taken.differing}
    if options.json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    print(f"{scheme.scheme_id} version {scheme.version} is known for county {scheme.county}, {scheme.policy_year}")
    print(f"{taken.recomputed} claims worked out anew, {taken.differing} came to something else")


def _list(options: argparse.Namespace) -> None:
    from backbone_server.schemes import known_schemes

    with parts_of(options).store.reading() as connection:
        known = known_schemes(connection, options.county)
    rows = [{"county": one.scheme.county, "policy_year": one.scheme.policy_year, "scheme_id": one.scheme.scheme_id,
             "version": one.scheme.version, "status": str(one.scheme.status), "digest": one.digest,
             "brought_at": one.brought_at.isoformat(timespec="seconds"), "brought_by": one.brought_by}
            for one in known]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        print(*row.values(), sep="\t")
