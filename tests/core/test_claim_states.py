"""Who may move a claim from where to where."""

from __future__ import annotations

from itertools import product

import pytest

from backbone_core.claim import ClaimAct, ClaimState, acts_for, move
from backbone_core.errors import RuleBroken

ROLES = ("township", "county", "administrator", "insurer", "auditor", "nobody")


def code_of(state: ClaimState, act: ClaimAct, role: str, **who: object) -> str:
    with pytest.raises(RuleBroken) as caught:
        move(state, act, role, **who)  # type: ignore[arg-type]
    return caught.value.code


def test_the_usual_way_of_a_claim() -> None:
    state = ClaimState.DRAFT
    done_by: dict[ClaimState, set[str]] = {}
    for act, role, by in (
        (ClaimAct.SUBMIT, "township", "a"),
        (ClaimAct.ASK_PAPERS, "township", "a"),
        (ClaimAct.COMPLETE, "township", "a"),
        (ClaimAct.CHECK_TOWNSHIP, "county", "b"),
        (ClaimAct.CHECK_COUNTY, "county", "c"),
        (ClaimAct.REPORT, "county", "c"),
        (ClaimAct.ACCEPT, "insurer", "d"),
        (ClaimAct.APPROVE, "insurer", "d"),
        (ClaimAct.PAY_FAIL, "insurer", "d"),
        (ClaimAct.RETRY_PAY, "insurer", "d"),
        (ClaimAct.CLOSE, "county", "c"),
    ):
        state = move(state, act, role, by=by, done_by=done_by)
        done_by[state] = {by}
    assert state is ClaimState.CLOSED
    assert set(done_by) >= {ClaimState.WAITING_PAPERS, ClaimState.COUNTY_CHECKED, ClaimState.PAYMENT_FAILED}


def test_nobody_checks_their_own_work() -> None:
    taken_in = {ClaimState.RECEIVED: {"a"}, ClaimState.TOWNSHIP_CHECKED: {"b"}}
    check = ClaimAct.CHECK_TOWNSHIP, "county"
    assert code_of(ClaimState.RECEIVED, *check, by="a", done_by=taken_in) == "claim.self_review"
    assert move(ClaimState.RECEIVED, *check, by="b", done_by=taken_in) is ClaimState.TOWNSHIP_CHECKED
    county = ClaimAct.CHECK_COUNTY, "county"
    for by in ("a", "b"):
        assert code_of(ClaimState.TOWNSHIP_CHECKED, *county, by=by, done_by=taken_in) == "claim.self_review"
    assert move(ClaimState.TOWNSHIP_CHECKED, *county, by="c", done_by=taken_in) is ClaimState.COUNTY_CHECKED


def test_a_role_does_its_own_acts_only() -> None:
    assert code_of(ClaimState.INSURER_ACCEPTED, ClaimAct.APPROVE, "county") == "claim.role_forbidden"
    assert code_of(ClaimState.TOWNSHIP_CHECKED, ClaimAct.CHECK_COUNTY, "township") == "claim.role_forbidden"
    for role in ("administrator", "township"):
        assert code_of(ClaimState.RECEIVED, ClaimAct.CHECK_TOWNSHIP, role) == "claim.role_forbidden"
    assert code_of(ClaimState.RECEIVED, ClaimAct.VOID, "township") == "claim.role_forbidden"


def test_a_refusal_says_state_and_act() -> None:
    with pytest.raises(RuleBroken) as caught:
        move(ClaimState.CLOSED, ClaimAct.PAY, "insurer")
    assert caught.value.facts == {"state_code": "claim_state.closed", "act_code": "claim_act.pay"}


def test_moves_and_offers_agree_everywhere() -> None:
    for state, act, role in product(ClaimState, ClaimAct, ROLES):
        if act in acts_for(state, role):
            stays = act is ClaimAct.CORRECT_ACCOUNT or (state, act) == (
                ClaimState.PART_APPROVED, ClaimAct.APPROVE_PART)
            assert (move(state, act, role) is state) is stays
        else:
            assert code_of(state, act, role) in ("claim.move_forbidden", "claim.role_forbidden")


@pytest.mark.parametrize("state", [ClaimState.CLOSED, ClaimState.WITHDRAWN, ClaimState.VOID])
def test_what_is_over_stays_over(state: ClaimState) -> None:
    assert all(acts_for(state, role) == () for role in ROLES)


def test_an_auditor_only_looks() -> None:
    assert all(acts_for(state, "auditor") == () for state in ClaimState)


def test_every_state_but_the_draft_can_be_reached() -> None:
    reached = {ClaimState.DRAFT}
    while True:
        further = {
            move(state, act, role) for state in reached for role in ROLES for act in acts_for(state, role)
        } - reached
        if not further:
            break
        reached |= further
    assert reached == set(ClaimState)
