"""One command being carried out: what was asked, by whom, and the answer for a person and for a program."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backbone_core.errors import Finding, RuleBroken, Unavailable
from backbone_desktop.ui.backend import ProfileState

if TYPE_CHECKING:
    from backbone_desktop.app import LocalBackend
    from backbone_desktop.services.ports import Desk
    from backbone_desktop.words import Words


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` for --json, `lines` for a person, `code` for the exit."""

    data: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    code: int = 0


@dataclass(slots=True)
class Call:
    arguments: argparse.Namespace
    backend: LocalBackend
    words: Words
    _stdin_taken: str = ""

    def open_profile(self) -> None:
        """Open the store. Raises RuleBroken profile.not_set_up, keys.wrong_passphrase; Unavailable keys.locked."""
        state = self.backend.state()
        if state is ProfileState.NEW:
            raise RuleBroken("profile.not_set_up", "profile")
        if state is ProfileState.READY:
            self.backend.open()
            return
        passphrase = self.secret("passphrase", self.words("Passphrase: "))
        if not passphrase:
            raise Unavailable("keys.locked")
        self.backend.unlock(passphrase=passphrase)

    def sign_in(self) -> Desk:
        """Open the store and sign in with what options, environment or the person at the terminal give."""
        self.open_profile()
        account = self.arguments.account or os.environ.get("BACKBONE_ACCOUNT", "")
        if not account and sys.stdin.isatty():
            account = input(self.words("Account: "))
        if not account:
            raise RuleBroken("command.account_missing", "account")
        password = self.secret("password", self.words("Password: "))
        if not password:
            raise RuleBroken("command.password_missing", "password")
        return self.backend.sign_in(account, password)

    def secret(self, name: str, prompt: str) -> str:
        """From --NAME-stdin, --NAME-file, BACKBONE_NAME_FILE, or the terminal; "" where none of them has one."""
        if getattr(self.arguments, f"{name}_stdin", False):
            return _one_line(self.stdin(f"--{name}-stdin"), name)
        file = getattr(self.arguments, f"{name}_file", None) or os.environ.get(f"BACKBONE_{name.upper()}_FILE", "")
        if file:
            return _one_line(read_text(file, name), name)
        return getpass.getpass(prompt) if sys.stdin.isatty() else ""

    def stdin(self, asked_by: str) -> str:
        """Standard input, which can be read once."""
        if self._stdin_taken:
            raise RuleBroken("command.stdin_twice", first=self._stdin_taken, second=asked_by)
        self._stdin_taken = asked_by
        return decode(sys.stdin.buffer.read(), "-", asked_by)

    def findings(self, found: tuple[Finding, ...]) -> list[dict[str, str]]:
        return [finding_data(self.words, one) for one in found]


def finding_data(words: Words, found: Finding) -> dict[str, str]:
    return {"code": found.code, "field": found.field, "severity": str(found.severity), "message": words.finding(found)}


def read_text(file: str | Path, field: str) -> str:
    """A text file's content. Raises RuleBroken command.no_file, command.not_text."""
    try:
        content = Path(file).read_bytes()
    except OSError:
        raise RuleBroken("command.no_file", field, file=str(file)) from None
    return decode(content, str(file), field)


def decode(content: bytes, file: str, field: str) -> str:
    """UTF-8 with or without a mark, else GB 18030, which Windows' editor writes in China."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RuleBroken("command.not_text", field, file=file)


def _one_line(text: str, name: str) -> str:
    line = text.rstrip("\r\n")
    if not line or "\n" in line:
        raise RuleBroken("command.secret_form", name)
    return line


def yuan(fen: int | None) -> str | None:
    """An amount for programs: "4819.20"."""
    return None if fen is None else f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"
