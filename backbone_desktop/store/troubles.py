"""Turns what SQLCipher reports into words for a clerk's banner; the text of a database error is never passed on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from backbone_core.errors import BackboneError, Unavailable
from backbone_desktop.store.clashes import broken_rule

_CODES = {
    sqlite3.SQLITE_FULL: "store.disk_full",
    sqlite3.SQLITE_BUSY: "store.locked_by_other",
    sqlite3.SQLITE_LOCKED: "store.locked_by_other",
    sqlite3.SQLITE_CORRUPT: "store.damaged",
    sqlite3.SQLITE_NOTADB: "store.damaged",
    sqlite3.SQLITE_READONLY: "store.read_only",
    sqlite3.SQLITE_PERM: "store.read_only",
    sqlite3.SQLITE_CANTOPEN: "store.not_readable",
    sqlite3.SQLITE_IOERR: "store.disk_failed",
}
_PLAIN_HEADER = b"SQLite format 3\x00"
_PAGE = 4096


def explain(error: BaseException | None) -> BackboneError | None:
    """The trouble behind a driver's error, or None for a bug (which stays what it is)."""
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    primary = code & 0xFF  # the upper bits say in which place it happened
    if primary == sqlite3.SQLITE_CONSTRAINT:
        return broken_rule(str(error))
    known = _CODES.get(primary)
    return Unavailable(known) if known else None


def why_unreadable(path: Path) -> Unavailable:
    """Why a file does not open with the key at hand.

    SQLCipher gives one answer for a wrong key and for a file that never was a store. A file that is plain SQLite, is
    shorter than a page, does not end at a page or has a pattern in its first page was not written by SQLCipher with our
    settings. Anything else looks like noise, as every encrypted store does: then the key is wrong or the first page is
    damaged, which nobody can tell apart, and the sentence says so.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as handle:
            first = handle.read(_PAGE)
    except OSError:
        return Unavailable("store.not_readable")
    if first.startswith(_PLAIN_HEADER) or size < _PAGE or size % _PAGE or not _looks_like_noise(first):
        return Unavailable("store.not_a_store")
    return Unavailable("store.wrong_key")


def _looks_like_noise(page: bytes) -> bool:
    """Whether a page's byte values are spread as chance spreads them (chi-square over 256 values, 255 expected)."""
    expected = len(page) / 256
    spread = sum((page.count(value) - expected) ** 2 / expected for value in range(256))
    return spread < 512  # eleven standard deviations above what chance gives; text and code are in the thousands
