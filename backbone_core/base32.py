"""Bytes as the capitals and digits that a QR code packs densest (RFC 4648, base 32, without padding)."""

from __future__ import annotations

import base64
import binascii

from backbone_core.errors import RuleBroken


def to_base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=")


def from_base32(text: str) -> bytes:
    """Raises `RuleBroken("receipt.qr_form")`, also for a spelling that `to_base32` never writes: the last character
    has bits to spare, and only one writing of a code is ours."""
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error:
        raise RuleBroken("receipt.qr_form") from None
    if to_base32(data) != text:
        raise RuleBroken("receipt.qr_form")
    return data
