"""Whatever anybody tries in whatever order: no claim leaves the table, and nobody checks one twice."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from backbone_core.claim import Claim, ClaimAct, ClaimState
from backbone_core.claim_step import ClaimStep, check_step
from backbone_core.errors import RuleBroken
from tests.core.way_table import TABLE, checked_by_two

ROLES = ("township", "county", "administrator", "insurer", "auditor", "")
PEOPLE = ("clerk", "Clerk", "ｃｌｅｒｋ", "a", "A", "b", "c")


def refused(step: ClaimStep, claim: Claim, steps: list[ClaimStep]) -> str:
    try:
        check_step(step, claim, steps)
    except RuleBroken as broken:
        return broken.code
    return ""


class ClaimsWay(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.claim = Claim(id="c", member_id="m", household_id="h", policy_year=2019, state=ClaimState.RECEIVED,
                           received_by="clerk")
        self.steps: list[ClaimStep] = []

    @rule(data=st.data(), role=st.sampled_from(ROLES), by=st.sampled_from(PEOPLE), sensible=st.booleans())
    def try_a_step(self, data: st.DataObject, role: str, by: str, sensible: bool) -> None:
        known = [act for state, act in TABLE if state is self.claim.state]
        act = data.draw(st.sampled_from(known) if sensible and known else st.sampled_from(ClaimAct))
        after = data.draw(st.sampled_from([one for one, _ in TABLE[self.claim.state, act]])
                          if sensible and known else st.sampled_from(ClaimState))
        number = len(self.steps) + 1 if sensible else data.draw(st.integers(0, 9))
        step = ClaimStep(
            id="s", claim_id="c", number=number, act=act, before=self.claim.state, after=after, by=by, by_name="",
            role=role, at=datetime(2019, 9, 2, tzinfo=UTC), note="x", papers=("INVOICE",))
        code = refused(step, self.claim, self.steps)
        in_table = any(target is after and role in roles for target, roles in TABLE.get((self.claim.state, act), ()))
        if code:
            assert not in_table or number != len(self.steps) + 1 or code == "claim.self_review"
            return
        assert in_table
        self.steps.append(step)
        self.claim = Claim(id="c", member_id="m", household_id="h", policy_year=2019, state=after,
                           received_by="clerk")

    @invariant()
    def nobody_checks_twice(self) -> None:
        checked_by_two(self.claim, self.steps)


ClaimsWay.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestClaimsWay = ClaimsWay.TestCase
