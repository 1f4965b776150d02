"""The administrator's commands: serve, hand out device codes, shut devices out, see what the server holds."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from backbone_core.errors import BackboneError, RuleBroken
from backbone_server import cli_schemes
from backbone_server.cli_payments import SENTENCES as PAYMENT_SENTENCES
from backbone_server.cli_payments import add_commands as add_payments
from backbone_server.cli_place import parts_of, place_of, place_options
from backbone_server.cli_results import SENTENCES, add_commands

_SENTENCES = {
    "server.store_newer": "The database was made by a newer version of this program. Update the program.",
    "server.store_foreign": "The database holds tables that are not this program's. Give it a database of its own.",
    "server.key_unreadable": "The server's key file cannot be read. Put it back from the backup of the data folder.",
    "server.database_url": "The database address is not one of sqlite:///FILE or postgresql://….",
    "server.database_down": "The database does not answer, or the file is not a database. Is it running, is the "
    "address right?",
    "server.port_taken": "Another program uses port {port}. Choose another with --port.",
    "device.county": "A county is its six-digit code, for example 520625.",
    "device.number": "A device number is a capital letter and two digits, for example A01.",
    "device.number_taken": "Device number {number} has been given out in this county. Choose another.",
    "device.scope": "A scope is county or township:NAME.",
    "device.unknown": "There is no such device. `device list` shows all.",
    **SENTENCES,
    **PAYMENT_SENTENCES,
    **cli_schemes.SENTENCES,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """0 = done, 2 = refused (a sentence says why), 1 = something outside is not there."""
    options = _parser().parse_args(arguments)
    act: Callable[[argparse.Namespace], int | None] = options.act
    os.umask(0o077)  # what is made here is nobody else's on this machine
    try:
        return act(options) or 0
    except BackboneError as error:
        sentence = _SENTENCES.get(error.code, error.code).format_map(dict(error.facts))
        print(f"backbone-server: {sentence}", file=sys.stderr)
        return 2 if isinstance(error, RuleBroken) else 1


def _parser() -> argparse.ArgumentParser:
    place = place_options()
    parser = argparse.ArgumentParser(prog="backbone-server", description="The Backbone Project's central server")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = verbs.add_parser("serve", parents=[place], help="start the server")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8600, help="0 = any free one")
    serve.add_argument("--port-file", type=Path, default=None, metavar="FILE", help="write the port here when ready")
    serve.set_defaults(act=_serve)

    device = verbs.add_parser("device", help="devices that may exchange").add_subparsers(required=True, metavar="WHAT")
    code = device.add_parser("code", parents=[place], help="a one-time code that enrols one device")
    code.add_argument("--county", required=True, help="six-digit code")
    code.add_argument("--office", required=True)
    code.add_argument("--number", required=True, help="the device's number in receipt numbers, for example A01")
    code.add_argument("--scope", default="county", help="county, or township:NAME")
    code.add_argument("--days", type=int, default=7, help="how long the code can be used")
    code.add_argument("--json", action="store_true")
    code.set_defaults(act=_code)
    listing = device.add_parser("list", parents=[place], help="every device, revoked ones too")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(act=_list)
    revoke = device.add_parser("revoke", parents=[place], help="shut a device out from now on")
    revoke.add_argument("device", help="its id, or COUNTY/NUMBER")
    revoke.set_defaults(act=_revoke)

    add_commands(verbs, place)
    add_payments(verbs, place)
    cli_schemes.add_commands(verbs, place)
    summary = verbs.add_parser("summary", parents=[place], help="what the server holds, in numbers")
    summary.add_argument("--json", action="store_true")
    summary.set_defaults(act=_summary)
    return parser


def _serve(options: argparse.Namespace) -> None:
    from backbone_server.serve import Listening, serve

    serve(place_of(options), Listening(host=options.host, port=options.port, port_file=options.port_file))


def _code(options: argparse.Namespace) -> None:
    from backbone_server.devices import issue_code
    from backbone_server.scopes import Scope

    kind, _, township = options.scope.partition(":")
    if kind not in ("county", "township") or (kind == "township") != bool(township):
        raise RuleBroken("device.scope", "scope")
    parts = parts_of(options)
    scope = Scope(options.county, township)
    days = timedelta(days=max(1, options.days))
    code = issue_code(
        parts.store, scope, office=options.office, device_no=options.number, now=parts.now(), valid_for=days
    )
    ends = (parts.now() + days).isoformat(timespec="seconds")
    if options.json:
        answer = {"code": code, "county": options.county, "device_no": options.number, "scope": str(scope)}
        print(json.dumps({**answer, "expires": ends}, ensure_ascii=False))
        return
    print(code)
    print(f"for one device with number {options.number} of {options.office}, until {ends}", file=sys.stderr)


def _list(options: argparse.Namespace) -> None:
    from backbone_server.summary import summarise

    devices = summarise(parts_of(options).store)["devices"]
    if options.json:
        print(json.dumps(devices, ensure_ascii=False, indent=1))
        return
    for one in devices:
        state = f"revoked {one['revoked_at']}" if one["revoked_at"] else "active"
        print(one["device_id"], one["county"], one["device_no"], one["scope"], one["device_name"], state, sep="\t")


def _revoke(options: argparse.Namespace) -> None:
    from backbone_server.devices import list_devices, revoke

    parts = parts_of(options)
    county, _, number = options.device.partition("/")
    named = [one.device_id for one in list_devices(parts.store) if (one.county, one.device_no) == (county, number)]
    device = revoke(parts.store, named[0] if named else options.device, parts.now())
    print(f"{device.device_id} revoked")


def _summary(options: argparse.Namespace) -> None:
    from backbone_server.summary import summarise

    summary = summarise(parts_of(options).store)
    if options.json:
        print(json.dumps(summary, ensure_ascii=False, indent=1))
        return
    for county, holds in summary["counties"].items():
        for title in ("records", "changes", "claims_by_state", "open_reviews", "benefits"):
            for name, count in holds[title].items():
                print(county, title, name, count, sep="\t")
