"""The chain and the merge, for every change that can be made up."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone_core.change import (
    CHAIN_START,
    REMOVED,
    STAND,
    Change,
    Merge,
    Outcome,
    RecordKind,
    canonical,
    chain_hash,
    is_plain,
    merge,
    microseconds,
    moment,
    same,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.dictionaries(st.sampled_from(["name", "phone", "id_no", "bank_account", "costs", "note", "state"]), PLAIN)
MOMENTS = st.integers(-(2**50), 2**52).map(moment)
CHANGES = st.builds(
    Change, seq=st.integers(1, 10**9), kind=st.sampled_from(list(RecordKind)), record_id=TEXT, act=TEXT,
    base_version=st.integers(0, 10**9), fields=FIELDS, base=FIELDS, made_at=MOMENTS, made_by=TEXT,
)


# --- canonical bytes


@given(PLAIN)
def test_canonical_bytes_are_messagepack_of_the_same_value(value: Any) -> None:
    assert same(msgspec.msgpack.decode(canonical(value)), value)
    assert is_plain(value)


@given(st.dictionaries(TEXT, PLAIN, min_size=2, max_size=6))
def test_the_order_in_which_a_map_was_made_does_not_matter(value: dict[str, Any]) -> None:
    turned = dict(reversed(value.items()))
    assert canonical(turned) == canonical(value)
    keys = list(msgspec.msgpack.decode(canonical(value)))
    assert [key.encode() for key in keys] == sorted(key.encode() for key in keys)


@given(PLAIN, PLAIN)
def test_different_values_have_different_bytes(one: Any, other: Any) -> None:
    assert (canonical(one) == canonical(other)) == same(one, other)


@pytest.mark.parametrize("value", [1.5, float("nan"), {1: 2}, {"a": {None: 1}}, [datetime.now(UTC)], {"a": {1, 2}}])
def test_what_has_no_single_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)
    assert not is_plain(value)


def test_one_and_true_are_not_the_same() -> None:
    assert not same(1, True)
    assert not same({"a": [0]}, {"a": [False]})
    assert canonical(1) != canonical(True)


@given(MOMENTS)
def test_moments_travel_to_the_microsecond(at: datetime) -> None:
    assert moment(microseconds(at)) == at
    assert microseconds(at.astimezone(timezone(timedelta(hours=8)))) == microseconds(at)


# --- the chain


@given(CHANGES, st.binary(min_size=32, max_size=32), TEXT)
def test_a_link_is_the_hash_of_what_the_protocol_says(change: Change, previous: bytes, epoch: str) -> None:
    content = [
        epoch, change.seq, str(change.kind), change.record_id, change.act, change.base_version, change.fields,
        change.base, microseconds(change.made_at), change.made_by,
    ]
    expected = hashlib.sha256(b"backbone change 1\n" + previous + canonical(content)).digest()
    assert chain_hash(previous, epoch, change) == expected


@given(CHANGES, st.data())
def test_nothing_about_a_change_can_be_altered_without_breaking_the_chain(change: Change, data: st.DataObject) -> None:
    other = data.draw(CHANGES)
    link = chain_hash(CHAIN_START, "epoch", change)
    for name in Change.__dataclass_fields__:
        altered = replace(change, **{name: getattr(other, name)})
        unaltered = same(getattr(change, name), getattr(other, name))
        assert (chain_hash(CHAIN_START, "epoch", altered) == link) == unaltered, name
    assert chain_hash(bytes(31) + b"\1", "epoch", change) != link
    assert chain_hash(CHAIN_START, "another", change) != link


@given(CHANGES)
def test_text_does_not_run_into_its_neighbour(change: Change) -> None:
    joined = replace(change, record_id=change.record_id + "x", act=change.act)
    moved = replace(change, record_id=change.record_id, act="x" + change.act)
    assert chain_hash(CHAIN_START, "e", joined) != chain_hash(CHAIN_START, "e", moved)


def test_a_kind_of_a_later_version_keeps_its_name() -> None:
    later = RecordKind("pension")
    assert (later.value, str(later), later.known, RecordKind.CLAIM.known) == ("pension", "pension", False, True)
    assert later not in list(RecordKind)
    assert {later: 1}[RecordKind("pension")] == 1
    for wrong in ("", "Pension", "a b", "x" * 41, 7, None):
        with pytest.raises(ValueError, match="is not a valid RecordKind"):
            RecordKind(wrong)


# --- the merge


def edit(fields: dict[str, Any], base: dict[str, Any] | None = None, kind: RecordKind = RecordKind.MEMBER,
         act: str = "edit") -> Change:
    return Change(seq=1, kind=kind, record_id="r", act=act, base_version=1, fields=fields, base=base or {},
                  made_at=datetime(2019, 1, 1, tzinfo=UTC), made_by="clerk")


KINDS = st.sampled_from([RecordKind.HOUSEHOLD, RecordKind.MEMBER, RecordKind.ENROLMENT, RecordKind.CLAIM,
                         RecordKind.REVIEW, RecordKind("pension")])
STATES = st.none() | FIELDS


@given(STATES, FIELDS, FIELDS, KINDS, st.booleans())
def test_nothing_is_dropped_in_silence(current: dict[str, Any] | None, fields: dict[str, Any], base: dict[str, Any],
                                       kind: RecordKind, concurrent: bool) -> None:
    merged = merge(current, edit(fields, base, kind), concurrent=concurrent)
    stands = {**(current or {}), **merged.fields}
    for name, value in fields.items():
        if name in merged.conflicts:
            assert same(merged.conflicts[name]["other"], value)
            assert same(merged.conflicts[name]["kept"], stands.get(name))
            assert same(merged.conflicts[name]["base"], base.get(name))
        else:
            assert same(stands[name], value)
    assert merged.fields.keys() <= fields.keys()
    assert not merged.fields.keys() & merged.conflicts.keys()
    assert (merged.outcome is Outcome.CONFLICT) == bool(merged.conflicts) == merged.review


@given(FIELDS, FIELDS, KINDS, st.booleans())
def test_taking_a_merge_in_twice_changes_nothing_more(current: dict[str, Any], fields: dict[str, Any],
                                                     kind: RecordKind, concurrent: bool) -> None:
    base = {name: current[name] for name in fields if name in current}
    once = merge(current, edit(fields, base, kind), concurrent=concurrent)
    stands = {**current, **once.fields}
    assert merge(stands, edit(fields, base, kind), concurrent=concurrent).fields == {}


@given(FIELDS, FIELDS, KINDS)
def test_without_company_everything_goes_in(current: dict[str, Any], fields: dict[str, Any], kind: RecordKind) -> None:
    base = {name: current[name] for name in fields if name in current}
    merged = merge(current, edit(fields, base, kind), concurrent=False)
    assert (merged.outcome, merged.conflicts) == (Outcome.APPLIED, {})
    assert same({**current, **merged.fields}, {**current, **fields})


PLAIN_NAMES = ["name", "phone", "ethnic", "relation", "later"]


@given(st.fixed_dictionaries(dict.fromkeys(PLAIN_NAMES, TEXT)), st.dictionaries(st.sampled_from(PLAIN_NAMES), TEXT),
       st.dictionaries(st.sampled_from(PLAIN_NAMES), TEXT))
def test_edits_of_different_fields_meet_in_any_order(start: dict[str, Any], one: dict[str, Any],
                                                    other: dict[str, Any]) -> None:
    other = {name: value for name, value in other.items() if name not in one}

    def after(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
        state = start
        for fields, concurrent in ((first, False), (second, True)):
            merged = merge(state, edit(fields, {name: start[name] for name in fields}), concurrent=concurrent)
            assert not merged.conflicts
            state = {**state, **merged.fields}
        return state

    assert after(one, other) == after(other, one)


@pytest.mark.parametrize(("kind", "name"), [
    (RecordKind.MEMBER, "id_no"), (RecordKind.MEMBER, "bank_account"), (RecordKind.MEMBER, "account_holder"),
    (RecordKind.MEMBER, "bank_name"), (RecordKind.MEMBER, "household_id"), (RecordKind.HOUSEHOLD, "poverty_type"),
    (RecordKind.ENROLMENT, "status"), (RecordKind.ENROLMENT, "ends"), (RecordKind.ENROLMENT, "policy_year"),
])
def test_identity_account_and_eligibility_get_a_person_whenever_somebody_else_was_there(kind: RecordKind,
                                                                                        name: str) -> None:
    change = edit({name: "new", "note": "new"}, {name: "old", "note": "old"}, kind)
    current = {name: "old", "note": "old"}
    alone = merge(current, change, concurrent=False)
    assert (alone.outcome, alone.fields) == (Outcome.APPLIED, {name: "new", "note": "new"})
    met = merge(current, change, concurrent=True)
    assert met.outcome is Outcome.CONFLICT
    assert met.fields == {"note": "new"}
    assert met.conflicts == {name: {"base": "old", "kept": "old", "other": "new"}}


def test_a_claim_that_moved_on_is_left_alone() -> None:
    change = edit({"remarks": "new", "state": "received"}, {"remarks": "", "state": "draft"}, RecordKind.CLAIM)
    untouched = {"remarks": "", "state": "draft"}
    assert merge(untouched, change, concurrent=False).outcome is Outcome.APPLIED
    for current, concurrent in ((untouched, True), ({"remarks": "", "state": "void"}, False)):
        merged = merge(current, change, concurrent=concurrent)
        assert (merged.outcome, merged.fields) == (Outcome.CONFLICT, {})
        assert merged.conflicts.keys() == {"remarks", "state"}


def test_a_field_that_nobody_ever_set_is_free() -> None:
    change = edit({"later": "x"}, {"later": ""})
    assert merge({"name": "n"}, change, concurrent=True).fields == {"later": "x"}


def test_a_record_that_stands_meets_its_removal() -> None:
    stands = Change(seq=1, kind=RecordKind.MEMBER, record_id="m", act=STAND, base_version=1, fields={}, base={},
                    made_at=datetime(2019, 1, 1, tzinfo=UTC), made_by="a")
    assert merge({"name": "甲"}, stands, concurrent=True) == Merge({}, Outcome.MERGED, {})
    assert merge({"name": "甲"}, stands, concurrent=False) == Merge({}, Outcome.APPLIED, {})
    removed = merge({"name": "甲", REMOVED: True}, stands, concurrent=True)
    assert (removed.fields, removed.outcome) == ({}, Outcome.CONFLICT)
    assert removed.conflicts == {REMOVED: {"base": None, "kept": True, "other": False}}


def test_a_tombstone_is_a_field_that_is_watched() -> None:
    remove = edit({}, act="remove")
    assert merge({"name": "n"}, remove, concurrent=False).fields == {REMOVED: True}
    held = merge({"name": "n"}, remove, concurrent=True)
    assert held.conflicts == {REMOVED: {"base": None, "kept": None, "other": True}}
    gone = {"name": "n", REMOVED: True}
    assert merge(gone, remove, concurrent=True).conflicts == {}
    late = merge(gone, edit({"name": "m"}, {"name": "n"}), concurrent=False)
    assert (late.fields, late.conflicts.keys()) == ({}, {"name"})
    back = merge(gone, edit({REMOVED: False, "name": "m"}, {REMOVED: True, "name": "n"}), concurrent=False)
    assert back.fields == {REMOVED: False, "name": "m"}
