"""Takes a form field by field and gathers what is wrong with it, instead of stopping at the first mistake."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TypeVar

from backbone_core.errors import Finding, RuleBroken, Severity

ValueT = TypeVar("ValueT")
LONGEST_LINE = 100


class Reading:
    """The findings of one form. Each method returns the value read, or what it was told to fall back on."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, *found: Finding) -> None:
        self.findings.extend(found)

    def refuse(self, code: str, place: str, **facts: object) -> None:
        self.findings.append(Finding(code, place, facts))

    def warn(self, code: str, place: str, **facts: object) -> None:
        self.findings.append(Finding(code, place, facts, Severity.WARNING))

    def take(self, place: str, read: Callable[[], ValueT], otherwise: ValueT) -> ValueT:
        """What `read` returns; what it refuses becomes findings at `place`."""
        try:
            return read()
        except RuleBroken as broken:
            self.at(place, broken.findings)
            return otherwise

    def at(self, place: str, found: tuple[Finding, ...]) -> None:
        """Keep findings of one field's rule, which knows nothing of the form, at the field's place on it."""
        self.findings.extend(Finding(one.code, place, one.facts, one.severity) for one in found)

    def text(self, place: str, typed: str, *, missing: str = "", longest: int = LONGEST_LINE) -> str:
        """A line of text; `missing` is the code of the refusal when it is empty."""
        read = self.take(place, lambda: read_text(typed, longest), "")
        if missing and not typed.strip():
            self.refuse(missing, place)
        return read

    @property
    def refuses(self) -> bool:
        return any(found.refuses for found in self.findings)


def read_text(typed: str, longest: int = LONGEST_LINE) -> str:
    """One line with single blanks. Raises RuleBroken text.characters, text.too_long (longest).

    Invisible format characters, which come along when text is pasted, are left out. Unassigned code points stay:
    a name may bear a character that is younger than this program's tables.
    """
    if typed.isalnum() and len(typed) <= longest:  # no blank, no control and no format character among them
        return typed
    line = " ".join("".join(c for c in typed if unicodedata.category(c) != "Cf").split())
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in line):
        raise RuleBroken("text.characters")
    if len(line) > longest:
        raise RuleBroken("text.too_long", longest=longest)
    return line
