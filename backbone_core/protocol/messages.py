"""What the two ends say to each other before and around the changes: who they are, what they hold, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from backbone_core.protocol.sealed import unpack

PROTOCOL = 1
OLDEST_PROTOCOL = 1
"""This code speaks the versions from OLDEST_PROTOCOL to PROTOCOL."""

HELLO, GREETING = "hello", "greeting"
ENROLMENT, ENROLLED = "enrolment", "enrolled"
PROOF, SESSION = "proof", "session"
BATCH, RECEIPT = "batch", "receipt"
FEED, ERROR = "feed", "error"

MessageT = TypeVar("MessageT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """How far the server has a device's chain of one epoch: the number and the chain's hash of the last change."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """First word of a device, also of one that is not enrolled yet (`device_id` "")."""

    oldest: int
    newest: int
    epoch: str
    device_id: str = ""
    last_seq: int = 0
    last_hash: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """The server's first word, sealed with `server_key`. `position` is None for an unknown device or epoch.

    `time` is the server's clock in microseconds since 1970: for showing how far the device's clock is off, no more.
    `directory` is the number of the last change to the directory of devices; 0 where the server keeps none.
    """

    version: int
    oldest: int
    newest: int
    server_id: str
    server_epoch: str
    server_key: bytes
    challenge: bytes
    time: int
    position: Position | None = None
    max_body: int = 0
    max_changes: int = 0
    directory: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A device asks to be known. Sealed with the key it wants to be known by, so that it proves to have it."""

    code: str
    public_key: bytes
    device_name: str
    device_no: str
    county: str
    epoch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """`scope` is "county:520625" or "township:520625:<name of the township>"."""

    device_id: str
    county: str
    scope: str
    device_no: str
    server_id: str
    server_epoch: str
    server_key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """`signature`: the device's over `session_message(server_id, device_id, challenge)`."""

    device_id: str
    challenge: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """`token` goes into `Authorization: Bearer …`; it holds until `expires` by the server's clock (microseconds)."""

    device_id: str
    token: str
    expires: int
    time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why the server did not do what was asked. `position` stands with `server.gap` and `server.chain_fork`."""

    code: str
    server_id: str
    server_epoch: str = ""
    position: Position | None = None
    oldest: int = 0
    newest: int = 0
    limit: int = 0
    retry_after: int = 0


def session_message(server_id: str, device_id: str, challenge: bytes) -> bytes:
    """The bytes that a device signs to open a session."""
    return b"backbone 1 session\n" + server_id.encode() + b"\n" + device_id.encode() + b"\n" + challenge


def encode(message: Any) -> bytes:
    """A message as a MessagePack map of its fields."""
    return msgspec.msgpack.encode(message)


def decode(payload: bytes, message_type: type[MessageT]) -> MessageT:
    """Fields of a later version are passed over. Raises `UnreadableError`, never with content."""
    message: MessageT = unpack(payload, message_type, message_type.__name__)
    return message
