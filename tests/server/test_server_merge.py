"""What becomes of changes that meet: merged per field, set aside for a person, rejected; never dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from device_end import DeviceEnd, claim, household, member

from backbone_core.change import Outcome
from backbone_server.app import Parts
from backbone_server.summary import summarise

Make = Callable[..., Any]


def reviews(end: DeviceEnd) -> list[dict[str, Any]]:
    return [fields for fields in end.states().values() if "opened_at" in fields]


@pytest.fixture
def two(device: Make) -> tuple[DeviceEnd, DeviceEnd]:
    """Two devices of one county that both know household h1 and member m1 at version 1."""
    one, other = device("A01"), device("A02")
    one.change("household", "h1", household())
    one.change("member", "m1", member("h1"))
    one.push()
    return one, other


def test_different_fields_of_one_record_both_go_in(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    assert one.send("household", "h1", {"phone": "1"}, base={"phone": ""}, version=1).outcome is Outcome.APPLIED
    merged = other.send("household", "h1", {"address": "村东"}, base={"address": ""}, version=1)
    assert (merged.outcome, merged.code, merged.version) == (Outcome.MERGED, "", 1)
    state = one.states()["h1"]
    assert (state["phone"], state["address"]) == ("1", "村东")
    assert reviews(one) == []


def test_the_same_field_twice_keeps_the_first_and_both_values(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    one.send("household", "h1", {"phone": "1"}, base={"phone": ""}, version=1)
    answer = other.send("household", "h1", {"phone": "2", "address": "村东"}, base={"phone": "", "address": ""},
                        version=1, made_by="clerk.two")
    assert (answer.outcome, answer.code) == (Outcome.CONFLICT, "conflict.fields")
    assert answer.conflicts == ("phone",)
    assert answer.version == 1
    state = one.states()["h1"]
    assert (state["phone"], state["address"]) == ("1", "村东")
    (review,) = reviews(one)
    assert review["code"] == "review.conflict"
    assert (review["kind"], review["record_id"], review["open"]) == ("household", "h1", True)
    assert review["fields"] == {"phone": {"base": "", "kept": "1", "other": "2"}}
    assert (review["made_by"], review["device_no"]) == ("clerk.two", "A02")


def test_a_record_that_stands_is_not_removed_by_who_did_not_know(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    """Another record was merged into it here, while it was itself merged into that other one there."""
    one, other = two
    answer = one.send("member", "m1", {}, act="stand", version=1)
    assert (answer.outcome, answer.version) == (Outcome.APPLIED, 2)
    removal = other.send("member", "m1", {}, act="remove", version=1)
    assert (removal.outcome, removal.conflicts) == (Outcome.CONFLICT, ("removed",))
    assert [review["record_id"] for review in reviews(one)] == ["m1"]
    assert not one.states()["m1"].get("removed")
    one.send("member", "m1", {}, act="remove", version=2)
    late = other.send("member", "m1", {}, act="stand", version=2)
    assert (late.outcome, late.code, late.conflicts) == (Outcome.CONFLICT, "conflict.removed", ("removed",))


def test_the_same_value_twice_is_no_conflict(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    one.send("household", "h1", {"phone": "1"}, base={"phone": ""}, version=1)
    answer = other.send("household", "h1", {"phone": "1"}, base={"phone": ""}, version=1)
    assert answer.outcome is Outcome.MERGED
    assert reviews(one) == []


def test_a_devices_own_edits_one_after_another_never_meet(device: Make) -> None:
    end = device()
    end.change("household", "h1", household())
    end.change("household", "h1", {"phone": "1"}, base={"phone": ""})
    end.change("household", "h1", {"phone": "2", "poverty_type": "低保户"},
               base={"phone": "1", "poverty_type": "一般贫困户"})
    assert [one.outcome for one in end.push().outcomes] == [Outcome.APPLIED] * 3
    assert end.states()["h1"]["phone"] == "2"


def test_edits_queued_upon_an_edit_that_met_another_are_merged_too(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    one.send("household", "h1", {"phone": "1"}, base={"phone": ""}, version=1)
    other.change("household", "h1", {"phone": "2"}, base={"phone": ""}, version=1)
    other.change("household", "h1", {"phone": "3", "address": "村东"}, base={"phone": "2", "address": ""}, version=1)
    answers = other.push().outcomes
    assert [answer.conflicts for answer in answers] == [("phone",), ("phone",)]
    state = one.states()["h1"]
    assert (state["phone"], state["address"]) == ("1", "村东")
    assert [review["fields"]["phone"]["other"] for review in reviews(one)] == ["2", "3"]


def test_an_own_merge_in_between_does_not_hide_what_others_did(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    one.send("member", "m1", {"bank_account": "6228480030123456789"}, base={"bank_account": ""}, version=1)
    other.change("member", "m1", {"phone": "1"}, base={"phone": ""}, version=1)
    other.change("member", "m1", {"account_holder": "测试乙"}, base={"account_holder": ""}, version=1)
    assert [answer.outcome for answer in other.push().outcomes] == [Outcome.MERGED, Outcome.CONFLICT]
    assert one.states()["m1"]["account_holder"] == ""


@pytest.mark.parametrize(("field", "value"), [
    ("id_no", "530521197505050025"),
    ("bank_account", "6228480030123456789"),
    ("account_holder", "测试乙"),
    ("bank_name", "示例银行"),
])
def test_who_somebody_is_and_who_is_paid_always_gets_a_person(two: tuple[DeviceEnd, DeviceEnd], field: str,
                                                             value: str) -> None:
    one, other = two
    before = member("h1")[field]
    one.send("member", "m1", {"phone": "1"}, base={"phone": ""}, version=1)
    answer = other.send("member", "m1", {field: value, "ethnic": "汉族"}, base={field: before, "ethnic": ""}, version=1)
    assert (answer.outcome, answer.conflicts) == (Outcome.CONFLICT, (field,))
    state = one.states()["m1"]
    assert (state[field], state["phone"], state["ethnic"]) == (before, "1", "汉族")
    (review,) = reviews(one)
    assert review["fields"] == {field: {"base": before, "kept": before, "other": value}}
    known = other.feed().records
    version = next(state.version for state in known if state.record_id == "m1")
    again = other.send("member", "m1", {field: value}, base={field: before}, version=version)
    assert again.outcome is Outcome.APPLIED
    assert one.states()["m1"][field] == value


def test_a_claim_is_replaced_as_a_whole_or_not_at_all(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    draft = claim("m1", "h1", state="draft", receipt_no="", received_at=None, received_by="")
    one.send("claim", "c1", draft)
    one.send("claim", "c1", {"hospital": "示例医院"}, base={"hospital": draft["hospital"]}, version=1)
    answer = other.send("claim", "c1", {"remarks": "补充", "invoice_no": "1"}, base={"remarks": "", "invoice_no": ""},
                        version=1)
    assert (answer.outcome, answer.code, answer.version) == (Outcome.CONFLICT, "conflict.claim", 1)
    assert answer.conflicts == ("remarks", "invoice_no")
    state = one.states()["c1"]
    assert (state["hospital"], state["remarks"]) == ("示例医院", "")
    (review,) = reviews(one)
    assert review["fields"]["remarks"] == {"base": "", "kept": "", "other": "补充"}
    assert other.send("claim", "c1", {"remarks": "补充"}, base={"remarks": ""}, version=2).outcome is Outcome.APPLIED


def test_two_devices_that_take_in_one_draft(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    draft = claim("m1", "h1", state="draft", receipt_no="", received_at=None, received_by="", benefit=None)
    taken = claim("m1", "h1")
    one.send("claim", "c1", draft)
    changed = {name: value for name, value in taken.items() if draft[name] != value}
    base = {name: draft[name] for name in changed}
    assert one.send("claim", "c1", changed, base=base, version=1).outcome is Outcome.APPLIED
    late = other.send("claim", "c1", {**changed, "receipt_no": "520625-2019-A02-000001-0"}, base=base, version=1)
    assert late.outcome is Outcome.CONFLICT
    assert one.states()["c1"]["receipt_no"] == taken["receipt_no"]
    assert reviews(one)[0]["fields"]["receipt_no"]["other"] == "520625-2019-A02-000001-0"


REJECTED: list[tuple[str, dict[str, Any], str]] = [
    ("household", {**household(), "poverty_type": "富裕户"}, "rejected.record_unreadable"),
    ("household", {"household_no": "HH2"}, "rejected.record_unreadable"),
    ("household", {**household(), "village": 7}, "rejected.record_unreadable"),
    ("household", household(county="530521"), "rejected.scope"),
    ("household", household(township="a\0b"), "rejected.record_unreadable"),
    ("enrolment", {"member_id": "m1", "policy_year": "2019"}, "rejected.record_unreadable"),
    ("claim", claim("m1", "h1", state="paid"), "rejected.claim_state"),
    ("claim", claim("m1", "h1", state="later"), "rejected.record_unreadable"),
    ("claim", claim("m1", "h1", benefit=1_000_001), "rejected.claim_benefit"),
    ("claim", claim("m1", "h1", benefit=-1), "rejected.claim_benefit"),
    ("claim", claim("m1", "h1", trace=[{"code": "x", "facts": {}, "result": 5}]), "rejected.claim_benefit"),
    ("claim", claim("m1", "h1", costs={"medfee_sumamt": 500_000, "hifp_pay": -1}), "rejected.claim_amounts"),
    ("claim", claim("m1", "h1", receipt_no=""), "rejected.claim_receipt"),
    ("claim", claim("m1", "h1", receipt_no="520625-2019-A01-000001-0"), "rejected.claim_receipt"),
    ("claim", claim("m1", "h1", received_at=None), "rejected.claim_receipt"),
    ("review", {"code": "x", "kind": "claim", "record_id": "c1", "opened_at": "2019-01-01T00:00:00Z"},
     "rejected.review_made_by_server"),
]


def test_what_cannot_be_true_is_rejected_with_its_reason_and_the_chain_goes_on(two: tuple[DeviceEnd, DeviceEnd],
                                                                              parts: Parts) -> None:
    one, other = two
    before = one.states()
    for place, (kind, fields, _) in enumerate(REJECTED):
        other.change(kind, f"r{place}", fields)
    other.change("household", "", household())
    other.change("household", "x" * 65, household())
    other.change("household", "r\0", household())
    other.change("household", "unknown", {"phone": "1"}, base={"phone": ""}, version=3)
    other.change("household", "odd", household("HH9"), version=-1)
    other.change("household", "odd", {"a\0\n": 1, "phone": "1"}, version=2**63)
    other.change("household", "good", household("HH2"))
    answers = other.push().outcomes
    expected = [code for _, _, code in REJECTED]
    expected += ["rejected.record_unreadable"] * 3 + ["rejected.record_unknown", *["rejected.record_unreadable"] * 2]
    assert [answer.code for answer in answers[:-1]] == expected
    assert {answer.outcome for answer in answers[:-1]} == {Outcome.REJECTED}
    assert answers[-1].outcome is Outcome.APPLIED
    assert {name for name in one.states() if name not in before} == {"good"}
    assert other.push(other.batch()).outcomes == answers
    assert summarise(parts.store)["counties"]["520625"]["changes"]["rejected"] == len(REJECTED) + 6


@pytest.mark.parametrize(("before", "after"), [
    ("received", "waiting_papers"), ("received", "county_checked"), ("waiting_papers", "received"),
    ("received", "draft"), ("received", "paid"), ("waiting_papers", "void"), ("draft", "void"),
    ("draft", "county_checked"), ("draft", "paid"),
])
def test_a_claim_goes_on_by_steps_alone(device: Make, before: str, after: str) -> None:
    end = device()
    end.send("claim", "c1", claim("m1", "h1", state=before))
    assert end.send("claim", "c1", {"state": after}, base={"state": before}, version=1).code == "rejected.claim_state"
    assert end.send("claim", "c1", {"state": after, "remarks": "x"}, base={"state": before, "remarks": ""},
                    version=1).code == "rejected.claim_state"
    assert end.states()["c1"]["state"] == before


@pytest.mark.parametrize("begun", ["reported", "county_checked", "withdrawn", "paid"])
def test_a_claim_begins_at_the_counter(device: Make, begun: str) -> None:
    assert device().send("claim", "c1", claim("m1", "h1", state=begun)).code == "rejected.claim_state"


def number(running: int) -> str:
    from backbone_core.receipt import receipt_number

    return receipt_number("520625", 2019, "A01", running)


def test_what_stands_on_the_familys_receipt_does_not_change(device: Make) -> None:
    end = device()
    taken = claim("m1", "h1")
    end.send("claim", "c1", taken)
    for name, value in (("receipt_no", number(2)), ("member_id", "m2"), ("signature", "00"), ("received_by", "x")):
        answer = end.send("claim", "c1", {name: value}, base={name: taken[name]}, version=1)
        assert (answer.outcome, answer.code) == (Outcome.REJECTED, "rejected.claim_printed")
    assert end.send("claim", "c1", {"remarks": "x"}, base={"remarks": ""}, version=1).outcome is Outcome.APPLIED


def test_one_person_registered_on_two_devices_is_taken_twice_and_shown(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    other.change("household", "h2", household("HH0002"))
    other.change("member", "m2", member("h2", name="测试 甲"))
    assert [answer.outcome for answer in other.push().outcomes] == [Outcome.APPLIED, Outcome.APPLIED]
    assert {"m1", "m2"} <= one.states().keys()
    (review,) = reviews(one)
    assert review["code"] == "review.duplicate_person"
    assert (review["kind"], review["record_id"], review["other_id"]) == ("member", "m2", "m1")
    assert review["fields"] == {}


def test_a_duplicate_in_one_batch_is_seen_too_and_said_once(device: Make) -> None:
    end = device()
    end.change("household", "h1", household())
    end.change("member", "m1", member("h1"))
    end.change("member", "m2", member("h1"))
    end.change("member", "m2", {"phone": "1"}, base={"phone": ""})
    end.push()
    assert [(found["code"], found["record_id"]) for found in reviews(end)] == [("review.duplicate_person", "m2")]


def test_no_duplicate_once_the_first_has_another_number_or_is_gone(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    one.send("member", "m1", {"id_no": "530521197505050025"}, base={"id_no": "520625198001010015"}, version=1)
    one.send("member", "m3", member("h1", id_no="513432198503151233"))
    one.send("member", "m3", {}, act="remove", version=1)
    other.send("member", "m4", member("h1"))
    other.send("member", "m5", member("h1", id_no="513432198503151233"))
    assert reviews(one) == []
    back = one.send("member", "m3", {"removed": False}, base={"removed": True}, version=2)
    assert back.outcome is Outcome.APPLIED
    assert [(found["record_id"], found["other_id"]) for found in reviews(one)] == [("m3", "m5")]


def test_a_number_given_twice_is_shown(device: Make) -> None:
    one, other = device("A01"), device("A02")
    for place, (kind, fields, code) in enumerate([
        ("household", household(), "review.duplicate_household"),
        ("claim", claim("m1", "h1"), "review.duplicate_receipt"),
        ("claim", claim("m1", "h1", invoice_no="1", state="draft", receipt_no=""), "review.duplicate_invoice"),
    ]):
        one.send(kind, f"{place}.one", fields)
        assert other.send(kind, f"{place}.other", fields).outcome is Outcome.APPLIED
        assert code in [found["code"] for found in reviews(one)]
    assert len(reviews(one)) == 3


def test_a_tombstone_hides_and_never_meets_an_edit_unseen(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    assert one.send("member", "m1", {}, act="remove", version=1).outcome is Outcome.APPLIED
    assert "m1" not in other.states()
    late = other.send("member", "m1", {"phone": "1"}, base={"phone": ""}, version=1)
    assert (late.outcome, late.code, late.conflicts) == (Outcome.CONFLICT, "conflict.removed", ("phone",))
    assert reviews(one)[0]["fields"]["phone"]["other"] == "1"


def test_a_removal_that_meets_an_edit_waits_for_a_person(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    one.send("member", "m1", {"phone": "1"}, base={"phone": ""}, version=1)
    late = other.send("member", "m1", {}, base={"removed": False}, act="remove", version=1)
    assert (late.outcome, late.conflicts) == (Outcome.CONFLICT, ("removed",))
    assert one.states()["m1"]["phone"] == "1"


def test_removing_what_never_arrived_is_nothing_to_do(device: Make) -> None:
    end = device()
    assert end.send("member", "m1", {}, act="remove").outcome is Outcome.APPLIED
    assert end.states() == {}


def test_unknown_fields_survive_and_unknown_kinds_are_kept(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    other.send("household", "h1", {"solar_panels": [1, {"kw": 3}]}, version=1)
    other.send("pension", "p1", {"member_id": "m1", "amount": 5, "nested": {"a": [None, True]}})
    one.send("household", "h1", {"phone": "1"}, base={"phone": ""}, version=1)
    states = one.states()
    assert states["h1"]["solar_panels"] == [1, {"kw": 3}]
    assert states["h1"]["phone"] == "1"
    assert states["p1"] == {"member_id": "m1", "amount": 5, "nested": {"a": [None, True]}}


def test_a_review_is_closed_by_a_device(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, other = two
    other.send("member", "m2", member("h1"))
    review_id = next(record_id for record_id, fields in one.states().items() if "opened_at" in fields)
    answer = one.send("review", review_id, {"open": False}, base={"open": True}, version=1, act="decide")
    assert answer.outcome is Outcome.APPLIED
    assert [found["open"] for found in reviews(other)] == [False]


def test_an_empty_change_changes_nothing(two: tuple[DeviceEnd, DeviceEnd]) -> None:
    one, _ = two
    before = one.feed()
    answer = one.send("household", "h1", {"phone": ""}, base={"phone": ""}, version=1)
    assert (answer.outcome, answer.version) == (Outcome.APPLIED, 1)
    assert one.feed().upto == before.upto
