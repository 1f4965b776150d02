"""What somebody decided about two members who look like one person."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

_PAIRS = uuid.UUID("5a1b1f6e-3c0d-5e0a-9f0e-6d1c7a3f0b52")
"""The name space of pairs, chosen at random once for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """比对结论. `member_id` is the smaller of the two ids, so that it goes where that member goes.

    `kept_id` is the record into which both were merged; "" where they are different people.
    """

    id: str
    member_id: str
    other_id: str
    kept_id: str = ""

    @property
    def different(self) -> bool:
        return not self.kept_id


def compared(one_id: str, other_id: str, kept_id: str = "") -> Comparison:
    """The decision about two members, whichever is named first."""
    smaller, greater = sorted((one_id, other_id))
    return Comparison(id=comparison_id(one_id, other_id), member_id=smaller, other_id=greater, kept_id=kept_id)


def comparison_id(one_id: str, other_id: str) -> str:
    """The id follows from the two members, so that two devices that compare the same pair write one record."""
    return str(uuid.uuid5(_PAIRS, "/".join(sorted((one_id, other_id)))))
