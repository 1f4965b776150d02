"""The store's key and the ways to it: keyring, recovery code, passphrase. Losing one way never loses the data."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from backbone_core.errors import Finding, RuleBroken, Unavailable, refusal, refuse_if_any
from backbone_desktop.security import wrapping
from backbone_desktop.security.key_file import KeyFile, read_key_file, twin_of, write_key_file
from backbone_desktop.security.recovery_code import make_recovery_code, read_recovery_code
from backbone_desktop.security.signer import Ed25519Signer, as_text, from_text, new_seed, public_key_of
from backbone_desktop.security.system_keyring import SystemKeyring

log = logging.getLogger(__name__)
LEAST_PASSPHRASE = 10


@dataclass(frozen=True, slots=True)
class Way:
    """One way into the store for `doctor`: `code` names the sentence."""

    name: str
    stands: bool
    code: str


@dataclass(frozen=True, slots=True)
class NewKeys:
    """What set-up made and has not kept yet: `StoreKeys.keep` makes it last."""

    store_key: bytes
    recovery_code: str
    device_seed: bytes
    keyring_secret: str
    file: KeyFile

    def __repr__(self) -> str:
        return "NewKeys(…)"


class DeviceKey(StrEnum):
    """What became of the device's own key; after RENEWED the centre has to be told with a new one-time code."""

    KEPT = "kept"
    RENEWED = "renewed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Mended:
    """`recovery_code` is the new one, "" unless it was asked for."""

    recovery_code: str
    device: DeviceKey


class StoreKeys:
    """The keys of one profile. `keyring` is None on a machine that has none."""

    def __init__(self, path: Path, profile_id: str, keyring: SystemKeyring | None) -> None:
        self._path = path
        self._profile_id = profile_id
        self._keyring = keyring

    def make(self, passphrase: str = "") -> NewKeys:
        """Make the keys of a new profile. Raises RuleBroken keys.passphrase_needed, keys.passphrase_short."""
        if passphrase or self._keyring is None:
            refuse_if_any(check_passphrase(passphrase))
        key, seed, code = os.urandom(wrapping.KEY_BYTES), new_seed(), make_recovery_code()
        file = KeyFile(
            profile_id=self._profile_id,
            recovery=wrapping.seal_with_secret(read_recovery_code(code), key, self._bound("recovery")),
            passphrase=self._under_passphrase(passphrase, key),
        )
        secret = as_text(os.urandom(wrapping.KEY_BYTES))
        return NewKeys(key, code, seed, secret, self._with_keyring(self._with_device(file, key, seed), key, secret))

    def keep(self, made: NewKeys) -> None:
        """Write the file, then hand the keyring its part. Raises Unavailable; then nothing is kept."""
        write_key_file(self._path, made.file)
        try:
            self._into_keyring(made.keyring_secret, made.device_seed)
        except Unavailable:
            self.discard()
            raise

    def discard(self) -> None:
        """Forget a profile whose set-up failed."""
        for path in (self._path, twin_of(self._path)):
            path.unlink(missing_ok=True)
        if self._keyring is not None:
            for name in (self._name("store"), self._name("device")):
                try:
                    self._keyring.forget(name)
                except Unavailable:
                    log.warning("the keyring kept a key that nothing needs any more")

    def from_keyring(self) -> bytes | None:
        """The store's key, or None where the keyring does not give what opens it."""
        file = self._file()
        try:
            return self._keyring_key(file)
        except (wrapping.DoesNotOpenError, Unavailable):
            return None

    def from_passphrase(self, passphrase: str) -> bytes:
        """Raises RuleBroken keys.wrong_passphrase, keys.no_passphrase."""
        file = self._file()
        if not file.passphrase:
            raise RuleBroken("keys.no_passphrase", "passphrase")
        try:
            return wrapping.open_with_passphrase(passphrase, file.passphrase, self._bound("passphrase"))
        except wrapping.DoesNotOpenError:
            raise RuleBroken("keys.wrong_passphrase", "passphrase") from None
        except wrapping.BlobDamagedError:
            raise Unavailable("keys.damaged") from None

    def from_recovery_code(self, typed: str) -> bytes:
        """Raises RuleBroken keys.wrong_recovery_code, and keys.recovery_code_… where the typing tells already."""
        secret = read_recovery_code(typed)
        file = self._file()
        try:
            return wrapping.open_with_secret(secret, file.recovery, self._bound("recovery"))
        except wrapping.DoesNotOpenError:
            raise RuleBroken("keys.wrong_recovery_code", "recovery_code") from None
        except wrapping.BlobDamagedError:
            raise Unavailable("keys.damaged") from None

    def mend(self, key: bytes, *, passphrase: str = "", new_code: bool = False, renew_device: bool = False) -> Mended:
        """With the key in hand, make every way in stand again.

        A device key that its keyring has lost is made anew. Where this session merely has no keyring, another session
        of this machine may still hold it, so it is made anew only with `renew_device`.
        """
        file = self._file()
        if passphrase:
            refuse_if_any(check_passphrase(passphrase))
            file = replace(file, passphrase=self._under_passphrase(passphrase, key))
        code = make_recovery_code() if new_code else ""
        if code:
            sealed = wrapping.seal_with_secret(read_recovery_code(code), key, self._bound("recovery"))
            file = replace(file, recovery=sealed)
        seed = self._device_seed(file, key)
        device = DeviceKey.KEPT
        if seed is None or as_text(public_key_of(seed)) != file.device_public_key:
            renew = renew_device or self._keyring is not None
            seed, device = (new_seed(), DeviceKey.RENEWED) if renew else (None, DeviceKey.MISSING)
        if seed is not None:
            file = self._with_device(file, key, seed)
        if self._keyring is not None and seed is not None:
            if self._keyring_stands(file):
                self._keyring.put(self._name("device"), as_text(seed))
            else:
                secret = as_text(os.urandom(wrapping.KEY_BYTES))
                file = self._with_keyring(file, key, secret)
                self._into_keyring(secret, seed)
        write_key_file(self._path, file)
        return Mended(code, device)

    def mend_file(self) -> bool:
        """Put the twin in the place of a damaged or missing key file; returns whether that was needed and could be."""
        try:
            self._file()
        except Unavailable:
            try:
                twin = read_key_file(twin_of(self._path), self._profile_id)
            except Unavailable:
                return False
            write_key_file(self._path, twin)
            return True
        return False

    @staticmethod
    def signer_of(made: NewKeys) -> Ed25519Signer:
        """For set-up, before anything is kept."""
        return Ed25519Signer(public_key_of(made.device_seed), lambda: made.device_seed)

    def signer(self, key: bytes) -> Ed25519Signer:
        file = self._file()
        public = from_text(file.device_public_key) or b""
        return Ed25519Signer(public, lambda: self._device_seed(file, key))

    def has_passphrase(self) -> bool:
        """Also where the file is damaged and its twin is not."""
        try:
            return bool(self._file().passphrase)
        except Unavailable:
            return bool(read_key_file(twin_of(self._path), self._profile_id).passphrase)

    def ways(self) -> tuple[Way, ...]:
        """How one could get in today. Raises Unavailable keys.… when the key file itself does not stand."""
        file = self._file()
        if self._keyring is None:
            keyring = Way("keyring", False, "keys.way_no_keyring")
        else:
            try:
                stands = self._keyring_key(file) is not None
            except Unavailable as failure:
                keyring = Way("keyring", False, failure.code)
            except wrapping.DoesNotOpenError:
                keyring = Way("keyring", False, "keys.way_keyring_other")
            else:
                keyring = Way("keyring", stands, "keys.way_keyring" if stands else "keys.way_keyring_empty")
        passphrase = Way("passphrase", bool(file.passphrase),
                         "keys.way_passphrase" if file.passphrase else "keys.way_no_passphrase")
        return keyring, Way("recovery", bool(file.recovery), "keys.way_recovery"), passphrase

    def _file(self) -> KeyFile:
        return read_key_file(self._path, self._profile_id)

    def _bound(self, way: str) -> str:
        return f"backbone keys 1 {self._profile_id} {way}"

    def _name(self, what: str) -> str:
        return f"{self._profile_id} {what}"

    def _under_passphrase(self, passphrase: str, key: bytes) -> dict[str, Any]:
        return wrapping.seal_with_passphrase(passphrase, key, self._bound("passphrase")) if passphrase else {}

    def _with_device(self, file: KeyFile, key: bytes, seed: bytes) -> KeyFile:
        wrapped = {} if self._keyring is not None else wrapping.seal(key, seed, self._bound("device"))
        return replace(file, device=wrapped, device_public_key=as_text(public_key_of(seed)))

    def _with_keyring(self, file: KeyFile, key: bytes, secret: str) -> KeyFile:
        if self._keyring is None:
            return replace(file, keyring={})
        return replace(file, keyring=wrapping.seal_with_secret(secret, key, self._bound("keyring")))

    def _into_keyring(self, secret: str, seed: bytes) -> None:
        if self._keyring is not None:
            self._keyring.put(self._name("store"), secret)
            self._keyring.put(self._name("device"), as_text(seed))

    def _keyring_stands(self, file: KeyFile) -> bool:
        try:
            return self._keyring_key(file) is not None
        except wrapping.DoesNotOpenError:
            return False

    def _keyring_key(self, file: KeyFile) -> bytes | None:
        """None where the keyring or the file has no such way. Raises DoesNotOpenError, Unavailable."""
        secret = self._keyring.get(self._name("store")) if self._keyring is not None and file.keyring else None
        if secret is None:
            return None
        try:
            return wrapping.open_with_secret(secret, file.keyring, self._bound("keyring"))
        except wrapping.BlobDamagedError:
            raise Unavailable("keys.damaged") from None

    def _device_seed(self, file: KeyFile, key: bytes) -> bytes | None:
        if file.device:
            try:
                return wrapping.unseal(key, file.device, self._bound("device"))
            except (wrapping.DoesNotOpenError, wrapping.BlobDamagedError):
                return None
        return from_text(self._keyring.get(self._name("device"))) if self._keyring is not None else None


def check_passphrase(passphrase: str) -> tuple[Finding, ...]:
    """What is wrong with a new passphrase: keys.passphrase_needed, keys.passphrase_short (least)."""
    if not passphrase.strip():
        return (refusal("keys.passphrase_needed", "passphrase"),)
    if len(wrapping.as_typed_secret(passphrase)) < LEAST_PASSPHRASE:
        return (refusal("keys.passphrase_short", "passphrase", least=LEAST_PASSPHRASE),)
    return ()
