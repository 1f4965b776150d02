"""What a claim's page shows when the centre works its benefit out otherwise, and what carries the answer out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_core.money import format_amount
from backbone_desktop.ui.presenters.benefit import sentences
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.benefit_review import CentreFinds
    from backbone_desktop.services.ports import Desk


@dataclass(frozen=True, slots=True)
class Way:
    """One of the two ways: whose it is, its amount, its steps; `apart` are the places of steps the other has not."""

    whose: str
    figure: str
    steps: tuple[str, ...]
    apart: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    why: str
    here: Way
    centre: Way
    may_adopt: bool


def shown(words: Words, finds: CentreFinds) -> Shown:
    ours, theirs = sentences(words, finds.our_trace), sentences(words, finds.their_trace)
    return Shown(
        why=_why(words, finds), may_adopt=finds.may_adopt,
        here=Way(words("Here"), format_amount(finds.ours), ours, _apart(ours, theirs)),
        centre=Way(words("At the centre"), format_amount(finds.theirs), theirs, _apart(theirs, ours)))


def _why(words: Words, finds: CentreFinds) -> str:
    if finds.same_scheme is False:
        return words("The scheme here and the centre's do not say the same: ask which one holds before you answer.")
    if finds.same_scheme is None:
        return words("The claim's scheme is not kept here; the centre has it.")
    return words("Both go by the same scheme. The centre also counts stays that were taken in elsewhere, and what the "
                 "county has left.")


def _apart(steps: tuple[str, ...], others: tuple[str, ...]) -> frozenset[int]:
    return frozenset(place for place, step in enumerate(steps) if step not in others)


def answer(desk: Desk, claim_id: str, *, adopt: bool) -> None:
    from backbone_desktop.services.benefit_review import adopt_benefit, keep_benefit

    (adopt_benefit if adopt else keep_benefit)(desk, claim_id)
