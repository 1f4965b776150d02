"""Reads the command line; what is wrong with it is a refusal like any other and no exit from the middle."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from backbone_core.errors import RuleBroken


class Arguments(argparse.ArgumentParser):
    """A parser that says what is wrong by raising RuleBroken command.usage."""

    def error(self, message: str) -> NoReturn:
        raise RuleBroken("command.usage", detail=message, command=self.prog)


@dataclass(frozen=True, slots=True)
class Early:
    """What has to be known before the commands are: where, in which language, and whether the window is meant."""

    profile: str
    language: str
    as_json: bool
    command: str
    more: bool
    """Whether anything stands on the line beside these."""


def read_early(argv: Sequence[str]) -> Early:
    parser = Arguments(add_help=False, allow_abbrev=False)
    parser.add_argument("--profile", default="")
    parser.add_argument("--language", default="")
    parser.add_argument("--json", action="store_true")
    try:
        found, rest = parser.parse_known_args(list(argv))
    except RuleBroken:  # said in full by the whole parser
        return Early("", "", "--json" in argv, "", True)
    command = next((word for word in rest if not word.startswith("-")), "")
    return Early(found.profile, found.language, found.json, command, len(rest) > bool(command))


def common() -> Arguments:
    """Options that may stand before and after the command."""
    parent = Arguments(add_help=False)
    for name, keywords in (
        ("--profile", {"metavar": "DIR"}), ("--language", {"choices": ("zh_CN", "en")}),
        ("--json", {"action": "store_true"}),
    ):
        parent.add_argument(name, default=argparse.SUPPRESS, help=argparse.SUPPRESS, **keywords)
    return parent
