"""One step on a claim's way: who did what with it when, and what speaks against such a step.

The steps of a claim are numbered from 1 in the order in which the centre took them, so that of two offices that act on
one claim apart from each other, one comes too late and hears of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from backbone_core.claim import Claim
from backbone_core.claim_states import ADMINISTRATOR, COUNTY, TOWNSHIP, ClaimAct, ClaimState, move
from backbone_core.errors import RuleBroken

SAYS_WHY = frozenset({ClaimAct.RETURN, ClaimAct.WITHDRAW, ClaimAct.VOID, ClaimAct.CORRECT_ACCOUNT})
"""Acts that need a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStep:
    """办理记录. It never changes once the centre took it. `number` is its place on the claim's way.

    `papers` are codes of the scheme's documents: those that were asked for, or that were brought. `batch` is the number
    under which claims were reported together.
    """

    id: str
    claim_id: str
    number: int
    act: ClaimAct
    before: ClaimState
    after: ClaimState
    by: str
    by_name: str
    role: str
    at: datetime
    note: str = ""
    papers: tuple[str, ...] = ()
    batch: str = ""


def person(account: str) -> str:
    """Who an account is, as people are told apart within a county: by the account's name.

    An account's id belongs to one device, so somebody who works at two of the county's devices has two; the name is
    what they bear at both. An office gives everybody a name of their own in the whole county.
    """
    return unicodedata.normalize("NFKC", account).strip().casefold()


def done_by(claim: Claim, steps: Sequence[ClaimStep]) -> Mapping[ClaimState, frozenset[str]]:
    """Who took the claim in, papers brought later included, and who checked it first since it last went back."""
    took_in, first = {person(claim.received_by)}, frozenset[str]()
    for step in steps:
        if step.act is ClaimAct.COMPLETE:
            took_in.add(person(step.by))
        if step.act is ClaimAct.CHECK_TOWNSHIP:
            first = frozenset({person(step.by)})
        elif step.after is ClaimState.RECEIVED:
            first = frozenset()
    return {ClaimState.RECEIVED: frozenset(took_in), ClaimState.TOWNSHIP_CHECKED: first}


def check_step(step: ClaimStep, claim: Claim, steps: Sequence[ClaimStep]) -> None:
    """Weigh a step against the claim as it stands and the steps that it took, in their order.

    Raises RuleBroken claim.step_late (the claim went on meanwhile), what `move` raises, claim.step_wrong (it says
    another state than the act leads to), claim.reason_missing, claim.papers_none (a notice that asks for nothing),
    claim.papers_lacking (not all that was asked for was brought).
    """
    if step.number != len(steps) + 1 or step.before is not claim.state:
        raise RuleBroken("claim.step_late", state_code=f"claim_state.{claim.state}",
                         act_code=f"claim_act.{step.act}")
    after = move(claim.state, step.act, step.role, by=person(step.by), done_by=done_by(claim, steps))
    if step.after is not after or step.act is ClaimAct.SUBMIT:
        raise RuleBroken("claim.step_wrong")
    if step.act in SAYS_WHY and not step.note.strip():
        raise RuleBroken("claim.reason_missing", "note")
    if step.act is ClaimAct.ASK_PAPERS and not step.papers:
        raise RuleBroken("claim.papers_none", "papers")
    lacking = set(asked_for(claim, steps)).difference(step.papers)
    if step.act is ClaimAct.COMPLETE and lacking:
        raise RuleBroken("claim.papers_lacking", "papers", count=len(lacking))


def asked_for(claim: Claim, steps: Sequence[ClaimStep]) -> tuple[str, ...]:
    """Codes of the papers that the last notice asked for, while the claim waits for them; () without a notice.

    One that lies on the counter already may be asked for again, because it cannot be read or is a copy.
    """
    if claim.state is not ClaimState.WAITING_PAPERS:
        return ()
    return next((step.papers for step in reversed(steps) if step.act is ClaimAct.ASK_PAPERS), ())


def role_at(role: str, township: str) -> str:
    """What somebody's role comes to at a device: at a township's ("" = the county's) nobody does what is the county's.

    The centre knows the device's scope and takes no other word for it.
    """
    return TOWNSHIP if township and role in {COUNTY, ADMINISTRATOR} else role
