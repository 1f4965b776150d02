"""Receipt numbers that devices without a link can give out, and the receipt's proof that fits into a QR code."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import UTC

from backbone_core.base32 import from_base32, to_base32
from backbone_core.claim import Claim
from backbone_core.errors import RuleBroken

_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FORM = re.compile(r"(\d{6})(\d{4})([A-Z]\d{2})(\d{6})([0-9A-Z])")
_GAPS = re.compile(r"[\s\-‐‑–—−_]")
_QR = re.compile(r"BB1:([0-9A-Z-]+):([A-Z2-7]+):([A-Z2-7]+)")
_SHORT = 32
"""Hex digits of the content hash (128 bits) that are signed and stand in the QR code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptNumber:
    county: str
    year: int
    device_no: str
    number: int

    def __str__(self) -> str:
        return receipt_number(self.county, self.year, self.device_no, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class QrContent:
    """`content_hash` is the shortened hash (32 hex digits); `signature` is Ed25519's 64 bytes."""

    receipt_no: str
    content_hash: str
    signature: bytes


def check_character(text: str) -> str:
    """The check character of ISO/IEC 7064 MOD 37,36 for digits and capital letters."""
    product = 36
    for character in text:
        product = ((product + _VALUES.index(character)) % 36 or 36) * 2 % 37
    return _VALUES[(1 - product) % 36]


def receipt_number(county: str, year: int, device_no: str, number: int) -> str:
    """ "520625-2019-A03-000123-C": county, policy year, the device's letter and two digits, its running number and the
    check character over all of it without the dashes. No two devices of a county share a `device_no`, so numbers
    given out without a link never meet. Raises ValueError for parts that fit no number."""
    body = f"{county}{year:04d}{device_no}{number:06d}"
    if not _FORM.fullmatch(body + "0") or number < 1:
        raise ValueError("these parts make no receipt number")
    return f"{county}-{year:04d}-{device_no}-{number:06d}-{check_character(body)}"


def read_receipt_number(typed: str) -> ReceiptNumber:
    """Read a receipt number as typed or scanned; dashes, blanks, width and small letters do not matter.

    Raises `RuleBroken` receipt.form, receipt.check_character.
    """
    text = _GAPS.sub("", unicodedata.normalize("NFKC", typed)).upper()
    found = _FORM.fullmatch(text) if text.isascii() else None
    if found is None or int(found.group(4)) == 0:
        raise RuleBroken("receipt.form")
    if check_character(text[:-1]) != text[-1]:
        raise RuleBroken("receipt.check_character")
    return ReceiptNumber(
        county=found.group(1), year=int(found.group(2)), device_no=found.group(3), number=int(found.group(4))
    )


def content_hash(claim: Claim, id_no: str) -> str:
    """HMAC-SHA-256 (64 hex digits) over what the receipt states.

    The claim's random id is the key: it is not printed, so that nobody who holds the paper can find the hidden digits
    of the identity number by trying them all.
    """
    stated = {
        "form": 1,
        "receipt_no": claim.receipt_no,
        "received_at": claim.received_at.astimezone(UTC).isoformat() if claim.received_at else "",
        "received_by": claim.received_by,
        "policy_year": claim.policy_year,
        "member": claim.member_id,
        "household": claim.household_id,
        "id_no": id_no,
        "cause": claim.cause.value,
        "hospital": claim.hospital,
        "diagnosis": claim.diagnosis,
        "admitted": claim.admitted.isoformat() if claim.admitted else "",
        "discharged": claim.discharged.isoformat() if claim.discharged else "",
        "invoice_no": claim.invoice_no,
        "costs": asdict(claim.costs),
        "documents": sorted(document.code for document in claim.documents if document.handed_in),
        "account": claim.bank_account,
        "scheme": [claim.scheme_id, claim.scheme_version],
        "benefit": claim.benefit,
    }
    canonical = json.dumps(stated, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(claim.id.encode(), canonical.encode(), hashlib.sha256).hexdigest()


def signed_bytes(receipt_no: str, content_hash: str) -> bytes:
    """What the device signs. The whole hash and its first 32 digits (as read from a QR code) give the same bytes."""
    return f"backbone-receipt-1\n{receipt_no}\n{content_hash[:_SHORT]}".encode()


def qr_text(receipt_no: str, content_hash: str, signature: bytes) -> str:
    """Number, shortened hash and signature; capitals and digits alone, which a QR code packs densest."""
    return f"BB1:{receipt_no}:{to_base32(bytes.fromhex(content_hash[:_SHORT]))}:{to_base32(signature)}"


def read_qr_text(text: str) -> QrContent:
    """Raises `RuleBroken` receipt.qr_form for a code that is not one of ours, receipt.form, receipt.check_character."""
    found = _QR.fullmatch(text.strip())
    if found is None:
        raise RuleBroken("receipt.qr_form")
    digest, signature = from_base32(found.group(2)), from_base32(found.group(3))
    if len(digest) * 2 != _SHORT or len(signature) != 64:
        raise RuleBroken("receipt.qr_form")
    number = str(read_receipt_number(found.group(1)))
    # a number is read however it is spelt: only one writing of a code is ours
    if qr_text(number, digest.hex(), signature) != text.strip():
        raise RuleBroken("receipt.qr_form")
    return QrContent(receipt_no=number, content_hash=digest.hex(), signature=signature)
