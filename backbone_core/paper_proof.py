"""The proof in the code of a form that is no receipt: its kind, its number, a hash of what it states, a signature."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backbone_core.base32 import from_base32, to_base32
from backbone_core.errors import RuleBroken

_QR = re.compile(r"BB2:([A-Z_]{2,24}):([0-9A-Z-]{1,60}):([A-Z]\d{2}):(\d{6}):([A-Z2-7]+):([A-Z2-7]+)")
_ANY = re.compile(r"BB(?:1|2:[A-Z_]{2,24}):([0-9A-Z-]{1,60}):[A-Z0-9:]+")
"""A code of a receipt (BB1) or of another form."""
_SHORT = 32
"""Hex digits of the hash (128 bits) that are signed and stand in the code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperProof:
    """`county` and `device_no` name the device that signed; `content_hash` is the shortened hash (32 hex digits)."""

    form: str
    number: str
    county: str
    device_no: str
    content_hash: str
    signature: bytes


def paper_hash(form: str, number: str, key: str, stated: Mapping[str, Any]) -> str:
    """HMAC-SHA-256 (64 hex digits) over what a form states: plain values that JSON can hold, amounts in fen.

    `key` is the id of the record that the paper is about. It is not printed, so that nobody who holds the paper can
    find a hidden number by trying them all.
    """
    whole = json.dumps({"form": form, "number": number, "stated": stated}, ensure_ascii=False, sort_keys=True,
                       separators=(",", ":"))
    return hmac.new(key.encode(), whole.encode(), hashlib.sha256).hexdigest()


def paper_signed_bytes(form: str, number: str, content_hash: str) -> bytes:
    """What the device signs. The whole hash and its first 32 digits (as read from a code) give the same bytes."""
    return f"backbone-paper-2\n{form}\n{number}\n{content_hash[:_SHORT]}".encode()


def paper_qr_text(proof: PaperProof) -> str:
    """Capitals and digits alone, which a QR code packs densest. Raises ValueError for parts that no reader takes."""
    digest = to_base32(bytes.fromhex(proof.content_hash[:_SHORT]))
    text = ":".join(("BB2", proof.form.upper(), proof.number, proof.device_no, proof.county, digest,
                     to_base32(proof.signature)))
    if not _QR.fullmatch(text):
        raise ValueError("these parts make no code")
    return text


def read_paper_qr(text: str) -> PaperProof:
    """Raises `RuleBroken("receipt.qr_form")` for a code that is not one of these."""
    found = _QR.fullmatch(text.strip())
    if found is None:
        raise RuleBroken("receipt.qr_form")
    form, number, device_no, county, digest, signature = found.groups()
    hash_, signed = from_base32(digest), from_base32(signature)
    if len(hash_) * 2 != _SHORT or len(signed) != 64:
        raise RuleBroken("receipt.qr_form")
    return PaperProof(form=form.lower(), number=number, county=county, device_no=device_no, content_hash=hash_.hex(),
                      signature=signed)


def number_in_code(text: str) -> str:
    """The number of the paper whose code a gun typed, "" for any other text. Nothing of it is verified."""
    found = _ANY.fullmatch("".join(text.split()).upper())
    return found.group(1) if found else ""
