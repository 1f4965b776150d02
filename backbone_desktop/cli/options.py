"""Options that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from backbone_desktop.cli.arguments import Arguments, common
from backbone_desktop.cli.call import Answer, Call
from backbone_desktop.words import Words


def new_command(commands: Any, name: str, carry_out: Callable[[Call], Answer], help: str) -> Arguments:
    parser: Arguments = commands.add_parser(name, parents=[common()], help=help, description=help, allow_abbrev=False)
    parser.set_defaults(carry_out=carry_out)
    return parser


def new_group(commands: Any, name: str, help: str) -> Any:
    parser: Arguments = commands.add_parser(name, parents=[common()], help=help, description=help, allow_abbrev=False)
    return parser.add_subparsers(metavar="ACT", required=True, parser_class=Arguments)


def add_unlocking(parser: argparse.ArgumentParser, t: Words) -> None:
    parser.add_argument("--passphrase-file", metavar="FILE",
                        help=t("the passphrase of a machine without a keyring (or BACKBONE_PASSPHRASE_FILE)"))


def add_signing_in(parser: argparse.ArgumentParser, t: Words) -> None:
    add_unlocking(parser, t)
    parser.add_argument("--account", metavar="NAME", default="", help=t("who works (or BACKBONE_ACCOUNT)"))
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--password-file", metavar="FILE",
                       help=t("file with the account's password (or BACKBONE_PASSWORD_FILE)"))
    where.add_argument("--password-stdin", action="store_true", help=t("read the password from standard input"))


def add_reveal(parser: argparse.ArgumentParser, t: Words) -> None:
    parser.add_argument("--reveal", action="store_true",
                        help=t("show whole ID numbers; who asked stands in the audit trail"))


def add_find(parser: argparse.ArgumentParser, help: str, t: Words) -> None:
    parser.add_argument("--find", metavar="TEXT", default="",
                        help=t("{what}; \"-\" reads it from standard input, where nobody else sees it", what=help))


def looked_for(call: Call) -> str:
    """What to find; from standard input where a name or number should not stand on the command line."""
    typed: str = call.arguments.find
    return call.stdin("--find -").strip() if typed == "-" else typed


def add_form(parser: argparse.ArgumentParser, t: Words) -> None:
    parser.add_argument("--file", metavar="FILE",
                        help=t('JSON file with the form as it is typed; "-" is standard input'))
