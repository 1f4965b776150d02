"""docs/sync-protocol.md lets somebody else write the other end: its worked example is computed here, byte for byte."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backbone_core import protocol
from backbone_core.change import CHAIN_START, Change, Outcome, RecordKind, Review, canonical, chain_hash

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "sync-protocol.md"
DEVICE_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SERVER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
EPOCH = "5f0c1d2e3a4b5c6d7e8f901234567890"
DEVICE_ID = "0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b"
SERVER_ID = "7b1e4c52-9a3f-4d0e-8b6c-1f2e3d4c5b6a"


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def worked_example() -> dict[str, bytes]:
    first = Change(
        seq=1, kind=RecordKind.HOUSEHOLD, record_id="0190a1b2-0000-7000-8000-000000000001", act="register",
        base_version=0, fields={"village": "示例村", "household_no": "HH0001"}, base={},
        made_at=datetime(2019, 8, 24, 1, 30, 0, 250_000, tzinfo=UTC), made_by="clerk",
    )
    second = Change(
        seq=2, kind=RecordKind.HOUSEHOLD, record_id=first.record_id, act="edit", base_version=1,
        fields={"phone": None, "extra": [1, -1, 300, True]}, base={"phone": "13900000000"},
        made_at=datetime(2019, 8, 24, 1, 31, tzinfo=UTC), made_by="clerk",
    )
    content = [EPOCH, 1, "household", first.record_id, "register", 0, first.fields, {}, 1_566_610_200_250_000, "clerk"]
    batch = protocol.make_batch(DEVICE_ID, EPOCH, CHAIN_START, [first, second])
    payload = protocol.pack_batch(batch)
    receipt = protocol.ServerReceipt(
        server_id=SERVER_ID, server_epoch="a" * 32, device_id=DEVICE_ID, epoch=EPOCH,
        position=protocol.Position(seq=2, hash=batch.hash),
        outcomes=(
            protocol.ChangeOutcome(seq=1, outcome=Outcome.APPLIED, version=1),
            protocol.ChangeOutcome(seq=2, outcome=Outcome.CONFLICT, code="conflict.fields", version=1,
                                   conflicts=("phone",)),
        ),
        made_at=1_566_610_300_000_000,
    )
    card = protocol.encode(protocol.DeviceCard(
        county="520625", device_no="A03", public_key=public(DEVICE_KEY), office="示例县医疗保障局",
        enrolled_at=1_566_000_000_000_000, revoked_at=1_600_000_000_000_000))
    challenge = bytes(range(32))
    session = protocol.session_message(SERVER_ID, DEVICE_ID, challenge)
    return {
        "device public key": public(DEVICE_KEY),
        "server public key": public(SERVER_KEY),
        "change 1, canonical": canonical(content),
        "chain after change 1": chain_hash(CHAIN_START, EPOCH, first),
        "chain after change 2": batch.hash,
        "batch payload": payload,
        "batch signature": DEVICE_KEY.sign(protocol.signed_message("batch", payload)),
        "batch envelope": protocol.seal("batch", payload, DEVICE_KEY.sign),
        "receipt payload": protocol.pack_receipt(receipt),
        "receipt signature": SERVER_KEY.sign(protocol.signed_message("receipt", protocol.pack_receipt(receipt))),
        "device card": card,
        "device card signature": SERVER_KEY.sign(protocol.signed_message("device", card)),
        "session message": session,
        "session signature": DEVICE_KEY.sign(session),
    }


def test_the_worked_example_is_what_the_code_does() -> None:
    text = DOCUMENT.read_text("utf-8")
    blocks = re.findall(r"^\*([^*\n]+)\*\n\n```hex\n(.*?)```", text, re.M | re.S)
    printed = {name: re.sub(r"\s", "", block) for name, block in blocks}
    assert printed == {name: value.hex() for name, value in worked_example().items()}


def test_the_first_link_can_be_made_from_the_text_alone() -> None:
    """Without any code of ours: the bytes that the document names, through SHA-256."""
    import hashlib

    made = worked_example()
    joined = b"backbone change 1\n" + bytes(32) + made["change 1, canonical"]
    assert hashlib.sha256(joined).digest() == made["chain after change 1"]
    assert made["batch envelope"] == msgspec.msgpack.encode(
        {"thing": "batch", "payload": made["batch payload"], "signature": made["batch signature"]}
    )


def test_every_field_of_every_message_is_in_the_document() -> None:
    text = DOCUMENT.read_text("utf-8")
    messages: list[Any] = [
        protocol.Hello, protocol.Greeting, protocol.Position, protocol.Enrolment, protocol.Enrolled, protocol.Proof,
        protocol.Session, protocol.Refusal, protocol.Batch, protocol.ServerReceipt, protocol.ChangeOutcome,
        protocol.FeedPage, protocol.RecordState, protocol.DeviceCard, protocol.DirectoryPage, protocol.Sealed, Change,
        Review,
    ]
    missing = [f"{message.__name__}.{part.name}" for message in messages for part in fields(message)
               if f"`{part.name}`" not in text]
    # these travel as `rows`, and a review's id is its record_id
    assert missing == ["Batch.changes", "ServerReceipt.outcomes", "FeedPage.records", "Review.id"]


def test_the_example_of_a_card_is_read_back() -> None:
    from backbone_desktop.services.signatures import verify

    made = worked_example()
    body = msgspec.msgpack.encode(
        {"thing": "device", "payload": made["device card"], "signature": made["device card signature"]})
    assert protocol.read_card(body, public(SERVER_KEY), verify).device_no == "A03"
    with pytest.raises(protocol.WrongSignatureError):
        protocol.read_card(body, public(DEVICE_KEY), verify)


def test_every_code_is_in_the_document_with_its_status() -> None:
    text = DOCUMENT.read_text("utf-8")
    missing = [code for code, status in protocol.HTTP_STATUS.items() if not re.search(
        rf"^\| `{re.escape(code)}` \| {status} \|", text, re.M)]
    assert missing == []
