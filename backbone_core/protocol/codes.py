"""One-time enrolment codes as people read and type them, and the codes of what the server refuses or sets aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from backbone_core.errors import RuleBroken

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u3000": None, "\t": None})
_LENGTH = 12


def make_code(below: Callable[[int], int]) -> str:
    """A fresh code "XXXX-XXXX-XXXC" of 55 random bits and a check character; `below(n)` gives a random int < n."""
    drawn = "".join(_ALPHABET[below(32)] for _ in range(_LENGTH - 1))
    whole = drawn + _check_character(drawn)
    return "-".join(whole[start : start + 4] for start in range(0, _LENGTH, 4))


def read_code(typed: str) -> str:
    """The twelve characters of a code without dashes. Raises `RuleBroken("enrol.code_mistyped")`."""
    wide = "".join(chr(ord(char) - 0xFEE0) if 0xFF01 <= ord(char) <= 0xFF5E else char for char in typed.strip())
    code = wide.upper().translate(_LOOKS_LIKE)
    if len(code) != _LENGTH or any(char not in _ALPHABET for char in code):
        raise RuleBroken("enrol.code_mistyped", "code")
    if _check_character(code[:-1]) != code[-1]:
        raise RuleBroken("enrol.code_mistyped", "code")
    return code


def _check_character(text: str) -> str:
    # odd weights are units modulo 32, so every single wrong character shows
    total = sum(weight * _ALPHABET.index(char) for weight, char in zip(range(1, 99, 2), text, strict=False))
    return _ALPHABET[total % 32]


HTTP_STATUS: Final[dict[str, int]] = {
    "server.unreadable": 400,
    "server.token": 401,
    "server.challenge": 401,
    "server.signature": 403,
    "server.device_unknown": 403,
    "server.device_revoked": 403,
    "server.scope": 403,
    "server.not_found": 404,
    "server.method": 405,
    "server.gap": 409,
    "server.chain_fork": 409,
    "server.cursor": 409,
    "server.too_large": 413,
    "server.content_type": 415,
    "server.version": 426,
    "server.failed": 500,
    "server.busy": 503,
    "enrol.code_mistyped": 400,
    "enrol.code_wrong": 403,
    "enrol.code_expired": 403,
    "enrol.code_used": 403,
    "enrol.county_differs": 403,
    "enrol.number_differs": 403,
    "enrol.number_taken": 409,
    "enrol.key_known": 409,
}
"""Every code that a refusal can bear, with the HTTP status it travels under."""
