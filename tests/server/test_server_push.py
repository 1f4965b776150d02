"""Batches over HTTP: what is known is skipped, what is new is taken in once, what does not fit is turned down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest
import zstandard
from device_end import MADE_AT, DeviceEnd, TurnedDownError, household, member
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from backbone_core.change import Outcome, RecordKind, microseconds
from backbone_core.protocol import (
    BATCH,
    ERROR,
    Refusal,
    content_type,
    decode,
    make_batch,
    open_sealed,
    pack_batch,
    seal,
)
from backbone_server.app import Parts
from backbone_server.desk import Limits
from backbone_server.keys import verify
from backbone_server.summary import summarise

Make = Callable[..., Any]
edge = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what is refused before any database is asked."""


def turned_down(act: Callable[[], object]) -> TurnedDownError:
    with pytest.raises(TurnedDownError) as caught:
        act()
    return caught.value


def held(parts: Parts) -> dict[str, int]:
    return dict(summarise(parts.store)["counties"]["520625"]["records"])


def test_a_batch_is_taken_in_and_its_receipt_says_how_far(device: Make, parts: Parts) -> None:
    end = device()
    end.change("household", "h1", household())
    end.change("member", "m1", member("h1"))
    receipt = end.push()
    assert [one.outcome for one in receipt.outcomes] == [Outcome.APPLIED, Outcome.APPLIED]
    assert [one.version for one in receipt.outcomes] == [1, 1]
    assert (receipt.device_id, receipt.epoch) == (end.device_id, end.epoch)
    assert (receipt.position.seq, receipt.position.hash) == (2, end.hashes[2])
    assert held(parts) == {"household": 1, "member": 1}


def test_the_same_batch_again_gives_the_same_answers_and_changes_nothing(device: Make, parts: Parts) -> None:
    end, other = device("A01"), device("A02")
    end.change("household", "h1", household())
    end.change("household", "h1", {"phone": "1"}, base={"phone": ""})
    first = end.push()
    other.send("household", "h1", {"phone": "2"}, base={"phone": "1"}, version=2)
    again = end.push()
    assert again.outcomes == first.outcomes
    assert again.position == first.position
    assert end.states()["h1"]["phone"] == "2"
    assert summarise(parts.store)["counties"]["520625"]["changes"] == {"applied": 3}


def test_changes_are_counted_one_by_one_not_by_batch(device: Make, parts: Parts) -> None:
    end = device()
    for number in range(1, 7):
        end.change("household", f"h{number}", household(f"HH{number}"))
    end.push(end.batch(1, 4))
    overlapping = end.push(end.batch(3, 6))
    assert [one.seq for one in overlapping.outcomes] == [3, 4, 5, 6]
    inside = end.push(end.batch(2, 3))
    assert [one.seq for one in inside.outcomes] == [2, 3]
    assert inside.position.seq == 6
    assert held(parts) == {"household": 6}


def test_a_gap_is_answered_with_the_position(device: Make, parts: Parts) -> None:
    end = device()
    for number in range(1, 5):
        end.change("household", f"h{number}", household(f"HH{number}"))
    end.push(end.batch(1, 2))
    refused = turned_down(lambda: end.push(end.batch(4, 4)))
    assert (refused.status, refused.code) == (409, "server.gap")
    assert refused.refusal.position is not None
    assert (refused.refusal.position.seq, refused.refusal.position.hash) == (2, end.hashes[2])
    assert end.push(end.batch(3, 4)).position.seq == 4
    assert held(parts) == {"household": 4}


def test_a_device_that_starts_in_the_middle_is_sent_back_to_the_beginning(device: Make) -> None:
    end = device()
    end.change("household", "h1", household())
    end.change("household", "h2", household("HH2"))
    refused = turned_down(lambda: end.push(end.batch(2, 2)))
    assert refused.refusal.position is not None
    assert (refused.refusal.position.seq, refused.refusal.position.hash) == (0, bytes(32))


def forked(end: DeviceEnd, at: int) -> DeviceEnd:
    """The same device and epoch with another change number `at`: a cloned disk."""
    twin = DeviceEnd(end.url, epoch=end.epoch, key=end.key, http=end.http, device_id=end.device_id,
                     server_key=end.server_key, token=end.token)
    for change in end.changes:
        made = {"phone": "the other one"} if change.seq == at else change.fields
        twin.change(change.kind, change.record_id, made, base=change.base, version=change.base_version)
    return twin


@pytest.mark.parametrize("first", [1, 2, 3, 4])
def test_a_chain_that_went_another_way_is_refused(device: Make, parts: Parts, first: int) -> None:
    end = device()
    for number in range(1, 5):
        end.change("household", f"h{number}", household(f"HH{number}"))
    end.push(end.batch(1, 3))
    before = end.states()
    twin = forked(end, 2)
    refused = turned_down(lambda: twin.push(twin.batch(first, 4)))
    assert (refused.status, refused.code) == (409, "server.chain_fork")
    assert refused.refusal.position is not None
    assert refused.refusal.position.seq == 3
    assert end.states() == before
    assert held(parts) == {"household": 3}
    assert end.push(end.batch(4, 4)).position.seq == 4


def test_a_wrong_chain_hash_is_refused_though_the_seal_is_right(device: Make) -> None:
    end = device()
    end.change("household", "h1", household())
    refused = turned_down(lambda: end.push(replace(end.batch(), hash=bytes(32))))
    assert refused.code == "server.chain_fork"
    assert end.states() == {}


def test_a_new_epoch_begins_a_chain_of_its_own(device: Make) -> None:
    end = device()
    end.send("household", "h1", household())
    end.epoch, end.changes, end.hashes = "a fresh store", [], end.hashes[:1]
    end.send("household", "h2", household("HH2"))
    assert set(end.states()) == {"h1", "h2"}


def test_a_tampered_batch_is_refused(device: Make, parts: Parts) -> None:
    end = device()
    end.change("household", "h1", household())
    body = seal(BATCH, pack_batch(end.batch()), end.key.sign)
    place = body.index("示例村".encode())
    altered = body[:place] + "示例寨".encode() + body[place + 9 :]
    refused = turned_down(lambda: end.push_body(altered))
    assert (refused.status, refused.code) == (403, "server.signature")
    assert held(parts) == {}


def test_another_devices_seal_or_name_does_not_count(device: Make, parts: Parts) -> None:
    end, other = device("A01"), device("A02")
    end.change("household", "h1", household())
    stolen = seal(BATCH, pack_batch(end.batch()), end.key.sign)
    assert turned_down(lambda: other.push_body(stolen)).code == "server.signature"
    resealed = seal(BATCH, pack_batch(end.batch()), other.key.sign)
    refused = turned_down(lambda: other.push_body(resealed))
    assert (refused.status, refused.code) == (403, "server.scope")
    assert held(parts) == {}


def test_a_batch_cut_off_anywhere_changes_nothing(device: Make, parts: Parts) -> None:
    end = device()
    end.change("household", "h1", household())
    body = seal(BATCH, pack_batch(end.batch()), end.key.sign)
    packed = zstandard.compress(body)
    for length in range(0, len(body), 13):
        refused = turned_down(lambda length=length: end.push_body(body[:length]))
        assert (refused.status, refused.code) == (400, "server.unreadable")
    for length in range(0, len(packed), 13):
        refused = turned_down(lambda length=length: end.push_body(packed[:length], **{"Content-Encoding": "zstd"}))
        assert (refused.status, refused.code) == (400, "server.unreadable")
    assert turned_down(lambda: end.push_body(body + b"\0")).code == "server.unreadable"
    assert held(parts) == {}
    assert end.push_body(packed, **{"Content-Encoding": "zstd"}).position.seq == 1


@edge
def test_no_byte_of_a_batch_can_be_altered_unseen(device: Make, parts: Parts) -> None:
    end = device()
    end.change("household", "h1", household())
    body = seal(BATCH, pack_batch(end.batch()), end.key.sign)

    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, len(body) - 1), st.integers(1, 255))
    def flip(place: int, bits: int) -> None:
        altered = body[:place] + bytes([body[place] ^ bits]) + body[place + 1 :]
        refused = turned_down(lambda: end.push_body(altered))
        assert refused.code in {"server.signature", "server.unreadable", "server.version"}

    flip()
    assert held(parts) == {}


@edge
@pytest.mark.parametrize("limits", [Limits(body=2_000, unpacked=20_000, changes=3)])
class TestLimits:
    def test_a_body_over_the_limit_is_refused_before_it_is_read(self, device: Make) -> None:
        end = device()
        refused = turned_down(lambda: end.push_body(bytes(2_001)))
        assert (refused.status, refused.code, refused.refusal.limit) == (413, "server.too_large", 2_000)
        answer = end.http.post(end.url + "/v1/push", data=iter([bytes(1_500), bytes(1_500)]),
                               headers={"Content-Type": content_type(BATCH), **end.authorization()})
        assert turned_down(lambda: end.opened(answer, "receipt")).code == "server.too_large"

    @pytest.mark.parametrize("declared", [True, False])
    def test_a_small_body_that_unfolds_over_the_limit_is_refused(self, device: Make, declared: bool) -> None:
        end = device()
        packer = zstandard.ZstdCompressor(write_content_size=declared)
        packed = packer.compress(bytes(20_001))
        assert len(packed) < 100
        refused = turned_down(lambda: end.push_body(packed, **{"Content-Encoding": "zstd"}))
        assert refused.status in ({413} if declared else {400, 413})

    def test_more_changes_than_the_limit_are_refused_together(self, device: Make, parts: Parts) -> None:
        end = device()
        for number in range(4):
            end.change("household", f"h{number}", {"a": 1})
        refused = turned_down(end.push)
        assert (refused.status, refused.code, refused.refusal.limit) == (413, "server.too_large", 3)
        assert held(parts) == {}


@edge
@pytest.mark.parametrize("headers", [
    {"Content-Type": "text/html"},
    {"Content-Type": content_type("receipt")},
    {"Content-Encoding": "br"},
])
def test_a_body_of_another_kind_is_refused(device: Make, headers: dict[str, str]) -> None:
    end = device()
    refused = turned_down(lambda: end.push_body(b"<html>", **headers))
    assert (refused.status, refused.code) == (415, "server.content_type")


@edge
def test_a_payload_of_a_later_layout_is_refused_with_the_versions_we_speak(device: Make) -> None:
    end = device()
    end.change("household", "h1", household())
    later = {**msgspec.msgpack.decode(pack_batch(end.batch())), "format": 2}
    refused = turned_down(lambda: end.push_body(seal(BATCH, msgspec.msgpack.encode(later), end.key.sign)))
    assert (refused.status, refused.code) == (426, "server.version")
    assert (refused.refusal.oldest, refused.refusal.newest) == (1, 1)


@edge
@pytest.mark.parametrize(("oldest", "newest"), [(2, 9), (0, 0), (3, 1)])
def test_a_hello_without_a_common_version_is_refused(device: Make, oldest: int, newest: int) -> None:
    end = device()
    refused = turned_down(lambda: end.hello(oldest=oldest, newest=newest))
    assert (refused.status, refused.code) == (426, "server.version")


def test_a_hello_of_a_device_that_speaks_more_is_answered_with_ours(device: Make) -> None:
    assert device().hello(oldest=1, newest=7).version == 1


@edge
@pytest.mark.parametrize(("method", "path", "status", "expected"), [
    ("GET", "/", 404, "server.not_found"),
    ("GET", "/v2/push", 404, "server.not_found"),
    ("GET", "/v1/push", 405, "server.method"),
    ("GET", "/docs", 404, "server.not_found"),
    ("GET", "/v1/feed?after=-1", 400, "server.unreadable"),
    ("GET", "/v1/feed?after=" + "9" * 30, 400, "server.unreadable"),
    ("GET", "/v1/feed?limit=x", 400, "server.unreadable"),
])
def test_refusals_are_sealed_everywhere(device: Make, method: str, path: str, status: int,
                                          expected: str) -> None:
    end = device()
    answer = end.http.request(method, end.url + path, headers=end.authorization())
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == content_type(ERROR)
    assert decode(open_sealed(answer.content, ERROR, end.server_key, verify), Refusal).code == expected


def row(**instead: Any) -> list[Any]:
    made = {"seq": 1, "kind": "household", "record_id": "h1", "act": "edit", "version": 0, "fields": household(),
            "base": {}, "made_at": microseconds(MADE_AT), "made_by": "clerk", **instead}
    return list(made.values())


@edge
@pytest.mark.parametrize("rows", [
    [],
    [row(seq=0)],
    [row(seq=-1)],
    [row(), row()],
    [row(), row(seq=3)],
    [row(kind="not a name")],
    [row(kind=7)],
    [row(fields=[])],
    [row(fields={"share": 0.5})],
    [row(base={"deep": [{"scan": b"bytes"}]})],
    [row(fields={"when": MADE_AT})],
    [row(made_at="now")],
    [row(made_at=2**62)],
    [row()[:-1]],
    [[*row(), "more"]],
    [{"seq": 1}],
    {"a": 1},
])
def test_malformed_rows_are_refused_as_a_whole(device: Make, parts: Parts, rows: Any) -> None:
    end = device()
    payload = msgspec.msgpack.encode({"format": 1, "device_id": end.device_id, "epoch": end.epoch,
                                      "hash": bytes(32), "rows": rows})
    refused = turned_down(lambda: end.push_body(seal(BATCH, payload, end.key.sign)))
    assert (refused.status, refused.code) == (400, "server.unreadable")
    assert held(parts) == {}


@edge
@pytest.mark.parametrize("epoch", ["", "a\0b", "长", "x" * 101])
def test_an_epoch_that_is_no_name_is_refused(device: Make, epoch: str) -> None:
    end = device()
    end.epoch = epoch
    end.change("household", "h1", household())
    assert turned_down(end.push).code == "server.unreadable"


@edge
def test_nesting_without_end_is_refused(device: Make) -> None:
    end = device()
    deep = b"\x91" * 100_000 + b"\xc0"
    head = msgspec.msgpack.encode({"format": 1, "device_id": end.device_id, "epoch": end.epoch, "hash": bytes(32)})
    payload = bytes([head[0] + 1]) + head[1:] + msgspec.msgpack.encode("rows") + b"\x91\x99\x01" + deep
    assert turned_down(lambda: end.push_body(seal(BATCH, payload, end.key.sign))).code == "server.unreadable"


def test_thousands_of_changes_in_one_batch(device: Make, parts: Parts) -> None:
    end = device()
    for number in range(1_500):
        end.change("household", f"h{number}", household(f"HH{number}"))
        end.change("member", f"m{number}", member(f"h{number}", id_no=f"{number:018}"))
    receipt = end.push()
    assert {one.outcome for one in receipt.outcomes} == {Outcome.APPLIED}
    assert held(parts) == {"household": 1_500, "member": 1_500}
    assert len(end.states()) == 3_000


@edge
def test_a_full_disk_is_no_receipt_and_nothing_is_taken(device: Make, parts: Parts) -> None:
    end = device()
    for number in range(400):
        end.change("household", f"h{number}", household(f"HH{number}"))

    def fill(connection: Any) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")

    def free(connection: Any) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")

    event.listen(parts.store.engine, "begin", fill)
    refused = turned_down(end.push)
    assert (refused.status, refused.code) == (503, "server.busy")
    assert refused.refusal.retry_after > 0
    event.remove(parts.store.engine, "begin", fill)
    event.listen(parts.store.engine, "begin", free)
    assert held(parts) == {}
    assert {one.outcome for one in end.push().outcomes} == {Outcome.APPLIED}
    assert held(parts) == {"household": 400}


def test_the_log_holds_no_personal_data(device: Make, log: Any) -> None:
    end = device()
    end.change("household", "h1", household(phone="13900000000"))
    end.change("member", "m1", member("h1"))
    end.push()
    turned_down(lambda: end.push(make_batch(end.device_id, end.epoch, bytes(32), end.changes[1:])))
    text = log.read_text("utf-8")
    assert '"code": "server.chain_fork"' in text or '"code": "server.gap"' in text
    assert end.device_id in text
    for secret in ("测试甲", "520625198001010015", "13900000000", "示例村", end.token, "clerk"):
        assert secret not in text


def test_a_bug_is_answered_and_noted_without_what_was_sent(device: Make, parts: Parts, log: Any,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("测试甲 520625198001010015")

    monkeypatch.setattr("backbone_server.desk.take_in", fail)
    end = device()
    end.change(RecordKind.MEMBER, "m1", member("h1"))
    refused = turned_down(end.push)
    assert (refused.status, refused.code) == (500, "server.failed")
    assert "RuntimeError" in log.read_text("utf-8")
    assert "测试甲" not in log.read_text("utf-8")
