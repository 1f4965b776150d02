"""Whether a signature holds: the centre's under what it answered, a device's under a paper's code."""

from __future__ import annotations


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the Ed25519 signature holds; implements `protocol.Verify`. Needs no secret and no link."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
