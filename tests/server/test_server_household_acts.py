"""What the server does with acts on households and with people who died or left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from device_end import DeviceEnd, household, member

from backbone_core.change import Outcome

Make = Callable[..., Any]


def act(household_id: str, **instead: Any) -> dict[str, Any]:
    return {"household_id": household_id, "kind": "death", "happened_on": "2019-08-24", "reason": "因病",
            "recorded_at": "2019-08-25T01:00:00Z", "recorded_by": "测试经办", "old": "", "new": "", "other_id": "",
            "other_no": "", "people": [{"member_id": "m1", "name": "测试甲", "before": "户主", "after": ""}], **instead}


def codes(end: DeviceEnd) -> list[str]:
    return [fields["code"] for fields in end.states().values() if "opened_at" in fields]


@pytest.fixture
def two(device: Make) -> tuple[DeviceEnd, DeviceEnd]:
    """Two devices of one county that both know household h1 and member m1 at version 1."""
    one, other = device("A01"), device("A02")
    one.change("household", "h1", household())
    one.change("member", "m1", member("h1"))
    one.push()
    return one, other


def test_an_act_is_kept_and_handed_on_as_it_was_told(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    assert one.send("household_act", "a1", act("h1")).outcome is Outcome.APPLIED
    assert other.states()["a1"] == act("h1")


@pytest.mark.parametrize("spoilt", [
    {"kind": "vanished"}, {"happened_on": "2019-02-30"}, {"recorded_at": "2019-08-25T01:00:00"}, {"people": ["测试甲"]},
])
def test_an_act_that_no_office_could_read_is_rejected(two: tuple[DeviceEnd, DeviceEnd], spoilt: dict[str, Any]) -> None:
    one, _ = two
    answer = one.send("household_act", "a1", act("h1", **spoilt))
    assert (answer.outcome, answer.code) == (Outcome.REJECTED, "rejected.record_unreadable")


def test_two_tellings_of_one_act_are_never_mixed(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    one.send("household_act", "a1", act("h1"))
    one.send("household_act", "a1", {"reason": "意外"}, base={"reason": "因病"}, version=1)
    answer = other.send("household_act", "a1", {"happened_on": "2019-08-25"}, base={"happened_on": "2019-08-24"},
                        version=1)
    assert (answer.outcome, answer.conflicts) == (Outcome.CONFLICT, ("happened_on",))
    assert one.states()["a1"]["happened_on"] == "2019-08-24"


@pytest.mark.parametrize(("kind", "record_id", "fields", "base"), [
    ("member", "m1", {"standing": "died", "left_on": "2019-08-24"}, {"standing": "present", "left_on": None}),
    ("household", "h1", {"listing": "left", "listing_since": "2019-08-24"}, {"listing": "listed",
                                                                            "listing_since": None}),
])
def test_who_lives_and_who_is_on_the_list_gets_a_person_where_somebody_else_was_there(
        device: Make, kind: str, record_id: str, fields: dict[str, Any], base: dict[str, Any]) -> None:
    one, other = device("A01"), device("A02")
    one.change("household", "h1", {**household(), "listing": "listed", "listing_since": None})
    one.change("member", "m1", {**member("h1"), "standing": "present", "left_on": None})
    one.push()
    one.send(kind, record_id, {"phone": "1"}, base={"phone": ""}, version=1)
    answer = other.send(kind, record_id, fields, base=base, version=1)
    assert (answer.outcome, answer.conflicts) == (Outcome.CONFLICT, tuple(fields))
    assert codes(one) == ["review.conflict"]


def test_who_left_may_be_registered_anew_and_who_died_may_not(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    one.send("member", "m1", {"standing": "died", "left_on": "2019-08-24"}, version=1)
    other.send("household", "h2", household("HH0002"))
    other.send("member", "m2", member("h2"))
    assert codes(one) == ["review.duplicate_person"]
    one.send("member", "m3", member("h1", id_no="530521197505050025", standing="left", left_on="2019-08-24"))
    other.send("member", "m4", member("h2", id_no="530521197505050025"))
    assert codes(one) == ["review.duplicate_person"]
    # and once they are back, there are two of them
    one.send("member", "m3", {"standing": "present", "left_on": None},
             base={"standing": "left", "left_on": "2019-08-24"}, version=1)
    assert codes(one) == ["review.duplicate_person"] * 2


def test_the_history_moves_with_the_household(device: Make) -> None:
    county, there = device("A01"), device("A02", township="测试乡")
    county.change("household", "h1", household())
    county.change("household_act", "a1", act("h1"))
    county.push()
    assert "a1" not in there.states()
    county.send("household", "h1", {"township": "测试乡"}, base={"township": "示例镇"}, version=1)
    assert there.states()["a1"] == act("h1")


def test_a_township_writes_no_other_township_s_history(device: Make) -> None:
    county, there = device("A01"), device("A02", township="测试乡")
    county.send("household", "h1", household())
    answer = there.send("household_act", "a1", act("h1"))
    assert (answer.outcome, answer.code) == (Outcome.REJECTED, "rejected.scope")
