"""The benefit as it is told to the family: one figure, and the steps that lead to it in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_core.benefit import TraceStep
from backbone_core.money import format_amount
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.scheme import DocumentNeed, Scheme
    from backbone_desktop.ui.presenters.claim import Weighed

OPEN_MATTERS = frozenset({"member_id", "admitted", "discharged", "settled", "hospital_level", "costs.medfee_sumamt"})
"""Fields without which nothing can be worked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """`figure` is "" while nothing can be worked out; `steps` then says what is still needed."""

    figure: str
    below: str
    steps: tuple[str, ...]
    missing: tuple[str, ...]


def told(words: Words, weighed: Weighed) -> Told:
    appraisal = weighed.appraisal
    missing = tuple(paper_words(words, need) for need in appraisal.missing) if weighed.coverage is not None else ()
    if appraisal.benefit is None:
        return Told(figure="", below="", steps=(waiting_for(words, weighed),), missing=missing)
    return Told(figure=format_amount(appraisal.benefit.amount),
                below=words("yuan, until the insurer has decided"),
                steps=sentences(words, appraisal.benefit.trace), missing=missing)


def sentences(words: Words, trace: Iterable[TraceStep]) -> tuple[str, ...]:
    """The steps as they are read aloud to the family."""
    return tuple(words.step(step) for step in trace)


def waiting_for(words: Words, weighed: Weighed) -> str:
    """Why there is no figure yet."""
    refused = {found.field for found in weighed.findings if found.refuses}
    if "member_id" in refused and weighed.coverage is None:
        return words("The benefit is worked out here as soon as the patient, the days and the amounts are typed.")
    if refused & OPEN_MATTERS or any(field.startswith("costs.") for field in refused):
        return words("The benefit is worked out as soon as the days and the amounts stand and add up.")
    return words("The benefit is worked out as soon as the open fields are put right.")


def paper_words(words: Words, need: DocumentNeed) -> str:
    """A paper's name: the county's own words, else the catalogue's."""
    return need.text or words(f"document.{need.code}")


def paper_when(words: Words, need: DocumentNeed) -> str:
    """When a paper is needed: "required", "optional", or the condition in words."""
    if need.when:
        code = f"document_when.{need.when}"
        return words(code) if words.knows(code) else need.when
    return words(f"need.{need.need}")


def scheme_line(words: Words, scheme: Scheme | None) -> str:
    """By which rules it was worked out."""
    if scheme is None:
        return ""
    return words("{id}, version {version}", id=scheme.scheme_id, version=scheme.version)
