"""The lines of a list: its records and, when it stands by place, the heads of townships and villages between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from backbone_desktop.words import Words

if TYPE_CHECKING:
    from backbone_desktop.services.listing_ports import Place

HeadKey = tuple[str, str | None]
"""(township, village); the village is None for the township's own head."""


@dataclass(frozen=True, slots=True)
class Head:
    """A line over the records of a place. `first` is the position of the first of its `count` records."""

    township: str
    village: str | None
    first: int
    count: int
    folded: bool

    @property
    def key(self) -> HeadKey:
        return self.township, self.village

    @property
    def level(self) -> int:
        return 0 if self.village is None else 1


class Outline:
    """Where each record of a list stands among its lines. Nothing here grows with the records, only with the places.

    `folded` are the heads whose records are not shown.
    """

    def __init__(self, total: int, places: Sequence[Place] = (), folded: Collection[HeadKey] = ()) -> None:
        self.total = total
        self.folded = frozenset(folded)
        self._lines: list[int] = []
        self._parts: list[Head | int] = []
        """A head, or the position of the first of some records that stand one below the other."""
        self.count = 0
        self._heads: dict[HeadKey, int] = {}
        for part, lines in self._build(places) if places else [(0, total)]:
            if isinstance(part, Head):
                self._heads[part.key] = self.count
            self._lines.append(self.count)
            self._parts.append(part)
            self.count += lines

    def _build(self, places: Sequence[Place]) -> Iterator[tuple[Head | int, int]]:
        first = 0
        for township, villages in groupby(places, key=lambda one: one.township):
            inside = list(villages)
            whole = sum(one.count for one in inside)
            hidden = (township, None) in self.folded
            yield Head(township, None, first, whole, hidden), 1
            for one in inside:
                if not hidden:
                    head = Head(township, one.village, first, one.count, (township, one.village) in self.folded)
                    yield head, 1
                    if not head.folded:
                        yield first, one.count
                first += one.count

    @property
    def by_place(self) -> bool:
        return bool(self._heads)

    def at(self, line: int) -> Head | int:
        """The head that stands on a line, or the position of its record."""
        place = bisect_right(self._lines, line) - 1
        part = self._parts[place]
        return part if isinstance(part, Head) else part + line - self._lines[place]

    def line_of(self, position: int) -> int:
        """The line of a record, or of the innermost head that hides it; -1 where there is no such record."""
        if not 0 <= position < self.total:
            return -1
        if not self._heads:
            return position
        hiding, inner = -1, None
        for line, part in zip(self._lines, self._parts, strict=True):
            if not isinstance(part, Head):
                if inner is not None and inner.first <= position < inner.first + inner.count:
                    return line + position - part
            elif part.first <= position < part.first + part.count:
                hiding, inner = line, part
            else:
                inner = None
        return hiding

    def line_of_head(self, key: HeadKey) -> int:
        """-1 where no such head is to be seen."""
        return self._heads.get(key, -1)

    def head_over(self, line: int) -> int:
        """The line of the head under which a line stands; -1 at a township's own head."""
        own = self.at(line)
        for above in range(bisect_right(self._lines, line) - 1, -1, -1):
            part = self._parts[above]
            if isinstance(part, Head) and part is not own and (
                    not isinstance(own, Head) or part.level < own.level):
                return self._lines[above]
        return -1

    def positions(self, first_line: int, last_line: int) -> tuple[int, int]:
        """The first record on these lines and the one after the last; (0, 0) where only heads are."""
        shown = [at for line in range(max(0, first_line), min(last_line + 1, self.count))
                 if not isinstance(at := self.at(line), Head)]
        return (shown[0], shown[-1] + 1) if shown else (0, 0)


def first_folding(places: Sequence[Place]) -> frozenset[HeadKey]:
    """What is folded at first: the townships; where there is one only, its villages."""
    townships = {one.township for one in places}
    if len(townships) > 1:
        return frozenset((one, None) for one in townships)
    return frozenset((one.township, one.village) for one in places)


def all_folded(places: Sequence[Place]) -> frozenset[HeadKey]:
    return frozenset((one.township, None) for one in places) | {(one.township, one.village) for one in places}


def head_text(words: Words, head: Head) -> str:
    name = head.township if head.village is None else head.village
    return f"{name or words('Place not known')} · {head.count:,}"
