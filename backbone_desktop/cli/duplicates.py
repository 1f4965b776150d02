"""`duplicates`, `duplicates show|merge|different|history`: records that may be one person's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from backbone_core.errors import RuleBroken
from backbone_core.identity import mask_id_no
from backbone_desktop.cli.arguments import Arguments
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.options import add_signing_in, new_command
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.duplicate_ports import PersonRow
    from backbone_desktop.services.duplicates import PairRow
    from backbone_desktop.services.merging import Part, Side

SHOWN = 200
"""Pairs that are written out for a person; --json tells all."""


def add_to(commands: Any, t: Words) -> None:
    listed = new_command(commands, "duplicates", list_pairs,
                         t("search the whole register for records that may be one person's"))
    acts = listed.add_subparsers(metavar="ACT", parser_class=Arguments)
    show = new_command(acts, "show", show_pair, t("compare two records field by field"))
    merge = new_command(acts, "merge", merge_pair, t("make one record of two; the first one stays"))
    apart = new_command(acts, "different", tell_apart, t("say for good that two records are different people's"))
    back = new_command(acts, "undo-different", take_back, t("they may be one person after all"))
    past = new_command(acts, "history", show_history, t("what was done with a record and with those merged into it"))
    for parser in (show, merge, apart, back):
        parser.add_argument("one", metavar="A", help=t("a member's id"))
        parser.add_argument("other", metavar="B", help=t("the other member's id"))
    past.add_argument("one", metavar="A", help=t("a member's id"))
    merge.add_argument("--keep", metavar="FIELD=A|B", action="append", default=[],
                       help=t("whose value stays: name, id_no, place, ethnic, phone, account, disability; A by itself"))
    for parser in (listed, show, merge, apart, back, past):
        add_signing_in(parser, t)


def list_pairs(call: Call) -> Answer:
    from backbone_desktop.services.duplicate_words import person_line, reasons_line
    from backbone_desktop.services.duplicates import find_duplicates, pair_rows

    t, desk = call.words, call.sign_in()
    rows = pair_rows(desk, find_duplicates(desk))
    lines = [t("{n} pairs of records may be one person's.", n=len(rows))] if rows else [
        t("No double records were found.")]
    for row in rows[:SHOWN]:
        lines += [reasons_line(t, row.reasons), f"  A  {row.one.id}  {person_line(t, row.one)}",
                  f"  B  {row.other.id}  {person_line(t, row.other)}"]
    if len(rows) > SHOWN:
        lines.append(t("… and {n} more pairs; --json tells all", n=len(rows) - SHOWN))
    return Answer({"pairs": [_pair(row) for row in rows]}, tuple(lines))


def show_pair(call: Call) -> Answer:
    from backbone_desktop.services.duplicate_words import part_lines, reasons_line
    from backbone_desktop.services.merging import open_pair

    t, desk = call.words, call.sign_in()
    view = open_pair(desk, call.arguments.one, call.arguments.other)
    parts = part_lines(t, view)
    lines = [reasons_line(t, view.reasons) or t("Nothing looks alike.")]
    lines += [f"{'≠' if one.differs else '='} {one.title}  A: {one.one}  B: {one.other}" for one in parts]
    for side, of in (("A", view.one), ("B", view.other)):
        lines.append(t("{side}: {years} years of cover, {claims} claims", side=side, years=len(of.enrolments),
                       claims=of.claims))
    return Answer({
        "reasons": [str(reason) for reason in view.reasons],
        "different_people": view.decided is not None and view.decided.different, "keep": view.kept_id,
        "fields": [{"field": str(one.part), "a": one.one, "b": one.other, "differs": one.differs} for one in parts],
        "a": _side(view.one), "b": _side(view.other),
    }, tuple(lines))


def merge_pair(call: Call) -> Answer:
    from backbone_desktop.services.merging import merge_people

    t, from_lost = call.words, tuple(_from_other(call))
    desk = call.sign_in()
    made = merge_people(desk, call.arguments.one, call.arguments.other, from_lost)
    lines = [t("The two records are one now: {name}, household {number}.", name=made.member.name,
               number=made.household.household_no)]
    if made.closed:
        lines.append(t("Household {number} is closed: nobody lives in it any more.", number=made.closed))
    lines += [t("Please look again: {warning}", warning=t.finding(found)) for found in made.warnings]
    return Answer({"member_id": made.member.id, "merged_id": call.arguments.other, "name": made.member.name,
                   "id_no": mask_id_no(made.member.id_no), "household_no": made.household.household_no,
                   "closed_household_no": made.closed, "warnings": call.findings(made.warnings)}, tuple(lines))


def tell_apart(call: Call) -> Answer:
    from backbone_desktop.services import duplicates

    duplicates.tell_apart(call.sign_in(), call.arguments.one, call.arguments.other)
    said = call.words("They are different people; they will not be asked about again.")
    return Answer({"different_people": True}, (said,))


def take_back(call: Call) -> Answer:
    from backbone_desktop.services import duplicates

    duplicates.take_back(call.sign_in(), call.arguments.one, call.arguments.other)
    return Answer({"different_people": False}, (call.words("They will be asked about again."),))


def show_history(call: Call) -> Answer:
    from backbone_desktop.services.merging import person_history

    t, rows = call.words, person_history(call.sign_in(), call.arguments.one)
    lines = tuple(f"{row.at.astimezone(CHINA):%Y-%m-%d %H:%M}  {t(f'act.{row.act}')}  {row.by}  {row.record_id}"
                  for row in rows)
    return Answer({"acts": [{"at": row.at.isoformat(), "by": row.by, "act": row.act, "member_id": row.record_id}
                            for row in rows]}, lines)


def _from_other(call: Call) -> Iterator[Part]:
    """The parts that --keep takes from B. Raises RuleBroken command.keep_form."""
    from backbone_desktop.services.merging import Part

    parts = {str(part): part for part in Part}
    for said in call.arguments.keep:
        field, _, side = said.partition("=")
        if field not in parts or side.upper() not in ("A", "B"):
            raise RuleBroken("command.keep_form", "keep", fields=", ".join(parts))
        if side.upper() == "B":
            yield parts[field]


def _pair(row: PairRow) -> dict[str, Any]:
    return {"reasons": [str(reason) for reason in row.reasons], "a": _person(row.one), "b": _person(row.other)}


def _person(row: PersonRow) -> dict[str, Any]:
    return {"member_id": row.id, "name": row.name, "id_no": mask_id_no(row.id_no), "relation": row.relation,
            "household_no": row.household_no, "township": row.township, "village": row.village,
            "standing": row.standing, "claims": row.claims}


def _side(side: Side) -> dict[str, Any]:
    return {"member_id": side.member.id, "household_no": side.household.household_no, "claims": side.claims,
            "covered": [one.policy_year for one in side.enrolments]}
