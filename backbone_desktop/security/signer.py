"""The device's Ed25519 key: signs receipts and what is sent, and never leaves the side of the keyring."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING

from backbone_core.errors import Unavailable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Ed25519Signer:
    """Implements the services' DeviceSigner; the private key is fetched at the first signature."""

    def __init__(self, public_key: bytes, fetch: Callable[[], bytes | None]) -> None:
        self._public_key = public_key
        self._fetch = fetch
        self._private: Ed25519PrivateKey | None = None

    @property
    def public_key(self) -> bytes:
        return self._public_key

    def sign(self, message: bytes) -> bytes:
        if self._private is None:
            self._private = self._load()
        return self._private.sign(message)

    def _load(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        seed = self._fetch()
        if seed is None or public_key_of(seed) != self._public_key:
            raise Unavailable("keys.device_missing")
        return Ed25519PrivateKey.from_private_bytes(seed)


def new_seed() -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key_of(seed: bytes) -> bytes:
    """Return b"" for what is no seed at all."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    except ValueError:
        return b""


def as_text(value: bytes) -> str:
    return b64encode(value).decode("ascii")


def from_text(text: str | None) -> bytes | None:
    """The bytes that `as_text` wrote, or None for anything else."""
    try:
        return b64decode(text, validate=True) if text else None
    except ValueError:
        return None
