"""Accounts' passwords, kept as Argon2id hashes that are dear to guess even with the store in hand."""

from __future__ import annotations

from backbone_desktop.security.wrapping import as_typed_secret

COST = (3, 64 * 1024, 4)
"""Passes, KiB and lanes; RFC 9106's second recommended choice, about a tenth of a second on an office PC."""


class Argon2Passwords:
    """Implements the services' PasswordHasher."""

    def hash(self, password: str) -> str:
        from argon2 import PasswordHasher

        passes, memory_kib, lanes = COST
        hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes)
        return hasher.hash(as_typed_secret(password))

    def verify(self, stored: str, password: str) -> bool:
        """False for a wrong password and for a hash that is none."""
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return PasswordHasher().verify(stored, as_typed_secret(password))
        except (VerificationError, InvalidHashError):
            return False
