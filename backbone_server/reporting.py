"""Records at the server that a county has checked claims twice and reported them to the insurer (上报).

The county's checks are two people's, and nobody checks what they took in: the rules are `claim_states.move`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backbone_core.change import RecordKind
from backbone_core.claim import Claim
from backbone_core.claim_states import COUNTY, ClaimAct, ClaimState, move
from backbone_core.errors import RuleBroken
from backbone_core.receipt import read_receipt_number
from backbone_core.records import from_fields
from backbone_server.acts import note_act
from backbone_server.ledger import SERVER, Held, Ledger, must_know_county
from backbone_server.marks import bearers_of
from backbone_server.problems import Problem
from backbone_server.store.engine import Store

_WAY = ((ClaimState.RECEIVED, ClaimAct.CHECK_TOWNSHIP), (ClaimState.TOWNSHIP_CHECKED, ClaimAct.CHECK_COUNTY),
        (ClaimState.COUNTY_CHECKED, ClaimAct.REPORT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkers:
    """The accounts of the two people of the county who looked at the claims; the second one reports them."""

    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """`moved` are the receipt numbers that were reported now; with a problem there are none."""

    moved: tuple[str, ...]
    problems: tuple[Problem, ...]


def report_claims(
    store: Store, county: str, receipt_nos: Sequence[str], checkers: Checkers, *, by: str, now: datetime
) -> Reported:
    """Bring claims from where they stand to 已上报, all or none; one that was reported before stays as it is.

    A problem's `row_no` is the place of its number among `receipt_nos`. Raises RuleBroken county.unknown.
    """
    problems: list[Problem] = []
    moved: list[tuple[str, Held, ClaimState]] = []
    with store.writing() as connection:
        must_know_county(connection, county)
        ledger = Ledger(connection, county)
        for place, typed in enumerate(receipt_nos, start=1):
            try:
                number = str(read_receipt_number(typed))
                held, claim = _claim(ledger, bearers_of(connection, county, RecordKind.CLAIM, "receipt_no", [number]))
                if claim.state is not ClaimState.REPORTED:
                    moved.append((number, held, _reported(claim, checkers)))
            except RuleBroken as broken:
                problems.append(Problem(code=broken.code, row_no=place, title=typed, facts=broken.facts))
        if problems or not moved:
            return Reported(moved=(), problems=tuple(problems))
        for _, held, state in moved:
            ledger.put(held, SERVER, {"state": state.value})
        ledger.write()
        note_act(connection, county, "claims.report", by=by, now=now, detail={
            "claims": [held.record_id for _, held, _ in moved], "first": checkers.first, "second": checkers.second,
        })
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


def _reported(claim: Claim, checkers: Checkers) -> ClaimState:
    state, done_by = claim.state, {ClaimState.RECEIVED: claim.received_by}
    if state not in dict(_WAY):
        move(state, ClaimAct.REPORT, COUNTY)  # says why not
    for source, act in _WAY:
        if state is source:
            who = checkers.first if act is ClaimAct.CHECK_TOWNSHIP else checkers.second
            state = move(state, act, COUNTY, by=who, done_by=done_by)
            done_by[state] = who
    return state
