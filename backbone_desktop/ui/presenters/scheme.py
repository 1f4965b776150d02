"""What the page of a scheme shows: its rules as sentences by part, and what amounts that belong to nobody come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from backbone_core.errors import Finding, RuleBroken
from backbone_core.money import format_amount
from backbone_desktop.services.schemes import TrialStay, try_scheme
from backbone_desktop.ui.presenters.benefit import Told, sentences
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.scheme import Scheme

_PLACE = "stays.0."


@dataclass(frozen=True, slots=True)
class RulePart:
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """`findings` stand at the names of the form's fields: costs.<name>, poverty_type."""

    told: Told
    findings: tuple[Finding, ...] = ()


def rules(words: Words, scheme: Scheme) -> tuple[RulePart, ...]:
    from backbone_core.scheme_sentences import sentences_of

    return tuple(RulePart(words(f"scheme_part.{part}"), tuple(words(one.code, **{"": "", **one.facts}) for one in said))
                 for part, said in groupby(sentences_of(scheme), key=lambda one: one.part))


def standing(words: Words, scheme: Scheme) -> str:
    """Version, state and policy year, for the line beside the title."""
    return words("Policy year {year} · version {version} · {status_code}", year=scheme.policy_year,
                 version=scheme.version, status_code=f"scheme_status.{scheme.status}")


def tried(words: Words, scheme: Scheme, costs: Mapping[str, str], **terms: str) -> Tried:
    """What the scheme gives for one stay; `terms` are those of `TrialStay`, empty ones fall back on its own."""
    if not costs:
        return Tried(_nothing(words("Type the amounts of a settlement sheet; what the scheme pays stands here step by "
                                    "step. Nothing is kept.")))
    try:
        (benefit,) = try_scheme(scheme, (TrialStay(costs=costs, **{name: text for name, text in terms.items()  # type: ignore[arg-type]
                                                                   if text}),))
    except RuleBroken as broken:
        return Tried(_nothing(words("The benefit is worked out as soon as the open fields are put right.")),
                     tuple(Finding(found.code, found.field.removeprefix(_PLACE), found.facts, found.severity)
                           for found in broken.findings))
    return Tried(Told(figure=format_amount(benefit.amount), below=words("yuan under this scheme"),
                      steps=sentences(words, benefit.trace), missing=()))


def _nothing(why: str) -> Told:
    return Told(figure="", below="", steps=(why,), missing=())
