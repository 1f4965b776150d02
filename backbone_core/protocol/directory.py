"""Which device signs with which key: cards that the server seals one by one, and the pages in which they come down."""

from __future__ import annotations

from dataclasses import dataclass

from backbone_core.change import microseconds, moment
from backbone_core.protocol.messages import decode, encode
from backbone_core.protocol.sealed import (
    Sign,
    UnreadableError,
    Verify,
    check_seal,
    read_sealed,
    seal,
)

DEVICE, DIRECTORY = "device", "directory"
_KEY_LENGTH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCard:
    """What anybody may know of a device: nothing of the people who work at it.

    `public_key` is Ed25519's 32 bytes; `enrolled_at` and `revoked_at` are microseconds since 1970.
    """

    county: str
    device_no: str
    public_key: bytes
    office: str
    enrolled_at: int
    revoked_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryPage:
    """The cards that changed after the cursor (`server_epoch`, `after`), each in an envelope of its own, so that who
    keeps one can prove for ever that it came from the server. `more`: ask again at once."""

    server_epoch: str
    device_id: str
    after: int
    upto: int
    more: bool
    cards: tuple[bytes, ...]


def seal_card(card: DeviceCard, sign: Sign) -> bytes:
    return seal(DEVICE, encode(card), sign)


def read_card(body: bytes, server_key: bytes, verify: Verify) -> DeviceCard:
    """The card in its envelope. Raises `WrongSignatureError` unless `server_key` sealed it, `UnreadableError`."""
    sealed = read_sealed(body, DEVICE)
    check_seal(sealed, server_key, verify)
    card = decode(sealed.payload, DeviceCard)
    if len(card.public_key) != _KEY_LENGTH:
        raise UnreadableError(DEVICE)
    try:
        for at in (card.enrolled_at, card.revoked_at):
            if at is not None:
                microseconds(moment(at))
    except OverflowError:
        raise UnreadableError(DEVICE) from None
    return card
