"""The server is the authority over a claim that was taken in: it weighs every step by what it holds itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from device_end import DeviceEnd, claim, household, member
from way_end import CHECKS, put_steps, step, walk

from backbone_core.change import Outcome
from backbone_core.ids import new_id

Make = Callable[..., DeviceEnd]
FIRST, SECOND = CHECKS


@pytest.fixture
def county(device: Make) -> DeviceEnd:
    """A county's device whose centre holds claim c1, taken in by clerk at the township."""
    end = device("A01")
    end.change("household", "h1", household())
    end.change("member", "m1", member("h1"))
    end.change("claim", "c1", claim("m1", "h1"))
    assert {one.outcome for one in end.push().outcomes} == {Outcome.APPLIED}
    return end


def one_step(end: DeviceEnd, fields: dict[str, Any], made_by: str, step_id: str = "") -> Any:
    return end.send("claim_step", step_id or new_id(), fields, act="claim_step", made_by=made_by)


def state(end: DeviceEnd) -> str:
    return str(end.states()["c1"]["state"])


def test_a_step_moves_its_claim_and_the_state_sent_behind_it_is_there_already(county: DeviceEnd) -> None:
    put_steps(county, "c1", FIRST)
    county.change("claim", "c1", {"state": "township_checked"}, base={"state": "received"}, version=1)
    taken, moved = county.push(county.batch(4)).outcomes
    assert (taken.outcome, moved.outcome, moved.version) == (Outcome.APPLIED, Outcome.APPLIED, 2)
    assert state(county) == "township_checked"


def test_two_people_check_and_neither_twice(county: DeviceEnd) -> None:
    assert walk(county, "c1", ("check_township", "county", "clerk")) == ["claim.self_review"]
    assert walk(county, "c1", FIRST) == [""]
    for again in ("chushen", "ChuShen", "ＣＨＵＳＨＥＮ", "clerk"):
        assert walk(county, "c1", ("check_county", "county", again)) == ["claim.self_review"]
    assert walk(county, "c1", SECOND) == [""]
    assert state(county) == "county_checked"


def test_who_checked_at_another_device_does_not_check_again_here(county: DeviceEnd, device: Make) -> None:
    """An account is of one device; a person is known by its name in the whole county."""
    other = device("A02")
    assert walk(county, "c1", FIRST) == [""]
    assert walk(other, "c1", ("check_county", "county", "chushen")) == ["claim.self_review"]
    assert walk(other, "c1", SECOND) == [""]


def test_of_two_that_check_one_claim_apart_the_first_wins(county: DeviceEnd, device: Make) -> None:
    other = device("A02")
    put_steps(county, "c1", FIRST)
    put_steps(other, "c1", ("void", "county", "fuhe"))
    other.change("claim", "c1", {"state": "void"}, base={"state": "received"}, version=1)
    assert [one.code for one in county.push(county.batch(4)).outcomes] == [""]
    assert [one.code for one in other.push().outcomes] == ["claim.step_late", "rejected.claim_state"]
    assert state(other) == "township_checked"
    assert not [one for one in other.states().values() if "opened_at" in one], "a refused step needs no review"


def test_a_claim_that_came_back_to_where_it_stood_is_not_the_same_claim(county: DeviceEnd, device: Make) -> None:
    late = device("A02")
    put_steps(late, "c1", FIRST)
    walk(county, "c1", ("ask_papers", "county", "fuhe"), ("complete", "township", "clerk"))
    assert state(county) == "received"
    assert [one.code for one in late.push().outcomes] == ["claim.step_late"]


def test_a_townships_device_does_nothing_of_the_countys(county: DeviceEnd, device: Make) -> None:
    township = device("A03", township="示例镇")
    assert walk(township, "c1", FIRST) == ["claim.role_forbidden"]
    assert walk(township, "c1", ("void", "administrator", "admin")) == ["claim.role_forbidden"]
    assert walk(township, "c1", ("withdraw", "township", "clerk")) == [""]
    elsewhere = device("A04", township="测试乡")
    made = step("c1", 1, "received", ("withdraw", "township", "clerk"))
    assert one_step(elsewhere, made, "clerk").code == "rejected.scope"


@pytest.mark.parametrize(("instead", "why"), [
    ({"after": "county_checked"}, "claim.step_wrong"), ({"number": 2}, "claim.step_late"),
    ({"before": "township_checked", "act": "check_county", "after": "county_checked"}, "claim.step_late"),
    ({"role": "insurer"}, "claim.role_forbidden"), ({"role": "administrator"}, "claim.role_forbidden"),
    ({"by": "fuhe"}, "rejected.step_person"), ({"claim_id": "c9"}, "rejected.step_no_claim"),
    ({"act": "approve", "after": "approved"}, "claim.move_forbidden"), ({"act": "x"}, "rejected.record_unreadable"),
    ({"act": "ask_papers", "after": "waiting_papers", "papers": []}, "claim.papers_none"),
    ({"act": "void", "after": "void", "note": " "}, "claim.reason_missing"),
    ({"at": "2019-08-24T01:30:00"}, "rejected.record_unreadable"),
])
def test_a_false_step_is_refused_and_moves_nothing(county: DeviceEnd, instead: dict[str, Any], why: str) -> None:
    assert one_step(county, {**step("c1", 1, "received", FIRST), **instead}, "chushen").code == why
    assert state(county) == "received"


def test_the_papers_that_were_asked_for_must_come(county: DeviceEnd) -> None:
    walk(county, "c1", ("ask_papers", "county", "chushen"))
    made = step("c1", 2, "waiting_papers", ("complete", "township", "clerk"), papers=["ID_CARD"])
    assert one_step(county, made, "clerk").code == "claim.papers_lacking"
    assert one_step(county, {**made, "papers": ["INVOICE"]}, "clerk").code == ""


def test_a_step_never_changes_and_never_goes(county: DeviceEnd) -> None:
    made, step_id = step("c1", 1, "received", FIRST), new_id()
    assert one_step(county, made, "chushen", step_id).code == ""
    edited = county.send("claim_step", step_id, {"by": "fuhe"}, base={"by": "chushen"}, version=1, made_by="fuhe")
    assert edited.code == "rejected.step_stands"
    assert county.send("claim_step", step_id, {}, act="remove", version=1).code == "rejected.step_stands"
    assert one_step(county, made, "chushen", step_id).code == "", "sent once more it is the same step"
    assert state(county) == "township_checked"


def test_a_refused_step_is_removed_by_whoever_took_note_of_it(county: DeviceEnd) -> None:
    step_id = new_id()
    assert one_step(county, step("c1", 5, "received", FIRST), "chushen", step_id).code == "claim.step_late"
    assert county.send("claim_step", step_id, {}, act="remove").outcome is Outcome.APPLIED
    assert step_id not in county.states()


def test_steps_of_one_batch_build_upon_each_other(county: DeviceEnd) -> None:
    put_steps(county, "c1", FIRST, SECOND, ("report", "county", "fuhe"))
    assert [one.code for one in county.push(county.batch(4)).outcomes] == ["", "", ""]
    assert state(county) == "reported"


def test_the_township_sees_the_steps_of_its_claims_alone(county: DeviceEnd, device: Make) -> None:
    walk(county, "c1", FIRST)
    here, there = device("A03", township="示例镇"), device("A04", township="测试乡")
    assert [one["act"] for one in here.states().values() if "act" in one] == ["check_township"]
    assert there.states() == {}
