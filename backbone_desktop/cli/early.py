"""What has to be known before the commands are: where, in which language, and whether the window is meant.

Read by hand, because the window's first frame need not wait for a parser.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Early:
    profile: str = ""
    language: str = ""
    as_json: bool = False
    window: bool = False
    """Whether nothing else stands on the line, or `run` alone."""


def read_early(argv: Sequence[str]) -> Early:
    """Anything that is not understood here is left for the whole parser to refuse."""
    given = {"--profile": "", "--language": ""}
    others: list[str] = []
    understood, line = True, list(argv)
    while line:
        name, equals, value = line.pop(0).partition("=")
        if name not in given:
            others.append(f"{name}{equals}{value}")
            continue
        if not equals and line:
            value = line.pop(0)
        understood = understood and bool(value) and not value.startswith("-")
        given[name] = value
    window = understood and [word for word in others if word != "--json"] in ([], ["run"])
    known = given["--language"] in ("", "zh_CN", "en")
    return Early(given["--profile"], given["--language"], "--json" in argv, window and known)
