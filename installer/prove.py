"""Takes a finished program through an office's first day by its commands: `python installer/prove.py PROGRAM`.

Standard library alone and nothing of the checkout, so that it can be carried to the machine that the program is for.
The people and numbers are made up.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PASSWORD, PASSPHRASE = "Yanshi-2019", "a phrase for trying the program"
HEAD = "520625198001010015"
FAMILY = {"township": "示例镇", "village": "示例村", "group": "一组", "poverty_type": "一般贫困户",
          "members": [{"name": "测试甲", "id_no": HEAD, "relation": "户主"}]}
CLAIM = {
    "id_no": HEAD, "hospital": "示例县人民医院", "hospital_level": "2", "diagnosis": "脑梗死（示例）", "icd10": "I63.9",
    "admitted": "2019-09-01", "discharged": "2019-09-13", "settled": "2019-09-13", "invoice_no": "SL2019001",
    "costs": {"medfee_sumamt": "45680.00", "fulamt_ownpay_amt": "3000.00", "overlmt_selfpay": "680.00",
              "preselfpay_amt": "2000.00", "inscp_scp_amt": "40000.00", "act_pay_dedc": "400.00",
              "hifp_pay": "28000.00", "hifmi_pay": "3500.00", "maf_pay": "2000.00", "fund_pay_sumamt": "33500.00",
              "psn_part_amt": "12180.00", "psn_cash_pay": "12180.00"},
    "documents": ["ID_CARD", "INVOICE", "COST_LIST", "DISCHARGE_SUMMARY", "SETTLEMENT_SHEET", "BANK_CARD"],
}
KEPT = ("DBUS_SESSION_BUS_ADDRESS", "SYSTEMROOT", "APPDATA", "LOCALAPPDATA", "TEMP")


class Office:
    """A program and a profile of its own. It sees no PATH and no Python of this machine."""

    def __init__(self, program: Path, scratch: Path) -> None:
        self._line = [str(program), "--profile", str(scratch / "office")]
        self._scratch = scratch
        self._environment = {
            **{name: os.environ[name] for name in KEPT if name in os.environ}, "HOME": str(scratch),
            "LC_ALL": "C.UTF-8", "BACKBONE_ACCOUNT": "demo",
            "BACKBONE_PASSWORD_FILE": self.file("password", PASSWORD),
            "BACKBONE_PASSPHRASE_FILE": self.file("passphrase", PASSPHRASE)}

    def file(self, name: str, content: str | dict[str, Any]) -> str:
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        (self._scratch / name).write_text(text, "utf-8")
        return str(self._scratch / name)

    def run(self, *arguments: str) -> str:
        done = subprocess.run([*self._line, *arguments], env=self._environment, cwd=self._scratch, check=False,
                              capture_output=True, encoding="utf-8")
        print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {' '.join(arguments[:2])}")
        if done.returncode:
            sys.exit(f"exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def answer(self, *arguments: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.run(*arguments, "--json"))
        return told


def prove(program: Path, resources: Path, scratch: Path) -> None:
    office = Office(program, scratch)
    version, help_text = office.run("--version"), office.run("--help", "--language", "zh_CN")
    print(f"     {version.strip()}")
    require(re.search(r"\d+\.\d+", version), "the version is told")
    require(re.search(r"[\u4e00-\u9fff]", help_text), "the sentences are Chinese")
    scheme = json.loads((resources / "schemes/example-1900-60-520625-2019.json").read_text("utf-8"))
    office.run("setup", "--county", "520625", "--office", "示例县医疗保障局", "--device", "测试电脑",
               "--device-no", "A01", "--account", "demo", "--display-name", "测试经办", "--policy-year", "2019",
               "--language", "zh_CN", "--password-file", office.file("password", PASSWORD),
               "--passphrase-file", office.file("passphrase", PASSPHRASE),
               "--scheme", office.file("scheme", {**scheme, "status": "approved"}))
    office.answer("household", "add", "--file", office.file("family", FAMILY))
    claim = office.answer("claim", "add", "--file", office.file("claim", CLAIM))
    paper = scratch / "receipt.pdf"
    office.answer("receipt", claim["receipt_no"], "--out", str(paper))
    require(paper.read_bytes().startswith(b"%PDF"), "the receipt is a PDF")
    print(f"     receipt {claim['receipt_no']}, {paper.stat().st_size // 1024} kB")
    office.answer("backup")
    print(office.run("doctor"), end="")


def require(what: object, sentence: str) -> None:
    if not what:
        sys.exit(f"FAIL {sentence}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--resources", type=Path, help="where its resources lie, if not beside it")
    given = parser.parse_args()
    program = given.program.absolute()
    resources = given.resources or program.resolve().parent / "_internal" / "resources"
    with tempfile.TemporaryDirectory() as scratch:
        prove(program, resources, Path(scratch))


if __name__ == "__main__":
    main()
