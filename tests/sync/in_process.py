"""The real server behind the services' CentralServer without a wire between them, and a link that can lose things."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import select, update

from backbone_core import protocol
from backbone_core.change import RecordKind
from backbone_core.protocol import FeedPage, Hello, Proof, Sealed, ServerReceipt
from backbone_desktop.sync.troubles import LinkCut, ServerRefused
from backbone_server.app import Parts
from backbone_server.desk import Answer, Desk, Limits
from backbone_server.devices import issue_code
from backbone_server.keys import verify
from backbone_server.refusals import RefusedError
from backbone_server.scopes import Scope
from backbone_server.serve import Place, open_parts
from backbone_server.store.tables import meta, records

MessageT = TypeVar("MessageT")


@dataclass
class Link:
    """What happens to the next requests, by their path: "lost" on the way there, "unheard" on the way back, or the
    code of a refusal."""

    troubles: dict[str, list[str]] = field(default_factory=dict)

    def next(self, path: str) -> str:
        waiting = self.troubles.get(path)
        return waiting.pop(0) if waiting else ""


class Centre:
    """A central server on SQLite in a folder."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.folder = folder
        self.limits = limits or Limits()
        self.open()

    def open(self) -> None:
        self.parts: Parts = open_parts(Place(data_dir=self.folder), self.limits)

    @property
    def desk(self) -> Desk:
        return Desk(self.parts.store, self.parts.keys, self.parts.identity, self.limits, lambda: datetime.now(UTC))

    def code(self, number: str, township: str = "") -> str:
        return issue_code(self.parts.store, Scope("520625", township), office="示例县医疗保障局", device_no=number,
                          now=datetime.now(UTC), valid_for=timedelta(days=1))

    def close(self) -> None:
        self.parts.store.close()


class InProcess:
    """Implements the services' CentralServer on a `Centre`."""

    url = "https://centre.example"

    def __init__(self, centre: Centre, link: Link | None = None) -> None:
        self._centre = centre
        self._link = link or Link()

    def greet(self, hello: Hello) -> protocol.Greeting:
        return self._read(self._ask("hello", protocol.GREETING, lambda desk: desk.greet(protocol.encode(hello))),
                          protocol.Greeting)

    def enrol(self, sealed: bytes, greeting: protocol.Greeting) -> protocol.Enrolled:
        return self._read(self._ask("enrol", protocol.ENROLLED, lambda desk: desk.enrol(sealed)), protocol.Enrolled)

    def open_session(self, proof: Proof) -> protocol.Session:
        body = protocol.encode(proof)
        return self._read(self._ask("session", protocol.SESSION, lambda desk: desk.open_session(body)),
                          protocol.Session)

    def push(self, token: str, sealed: bytes) -> tuple[ServerReceipt, Sealed]:
        answer = self._ask("push", protocol.RECEIPT, lambda desk: desk.push(token, sealed))
        return protocol.read_receipt(answer.payload), answer

    def feed(self, token: str, server_epoch: str, after: int) -> FeedPage:
        query: Mapping[str, str] = {"epoch": server_epoch, "after": str(after)}
        return protocol.read_feed(self._ask("feed", protocol.FEED, lambda desk: desk.feed(token, query)).payload)

    def directory(self, token: str, server_epoch: str, after: int) -> protocol.DirectoryPage:
        query: Mapping[str, str] = {"epoch": server_epoch, "after": str(after)}
        return self._read(self._ask("directory", protocol.DIRECTORY, lambda desk: desk.directory(token, query)),
                          protocol.DirectoryPage)

    def _ask(self, path: str, thing: str, ask: Callable[[Desk], Answer]) -> Sealed:
        trouble = self._link.next(path)
        if trouble == "lost":
            raise LinkCut("exchange.no_link")
        if "." in trouble:
            raise ServerRefused(trouble)
        try:
            answer = ask(self._centre.desk)
        except RefusedError as refused:
            raise ServerRefused(refused.code) from None
        if trouble == "unheard":
            raise LinkCut("exchange.no_link")
        sealed = protocol.read_sealed(answer.sealed, thing)
        protocol.check_seal(sealed, self._centre.parts.keys.public_key, verify)
        return sealed

    def _read(self, sealed: Sealed, message_type: type[MessageT]) -> MessageT:
        return protocol.decode(sealed.payload, message_type)


def back_up(centre: Centre) -> Path:
    centre.close()
    kept = Path(shutil.copytree(centre.folder, centre.folder.with_name("kept")))
    centre.open()
    return kept


def put_back(centre: Centre, kept: Path, *, announced: bool) -> None:
    """`announced`: whoever put it back gave it a new epoch, as the protocol asks."""
    centre.close()
    shutil.rmtree(centre.folder)
    shutil.copytree(kept, centre.folder)
    centre.open()
    if announced:
        with centre.parts.store.writing() as connection:
            connection.execute(update(meta).where(meta.c.name == "server_epoch").values(value=uuid.uuid4().hex))
        centre.close()
        centre.open()


def server_records(centre: Centre) -> dict[tuple[RecordKind, str], dict[str, object]]:
    """Everything that the centre holds, by kind and id, tombstones too."""
    with centre.parts.store.reading() as connection:
        return {(RecordKind(row.kind), row.record_id): msgspec.msgpack.decode(row.fields)
                for row in connection.execute(select(records))}
