"""What is done for each kind of request, from its body's bytes to a sealed answer; knows nothing of HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backbone_core.change import microseconds
from backbone_core.protocol import (
    BATCH,
    DIRECTORY,
    ENROLLED,
    ENROLMENT,
    FEED,
    GREETING,
    OLDEST_PROTOCOL,
    PROTOCOL,
    RECEIPT,
    SESSION,
    Enrolled,
    Enrolment,
    Greeting,
    Hello,
    Position,
    Proof,
    Session,
    check_seal,
    decode,
    encode,
    open_sealed,
    pack_feed,
    read_batch,
    read_sealed,
    seal,
    session_message,
)
from backbone_server.devices import Device, enrol, find_device
from backbone_server.directory import directory_page, newest_place
from backbone_server.feed import feed_page
from backbone_server.intake import position_of, take_in
from backbone_server.keys import ServerKeys, verify
from backbone_server.refusals import RefusedError
from backbone_server.store.engine import Store
from backbone_server.store.schema import StoreIdentity
from backbone_server.tokens import Tokens

_NAME_LENGTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`body` and `unpacked` in bytes, before and after decompression."""

    body: int = 4 << 20
    unpacked: int = 16 << 20
    changes: int = 5_000
    feed_records: int = 2_000
    challenge_seconds: int = 300
    token_seconds: int = 3_600


@dataclass(frozen=True, slots=True)
class Answer:
    """A sealed message, and facts for the log."""

    thing: str
    sealed: bytes
    facts: dict[str, Any] = field(default_factory=dict)


class Desk:
    def __init__(
        self, store: Store, keys: ServerKeys, server: StoreIdentity, limits: Limits, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._keys = keys
        self._server = server
        self._limits = limits
        self._now = now
        self._tokens = Tokens(keys.token_secret, limits.challenge_seconds, limits.token_seconds)

    def greet(self, body: bytes) -> Answer:
        hello = decode(body, Hello)
        if hello.newest < OLDEST_PROTOCOL or hello.oldest > PROTOCOL or hello.oldest > hello.newest:
            raise RefusedError("server.version")
        now = self._now()
        greeting = Greeting(
            version=min(hello.newest, PROTOCOL),
            oldest=OLDEST_PROTOCOL,
            newest=PROTOCOL,
            server_id=self._server.server_id,
            server_epoch=self._server.server_epoch,
            server_key=self._keys.public_key,
            challenge=self._tokens.make_challenge(hello.device_id, now),
            time=microseconds(now),
            position=self._position(hello),
            max_body=self._limits.body,
            max_changes=self._limits.changes,
            directory=self._newest_place(),
        )
        return self._seal(GREETING, greeting)

    def enrol(self, body: bytes) -> Answer:
        sealed = read_sealed(body, ENROLMENT)
        wish = decode(sealed.payload, Enrolment)
        check_seal(sealed, wish.public_key, verify)
        device = enrol(self._store, wish, self._now())
        enrolled = Enrolled(
            device_id=device.device_id,
            county=device.county,
            scope=str(device.scope),
            device_no=device.device_no,
            server_id=self._server.server_id,
            server_epoch=self._server.server_epoch,
            server_key=self._keys.public_key,
        )
        return self._seal(ENROLLED, enrolled, device)

    def open_session(self, body: bytes) -> Answer:
        proof = decode(body, Proof)
        now = self._now()
        device = self._device(proof.device_id)
        self._tokens.check_challenge(proof.challenge, proof.device_id, now)
        message = session_message(self._server.server_id, proof.device_id, proof.challenge)
        if not verify(device.public_key, message, proof.signature):
            raise RefusedError("server.signature")
        token, ends = self._tokens.make_token(device.device_id, now)
        session = Session(
            device_id=device.device_id, token=token, expires=microseconds(ends), time=microseconds(now)
        )
        return self._seal(SESSION, session, device)

    def push(self, token: str, body: bytes) -> Answer:
        now = self._now()
        device = self._device(self._tokens.read_token(token, now))
        batch = read_batch(open_sealed(body, BATCH, device.public_key, verify))
        if batch.device_id != device.device_id:
            raise RefusedError("server.scope")
        if len(batch.changes) > self._limits.changes:
            raise RefusedError("server.too_large", limit=self._limits.changes)
        if _unfit(batch.epoch):
            raise RefusedError("server.unreadable")
        taken = take_in(self._store, self._keys, device.device_id, batch, now)
        facts = {"new": taken.new, "known": taken.known, "outcomes": taken.outcomes}
        return Answer(RECEIPT, taken.sealed, {**_who(device), **facts})

    def feed(self, token: str, query: Mapping[str, str]) -> Answer:
        """`query`: epoch and after (the cursor), limit."""
        device = self._device(self._tokens.read_token(token, self._now()))
        epoch, after, limit = self._cursor(query)
        page = feed_page(self._store, device, epoch, after, limit)
        facts = {**_who(device), "records": len(page.records)}
        return Answer(FEED, seal(FEED, pack_feed(page), self._keys.sign), facts)

    def directory(self, token: str, query: Mapping[str, str]) -> Answer:
        """`query` as for the feed."""
        device = self._device(self._tokens.read_token(token, self._now()))
        epoch, after, limit = self._cursor(query)
        page = directory_page(self._store, self._keys.sign, device, (epoch, after), limit)
        facts = {**_who(device), "cards": len(page.cards)}
        return Answer(DIRECTORY, seal(DIRECTORY, encode(page), self._keys.sign), facts)

    def _cursor(self, query: Mapping[str, str]) -> tuple[str, int, int]:
        after, limit = _number(query.get("after", "0")), _number(query.get("limit", "500"))
        return query.get("epoch", ""), after, max(1, min(limit, self._limits.feed_records))

    def _newest_place(self) -> int:
        with self._store.reading() as connection:
            return newest_place(connection)

    def _device(self, device_id: str) -> Device:
        with self._store.reading() as connection:
            return find_device(connection, _clean(device_id))

    def _position(self, hello: Hello) -> Position | None:
        if not hello.device_id or _unfit(hello.device_id) or _unfit(hello.epoch):
            return None
        with self._store.reading() as connection:
            try:
                return position_of(connection, find_device(connection, hello.device_id), hello.epoch)
            except RefusedError:
                return None  # the session will say why

    def _seal(self, thing: str, message: Any, device: Device | None = None) -> Answer:
        return Answer(thing, seal(thing, encode(message), self._keys.sign), _who(device) if device else {})


def _who(device: Device) -> dict[str, Any]:
    return {"device": device.device_id, "county": device.county}


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise RefusedError("server.unreadable")
    return int(text)


def _unfit(name: str) -> bool:
    return not name or len(name) > _NAME_LENGTH or not name.isascii() or not name.isprintable()


def _clean(device_id: str) -> str:
    if _unfit(device_id):
        raise RefusedError("server.device_unknown")
    return device_id
