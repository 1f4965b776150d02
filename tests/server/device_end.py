"""The other end of the wire, as small as the protocol allows: what docs/sync-protocol.md asks of a device."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backbone_core.change import CHAIN_START, Change, RecordKind, chain_hash
from backbone_core.ids import new_id
from backbone_core.protocol import (
    BATCH,
    DIRECTORY,
    ENROLLED,
    ENROLMENT,
    ERROR,
    FEED,
    GREETING,
    HELLO,
    PROOF,
    RECEIPT,
    SESSION,
    Batch,
    DirectoryPage,
    Enrolled,
    Enrolment,
    FeedPage,
    Greeting,
    Hello,
    Proof,
    Refusal,
    ServerReceipt,
    Session,
    content_type,
    decode,
    encode,
    open_sealed,
    pack_batch,
    read_feed,
    read_receipt,
    read_sealed,
    seal,
    session_message,
)
from backbone_server.keys import verify

MADE_AT = datetime(2019, 8, 24, 9, 30, tzinfo=UTC)


class TurnedDownError(Exception):
    """The server's sealed refusal."""

    def __init__(self, status: int, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.status = status
        self.refusal = refusal
        self.code = refusal.code


@dataclass
class DeviceEnd:
    """One device with its key and its chain; `server_key` is pinned at the first greeting."""

    url: str
    county: str = "520625"
    device_no: str = "A01"
    epoch: str = field(default_factory=lambda: uuid.uuid4().hex)
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    http: requests.Session = field(default_factory=requests.Session)
    device_id: str = ""
    server_key: bytes = b""
    token: str = ""
    changes: list[Change] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=lambda: [CHAIN_START])

    @property
    def public_key(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    # --- the chain

    def change(self, kind: RecordKind | str, record_id: str, fields: dict[str, Any], *,
               base: dict[str, Any] | None = None, version: int = 0, act: str = "edit",
               made_by: str = "clerk") -> Change:
        """Put one change behind the others; nothing is sent."""
        made = Change(
            seq=len(self.changes) + 1, kind=RecordKind(kind), record_id=record_id, act=act, base_version=version,
            fields=fields, base=base or {}, made_at=MADE_AT, made_by=made_by,
        )
        self.changes.append(made)
        self.hashes.append(chain_hash(self.hashes[-1], self.epoch, made))
        return made

    def batch(self, first: int = 1, last: int | None = None) -> Batch:
        last = len(self.changes) if last is None else last
        return Batch(device_id=self.device_id, epoch=self.epoch, changes=tuple(self.changes[first - 1 : last]),
                     hash=self.hashes[last])

    # --- the wire

    def hello(self, **instead: Any) -> Greeting:
        hello = Hello(oldest=1, newest=1, epoch=self.epoch, device_id=self.device_id, last_seq=len(self.changes),
                      last_hash=self.hashes[-1])
        answer = self.post("/v1/hello", HELLO, encode(replace(hello, **instead)))
        if not self.server_key:
            self.server_key = decode(read_sealed(answer.content, GREETING).payload, Greeting).server_key
        return decode(self.opened(answer, GREETING), Greeting)

    def enrol(self, given: str, **instead: Any) -> Enrolled:
        self.hello()
        wish = Enrolment(code=given, public_key=self.public_key, device_name="测试设备", device_no=self.device_no,
                         county=self.county, epoch=self.epoch)
        body = seal(ENROLMENT, encode(replace(wish, **instead)), self.key.sign)
        enrolled = decode(self.opened(self.post("/v1/devices/enrol", ENROLMENT, body), ENROLLED), Enrolled)
        self.device_id = enrolled.device_id
        return enrolled

    def sign_in(self) -> Session:
        greeting = self.hello()
        signature = self.key.sign(session_message(greeting.server_id, self.device_id, greeting.challenge))
        proof = Proof(device_id=self.device_id, challenge=greeting.challenge, signature=signature)
        session = decode(self.opened(self.post("/v1/session", PROOF, encode(proof)), SESSION), Session)
        self.token = session.token
        return session

    def push(self, batch: Batch | None = None) -> ServerReceipt:
        body = seal(BATCH, pack_batch(batch or self.batch()), self.key.sign)
        return self.push_body(body)

    def push_body(self, body: bytes, **headers: str) -> ServerReceipt:
        return read_receipt(self.opened(self.post("/v1/push", BATCH, body, **headers), RECEIPT))

    def send(self, kind: RecordKind | str, record_id: str, fields: dict[str, Any], **more: Any) -> Any:
        """Make one change, push it, and return the server's answer to it."""
        made = self.change(kind, record_id, fields, **more)
        return self.push(self.batch(made.seq)).outcomes[0]

    def feed(self, epoch: str = "", after: int = 0, limit: int = 500) -> FeedPage:
        answer = self.http.get(self.url + "/v1/feed", params={"epoch": epoch, "after": after, "limit": limit},
                               headers=self.authorization())
        return read_feed(self.opened(answer, FEED))

    def directory(self, epoch: str = "", after: int = 0, limit: int = 500) -> DirectoryPage:
        answer = self.http.get(self.url + "/v1/directory", params={"epoch": epoch, "after": after, "limit": limit},
                               headers=self.authorization())
        return decode(self.opened(answer, DIRECTORY), DirectoryPage)

    def states(self) -> dict[str, dict[str, Any]]:
        """What a device that reads the feed from its beginning ends up with: record → fields."""
        held: dict[str, dict[str, Any]] = {}
        epoch, after, more = "", 0, True
        while more:
            page = self.feed(epoch, after)
            epoch, after, more = page.server_epoch, page.upto, page.more
            held.update({state.record_id: state.fields for state in page.records})
        return {record_id: fields for record_id, fields in held.items() if not fields.get("removed")}

    def post(self, path: str, thing: str, body: bytes, **headers: str) -> requests.Response:
        sent = {"Content-Type": content_type(thing), **self.authorization(), **headers}
        return self.http.post(self.url + path, data=body, headers=sent)

    def opened(self, answer: requests.Response, thing: str) -> bytes:
        """The payload of a sealed answer; nothing else counts as one."""
        if answer.status_code >= 300:
            payload = open_sealed(answer.content, ERROR, self.server_key, verify)
            raise TurnedDownError(answer.status_code, decode(payload, Refusal))
        assert answer.headers["Content-Type"] == content_type(thing)
        return open_sealed(answer.content, thing, self.server_key, verify)

    def authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def household(number: str = "HH0001", **instead: Any) -> dict[str, Any]:
    return {"household_no": number, "county": "520625", "township": "示例镇", "village": "示例村", "group": "",
            "address": "", "poverty_type": "一般贫困户", "phone": "", **instead}


def member(household_id: str, **instead: Any) -> dict[str, Any]:
    return {"household_id": household_id, "name": "测试甲", "id_no": "520625198001010015", "relation": "户主",
            "disability": "", "ethnic": "", "phone": "", "bank_name": "", "bank_account": "", "account_holder": "",
            **instead}


def claim(member_id: str, household_id: str, **instead: Any) -> dict[str, Any]:
    """A claim as the desktop sends it when it is taken in, as far as the server looks at it."""
    from backbone_core.claim import Claim, ClaimState, Costs
    from backbone_core.receipt import receipt_number
    from backbone_core.records import to_fields

    taken = Claim(
        id=new_id(), member_id=member_id, household_id=household_id, policy_year=2019, state=ClaimState.RECEIVED,
        hospital="示例县人民医院", diagnosis="测试诊断", costs=Costs(medfee_sumamt=1_000_000), benefit=481_920,
        receipt_no=receipt_number("520625", 2019, "A01", 1), received_at=MADE_AT, received_by="clerk",
    )
    return {**to_fields(taken), **instead}
