"""`roster check|import|list|undo`: a roster from Excel or CSV into the register, tried first and undone if need be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backbone_core.errors import RuleBroken
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.options import add_signing_in, new_command, new_group
from backbone_desktop.words import Words
from backbone_desktop.words.facts import CHINA

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.services.roster_rows import RosterFile, RosterImport, RosterLine, Verdict

SHOWN = 20
"""Rows that a person is shown on the terminal; all of them stand in the marked copy and in --json."""


def add_to(commands: Any, t: Words) -> None:
    group = new_group(commands, "roster", t("import rosters from Excel or CSV"))
    check = new_command(group, "check", check_file, t("say what an import would do; nothing is changed"))
    check.add_argument("--out", metavar="FILE.xlsx", help=t("write a copy of the sheet with the result of each row"))
    carry_out = new_command(group, "import", import_file, t("import a roster, all of it or nothing"))
    for parser in (check, carry_out):
        parser.add_argument("file", metavar="FILE", help=t("the roster: .xlsx, .xls or .csv"))
        parser.add_argument("--column", metavar="FIELD=TITLE", action="append", default=[],
                            help=t("which column holds a field, by its title in the header; FIELD= takes none"))
    listed = new_command(group, "list", list_imports, t("list the imports, newest first"))
    undo = new_command(group, "undo", undo_import, t("undo an import as long as nothing was built on it"))
    undo.add_argument("roster_import", metavar="ID", help=t("the import's id, or \"last\""))
    for parser in (check, carry_out, listed, undo):
        add_signing_in(parser, t)


def check_file(call: Call) -> Answer:
    from backbone_desktop.services.roster import check_roster
    from backbone_desktop.services.roster_marking import mark_roster
    from backbone_desktop.services.roster_words import places_line, reasons, verdict_words

    t, desk = call.words, call.sign_in()
    file, columns = _open(call, desk)
    plan = check_roster(desk, file, columns)
    if call.arguments.out:
        mark_roster(desk, file, plan, t, lambda: call.backend.marked_roster(Path(call.arguments.out)))
    telling = [line for line in plan.lines if line.changes or line.findings]
    lines = [_counts(t, plan.counts), *(
        f"{line.row_no or '—':>6}  {verdict_words(t, line.verdict)}  {line.name}  {line.id_no}  "
        f"{'; '.join(reasons(t, line))}" for line in telling[:SHOWN])]
    if len(telling) > SHOWN:
        lines.append(t("… and {n} more rows; --out FILE.xlsx writes them all", n=len(telling) - SHOWN))
    if plan.places:
        lines.append(places_line(t, plan.places))
    return Answer({"template": file.template, "columns": {name: file.header[at] for name, at in columns.items()},
                   "counts": _plain(plan.counts), "rows": [_row(call, line) for line in plan.lines],
                   "places": [asdict(note) for note in plan.places]}, tuple(lines))


def import_file(call: Call) -> Answer:
    from backbone_desktop.services.roster import import_roster

    desk = call.sign_in()
    made = import_roster(desk, *_open(call, desk))
    return Answer(_import(made), (_counts(call.words, made.counts),
                                  call.words("Undo it with: roster undo {id}", id=made.id)))


def list_imports(call: Call) -> Answer:
    from backbone_desktop.services.roster import roster_imports

    t, found = call.words, roster_imports(call.sign_in())
    lines = [f"{one.id}  {one.at.astimezone(CHINA):%Y-%m-%d %H:%M}  {one.by}  {_counts(t, one.counts)}"
             + (f"  {t('undone')}" if one.undone_at else "") for one in found]
    return Answer({"imports": [_import(one) for one in found]}, tuple(lines or [t("No roster was imported yet.")]))


def undo_import(call: Call) -> Answer:
    from backbone_desktop.services.roster import roster_imports, undo_roster

    desk, wanted = call.sign_in(), call.arguments.roster_import
    if wanted == "last":
        wanted = next((one.id for one in roster_imports(desk) if one.undone_at is None), "")
    return Answer(_import(undo_roster(desk, wanted)), (call.words("The import is undone."),))


def _open(call: Call, desk: Desk) -> tuple[RosterFile, Mapping[str, int]]:
    """The file, and its columns as they are guessed or remembered, changed by what --column says.

    Raises RuleBroken command.column_form, command.column_unknown.
    """
    from backbone_desktop.importing.roster_file import open_roster
    from backbone_desktop.services.roster import columns_for
    from backbone_desktop.services.roster_rows import FIELDS

    file = open_roster(Path(call.arguments.file))
    columns = dict(columns_for(desk, file))
    for said in call.arguments.column:
        field, equals, title = said.partition("=")
        if not equals or field not in FIELDS:
            raise RuleBroken("command.column_form", "column", fields=", ".join(FIELDS))
        if not title:
            columns.pop(field, None)
        elif title in file.header:
            columns[field] = file.header.index(title)
        else:
            raise RuleBroken("command.column_unknown", "column", title=title)
    return file, columns


def _counts(t: Words, counts: Mapping[Verdict, int]) -> str:
    from backbone_desktop.services.roster_words import counted

    return ", ".join(counted(t, counts))


def _plain(counts: Mapping[Verdict, int]) -> dict[str, int]:
    return {str(verdict): n for verdict, n in counts.items()}


def _row(call: Call, line: RosterLine) -> dict[str, Any]:
    return {"row": line.row_no, "verdict": str(line.verdict), "household_no": line.household_no, "name": line.name,
            "id_no": line.id_no, "member_id": line.member_id, "findings": call.findings(line.findings),
            "changes": [{"field": name, "old": old, "new": new} for name, old, new in line.changes]}


def _import(made: RosterImport) -> dict[str, Any]:
    return {"import_id": made.id, "at": made.at.isoformat(), "by": made.by, "template": made.template,
            "counts": _plain(made.counts), "undone_at": made.undone_at.isoformat() if made.undone_at else None}
