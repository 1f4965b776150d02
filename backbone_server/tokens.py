"""Challenges and session tokens that need no memory: any worker with the server's secret can check them."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import uuid
from datetime import datetime, timedelta

from backbone_core.change import microseconds
from backbone_server.refusals import RefusedError

_MAC = 16
_CHALLENGE = 16
"""Bytes at random and the end; with another length a byte could change over to the name beside it."""


class Tokens:
    """`now` is the server's clock at the request; both kinds carry their end and a keyed hash over everything."""

    def __init__(self, secret: bytes, challenge_seconds: int, token_seconds: int) -> None:
        self._secret = secret
        self._challenge_life = timedelta(seconds=challenge_seconds)
        self._token_life = timedelta(seconds=token_seconds)

    def make_challenge(self, device_id: str, now: datetime) -> bytes:
        content = secrets.token_bytes(8) + microseconds(now + self._challenge_life).to_bytes(8)
        return content + self._mac(b"challenge", content + device_id.encode())

    def check_challenge(self, challenge: bytes, device_id: str, now: datetime) -> None:
        """Raises `RefusedError("server.challenge")` for one that is not ours, is another device's, or is too old."""
        content, mac = challenge[:-_MAC], challenge[-_MAC:]
        ours = self._mac(b"challenge", content + device_id.encode())
        if len(content) != _CHALLENGE or not hmac.compare_digest(mac, ours):
            raise RefusedError("server.challenge")
        if int.from_bytes(content[8:]) < microseconds(now):
            raise RefusedError("server.challenge")

    def make_token(self, device_id: str, now: datetime) -> tuple[str, datetime]:
        """The token and when it ends."""
        ends = now + self._token_life
        content = uuid.UUID(device_id).bytes + microseconds(ends).to_bytes(8)
        token = base64.urlsafe_b64encode(content + self._mac(b"token", content)).decode().rstrip("=")
        return token, ends

    def read_token(self, token: str, now: datetime) -> str:
        """The device's id. Raises `RefusedError("server.token")`."""
        try:
            whole = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise RefusedError("server.token") from None
        content, mac = whole[:-_MAC], whole[-_MAC:]
        if len(content) != 24 or not hmac.compare_digest(mac, self._mac(b"token", content)):
            raise RefusedError("server.token")
        if int.from_bytes(content[16:]) < microseconds(now):
            raise RefusedError("server.token")
        return str(uuid.UUID(bytes=content[:16]))

    def _mac(self, purpose: bytes, content: bytes) -> bytes:
        return hmac.digest(self._secret, purpose + b"\n" + content, "sha256")[:_MAC]
