"""How many changes go into one batch: fewer when the link cuts them, more while it holds."""

from __future__ import annotations

FIRST = 250
MOST = 4000


class BatchSize:
    """Halves down to one change at each cut and doubles at each success, within what the server takes."""

    def __init__(self, most: int) -> None:
        """`most`: what the server takes; 0 where it does not say."""
        self._most = most or MOST
        self.now = min(FIRST, self._most)
        self._cuts_at_one = 0

    def held(self) -> None:
        self._cuts_at_one = 0
        self.now = min(self._most, self.now * 2)

    def cut(self) -> bool:
        """Shrink; return False when even single changes keep being cut and it is time to give up for now."""
        if self.now == 1:
            self._cuts_at_one += 1
        self.now = max(1, self.now // 2)
        return self._cuts_at_one < 3
