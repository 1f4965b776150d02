"""What can go wrong on the link, told apart by what to do about it."""

from __future__ import annotations

from backbone_core.errors import Unavailable
from backbone_core.protocol import Refusal


class LinkCut(Unavailable):
    """No whole, genuine answer came back: try again, smaller or later. What was sent may or may not have arrived."""


class ServerRefused(Unavailable):
    """The centre itself said no, with a code of the protocol."""

    def __init__(self, code: str, refusal: Refusal | None = None, **facts: object) -> None:
        super().__init__(code, **facts)
        self.refusal = refusal
