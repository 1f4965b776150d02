"""What a claim's page offers to do next, whom the claim waits for, and what carries an act out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backbone_core.claim import ClaimAct, ClaimState
from backbone_desktop.ui.presenters.benefit import paper_words
from backbone_desktop.ui.presenters.claim_history import refusal_words, step_words
from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_core.claim_step import ClaimStep
    from backbone_desktop.services.claim_way import Reported
    from backbone_desktop.services.claims import ClaimView
    from backbone_desktop.services.ports import Desk

ORDER = (ClaimAct.CHECK_TOWNSHIP, ClaimAct.CHECK_COUNTY, ClaimAct.REPORT, ClaimAct.COMPLETE, ClaimAct.CLOSE,
         ClaimAct.ASK_PAPERS, ClaimAct.RETURN, ClaimAct.WITHDRAW, ClaimAct.VOID)
"""What brings the claim on stands first."""
ONWARD = frozenset(ORDER[:5])
STRAIGHT = frozenset({ClaimAct.CHECK_TOWNSHIP, ClaimAct.CHECK_COUNTY})
"""Acts that nothing need be said about."""
PAPERS = frozenset({ClaimAct.ASK_PAPERS, ClaimAct.COMPLETE})
REASON = {ClaimAct.RETURN: True, ClaimAct.WITHDRAW: True, ClaimAct.VOID: True, ClaimAct.ASK_PAPERS: False}
"""Acts with a line for the reason, and whether it must be filled."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One act: `why_not` is a sentence where this account may not."""

    act: ClaimAct
    text: str
    why_not: str


@dataclass(frozen=True, slots=True)
class Paper:
    code: str
    text: str
    ticked: bool


def offers(words: Words, view: ClaimView) -> tuple[Offer, ...]:
    found = {one.act: one.why_not for one in view.way.acts}
    return tuple(Offer(act, words(f"act_button.{act}"), words.finding(why) if (why := found[act]) else "")
                 for act in ORDER if act in found)


def next_line(words: Words, view: ClaimView) -> str:
    """Whom the claim waits for; with it, why the next act is not this account's."""
    state = view.claim.state
    waits = words(f"claim_next.{state}") if words.knows(f"claim_next.{state}") else ""
    why = next((one.why_not for one in offers(words, view) if one.act in ONWARD and one.why_not), "")
    return " · ".join(part for part in (waits, why) if part)


def refused_lines(words: Words, view: ClaimView) -> tuple[tuple[str, str], ...]:
    """(step id, sentence) of each step that the centre refused and nobody has taken note of."""
    told = []
    for row in view.way.refused:
        text, _ = step_words(words, row)
        told.append((row.step.id, "\n".join(part for part in (text, refusal_words(words, row)) if part)))
    return tuple(told)


def papers_for(words: Words, view: ClaimView, act: ClaimAct) -> tuple[Paper, ...]:
    """The boxes of an act's list: every paper of the scheme may be asked for, and those that lack may be brought."""
    if act is ClaimAct.COMPLETE:
        return tuple(Paper(need.code, paper_words(words, need), False) for need in view.missing)
    if act is not ClaimAct.ASK_PAPERS or view.scheme is None:
        return ()
    missing = {need.code for need in view.missing}
    return tuple(Paper(need.code, paper_words(words, need), need.code in missing) for need in view.scheme.documents)


def waits_for_nothing(view: ClaimView) -> bool:
    """A claim that waits although nothing lacks any more goes on without a list."""
    return view.claim.state is ClaimState.WAITING_PAPERS and not view.missing


def carry_out(desk: Desk, claim_id: str, act: ClaimAct, note: str, papers: tuple[str, ...]
              ) -> ClaimStep | Reported | None:
    """None where papers were noted and others still lack."""
    from backbone_desktop.services.claim_way import bring_papers, report_claims, take_step

    if act is ClaimAct.REPORT:
        return report_claims(desk, [claim_id])
    if act is ClaimAct.COMPLETE and papers:
        return bring_papers(desk, claim_id, papers)
    return take_step(desk, claim_id, act, note, papers)
