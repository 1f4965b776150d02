"""Puts the commands together, carries one out, and says how it went: in words, or as JSON."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from backbone_core.errors import BackboneError, RuleBroken, Unavailable
from backbone_desktop.app import LocalBackend
from backbone_desktop.cli import (
    attachment,
    backup,
    claim,
    doctor,
    duplicates,
    exchange,
    export,
    fonts,
    handover,
    household,
    printing,
    receipt,
    recover,
    reference,
    roster,
    scheme,
    search,
    setup,
    verify,
    villages,
)
from backbone_desktop.cli.arguments import Arguments, common
from backbone_desktop.cli.call import Answer, Call, finding_data
from backbone_desktop.cli.early import Early
from backbone_desktop.words import Words

log = logging.getLogger(__name__)
DONE, FAULT, REFUSED, NOT_AVAILABLE = 0, 1, 2, 3
_COMMANDS = (setup, household, search, roster, duplicates, export, claim, attachment, receipt, printing, handover,
             villages, scheme, reference, exchange, backup, recover, doctor, verify, fonts)


def carry_out(argv: Sequence[str], early: Early) -> int:
    _speak_unicode()
    backend = LocalBackend(Path(early.profile) if early.profile else None)
    words = Words.load(early.language or backend.language, backend.resources / "locale")
    try:
        arguments = whole_parser(words).parse_args(list(argv))
        if backend.is_set_up:
            backend.start_logging()
        answer = arguments.carry_out(Call(arguments, backend, words))
        log.info("command %s: %d", arguments.carry_out.__name__, answer.code)
        return _say(answer, early.as_json)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (Exception, KeyboardInterrupt) as trouble:
        return _refuse(trouble, words, early.as_json)
    finally:
        backend.close()


def explain(trouble: Exception, root: Path | None, early: Early) -> int:
    """Say why the window did not open, and return the exit code."""
    _speak_unicode()
    backend = LocalBackend(root)
    words = Words.load(early.language or backend.language, backend.resources / "locale")
    return _refuse(trouble, words, early.as_json)


def whole_parser(t: Words) -> Arguments:
    parser = Arguments(
        prog="backbone-desktop", parents=[common()], allow_abbrev=False,
        description=t("Registers households and claims offline, prints receipts, exchanges with the centre."),
        epilog=t("Without a command the window opens. --profile DIR names the folder of the office; "
                 "--language zh_CN|en; --json answers for programs. "
                 "Exit codes: 0 done, 1 a fault of the program, 2 refused, 3 something is not available."))
    parser.add_argument("--version", action=_Version, help=t("say which version this is"))
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=Arguments)
    commands.add_parser("run", parents=[common()], allow_abbrev=False, help=t("open the window")).set_defaults(
        carry_out=_never_alone)
    for module in _COMMANDS:
        module.add_to(commands, t)
    return parser


class _Version(argparse.Action):
    """Looks the version up when it is asked for, and then alone."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from backbone_desktop.ui.presenters.settings import version

        print(f"Backbone Desktop {version()}".rstrip())
        parser.exit()


def _never_alone(call: Call) -> Answer:
    raise RuleBroken("command.window_alone")


def _say(answer: Answer, as_json: bool) -> int:
    if as_json:
        _print_json({"ok": answer.code == DONE, **answer.data})
    else:
        for line in answer.lines:
            print(line)
    return answer.code


def _refuse(trouble: BaseException, words: Words, as_json: bool) -> int:
    error, code = _as_told(trouble)
    message = words.error(error)
    if as_json:
        findings = [finding_data(words, one) for one in error.findings] if isinstance(error, RuleBroken) else []
        _print_json({"ok": False, "error": {"code": error.code, "field": getattr(error, "field", ""),
                                            "message": message, "findings": findings}})
    with suppress(BrokenPipeError):
        print(message, file=sys.stderr)
    return code


def _as_told(trouble: BaseException) -> tuple[BackboneError, int]:
    if isinstance(trouble, BackboneError):
        log.info("command refused: %s", trouble.code)
    if isinstance(trouble, RuleBroken):
        return trouble, REFUSED
    if isinstance(trouble, BackboneError):
        return trouble, NOT_AVAILABLE
    if isinstance(trouble, (KeyboardInterrupt, EOFError)):
        return RuleBroken("command.broken_off"), REFUSED
    log.error("a command failed", exc_info=trouble)
    return Unavailable("command.bug", kind=type(trouble).__name__), FAULT


def _print_json(value: Mapping[str, Any]) -> None:
    plain = (sys.stdout.encoding or "").lower().replace("-", "") not in {"utf8", "utf16"}
    print(json.dumps(value, ensure_ascii=plain))


def _speak_unicode() -> None:
    """A rare character in a name must not end a command on a console that cannot show it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
