"""`handover`, `handover open|make|void`: lists of claims whose papers go on to the county or the insurer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backbone_desktop.cli.arguments import Arguments
from backbone_desktop.cli.call import Answer, Call, yuan
from backbone_desktop.cli.options import add_signing_in, new_command
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.handover_ports import Handover, HandoverRow, Leg


def add_to(commands: Any, t: Words) -> None:
    listed = new_command(commands, "handover", list_handovers,
                         t("lists of claims whose papers were handed over; the newest first"))
    acts = listed.add_subparsers(metavar="ACT", parser_class=Arguments)
    waiting = new_command(acts, "open", list_open, t("claims that may go on and are on no list yet"))
    make = new_command(acts, "make", make_list, t("make a list of claims, to be printed and signed"))
    void = new_command(acts, "void", void_list, t("take a list back that was made by mistake"))
    make.add_argument("receipts", metavar="RECEIPT", nargs="*", help=t("receipt numbers of the claims"))
    make.add_argument("--all", action="store_true", help=t("every claim that is open"))
    make.add_argument("--receiver", metavar="NAME", default="", help=t("the office that takes the papers"))
    make.add_argument("--again", action="store_true", help=t("also claims that are on another list"))
    void.add_argument("number", metavar="NUMBER", help=t("the list's number"))
    for parser in (waiting, make):
        parser.add_argument("--to", choices=("county", "insurer"),
                            help=t("where the papers go; a township's to the county, a county's to the insurer"))
    for parser in (listed, waiting, make, void):
        add_signing_in(parser, t)


def list_handovers(call: Call) -> Answer:
    from backbone_desktop.services.handovers import handovers

    t, rows = call.words, handovers(call.sign_in())
    lines = [t("{number}  {at}  {n} claims  {leg_code}", number=row.number, at=row.made_at, n=row.claims,
               leg_code=f"handover_leg.{row.leg}") + (f"  {t('the list is void')}" if row.void else "") for row in rows]
    return Answer({"lists": [
        {"handover_id": row.id, "number": row.number, "to": _to(row.leg), "claims": row.claims, "void": row.void,
         "made_at": row.made_at.astimezone(CHINA).isoformat(), "made_by": row.made_by, "receiver": row.receiver}
        for row in rows]}, tuple(lines or [t("No list was made yet.")]))


def list_open(call: Call) -> Answer:
    from backbone_desktop.services.handovers import open_for_handover

    t, rows = call.words, open_for_handover(call.sign_in(), _leg(call))
    lines = [t("{n} claims wait to be handed over.", n=len(rows)), *(_line(row) for row in rows)]
    return Answer({"claims": [_claim(row) for row in rows]}, tuple(lines))


def make_list(call: Call) -> Answer:
    from backbone_desktop.services.handovers import claims_of_receipts, make_handover, open_for_handover

    asked, desk, leg = call.arguments, call.sign_in(), _leg(call)
    if asked.all:
        claims = tuple(row.claim_id for row in open_for_handover(desk, leg))
    else:
        claims = claims_of_receipts(desk, asked.receipts)
    made = make_handover(desk, claims, leg=leg, receiver=asked.receiver, again=asked.again)
    lines = [call.words("Handover list {number} is made, {n} claims.", number=made.number, n=len(made.rows)),
             *(_line(row) for row in made.rows)]
    return Answer(_made(made), tuple(lines))


def void_list(call: Call) -> Answer:
    from backbone_desktop.services.handovers import handover_by_number, void_handover

    desk = call.sign_in()
    made = handover_by_number(desk, call.arguments.number)
    void_handover(desk, made.id)
    return Answer({"number": made.number, "void": True}, (
        call.words("Handover list {number} is void; its claims wait again.", number=made.number),))


def _leg(call: Call) -> Leg | None:
    from backbone_desktop.services.handover_ports import Leg

    return Leg(f"to_{call.arguments.to}") if call.arguments.to else None


def _to(leg: Leg) -> str:
    return leg.value.removeprefix("to_")


def _line(row: HandoverRow) -> str:
    return f"  {row.receipt_no}  {row.patient}  {row.village}  {yuan(row.total)}"


def _made(made: Handover) -> dict[str, Any]:
    return {"handover_id": made.id, "number": made.number, "to": _to(made.leg), "giver": made.giver,
            "receiver": made.receiver, "claims": [_claim(row) for row in made.rows]}


def _claim(row: HandoverRow) -> dict[str, Any]:
    return {"claim_id": row.claim_id, "receipt_no": row.receipt_no, "name": row.patient,
            "household_no": row.household_no, "village": row.village, "total": yuan(row.total),
            "benefit": None if row.benefit is None else yuan(row.benefit), "papers": row.papers,
            "earlier": row.earlier}
