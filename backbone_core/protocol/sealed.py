"""The envelope around everything that is signed: link answers, batches on a stick and enrolments look the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

Sign = Callable[[bytes], bytes]
"""Makes the 64-byte Ed25519 signature of a message."""
Verify = Callable[[bytes, bytes, bytes], bool]
"""(public key, message, signature) → whether the signature holds. Never raises for a bad key or signature."""


class UnreadableError(ValueError):
    """Bytes that are not what they should be: cut off, altered, or of something else. Carries no content."""


class WrongSignatureError(ValueError):
    """The envelope is well-formed, but was not signed by the expected key, or was altered since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """`thing` says what the payload is ("batch", "receipt", "feed" …) and is covered by the signature."""

    thing: str
    payload: bytes
    signature: bytes


def content_type(thing: str) -> str:
    return f"application/vnd.backbone.{thing}+msgpack"


def signed_message(thing: str, payload: bytes) -> bytes:
    """The bytes that the signature of an envelope covers."""
    return b"backbone 1 " + thing.encode() + b"\n" + payload


def seal(thing: str, payload: bytes, sign: Sign) -> bytes:
    sealed = Sealed(thing=thing, payload=payload, signature=sign(signed_message(thing, payload)))
    return msgspec.msgpack.encode(sealed)


def read_sealed(body: bytes, thing: str) -> Sealed:
    """Raises `UnreadableError` unless `body` is one whole envelope that says it holds a `thing`."""
    sealed: Sealed = unpack(body, Sealed, thing)
    if sealed.thing != thing:
        raise UnreadableError(thing)
    return sealed


def unpack(packed: bytes | msgspec.Raw, wanted: Any, name: str) -> Any:
    """MessagePack to a value of type `wanted`. Raises `UnreadableError`, whatever is wrong, never with content."""
    try:
        return msgspec.msgpack.decode(packed, type=wanted)
    except (msgspec.MsgspecError, ValueError, RecursionError):  # text that is not UTF-8 is a ValueError
        raise UnreadableError(name) from None


def check_seal(sealed: Sealed, public_key: bytes, verify: Verify) -> None:
    """Raises `WrongSignatureError`."""
    if not verify(public_key, signed_message(sealed.thing, sealed.payload), sealed.signature):
        raise WrongSignatureError(sealed.thing)


def open_sealed(body: bytes, thing: str, public_key: bytes, verify: Verify) -> bytes:
    """The payload of an envelope signed by `public_key`. Raises `UnreadableError` or `WrongSignatureError`."""
    sealed = read_sealed(body, thing)
    check_seal(sealed, public_key, verify)
    return sealed.payload
