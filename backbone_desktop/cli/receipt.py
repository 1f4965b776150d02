"""`receipt NUMBER --out FILE.pdf`: the shorter way to `print receipt`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from backbone_core.errors import RuleBroken
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.cli.claim import claim_id_of
from backbone_desktop.cli.options import add_signing_in, new_command
from backbone_desktop.cli.printing import put
from backbone_desktop.services.forms import PAPERS, Form
from backbone_desktop.words import Words


def add_to(commands: Any, t: Words) -> None:
    parser = new_command(commands, "receipt", save_receipt, t("save a claim's receipt as PDF"))
    parser.add_argument("receipt", metavar="NUMBER", help=t("receipt number"))
    parser.add_argument("--out", metavar="FILE.pdf", required=True, help=t("the file to write"))
    parser.add_argument("--paper", choices=PAPERS[Form.RECEIPT], default=PAPERS[Form.RECEIPT][0],
                        help=t("paper size"))
    add_signing_in(parser, t)


def save_receipt(call: Call) -> Answer:
    wanted = call.arguments
    out = Path(wanted.out)
    if out.is_dir():
        raise RuleBroken("command.out_is_folder", "out", file=str(out))
    desk = call.sign_in()
    (paper,) = put(call, desk, Form.RECEIPT, (claim_id_of(desk, wanted.receipt),), lambda _: out)
    t, number, copy = call.words, paper["number"], paper["copy"]
    line = (t("Receipt {number} is in {file}.", number=number, file=out) if copy == 0 else
            t("Receipt {number} is in {file}; it says that it is reprint {copy}.", number=number, file=out, copy=copy))
    size = out.stat().st_size if out.is_file() else 0
    return Answer({"receipt_no": number, "file": str(out), "copy": copy, "paper": wanted.paper, "bytes": size}, (line,))
