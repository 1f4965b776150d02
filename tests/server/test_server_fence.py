"""What a faulty or altered device sends must not stop the others, nor tell it more than it may know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from device_end import DeviceEnd, TurnedDownError, claim, household, member

from backbone_core.ids import new_id
from backbone_core.protocol import PROOF, Proof, encode, session_message
from backbone_server.app import Parts

Make = Callable[..., DeviceEnd]


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("kind", ["decision", "payment"])
def test_what_the_insurer_answered_is_not_a_devices_to_write(device: Make, kind: str) -> None:
    end = device()
    answer = end.send(kind, new_id(), {"claim_id": "c1", "outcome": "approved", "amount": 100})
    assert answer.code == "rejected.made_by_server"
    assert end.states() == {}


@pytest.mark.parametrize("depth", [33, 100, 400])
def test_what_is_nested_too_deeply_is_unreadable(device: Make, depth: int) -> None:
    end = device()
    with pytest.raises(TurnedDownError) as turned_down:
        end.send("household", new_id(), household(deep=nested(depth)))
    assert turned_down.value.code == "server.unreadable"


@pytest.mark.parametrize(("name", "value"), [
    ("received_at", "2019-08-24T01:30:00"),
    ("received_at", "0001-01-01T00:00:00+08:00"),
    ("policy_year", 1 << 63),
    ("scheme_version", -(1 << 63) - 0),
    ("remarks", "长" * 100_000),
])
def test_values_that_no_store_can_hold_are_rejected(device: Make, name: str, value: Any) -> None:
    end = device()
    home, person = new_id(), new_id()
    end.send("household", home, household())
    end.send("member", person, member(home))
    outcome = end.send("claim", new_id(), claim(person, home, **{name: value}))
    assert (outcome.outcome.value, outcome.code) == ("rejected", "rejected.record_unreadable")


def test_a_record_cannot_be_removed_half(device: Make) -> None:
    end = device()
    home = new_id()
    end.send("household", home, household())
    outcome = end.send("household", home, {"removed": "yes"}, version=1)
    assert outcome.code == "rejected.record_unreadable"


def test_a_claim_that_was_taken_in_is_not_removed(device: Make) -> None:
    end = device()
    home, person, taken = new_id(), new_id(), new_id()
    end.send("household", home, household())
    end.send("member", person, member(home))
    draft = new_id()
    end.send("claim", draft, claim(person, home, state="draft", receipt_no="", received_at=None, received_by=""))
    assert end.send("claim", draft, {}, act="remove", version=1).outcome.value == "applied"
    end.send("claim", taken, claim(person, home))
    assert end.send("claim", taken, {}, act="remove", version=1).code == "rejected.claim_printed"


def test_a_number_beyond_every_column_is_a_gap(device: Make) -> None:
    end = device()
    end.change("household", new_id(), household())
    batch = replace(end.batch(), changes=(replace(end.changes[0], seq=(1 << 64) - 1),))
    with pytest.raises(TurnedDownError) as turned_down:
        end.push(batch)
    assert turned_down.value.code == "server.gap"


def test_a_challenge_for_a_lengthened_name_is_nobodys(device: Make, clock: Any) -> None:
    """Name and challenge lie side by side under the server's mark: neither may lend a character to the other."""
    end = device()
    greeting = end.hello(device_id="~" + end.device_id)
    challenge = greeting.challenge[:16] + b"~" + greeting.challenge[16:]
    proof = Proof(device_id=end.device_id, challenge=challenge,
                  signature=end.key.sign(session_message(greeting.server_id, end.device_id, challenge)))
    answer = end.post("/v1/session", PROOF, encode(proof))
    assert answer.status_code == 401


def test_a_review_moves_with_the_household_it_is_about(device: Make) -> None:
    county, old, new = device("A01"), device("A02", township="示例镇"), device("A03", township="测试乡")
    home = new_id()
    county.send("household", home, household())
    old.send("household", home, {"phone": "13800000001"}, base={"phone": ""}, version=1)
    county.send("household", home, {"phone": "13800000002"}, base={"phone": ""}, version=1)
    (review,) = [one for one, fields in old.states().items() if "opened_at" in fields]
    county.send("household", home, {"township": "测试乡"}, base={"township": "示例镇"}, version=2)
    assert review in new.states()
    assert review not in old.states()


def test_a_review_moves_with_the_member_it_is_about(device: Make) -> None:
    county, old, new = device("A01"), device("A02", township="示例镇"), device("A03", township="测试乡")
    here, there, person = new_id(), new_id(), new_id()
    county.send("household", here, household())
    county.send("household", there, household("HH0002", township="测试乡"))
    county.send("member", person, member(here))
    old.send("member", person, {"phone": "13800000001"}, base={"phone": ""}, version=1)
    county.send("member", person, {"phone": "13800000002"}, base={"phone": ""}, version=1)
    (review,) = [one for one, fields in old.states().items() if "opened_at" in fields]
    county.send("member", person, {"household_id": there}, base={"household_id": here}, version=2)
    assert review in new.states()
    assert review not in old.states()


def test_one_record_cannot_grow_until_nobody_can_fetch_it(device: Make, parts: Parts) -> None:
    end = device()
    home = new_id()
    end.send("household", home, household())
    codes = [end.send("household", home, {f"extra_{n}": "长" * 100_000}, version=n + 1).code for n in range(8)]
    assert codes[0] == ""
    assert codes[-1] == "rejected.record_unreadable"


def test_moving_a_household_does_not_meet_ones_own_waiting_edits(device: Make) -> None:
    end = device()
    home, person = new_id(), new_id()
    end.send("household", home, household())
    end.send("member", person, member(home))
    end.send("household", home, {"township": "测试乡"}, base={"township": "示例镇"}, version=1)
    outcome = end.send("member", person, {"bank_account": "6222"}, base={"bank_account": ""}, version=1)
    assert outcome.outcome.value == "applied"


def test_removing_what_was_known_and_is_not_there_is_not_passed_over(device: Make) -> None:
    end = device()
    assert end.send("member", new_id(), {}, act="remove", version=3).code == "rejected.record_unknown"
