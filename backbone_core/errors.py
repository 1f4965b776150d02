"""The two kinds of trouble that a clerk can be told about; anything else is a bug.

Neither kind carries words: a code names the sentence in the catalogue, facts fill it in. The text of an exception
never shows the facts, because they may be somebody's name or illness and exceptions end up in logs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made_of
from enum import StrEnum
from types import MappingProxyType


class Severity(StrEnum):
    """Whether a finding stops the act or only asks the clerk to look again."""

    REFUSAL = "refusal"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found: `code` names the sentence, `field` the place on the form ("" = the whole form).

    Fields of a list are written `members.2.id_no` (counted from 0).
    """

    code: str
    field: str = ""
    facts: Mapping[str, object] = made_of(default_factory=lambda: MappingProxyType({}), repr=False)
    severity: Severity = Severity.REFUSAL

    @property
    def refuses(self) -> bool:
        return self.severity is Severity.REFUSAL

    def at(self, place: str) -> Finding:
        """The same finding, moved below `place` ("members.2" + "id_no" → "members.2.id_no")."""
        joined = ".".join(part for part in (place, self.field) if part)
        return Finding(self.code, joined, self.facts, self.severity)


def warning(code: str, field: str = "", **facts: object) -> Finding:
    return Finding(code, field, facts, Severity.WARNING)


def refusal(code: str, field: str = "", **facts: object) -> Finding:
    return Finding(code, field, facts, Severity.REFUSAL)


class BackboneError(Exception):
    """Base of what can be explained to a clerk."""

    code: str = "error"
    facts: Mapping[str, object] = MappingProxyType({})


class RuleBroken(BackboneError):
    """An act was refused by a rule. Shown at its field; nothing was changed."""

    def __init__(self, code: str, field: str = "", **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
        self.field = field
        self.findings: tuple[Finding, ...] = (Finding(code, field, facts),)

    @classmethod
    def because_of(cls, findings: Iterable[Finding]) -> RuleBroken:
        """One refusal for several findings; the first that refuses gives its code."""
        kept = tuple(findings)
        first = next((found for found in kept if found.refuses), kept[0])
        broken = cls(first.code, first.field, **first.facts)
        broken.findings = kept
        return broken


class Unavailable(BackboneError):
    """Something outside the rules is not there: disk, link, printer, keyring. Shown as a banner with a way on."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def refuse_if_any(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Raise `RuleBroken` when any finding refuses; otherwise return the warnings."""
    kept = tuple(findings)
    if any(found.refuses for found in kept):
        raise RuleBroken.because_of(kept)
    return kept
