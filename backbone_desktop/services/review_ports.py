"""What the services need of the centre's questions: read here, and closed by whoever answered one."""

from __future__ import annotations

from typing import Protocol

from backbone_desktop.services.rows import ReviewRow


class ReviewRepository(Protocol):
    def of_record(self, record_id: str, code: str) -> ReviewRow | None:
        """The open question of this kind about a record."""

    def close(self, review_id: str) -> None:
        """Close an open question; the centre is told by a change like any other."""
