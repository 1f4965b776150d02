"""`keys.json`: the wrapped ways into one profile's store; a power cut leaves the old file or the new one."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from backbone_core.errors import Unavailable

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """What stands in the file; each blob is as `wrapping` made it, an empty one means that there is no such way."""

    profile_id: str
    recovery: Mapping[str, Any]
    keyring: Mapping[str, Any] = field(default_factory=dict)
    passphrase: Mapping[str, Any] = field(default_factory=dict)
    device_public_key: str = ""
    device: Mapping[str, Any] = field(default_factory=dict)
    """The device's key wrapped under the store's key; empty where the keyring keeps it."""


def read_key_file(path: Path, profile_id: str = "") -> KeyFile:
    """Raises Unavailable keys.missing, keys.damaged, keys.newer, keys.not_this_store (another profile's file)."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        raise Unavailable("keys.missing") from None
    except OSError:
        raise Unavailable("keys.damaged") from None
    try:
        held = json.loads(text)
        found = held.pop("sum")
        if held["schema"] > SCHEMA:
            raise Unavailable("keys.newer")
        if found != _sum(held):
            raise Unavailable("keys.damaged")
        keys = KeyFile(**{name: held[name] for name in KeyFile.__dataclass_fields__})
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unavailable("keys.damaged") from None
    if profile_id and keys.profile_id != profile_id:
        raise Unavailable("keys.not_this_store")
    return keys


def write_key_file(path: Path, keys: KeyFile) -> None:
    """Write the file and its twin beside it. Raises Unavailable store.disk_full, keys.not_written."""
    held: dict[str, Any] = {"schema": SCHEMA}
    held |= {name: getattr(keys, name) for name in KeyFile.__dataclass_fields__}
    text = json.dumps({**held, "sum": _sum(held)}, indent=1).encode()
    try:
        # The twin first: when the second of the two fails, the file that counts still is the old one, as we say.
        _write_whole(twin_of(path), text)
        _write_whole(path, text)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise Unavailable("store.disk_full" if full else "keys.not_written") from None


def twin_of(path: Path) -> Path:
    """The second copy, for the day on which the first is damaged."""
    return path.with_name(f"{path.stem}.twin{path.suffix}")


def _sum(held: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:32]


def _write_whole(path: Path, text: bytes) -> None:
    aside = path.with_name(path.name + ".new")
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    if hasattr(os, "O_DIRECTORY"):  # Windows makes a rename last by itself
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
