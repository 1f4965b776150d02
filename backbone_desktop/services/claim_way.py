"""A claim's way through the office: checked by two people, sent back, withdrawn, reported to the insurer.

A step is kept together with the claim's new state in one transaction. Once a claim was taken in the centre is the
authority: it weighs every step anew, and one that it refuses puts the claim back and stays in its history.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from backbone_core.claim import Claim, ClaimAct, ClaimState, Document, acts_for, missing_documents, move
from backbone_core.claim_checks import GONE
from backbone_core.claim_step import ClaimStep, asked_for, check_step, done_by, person, role_at
from backbone_core.errors import Finding, RuleBroken, refuse_if_any
from backbone_core.ids import new_id
from backbone_desktop.services.claim_papers import lacking_papers
from backbone_desktop.services.claim_step_ports import StepRow
from backbone_desktop.services.duties import Duty, require
from backbone_desktop.services.later_stays import rework_later
from backbone_desktop.services.letters import claims_in
from backbone_desktop.services.ports import Desk, UnitOfWork
from backbone_desktop.services.reading import read_text

NEXT_BATCH = "claims.next_report"
"""The setting that holds the next running number of this device's reports to the insurer."""
LONGEST_NOTE = 300
ACT = "claim_"
"""Before a step's act, in the audit trail and in changes: others close and submit things too."""


@dataclass(frozen=True, slots=True)
class NextAct:
    """What may be done with a claim next; `why_not` says why this account may not."""

    act: ClaimAct
    why_not: Finding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimWay:
    """`asked` are codes of the papers that the last notice asked for, while the claim waits for them."""

    steps: tuple[StepRow, ...]
    acts: tuple[NextAct, ...]
    asked: tuple[str, ...]

    @property
    def refused(self) -> tuple[StepRow, ...]:
        """Steps that the centre refused and nobody here has taken note of."""
        return tuple(row for row in self.steps if not row.counts and not row.seen)


@dataclass(frozen=True, slots=True)
class Reported:
    batch: str
    claim_ids: tuple[str, ...]


def way_of(desk: Desk, claim_id: str) -> ClaimWay:
    """Raises RuleBroken claim.unknown."""
    with desk.read() as work:
        return way_in(desk, work, _claim(work, claim_id))


def way_in(desk: Desk, work: UnitOfWork, claim: Claim) -> ClaimWay:
    rows = work.claim_steps.of_claim(claim.id)
    taken = _counting(rows)
    return ClaimWay(steps=rows, acts=tuple(_offered(desk, work, claim, taken)), asked=asked_for(claim, taken))


def steps_of(desk: Desk, claim_id: str) -> tuple[StepRow, ...]:
    """In the order in which they were taken, those that the centre refused among them."""
    with desk.read() as work:
        return work.claim_steps.of_claim(claim_id)


def take_step(desk: Desk, claim_id: str, act: ClaimAct, note: str = "", papers: Collection[str] = ()) -> ClaimStep:
    """Carry out `act`; `papers` are the codes of those that are asked for, or that were brought.

    Raises RuleBroken account.not_allowed, claim.unknown, what `check_step` raises, claim.papers_unknown for a paper
    that the claim's scheme does not know, claim.papers_lacking while one that it needs has not come.
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        step = take_within(desk, work, _claim(work, claim_id), act, note=note, papers=papers)
        work.commit()
    return step


def bring_papers(desk: Desk, claim_id: str, papers: Collection[str]) -> ClaimStep | None:
    """Note papers that a family brought later. With the last of them the claim goes on; else it waits, and None is
    returned. Raises as `take_step` does."""
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        claim = _claim(work, claim_id)
        if claim.state is not ClaimState.WAITING_PAPERS or not papers:
            raise RuleBroken("claim.papers_none" if not papers else "claim.move_forbidden", "papers",
                             state_code=f"claim_state.{claim.state}", act_code=f"claim_act.{ClaimAct.COMPLETE}")
        step = None
        if all(need.code in papers for need in lacking_papers(work, claim)):
            step = take_within(desk, work, claim, ClaimAct.COMPLETE, papers=papers)
        else:
            _hand_in(work, claim, papers)
        work.commit()
    return step


def report_claims(desk: Desk, claim_ids: Sequence[str]) -> Reported:
    """Report claims that were checked twice to the insurer, all under one number or none of them.

    Raises RuleBroken claim.nothing_to_report, and what `take_step` raises, at `claims.<n>`.
    """
    require(desk, Duty.REGISTER)
    chosen = tuple(dict.fromkeys(claim_ids))
    if not chosen:
        raise RuleBroken("claim.nothing_to_report", "claims")
    found: list[Finding] = []
    with desk.open() as work:
        batch = _batch(work)
        for place, claim_id in enumerate(chosen):
            try:
                take_within(desk, work, _claim(work, claim_id), ClaimAct.REPORT, batch=batch)
            except RuleBroken as broken:
                found += [one.at(f"claims.{place}") for one in broken.findings]
        refuse_if_any(found)
        work.commit()
    return Reported(batch, chosen)


def report_all(desk: Desk) -> Reported:
    """Report every claim that was checked twice. Raises as `report_claims` does."""
    with desk.read() as work:
        chosen = [row.id for row in claims_in(work, [ClaimState.COUNTY_CHECKED])]
    return report_claims(desk, chosen)


def note_refusal(desk: Desk, step_id: str) -> None:
    """Take note of a step that the centre refused: it stays in the history and asks for nothing any more.

    Raises RuleBroken claim.step_stands for one that counts.
    """
    require(desk, Duty.REGISTER)
    with desk.open() as work:
        row = work.claim_steps.get(step_id)
        if row is None or row.counts:
            raise RuleBroken("claim.step_stands")
        work.remove(row.step, "claim_step_seen")
        work.commit()


# --- inside one transaction


def take_within(desk: Desk, work: UnitOfWork, claim: Claim, act: ClaimAct, *, note: str = "",
          papers: Collection[str] = (), batch: str = "") -> ClaimStep:
    taken = _counting(work.claim_steps.of_claim(claim.id))
    who, role = desk.actor, _role(desk, work)
    after = move(claim.state, act, role, by=person(who.account), done_by=done_by(claim, taken))
    step = ClaimStep(
        id=new_id(), claim_id=claim.id, number=len(taken) + 1, act=act, before=claim.state, after=after,
        by=who.account, by_name=who.display_name, role=role, at=desk.clock.now(), note=_note(note),
        papers=_known_papers(work, claim, papers), batch=batch)
    check_step(step, claim, taken)
    if act is ClaimAct.COMPLETE:
        claim = _hand_in(work, claim, papers)
        _nothing_missing(work, claim)
    work.write(step, f"{ACT}{act}")
    claim = replace(claim, state=after)
    work.write(claim, f"{ACT}{act}")
    if after in GONE:
        rework_later(work, claim)
    return step


def _offered(desk: Desk, work: UnitOfWork, claim: Claim, taken: Sequence[ClaimStep]) -> Sequence[NextAct]:
    role, who = _role(desk, work), person(desk.actor.account)
    acts = []
    for act in acts_for(claim.state, role):
        if act in {ClaimAct.SUBMIT, ClaimAct.CORRECT_ACCOUNT}:  # they have forms of their own
            continue
        try:
            move(claim.state, act, role, by=who, done_by=done_by(claim, taken))
        except RuleBroken as broken:
            acts.append(NextAct(act, broken.findings[0]))
        else:
            acts.append(NextAct(act))
    return acts


def _claim(work: UnitOfWork, claim_id: str) -> Claim:
    claim = work.claims.get(claim_id)
    if claim is None:
        raise RuleBroken("claim.unknown")
    return claim


def _counting(rows: Sequence[StepRow]) -> tuple[ClaimStep, ...]:
    return tuple(row.step for row in rows if row.counts)


def _role(desk: Desk, work: UnitOfWork) -> str:
    scope, _, township = work.sync.device().scope.partition(":")
    return role_at(desk.actor.role, township if scope == "township" else "")


def _note(typed: str) -> str:
    return read_text(typed, LONGEST_NOTE) if typed.strip() else ""


def _known_papers(work: UnitOfWork, claim: Claim, papers: Collection[str]) -> tuple[str, ...]:
    """In the order of the claim's scheme, those beside it last."""
    scheme = work.schemes.get(claim.scheme_id, claim.scheme_version)
    known = [need.code for need in scheme.documents] if scheme else []
    known += [document.code for document in claim.documents if document.code not in known]
    if any(code not in known for code in papers):
        raise RuleBroken("claim.papers_unknown", "papers")
    return tuple(code for code in known if code in papers)


def _hand_in(work: UnitOfWork, claim: Claim, papers: Collection[str]) -> Claim:
    """A change of its own: what was brought lies on the counter, whatever the centre says to the step."""
    codes = dict.fromkeys([*(document.code for document in claim.documents), *_known_papers(work, claim, papers)])
    here = {document.code for document in claim.documents if document.handed_in} | set(papers)
    claim = replace(claim, documents=tuple(Document(code=code, handed_in=code in here) for code in codes))
    work.write(claim, "claim_add_papers")
    return claim


def _nothing_missing(work: UnitOfWork, claim: Claim) -> None:
    scheme = work.schemes.get(claim.scheme_id, claim.scheme_version)
    if scheme and (missing := missing_documents(claim, scheme)):
        raise RuleBroken("claim.papers_lacking", "papers", count=len(missing))


def _batch(work: UnitOfWork) -> str:
    """上报批次号: county, device and a running number, "520625-A03-B0001"."""
    office, number = work.office.profile(), int(work.office.setting(NEXT_BATCH) or 1)
    work.office.set_setting(NEXT_BATCH, str(number + 1))
    return f"{office.county}-{office.device_no}-B{number:04d}"
