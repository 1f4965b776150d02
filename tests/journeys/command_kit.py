"""An office that is worked by commands alone, as an administrator would, on a machine without a keyring."""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from backbone_desktop.__main__ import main
from backbone_desktop.security.keys import StoreKeys
from backbone_desktop.settings.identity import read_identity
from backbone_desktop.store.engine import connect
from backbone_desktop.words import Words

HERE = Path(__file__).resolve().parents[2]
COUNTY = "520625"
OFFICE = "示例县医疗保障局"
ACCOUNT, PASSWORD, PASSPHRASE = "demo", "Kouling-2019", "a phrase for tests"
HEAD_ID, WIFE_ID, OLD_ID = "520625198001010015", "530521197505050025", "513432194503151235"
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){5}")
UNTOUCHED = frozenset({"audit", "audit_head", "account"})
"""Signing in is written down even where the act is refused."""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def answer(self) -> dict[str, Any]:
        held: dict[str, Any] = json.loads(self.out)
        return held

    @property
    def error(self) -> str:
        """The refusal's code, after a look at everything that goes with it."""
        answer = self.answer
        assert answer["ok"] is False
        message = answer["error"]["message"]
        assert message, "a refusal says why"
        assert message.strip() == self.err.strip(), "the sentence stands on standard error too"
        assert answer["error"]["code"] not in message, "in words, not as a code"
        return str(answer["error"]["code"])


@dataclass
class Commands:
    """Carries out `backbone-desktop --profile FOLDER …` in this process."""

    folder: Path
    files: Path
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch
    environment: dict[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str, stdin: bytes = b"", as_json: bool = True) -> Ran:
        for name in ("BACKBONE_ACCOUNT", "BACKBONE_PASSWORD_FILE", "BACKBONE_PASSPHRASE_FILE"):
            self.patch.delenv(name, raising=False)
        for name, value in self.environment.items():
            self.patch.setenv(name, value)
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        self.capture.readouterr()
        code = main(["--profile", str(self.folder), *arguments, *(["--json"] if as_json else [])])
        out, err = self.capture.readouterr()
        return Ran(code, out, err)

    def done(self, *arguments: str, stdin: bytes = b"") -> dict[str, Any]:
        ran = self(*arguments, stdin=stdin)
        assert ran.code == 0, ran.out + ran.err
        answer = ran.answer
        assert answer.pop("ok") is True
        return answer

    def refused(self, *arguments: str, stdin: bytes = b"") -> str:
        """The code of a refusal that left every record as it was."""
        before = self.records()
        ran = self(*arguments, stdin=stdin)
        assert ran.code == 2, ran.out + ran.err
        assert self.records() == before, "a refused command changed something"
        return ran.error

    def unavailable(self, *arguments: str) -> str:
        before = self.files_as_they_are()
        ran = self(*arguments)
        assert ran.code == 3, ran.out + ran.err
        assert self.files_as_they_are() == before, "a command that could not be carried out changed something"
        return ran.error

    def file(self, name: str, content: str | bytes | dict[str, Any]) -> str:
        path = self.files / name
        if isinstance(content, dict):
            content = json.dumps(content, ensure_ascii=False)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def sign_in_by_environment(self) -> None:
        self.environment = {
            "BACKBONE_ACCOUNT": ACCOUNT,
            "BACKBONE_PASSWORD_FILE": self.file("password", PASSWORD + "\n"),
            "BACKBONE_PASSPHRASE_FILE": self.file("passphrase", PASSPHRASE + "\n"),
        }

    def set_up(self, **changed: str | None) -> tuple[str, ...]:
        """The arguments of a `setup` that works, but for what is changed; None leaves an option out."""
        options: dict[str, str | None] = {
            "county": COUNTY, "office": OFFICE, "device": "测试电脑", "device-no": "A01", "account": ACCOUNT,
            "display-name": "测试经办", "policy-year": "2019", "language": "zh_CN",
            "password-file": self.file("password", PASSWORD), "passphrase-file": self.file("passphrase", PASSPHRASE),
            "scheme": self.file("scheme.json", approved_scheme()),
        }
        options.update({name.replace("_", "-"): value for name, value in changed.items()})
        return "setup", *(word for name, value in options.items() if value is not None for word in (f"--{name}", value))

    def records(self) -> dict[str, str]:
        """A digest of every table but those that signing in writes to; {} where there is no store."""
        if not (self.folder / "store.db").exists():
            return {}
        opened = connect(self.folder / "store.db", self.key(), read_only=True)
        try:
            tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: hashlib.sha256(repr(opened.execute(f"SELECT * FROM {name}").fetchall()).encode()).hexdigest()
                    for name in tables if name not in UNTOUCHED}
        finally:
            opened.close()

    def key(self) -> bytes:
        keys = StoreKeys(self.folder / "keys.json", read_identity(self.folder / "profile.json"), None)
        return keys.from_passphrase(PASSPHRASE)

    def query(self, sql: str) -> list[Any]:
        opened = connect(self.folder / "store.db", self.key(), read_only=True)
        try:
            return list(opened.execute(sql).fetchall())
        finally:
            opened.close()

    def files_as_they_are(self) -> dict[str, str]:
        """Every file of the profile but the logs, the lock and SQLite's scratch files, which hold nothing."""
        return {str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in self.folder.rglob("*")
                if path.is_file() and path.parent.name != "logs" and path.name != "in-use.lock"
                and not path.name.endswith("-shm") and not (path.name.endswith("-wal") and path.stat().st_size == 0)}


def approved_scheme(**changed: Any) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((HERE / "resources/schemes/example-1900-60-520625-2019.json").read_text("utf-8"))
    return {**held, "status": "approved", **changed}


def family(*people: tuple[str, str, str], **changed: Any) -> dict[str, Any]:
    """A household form; people are (name, ID number, relation)."""
    members = [{"name": name, "id_no": id_no, "relation": relation} for name, id_no, relation in people]
    return {"township": "示例镇", "village": "示例村", "group": "一组", "poverty_type": "一般贫困户",
            "members": members, **changed}


def stay(**changed: Any) -> dict[str, Any]:
    """A claim form whose amounts add up; the benefit is 6,168.00 under the example scheme."""
    return {
        "id_no": HEAD_ID, "hospital": "示例县人民医院", "hospital_level": "2", "diagnosis": "脑梗死（示例）",
        "icd10": "I63.9", "admitted": "2019-09-01", "discharged": "2019-09-13", "settled": "2019-09-13",
        "invoice_no": "SL2019001",
        "costs": {"medfee_sumamt": "45680.00", "fulamt_ownpay_amt": "3000.00", "overlmt_selfpay": "680.00",
                  "preselfpay_amt": "2000.00", "inscp_scp_amt": "40000.00", "act_pay_dedc": "400.00",
                  "hifp_pay": "28000.00", "hifmi_pay": "3500.00", "maf_pay": "2000.00", "fund_pay_sumamt": "33500.00",
                  "psn_part_amt": "12180.00", "psn_cash_pay": "12180.00"},
        "documents": ["ID_CARD", "INVOICE", "COST_LIST", "DISCHARGE_SUMMARY", "SETTLEMENT_SHEET", "BANK_CARD"],
        **changed,
    }


def sentence(code: str, language: str = "zh_CN") -> str:
    return Words.load(language, HERE / "resources" / "locale")(code)
