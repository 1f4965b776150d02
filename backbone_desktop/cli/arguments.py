"""Reads the command line; what is wrong with it is a refusal like any other and no exit from the middle."""

from __future__ import annotations

import argparse
from typing import NoReturn

from backbone_core.errors import RuleBroken


class Arguments(argparse.ArgumentParser):
    """A parser that says what is wrong by raising RuleBroken command.usage."""

    def error(self, message: str) -> NoReturn:
        raise RuleBroken("command.usage", detail=message, command=self.prog)


def common() -> Arguments:
    """Options that may stand before and after the command."""
    parent = Arguments(add_help=False)
    for name, keywords in (
        ("--profile", {"metavar": "DIR"}), ("--language", {"choices": ("zh_CN", "en")}),
        ("--json", {"action": "store_true"}),
    ):
        parent.add_argument(name, default=argparse.SUPPRESS, help=argparse.SUPPRESS, **keywords)
    return parent
