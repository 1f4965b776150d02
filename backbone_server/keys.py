"""The server's own key: signs every answer, and proves for years that it is the server a device was enrolled with."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from backbone_core.errors import Unavailable

KEY_FILE = "server.key"


class ServerKeys:
    """Ed25519 for answers; a secret derived from it for session tokens, so that one file is all there is to keep."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.token_secret = HKDF(SHA256(), 32, salt=None, info=b"backbone session tokens").derive(seed)

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def load_keys(data_dir: Path) -> ServerKeys:
    """Read the key from the data folder, making it at the first start.

    Raises `Unavailable("server.key_unreadable")` rather than making another: devices trust the first one.
    """
    path = data_dir / KEY_FILE
    if not path.exists():
        _make_key(path)
    try:
        return ServerKeys(bytes.fromhex(path.read_text("ascii").strip()))
    except (OSError, ValueError):
        raise Unavailable("server.key_unreadable") from None


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is `public_key`'s over `message`."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _make_key(path: Path) -> None:
    seed = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(seed.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            # whichever worker comes first wins, and the name never stands for half a key
            os.link(aside, path)
        except FileExistsError:
            pass
        except OSError:
            aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(folder)
        os.close(folder)
