"""Values of records as a clerk reads them, in a list as in its export."""

from __future__ import annotations

from backbone_core.household import PovertyType
from backbone_desktop.words import Words


def poverty_words(words: Words, value: str) -> str:
    """The poverty type in the reader's language; a value of a later version stays as it is."""
    try:
        return words(f"poverty.{PovertyType(value).name}")
    except ValueError:
        return value


def status_words(words: Words, status: str) -> str:
    """Where a record stands with the centre."""
    return {
        "waiting": words("To be sent"), "sent": words("Sent"),
        "refused": words("Sent back"), "review": words("To compare"),
    }[status]
