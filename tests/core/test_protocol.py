"""The wire format: what is packed comes back, what is cut off or altered does not."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st
from test_change import CHANGES, FIELDS, TEXT

from backbone_core.change import CHAIN_START, Change, Outcome, RecordKind, chain_hash
from backbone_core.errors import RuleBroken
from backbone_core.protocol import (
    BATCH,
    RECEIPT,
    Batch,
    ChangeOutcome,
    Enrolled,
    Enrolment,
    FeedPage,
    Greeting,
    Hello,
    Position,
    Proof,
    RecordState,
    Refusal,
    ServerReceipt,
    Session,
    UnknownFormatError,
    UnreadableError,
    WrongSignatureError,
    decode,
    encode,
    make_batch,
    make_code,
    open_sealed,
    pack_batch,
    pack_change,
    pack_feed,
    pack_receipt,
    read_batch,
    read_change,
    read_code,
    read_feed,
    read_receipt,
    read_sealed,
    seal,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def numbered(changes: list[Change], first: int) -> list[Change]:
    return [replace(change, seq=first + place) for place, change in enumerate(changes)]


@given(st.lists(CHANGES, min_size=1, max_size=4), st.integers(1, 10**9), TEXT, TEXT)
def test_a_batch_comes_back_as_it_was(changes: list[Change], first: int, device: str, epoch: str) -> None:
    batch = make_batch(device, epoch, CHAIN_START, numbered(changes, first))
    back = read_batch(pack_batch(batch))
    assert back == batch
    link = CHAIN_START
    for change in back.changes:
        link = chain_hash(link, epoch, change)
    assert link == back.hash
    assert (back.first_seq, back.last_seq) == (first, first + len(changes) - 1)


@given(CHANGES)
def test_a_change_comes_back_as_it_was(change: Change) -> None:
    assert read_change(pack_change(change)) == change


@given(st.lists(st.builds(ChangeOutcome, seq=st.integers(1, 2**40), outcome=st.sampled_from(list(Outcome)), code=TEXT,
                          version=st.integers(0, 2**60), conflicts=st.lists(TEXT, max_size=2).map(tuple))),
       st.integers(0, 2**40), st.binary(max_size=40))
def test_a_receipt_comes_back_as_it_was(outcomes: list[ChangeOutcome], seq: int, link: bytes) -> None:
    receipt = ServerReceipt(server_id="s", server_epoch="se", device_id="d", epoch="e",
                            position=Position(seq=seq, hash=link), outcomes=tuple(outcomes), made_at=7)
    assert read_receipt(pack_receipt(receipt)) == receipt


@given(st.lists(st.builds(RecordState, kind=st.sampled_from([*RecordKind, RecordKind("pension")]), record_id=TEXT,
                          version=st.integers(1, 2**60), fields=FIELDS), max_size=4), st.booleans())
def test_a_feed_page_comes_back_as_it_was(records: list[RecordState], more: bool) -> None:
    page = FeedPage(server_epoch="s", device_id="d", after=3, upto=9, more=more, records=tuple(records))
    assert read_feed(pack_feed(page)) == page


MESSAGES: list[Any] = [
    Hello(oldest=1, newest=1, epoch="e"),
    Greeting(version=1, oldest=1, newest=1, server_id="s", server_epoch="e", server_key=b"k", challenge=b"c", time=1,
             position=Position(seq=1, hash=b"h")),
    Enrolment(code="c", public_key=b"k", device_name="n", device_no="A01", county="520625", epoch="e"),
    Enrolled(device_id="d", county="c", scope="county:c", device_no="A01", server_id="s", server_epoch="e",
             server_key=b"k"),
    Proof(device_id="d", challenge=b"c", signature=b"s"),
    Session(device_id="d", token="t", expires=1, time=1),
    Refusal(code="server.gap", server_id="s", position=Position(seq=1, hash=b"h")),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_messages_come_back_and_pass_over_what_a_later_version_adds(message: Any) -> None:
    packed = encode(message)
    assert decode(packed, type(message)) == message
    later = {**msgspec.msgpack.decode(packed), "of_a_later_version": 1}
    assert decode(msgspec.msgpack.encode(later), type(message)) == message
    for length in range(len(packed)):
        with pytest.raises(UnreadableError):
            decode(packed[:length], type(message))


def some_batch() -> Batch:
    change = Change(seq=1, kind=RecordKind.HOUSEHOLD, record_id="h1", act="register", base_version=0,
                    fields={"village": "示例村"}, base={}, made_at=datetime(2019, 8, 24, tzinfo=UTC), made_by="clerk")
    return make_batch("d", "e", CHAIN_START, [change])


def test_a_seal_holds_for_its_thing_its_key_and_its_bytes() -> None:
    payload = pack_batch(some_batch())
    body = seal(BATCH, payload, KEY.sign)
    assert open_sealed(body, BATCH, PUBLIC, verify) == payload
    with pytest.raises(UnreadableError):
        open_sealed(body, RECEIPT, PUBLIC, verify)
    renamed = msgspec.msgpack.encode({**msgspec.msgpack.decode(body), "thing": RECEIPT})
    with pytest.raises(WrongSignatureError):
        open_sealed(renamed, RECEIPT, PUBLIC, verify)
    for stranger in (bytes(32), b"", PUBLIC[:-1]):
        with pytest.raises(WrongSignatureError):
            open_sealed(body, BATCH, stranger, verify)


@given(st.data())
@settings(max_examples=200)
def test_a_seal_cut_off_or_altered_anywhere_is_never_opened(data: st.DataObject) -> None:
    payload = pack_batch(some_batch())
    body = seal(BATCH, payload, KEY.sign)
    length = data.draw(st.integers(0, len(body) - 1))
    with pytest.raises(UnreadableError):
        open_sealed(body[:length], BATCH, PUBLIC, verify)
    place = data.draw(st.integers(0, len(body) - 1))
    altered = body[:place] + bytes([body[place] ^ data.draw(st.integers(1, 255))]) + body[place + 1 :]
    with pytest.raises((UnreadableError, WrongSignatureError)):
        open_sealed(altered, BATCH, PUBLIC, verify)


@given(st.binary(max_size=60))
def test_noise_is_unreadable_and_nothing_else(noise: bytes) -> None:
    for read in (read_batch, read_receipt, read_feed, read_change, lambda body: read_sealed(body, BATCH),
                 lambda body: decode(body, Hello), lambda body: decode(body, Refusal)):
        with pytest.raises(UnreadableError):
            read(noise)


def test_a_web_page_is_no_answer() -> None:
    for page in (b"", b"<!DOCTYPE html><html><body>login</body></html>", b"{}", b"\x80", b"null"):
        with pytest.raises(UnreadableError):
            open_sealed(page, RECEIPT, PUBLIC, verify)


def test_a_later_layout_is_told_apart_from_rubbish() -> None:
    later = {**msgspec.msgpack.decode(pack_batch(some_batch())), "format": 2, "rows": {"packed": "otherwise"}}
    with pytest.raises(UnknownFormatError):
        read_batch(msgspec.msgpack.encode(later))


def test_a_batch_without_changes_or_with_a_gap_is_unreadable() -> None:
    first = some_batch().changes[0]
    gapped = Batch(device_id="d", epoch="e", changes=(first, first), hash=CHAIN_START)
    empty = Batch(device_id="d", epoch="e", changes=(), hash=CHAIN_START)
    for batch in (gapped, empty):
        with pytest.raises(UnreadableError):
            read_batch(pack_batch(batch))


@given(st.integers(0, 2**32))
def test_codes_are_read_as_people_type_them_and_no_single_slip_goes_through(seed: int) -> None:
    dice = random.Random(seed)
    code = make_code(dice.randrange)
    plain = code.replace("-", "")
    assert read_code(code) == plain
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code)
    for typed in (code.lower(), f"  {code} ", plain, wide, code.replace("0", "O").replace("1", "l")):
        assert read_code(typed) == plain
    place = dice.randrange(12)
    other = dice.choice([char for char in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if char != plain[place]])
    with pytest.raises(RuleBroken, match=r"enrol\.code_mistyped"):
        read_code(plain[:place] + other + plain[place + 1 :])


@pytest.mark.parametrize("typed", ["", "ABC", "示例示例示例示例示例示例", "U" * 12, "0" * 13])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken, match=r"enrol\.code_mistyped"):
        read_code(typed)
