"""`receipt NUMBER --out FILE.pdf`: a receipt as a file, counted and logged like any other print."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.claim import claim_id_of
from backbone_desktop.cli.options import add_signing_in, new_command
from backbone_desktop.services.forms import PAPERS, Form
from backbone_desktop.words import Words


def add_to(commands: Any, t: Words) -> None:
    parser = new_command(commands, "receipt", save_receipt, t("save a claim's receipt as PDF"))
    parser.add_argument("receipt", metavar="NUMBER", help=t("receipt number"))
    parser.add_argument("--out", metavar="FILE.pdf", required=True, help=t("the file to write"))
    parser.add_argument("--paper", choices=PAPERS[Form.RECEIPT], default=PAPERS[Form.RECEIPT][0], help=t("paper size"))
    add_signing_in(parser, t)


def save_receipt(call: Call) -> Answer:
    from backbone_desktop.services.receipts import print_receipt, receipt_of

    wanted = call.arguments
    out = Path(wanted.out)
    if out.is_dir():
        raise RuleBroken("command.out_is_folder", "out", file=str(out))
    desk = call.sign_in()
    claim_id = claim_id_of(desk, wanted.receipt)
    data = receipt_of(desk, claim_id)
    pdf = call.backend.papers.receipt(data, wanted.paper)
    aside = out.with_name(out.name + ".new") if out.is_file() or not out.exists() else out
    try:
        aside.write_bytes(pdf)
        # Counted when the paper is as good as there, so that a full disk leaves no print that never was.
        print_receipt(desk, claim_id, "command")
        if aside != out:
            aside.replace(out)
    except OSError as failure:
        full = failure.errno in (errno.ENOSPC, errno.EDQUOT)
        raise Unavailable("command.out_disk_full" if full else "command.out_not_written", file=str(out)) from None
    finally:
        if aside != out:
            aside.unlink(missing_ok=True)
    t = call.words
    line = (t("Receipt {number} is in {file}.", number=data.receipt_no, file=out) if data.copy == 0 else
            t("Receipt {number} is in {file}; it says that it is reprint {copy}.", number=data.receipt_no, file=out,
              copy=data.copy))
    return Answer({"receipt_no": data.receipt_no, "file": str(out), "copy": data.copy, "paper": wanted.paper,
                   "bytes": len(pdf)}, (line,))
