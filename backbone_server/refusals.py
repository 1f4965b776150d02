"""How a request is turned down: one exception with a code of the protocol, made into a sealed answer at the edge."""

from __future__ import annotations

from backbone_core.protocol import HTTP_STATUS, Position


class RefusedError(Exception):
    """The request is not carried out and nothing was changed. The code decides the HTTP status."""

    def __init__(self, code: str, *, position: Position | None = None, limit: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.position = position
        self.limit = limit

    @property
    def status(self) -> int:
        return HTTP_STATUS[self.code]
