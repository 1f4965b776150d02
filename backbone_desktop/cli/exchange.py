"""`enrol` and `sync`: making the device known to the centre, and exchanging with it."""

from __future__ import annotations

from typing import Any

from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.options import add_signing_in, new_command
from backbone_desktop.services.rows import ExchangeNote
from backbone_desktop.words import Words


def add_to(commands: Any, t: Words) -> None:
    enrol = new_command(commands, "enrol", enrol_device, t("make this device known to the central server"))
    enrol.add_argument("--server", metavar="URL", required=True, help=t("the central server's address"))
    enrol.add_argument("--code", metavar="CODE", required=True, help=t("the one-time code that the centre gave"))
    sync = new_command(commands, "sync", exchange_now, t("send what waits and fetch what is new"))
    sync.add_argument("--server", metavar="URL", default="", help=t("the central server's address, if it has moved"))
    for parser in (enrol, sync):
        add_signing_in(parser, t)


def enrol_device(call: Call) -> Answer:
    desk = call.sign_in()
    state = call.backend.enrol(desk, call.arguments.server, call.arguments.code)
    return Answer({"device_id": state.device_id, "server_id": state.server_id, "server": state.server_url,
                   "scope": state.scope},
                  (call.words("This device is known to the centre from now on ({scope}).", scope=state.scope),))


def exchange_now(call: Call) -> Answer:
    desk = call.sign_in()
    note = call.backend.exchange(desk, lambda _done, _of: None, lambda: False, server_url=call.arguments.server)
    with desk.read() as work:
        state = work.sync.state()
    t = call.words
    refused = [{"seq": row.seq, "kind": row.kind, "label": row.label, "outcome": row.outcome, "code": row.code,
                "message": t(row.code) if row.code else ""} for row in state.refused]
    lines = [
        t(note.code),
        t("Sent {sent}, taken {applied}, merged {merged}, put aside {conflicts}, refused {rejected}; "
          "fetched {fetched}; still waiting {waiting}.", **_counts(note), waiting=state.waiting),
    ]
    lines += [f"  {row['label']}: {row['message']}" for row in refused]
    return Answer({**_counts(note), "code": note.code, "waiting": state.waiting, "refused_changes": refused,
                   "reviews": state.reviews}, tuple(lines))


def _counts(note: ExchangeNote) -> dict[str, int]:
    return {name: getattr(note, name) for name in ("sent", "applied", "merged", "conflicts", "rejected", "fetched")}
