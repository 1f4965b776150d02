"""The administrator's commands for what goes to the insurer and what comes back from it."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backbone_core.errors import RuleBroken, Unavailable
from backbone_core.money import format_amount, read_amount
from backbone_server.cli_place import parts_of
from backbone_server.problems import Problem, own_language, sentence

if TYPE_CHECKING:
    from backbone_server.payment_files import Balance

SENTENCES = {
    "county.unknown": "No device of this county has sent anything yet. Is the code right?",
    "result.no_file": "The file is not there, or cannot be read.",
    "result.total": "A total is an amount in yuan, for example 12,345.60.",
    "decision_file.not_a_sheet": "The file is no .xlsx, .xls or CSV, or it is damaged.",
    "decision_file.no_header": "No row of the first twenty is a header with 受理回执编号 and 核赔结论 or 支付状态. "
    "`decisions template FILE` writes one.",
    "template.exists": "There is a file of this name already. Choose another.",
    "template.not_written": "The file could not be written. Is the folder there, is the disk full?",
}
_REFUSED = 2
"""The command's answer when rows are wrong: nothing was taken in."""


def add_commands(verbs: Any, place: argparse.ArgumentParser) -> None:
    decisions = verbs.add_parser("decisions", help="what the insurer decided and paid")
    what = decisions.add_subparsers(required=True, metavar="WHAT")
    take = what.add_parser("import", parents=[place], help="take the insurer's result file in, all rows or none")
    take.add_argument("file", type=Path, help=".xlsx, .xls or CSV")
    take.add_argument("--county", required=True, help="six-digit code")
    take.add_argument("--dry-run", action="store_true", help="show what would be done and write nothing")
    take.add_argument("--count", type=int, default=None, help="how many rows there must be")
    take.add_argument("--total", default="", metavar="YUAN", help="what the column of decided amounts must add up to")
    take.add_argument("--paid-total", default="", metavar="YUAN", help="what the column of payments must add up to")
    take.add_argument("--export", type=int, default=None, metavar="NUMBER", help="the payment file that is answered")
    take.add_argument("--insurer", default="", help="who answers, where the file does not say")
    take.set_defaults(act=_import)
    empty = what.add_parser("template", help="write an empty result file with its words explained")
    empty.add_argument("out", type=Path)
    empty.set_defaults(act=_template)

    claims = verbs.add_parser("claims", help="claims on their way to the insurer")
    way = claims.add_subparsers(required=True, metavar="WHAT")
    report = way.add_parser("report", parents=[place], help="report claims that the county checked twice")
    report.add_argument("receipts", nargs="+", metavar="RECEIPT")
    report.add_argument("--county", required=True, help="six-digit code")
    report.set_defaults(act=_report)
    for parser in (take, report):
        parser.add_argument("--language", choices=("zh_CN", "en"), default=own_language())
        parser.add_argument("--by", default="", help="who does this (default: this machine's account)")
        parser.add_argument("--json", action="store_true")


def _import(options: argparse.Namespace) -> int:
    from backbone_server.decisions import take_in_results
    from backbone_server.result_file import read_result_file
    from backbone_server.result_rows import Totals

    try:
        content = options.file.read_bytes()
    except OSError:
        raise Unavailable("result.no_file") from None
    file = read_result_file(content)
    given = Totals(amount=_fen(options.total), paid=_fen(options.paid_total), count=options.count)
    parts = parts_of(options)
    taken = take_in_results(parts.store, options.county, file, given, insurer=options.insurer,
                            by=options.by or own_name(), now=parts.now(), dry_run=options.dry_run,
                            answers=options.export)
    decided, paid = sum(step.decided for step in taken.steps), sum(step.paid for step in taken.steps)
    if options.json:
        print(json.dumps({
            "kept": taken.kept, "dry_run": options.dry_run, "rows": len(file.rows), "decisions": decided,
            "payments": paid, "unread_columns": file.unread,
            "export": None if taken.balance is None else asdict(taken.balance),
            "steps": [{"row": step.row_no, "receipt_no": step.receipt_no, "before": step.before,
                       "after": step.after} for step in taken.steps],
            "problems": [as_json(problem, options.language) for problem in taken.problems],
        }, ensure_ascii=False, indent=1))
        return _REFUSED if taken.stopped else 0
    if options.dry_run:
        for step in taken.steps:
            after = step.after if step.decided or step.paid else "known already"
            print(step.row_no, step.receipt_no, step.before, after, sep="\t")
    tell(taken.problems, options.language)
    if file.unread:
        print(f"columns that were not read: {', '.join(file.unread)}", file=sys.stderr)
    counts = f"{len(file.rows)} rows: {decided} decisions, {paid} payments"
    if taken.balance is not None:
        print(balance_line(taken.balance))
    if taken.stopped:
        print(f"nothing was taken in; {counts} could be read", file=sys.stderr)
        return _REFUSED
    print(f"{counts} {'would be taken in' if options.dry_run else 'taken in'}")
    return 0


def _report(options: argparse.Namespace) -> int:
    from backbone_server.reporting import report_claims

    parts = parts_of(options)
    done = report_claims(parts.store, options.county, options.receipts,
                         by=options.by or own_name(), now=parts.now())
    if options.json:
        print(json.dumps({"reported": done.moved,
                          "problems": [as_json(problem, options.language) for problem in done.problems]},
                         ensure_ascii=False, indent=1))
    else:
        tell(done.problems, options.language)
        print(f"{len(done.moved)} claims reported")
    return _REFUSED if done.problems else 0


def _template(options: argparse.Namespace) -> int:
    from backbone_server.result_template import write_template

    write_template(options.out)
    return 0


def balance_line(balance: Balance) -> str:
    parts = (("out", balance.out), ("paid", balance.paid), ("failed", balance.failed), ("open", balance.open))
    sums = (f"{name} {one.count} = {format_amount(one.amount)}" for name, one in parts)
    return "\t".join((f"payment file {balance.number}", *sums))


def own_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""  # a container may run as a number without a name


def _fen(typed: str) -> int | None:
    if not typed:
        return None
    try:
        return read_amount(typed)
    except RuleBroken:
        raise RuleBroken("result.total", "total") from None


def tell(problems: tuple[Problem, ...], language: str) -> None:
    for problem in problems:
        where = [str(problem.row_no) if problem.row_no else "-", problem.title or "-"]
        print(*where, "warning" if problem.warns else "error", sentence(problem, language), sep="\t", file=sys.stderr)


def as_json(problem: Problem, language: str) -> dict[str, Any]:
    return {"row": problem.row_no, "column": problem.title, "code": problem.code, "warning": problem.warns,
            "sentence": sentence(problem, language)}
