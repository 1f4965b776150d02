"""Reports claims to the insurer (上报) at the server itself, where the county's devices checked them twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backbone_core.change import RecordKind
from backbone_core.claim import Claim
from backbone_core.claim_states import COUNTY, ClaimAct, ClaimState, move
from backbone_core.claim_step import ClaimStep, check_step
from backbone_core.errors import RuleBroken
from backbone_core.ids import new_id
from backbone_core.receipt import read_receipt_number
from backbone_core.records import from_fields, to_fields
from backbone_server.acts import note_act
from backbone_server.ledger import SERVER, Held, Ledger, must_know_county
from backbone_server.marks import bearers_of
from backbone_server.problems import Problem
from backbone_server.steps import steps_held
from backbone_server.store.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """`moved` are the receipt numbers that were reported now; with a problem there are none."""

    moved: tuple[str, ...]
    problems: tuple[Problem, ...]


def report_claims(store: Store, county: str, receipt_nos: Sequence[str], *, by: str, now: datetime) -> Reported:
    """Bring claims from 复核通过 to 已上报, all or none; one that was reported before stays as it is, and one that is
    named twice is reported once.

    A problem's `row_no` is the place of its number among `receipt_nos`. Raises RuleBroken county.unknown.
    """
    problems: list[Problem] = []
    moved: list[tuple[str, Held, ClaimStep]] = []
    with store.writing() as connection:
        must_know_county(connection, county)
        ledger = Ledger(connection, county)
        for place, typed in enumerate(receipt_nos, start=1):
            try:
                number = str(read_receipt_number(typed))
                held, claim = _claim(ledger, bearers_of(connection, county, RecordKind.CLAIM, "receipt_no", [number]))
                if claim.state is not ClaimState.REPORTED and all(number != known for known, *_ in moved):
                    moved.append((number, held, _step(ledger, held, claim, by, now)))
            except RuleBroken as broken:
                problems.append(Problem(code=broken.code, row_no=place, title=typed, facts=broken.facts))
        if problems or not moved:
            return Reported(moved=(), problems=tuple(problems))
        for _, held, step in moved:
            _keep(ledger, held, step)
        ledger.write()
        note_act(connection, county, "claims.report", by=by, now=now,
                 detail={"claims": [held.record_id for _, held, _ in moved]})
    return Reported(moved=tuple(number for number, _, _ in moved), problems=())


def _claim(ledger: Ledger, bearers: dict[str, list[str]]) -> tuple[Held, Claim]:
    ((_, ids),) = bearers.items()
    if len(ids) > 1:
        raise RuleBroken("decision_file.two_such_claims")
    held = ledger.get(RecordKind.CLAIM, ids[0]) if ids else None
    claim = from_fields(RecordKind.CLAIM, ids[0], held.fields) if held else None
    if held is None or not isinstance(claim, Claim):
        raise RuleBroken("decision_file.no_such_claim")
    return held, claim


def _step(ledger: Ledger, held: Held, claim: Claim, by: str, now: datetime) -> ClaimStep:
    taken = steps_held(ledger, held)
    step = ClaimStep(
        id=new_id(), claim_id=claim.id, number=len(taken) + 1, act=ClaimAct.REPORT, before=claim.state,
        after=move(claim.state, ClaimAct.REPORT, COUNTY), by=by, by_name=by, role=COUNTY, at=now)
    check_step(step, claim, taken)
    return step


def _keep(ledger: Ledger, claim: Held, step: ClaimStep) -> None:
    made = Held(kind=RecordKind.CLAIM_STEP, record_id=step.id, township=claim.township, household_id="", member_id="",
                version=0, author=SERVER, author_since=1, fields={})
    ledger.place(made, claim.township, claim.household_id, claim.member_id)
    ledger.put(made, SERVER, to_fields(step))
    ledger.put(claim, SERVER, {"state": step.after.value})
