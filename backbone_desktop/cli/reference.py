"""`reference list|check|import|remove`: the lists of places, hospitals and diagnoses of this computer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.options import add_signing_in, new_command, new_group
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.reference_rows import Edition, ReferenceKind, ReferencePlan

KINDS = ("place", "hospital", "diagnosis")
SHOWN = 20
"""Rows that a person is shown on the terminal; all of them stand in --json."""


def add_to(commands: Any, t: Words) -> None:
    group = new_group(commands, "reference", t("lists of places, hospitals and diagnoses"))
    listed = new_command(group, "list", list_editions, t("say which lists there are, of which edition, how long"))
    check = new_command(group, "check", check_file, t("say what a file would bring; nothing is changed"))
    carry_out = new_command(group, "import", import_file, t("import a list in the place of the one before"))
    carry_out.add_argument("--edition", metavar="TEXT", default="",
                           help=t("what the list is called, its edition; the file's name if not given"))
    for parser in (check, carry_out):
        parser.add_argument("kind", choices=KINDS, help=t("what the list holds"))
        parser.add_argument("file", metavar="FILE", help=t("the list: .xlsx, .xls or .csv with a header"))
    remove = new_command(group, "remove", remove_edition, t("take an imported list out"))
    remove.add_argument("edition_id", metavar="ID", help=t("the list's id"))
    for parser in (listed, check, carry_out, remove):
        add_signing_in(parser, t)


def list_editions(call: Call) -> Answer:
    from backbone_desktop.services.reference import overview

    t, found = call.words, overview(call.sign_in())
    lines = [t("Places that ship with the program: {n} provinces, as of {edition}",
               n=len(found.packaged_provinces), edition=found.packaged_edition)]
    if found.townships:
        lines.append(t("In use for {county}: {townships} townships, {villages} villages ({edition})",
                       county=found.county, townships=found.townships, villages=found.villages,
                       edition=found.places_edition))
    else:
        lines.append(t("No places are known of {county}; import a list.", county=found.county))
    lines += [f"{one.id}  {t(f'reference_kind.{one.kind}')}  {one.name}  {one.count:,}  "
              f"{one.at.astimezone(CHINA):%Y-%m-%d %H:%M}  {one.by}" for one in found.editions]
    return Answer({
        "packaged": {"edition": found.packaged_edition, "provinces": list(found.packaged_provinces)},
        "places": {"county": found.county, "edition": found.places_edition, "imported": found.places_imported,
                   "townships": found.townships, "villages": found.villages},
        "counts": {str(kind): n for kind, n in found.counts.items()},
        "editions": [_edition(one) for one in found.editions]}, tuple(lines))


def check_file(call: Call) -> Answer:
    from backbone_desktop.importing.reference_file import open_reference
    from backbone_desktop.services.reference_import import check_reference

    t, desk, kind = call.words, call.sign_in(), _kind(call)
    file = open_reference(Path(call.arguments.file), kind)
    plan = check_reference(desk, file)
    telling = [line for line in plan.lines if line.findings]
    lines = [_summary(t, plan), *(f"{line.row_no:>6}  {line.code}  {line.name}  "
                                  f"{'; '.join(map(t.finding, line.findings))}" for line in telling[:SHOWN])]
    if len(telling) > SHOWN:
        lines.append(t("… and {n} more rows", n=len(telling) - SHOWN))
    return Answer({"kind": str(kind), "columns": {name: file.header[at] for name, at in file.columns.items()},
                   **_counts(plan),
                   "rows": [{"row": line.row_no, "verdict": str(line.verdict), "code": line.code, "name": line.name,
                             "findings": call.findings(line.findings)} for line in plan.lines]}, tuple(lines))


def import_file(call: Call) -> Answer:
    from backbone_desktop.importing.reference_file import open_reference
    from backbone_desktop.services.reference_import import import_reference

    desk, kind, path = call.sign_in(), _kind(call), Path(call.arguments.file)
    made = import_reference(desk, open_reference(path, kind), call.arguments.edition or path.stem)
    return Answer(_edition(made), (call.words("{n} entries are in use: {name}", n=f"{made.count:,}", name=made.name),))


def remove_edition(call: Call) -> Answer:
    from backbone_desktop.services.reference_import import remove_reference

    remove_reference(call.sign_in(), call.arguments.edition_id)
    return Answer({}, (call.words("The list is taken out."),))


def _kind(call: Call) -> ReferenceKind:
    from backbone_desktop.services.reference_rows import ReferenceKind

    return ReferenceKind(call.arguments.kind)


def _summary(t: Words, plan: ReferencePlan) -> str:
    from backbone_desktop.services.reference_rows import Verdict

    return ", ".join(f"{t(f'reference_verdict.{one}')} {n:,}" for one in Verdict if (n := plan.count(one)))


def _counts(plan: ReferencePlan) -> Mapping[str, Any]:
    from backbone_desktop.services.reference_rows import Verdict

    return {"counts": {str(one): plan.count(one) for one in Verdict}, "entries": len(plan.entries),
            "counties": list(plan.counties), "replaces": plan.replaces}


def _edition(one: Edition) -> dict[str, Any]:
    return {"edition_id": one.id, "kind": str(one.kind), "edition": one.name, "count": one.count,
            "at": one.at.isoformat(), "by": one.by, "file_sha256": one.file_hash}
