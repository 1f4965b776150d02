"""The recovery code: what an office keeps in its safe, so that a broken machine never costs it the register."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

from backbone_core.errors import RuleBroken

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that nothing is read as something else."""
GROUP = 5
SECRET_GROUPS = 5
"""25 characters of 5 bits: 125 random bits. A sixth group checks the typing and adds no secret."""
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LENGTH = GROUP * (SECRET_GROUPS + 1)


def make_recovery_code() -> str:
    """Return a new code as it is printed: six groups of five, "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX"."""
    secret = "".join(secrets.choice(ALPHABET) for _ in range(GROUP * SECRET_GROUPS))
    return _in_groups(secret + _check_group(secret))


def read_recovery_code(typed: str) -> str:
    """Return the 25 secret characters of a code as somebody typed it, in any case, spacing and width.

    Raises RuleBroken keys.recovery_code_length (found, expected), keys.recovery_code_characters (found),
    keys.recovery_code_mistyped.
    """
    letters = "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())
    letters = letters.translate(_READ_AS)
    foreign = sorted({sign for sign in letters if sign not in ALPHABET})
    if foreign:
        raise RuleBroken("keys.recovery_code_characters", "recovery_code", found=" ".join(foreign))
    if len(letters) != _LENGTH:
        raise RuleBroken("keys.recovery_code_length", "recovery_code", found=len(letters), expected=_LENGTH)
    secret = letters[: GROUP * SECRET_GROUPS]
    if letters[GROUP * SECRET_GROUPS :] != _check_group(secret):
        raise RuleBroken("keys.recovery_code_mistyped", "recovery_code")
    return secret


def _check_group(secret: str) -> str:
    digest = int.from_bytes(hashlib.sha256(b"backbone recovery check " + secret.encode("ascii")).digest()[:4])
    return "".join(ALPHABET[digest >> 5 * place & 31] for place in range(GROUP))


def _in_groups(letters: str) -> str:
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))
