"""The time: moments in UTC, days as the office counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


class SystemClock:
    """Implements the services' Clock over the machine's clock."""

    def now(self) -> datetime:
        from datetime import UTC, datetime

        return datetime.now(UTC)

    def today(self) -> date:
        from datetime import timedelta, timezone

        return self.now().astimezone(timezone(timedelta(hours=8))).date()
