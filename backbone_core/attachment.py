"""An attachment: one page of a document as a picture. The record names its bytes by their hash, apart from them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_BYTES = 300_000
"""Of a page as it is kept: some ten pages a claim go through a slow link."""
CHUNK_BYTES = 16_384
"""Bytes of a chunk. A link that is cut every 20 kB still carries one."""


class MediaType(StrEnum):
    """How a page is kept."""

    JPEG = "image/jpeg"
    PNG = "image/png"


class Original(StrEnum):
    """What a page came as; the catalogue says it as `scan_kind.<value>`."""

    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """影像. `document` is the paper's code, `place` counts its pages from 1; width and height in dots.

    `sha256` (64 hexadecimal digits) names the bytes, of which there are `size`. Two attachments may name the same.
    """

    id: str
    claim_id: str
    document: str
    place: int
    media_type: MediaType
    sha256: str
    size: int
    width: int
    height: int
    original: Original
    added_at: datetime
    added_by: str


def content_name(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def chunks(content: bytes) -> Iterator[bytes]:
    """In order; each but the last has `CHUNK_BYTES`."""
    return (content[start : start + CHUNK_BYTES] for start in range(0, len(content), CHUNK_BYTES))
