"""The administrator's commands for the file that goes to the bank, and for what came of each that went."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from datetime import timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backbone_core.errors import RuleBroken, Unavailable
from backbone_core.money import format_amount
from backbone_server.cli_place import parts_of
from backbone_server.cli_results import as_json, balance_line, own_name, tell
from backbone_server.problems import own_language

if TYPE_CHECKING:
    from backbone_server.payment_files import PaymentFile

SENTENCES = {
    "payment_file.suffix": "A payment file is an .xlsx or a .csv file.",
    "payment_file.again_dry": "--again writes a file that went out once more; there is nothing to try.",
    "payment_file.exists": "There is a file of this name already. Choose another.",
    "payment_file.unknown": "No payment file {number} went out of this county. `payments list` shows all.",
    "payment_file.other_suffix": "Payment file {number} went out as {suffix}. Name a file that ends so.",
    "payment_file.not_written": "The file could not be written. Is the folder there, is the disk full?",
    "payment_file.kept_not_written": "The file could not be written, but payment file {number} is noted. Write it with "
    "--again {number}.",
}
_CHINA = timezone(timedelta(hours=8))


def add_commands(verbs: Any, place: argparse.ArgumentParser) -> None:
    payments = verbs.add_parser("payments", help="what the bank is asked to pay")
    what = payments.add_subparsers(required=True, metavar="WHAT")
    export = what.add_parser("export", parents=[place], help="write every payment that is due into one file")
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help=".xlsx or .csv")
    export.add_argument("--dry-run", action="store_true", help="show what would stand in the file and write nothing")
    export.add_argument("--again", type=int, default=None, metavar="NUMBER", help="write one that went out once more")
    export.set_defaults(act=_export)
    listing = what.add_parser("list", parents=[place], help="every payment file: what went out and what came of it")
    listing.set_defaults(act=_list)
    for parser in (export, listing):
        parser.add_argument("--county", required=True, help="six-digit code")
        parser.add_argument("--language", choices=("zh_CN", "en"), default=own_language())
        parser.add_argument("--by", default="", help="who does this (default: this machine's account)")
        parser.add_argument("--json", action="store_true")


def _export(options: argparse.Namespace) -> None:
    from backbone_server.payments import check_suffix, export_payments

    suffix = check_suffix(options.out.suffix)
    if not options.dry_run:
        _must_be_free(options.out)
    if options.again is not None:
        _again(options, suffix)
        return
    parts = parts_of(options)
    done = export_payments(parts.store, options.county, suffix=suffix, by=options.by or own_name(), now=parts.now(),
                           dry_run=options.dry_run)
    if done.kept:
        _write(options.out, done.file)
    if options.json:
        print(json.dumps({
            **_numbers(done.file), "number": done.file.number if done.file.rows else None, "kept": done.kept,
            "dry_run": options.dry_run,
            "rows": [{"sequence": row.sequence, "receipt_no": row.receipt_no, "attempt": row.attempt,
                      "amount": format_amount(row.amount)} for row in done.file.rows],
            "left_out": [{**as_json(one, options.language), "receipt_no": one.title} for one in done.left_out],
        }, ensure_ascii=False, indent=1))
        return
    if options.dry_run:
        for row in done.file.rows:
            print(row.sequence, row.receipt_no, row.attempt, format_amount(row.amount), sep="\t")
    tell(done.left_out, options.language)
    if not done.file.rows:
        print("nothing is to be paid; no file was written")
        return
    counts = f"{len(done.file.rows)} payments, {format_amount(done.file.amount)} yuan"
    print(f"payment file {done.file.number}: {counts}{' would go out' if options.dry_run else ''}")


def _again(options: argparse.Namespace, suffix: str) -> None:
    from backbone_server.payments import export_again

    if options.dry_run:
        raise RuleBroken("payment_file.again_dry", "again")
    parts = parts_of(options)
    file = export_again(parts.store, options.county, options.again, suffix=suffix, by=options.by or own_name(),
                        now=parts.now())
    _write(options.out, file)
    if options.json:
        print(json.dumps(_numbers(file), ensure_ascii=False, indent=1))
        return
    print(f"payment file {file.number} again: {len(file.rows)} payments, {format_amount(file.amount)} yuan")
    print("It asks for nothing new: whoever has it already must not pay it twice.", file=sys.stderr)


def _list(options: argparse.Namespace) -> None:
    from backbone_server.payments import balances

    found = balances(parts_of(options).store, options.county)
    if options.json:
        print(json.dumps([{**_numbers(file), **asdict(balance)} for file, balance in found], ensure_ascii=False,
                         indent=1))
        return
    for file, balance in found:
        print(balance_line(balance), f"{file.made_at.astimezone(_CHINA):%Y-%m-%d}", file.made_by, sep="\t")


def _numbers(file: PaymentFile) -> dict[str, Any]:
    return {"number": file.number, "made_at": file.made_at.isoformat(timespec="seconds"), "made_by": file.made_by,
            "count": len(file.rows), "amount": format_amount(file.amount)}


def _must_be_free(target: Path) -> None:
    if target.exists():
        raise RuleBroken("payment_file.exists", "out")
    if not target.parent.is_dir():
        raise Unavailable("payment_file.not_written")


def _write(target: Path, file: PaymentFile) -> None:
    """For nobody's eyes but the administrator's: whole account numbers stand in it."""
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(file.content)
    except OSError:
        raise Unavailable("payment_file.kept_not_written", number=file.number) from None
