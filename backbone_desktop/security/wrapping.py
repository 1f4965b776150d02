"""Wraps a key under another one, so that it can lie in a file: AEAD bound to the profile and to the way in.

A blob that was taken from another profile, moved to another way or changed by one bit does not open.
"""

from __future__ import annotations

import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
PASSPHRASE_COST = (3, 64 * 1024, 4)
"""Argon2id: passes, KiB and lanes; RFC 9106's second recommended choice, about a tenth of a second on an office PC."""
_HIGHEST_COST = (16, 1024 * 1024, 16)


class DoesNotOpenError(Exception):
    """The blob was sealed with another key, for another profile or another way, or was altered."""


class BlobDamagedError(Exception):
    """The blob does not have the form in which it was written."""


def seal_with_secret(secret: str, plain: bytes, bound_to: str) -> dict[str, Any]:
    """Seal under a secret that is random already (recovery code, keyring): HKDF-SHA256, ChaCha20-Poly1305."""
    salt = os.urandom(_SALT_BYTES)
    return {"kdf": "hkdf-sha256", "salt": _text(salt), **seal(_hkdf(secret.encode(), salt, bound_to), plain, bound_to)}


def open_with_secret(secret: str, blob: Mapping[str, Any], bound_to: str) -> bytes:
    if blob.get("kdf") != "hkdf-sha256":
        raise BlobDamagedError
    return unseal(_hkdf(secret.encode(), _bytes(blob, "salt"), bound_to), blob, bound_to)


def seal_with_passphrase(passphrase: str, plain: bytes, bound_to: str) -> dict[str, Any]:
    """Seal under what a person thought up: Argon2id, ChaCha20-Poly1305."""
    salt = os.urandom(_SALT_BYTES)
    passes, memory, lanes = PASSPHRASE_COST
    costs = {"passes": passes, "memory": memory, "lanes": lanes}
    key = _argon2id(passphrase, salt, PASSPHRASE_COST)
    return {"kdf": "argon2id", **costs, "salt": _text(salt), **seal(key, plain, bound_to)}


def open_with_passphrase(passphrase: str, blob: Mapping[str, Any], bound_to: str) -> bytes:
    cost = (blob.get("passes"), blob.get("memory"), blob.get("lanes"))
    sound = all(isinstance(value, int) and 1 <= value <= most for value, most in zip(cost, _HIGHEST_COST, strict=True))
    if blob.get("kdf") != "argon2id" or not sound:
        raise BlobDamagedError
    return unseal(_argon2id(passphrase, _bytes(blob, "salt"), cost), blob, bound_to)


def seal(key: bytes, plain: bytes, bound_to: str) -> dict[str, Any]:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = os.urandom(_NONCE_BYTES)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, plain, bound_to.encode())
    return {"nonce": _text(nonce), "sealed": _text(sealed)}


def unseal(key: bytes, blob: Mapping[str, Any], bound_to: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = _bytes(blob, "nonce")
    if len(nonce) != _NONCE_BYTES:
        raise BlobDamagedError
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, _bytes(blob, "sealed"), bound_to.encode())
    except InvalidTag:
        raise DoesNotOpenError from None


def as_typed_secret(typed: str) -> str:
    """The same characters however the input method wrote them (full-width digits, composed accents)."""
    return unicodedata.normalize("NFKC", typed)


def _hkdf(secret: bytes, salt: bytes, bound_to: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=bound_to.encode()).derive(secret)


def _argon2id(passphrase: str, salt: bytes, cost: tuple[Any, Any, Any]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    passes, memory, lanes = cost
    return hash_secret_raw(as_typed_secret(passphrase).encode(), salt, time_cost=passes, memory_cost=memory,
                           parallelism=lanes, hash_len=KEY_BYTES, type=Type.ID)


def _text(value: bytes) -> str:
    return b64encode(value).decode("ascii")


def _bytes(blob: Mapping[str, Any], name: str) -> bytes:
    try:
        return b64decode(blob[name], validate=True)
    except (KeyError, TypeError, ValueError):
        raise BlobDamagedError from None
