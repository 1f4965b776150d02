"""Looks the whole register through for records that may be one person's, in slices that let others in between.

Nobody is compared with everybody. Each person goes under a few keys, and people under one key are compared. For every
likeness there is a key that two who are alike share: the number; the phone with the account; a reading of the name
with birth date and township; a reading with either half of the number, because one mistake leaves one half as it was.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator
from itertools import combinations, islice
from typing import TYPE_CHECKING

from backbone_core.likeness import (
    Likeness,
    Traits,
    birth_part,
    bodies_near,
    body_of,
    likenesses,
    near_blocks,
    whole_number,
)
from backbone_desktop.services.duplicate_ports import Pair

if TYPE_CHECKING:
    from backbone_desktop.services.ports import Desk

SLICE = 1_500
"""People read at a time: some hundredths of a second, so that whoever asks the store meanwhile hardly waits."""
COMPARED = 20_000
"""Pairs of numbers compared at a time."""
CHECKED = 200
"""Pairs looked up in the register at a time."""
PARTS = 64
"""Into so many parts the keys are parted, so that none takes long to go through."""
CROWD = 20
"""More people than that under one key are compared with the first of them only: a village that has one phone and one
account for everybody would else be a million pairs."""
MOST = 10_000
"""Nobody goes through more pairs; the surest kinds of likeness are found first."""
READ, GATHERED = 0.8, 0.9
"""How much of the work is done when everybody has been read, and when the pairs to look up are known."""
_NO_BODY = -1


class DuplicateScan:
    """One search. Going through `slices` does the work; `pairs` is what was found, the surest first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._marks = array("q")
        self._bodies = array("q")
        self._keys = {kind: _Keys() for kind in Likeness}
        self.pairs: tuple[Pair, ...] = ()

    def slices(self) -> Iterator[tuple[int, int]]:
        """Yields after each slice how far the search is (done, of); each asks the store in a unit of work of its own.

        To stop, do not ask for the next one.
        """
        with self._desk.read() as work:
            last = work.duplicates.last_mark()
        for mark in self._read():
            yield int(mark * READ), last
        alike: dict[tuple[int, int], None] = {}
        for n, some in enumerate(self._gather()):
            alike.update(dict.fromkeys(some))
            yield int(last * (READ + (GATHERED - READ) * min(1.0, n / (len(Likeness) * PARTS)))), last
        for checked in self._check(alike):
            yield int(last * (GATHERED + (1 - GATHERED) * checked / len(alike))), last

    def _read(self) -> Iterator[int]:
        mark = 0
        while True:
            with self._desk.read() as work:
                people = work.duplicates.after(mark, SLICE)
            if not people:
                return
            for at, traits in people:
                self._take(at, traits)
            mark = people[-1][0]
            yield mark

    def _take(self, mark: int, traits: Traits) -> None:
        place, keys = len(self._marks), self._keys
        body = body_of(traits.id_no)
        self._marks.append(mark)
        self._bodies.append(int(body) if body else _NO_BODY)
        if traits.id_no:
            keys[Likeness.SAME_NUMBER].add(hash(whole_number(traits.id_no)), place)
        if traits.phone and traits.account:
            keys[Likeness.PHONE_AND_ACCOUNT].add(hash((traits.phone, traits.account)), place)
        if not body:
            return
        born, blocks = birth_part(traits.id_no), tuple(near_blocks(traits.id_no))
        for name in traits.readings or (traits.name,):
            for block in blocks:
                keys[Likeness.NEAR_NUMBER].add(hash((name, block)), place)
            if traits.township:
                keys[Likeness.NAME_AND_BIRTH].add(hash((name, born, traits.township)), place)

    def _gather(self) -> Iterator[list[tuple[int, int]]]:
        """The pairs of places that are worth looking up, some at a time, the surest kind first."""
        for kind in Likeness:
            keys = self._keys.pop(kind)  # what has been gone through takes no room any more
            for part in range(PARTS):
                if kind is Likeness.NEAR_NUMBER:
                    yield from self._near(keys.crowds(part))
                else:
                    yield [pair for crowd in keys.crowds(part) for pair in _pairs(crowd)]

    def _near(self, crowds: Collection[list[int]]) -> Iterator[list[tuple[int, int]]]:
        """Of those under one key the pairs whose numbers are near, however many bear a common name."""
        near, compared = [], 0
        for crowd in crowds:
            bodies = [(place, f"{self._bodies[place]:017d}") for place in crowd]
            for (one, first), (other, second) in combinations(bodies, 2):
                if bodies_near(first, second):
                    near.append((one, other))
                compared += 1
                if compared % COMPARED == 0:
                    yield near
                    near = []
        yield near

    def _check(self, alike: Collection[tuple[int, int]]) -> Iterator[int]:
        """Keys may agree by chance, and people may have been told apart: the register says what holds."""
        rest, checked, found = iter(alike), 0, list[Pair]()
        while (some := list(islice(rest, CHECKED))) and len(found) < MOST:
            with self._desk.read() as work:
                people = work.duplicates.people({self._marks[place] for pair in some for place in pair})
                pairs = []
                for one, other in ((people.get(self._marks[a]), people.get(self._marks[b])) for a, b in some):
                    if one is not None and other is not None and (reasons := likenesses(one[1], other[1])):
                        pairs.append(Pair(min(one[0], other[0]), max(one[0], other[0]), reasons))
                apart = work.duplicates.told_apart([(pair.one_id, pair.other_id) for pair in pairs])
            found += [pair for pair in pairs if (pair.one_id, pair.other_id) not in apart]
            checked += len(some)
            yield checked
        order = list(Likeness)
        found.sort(key=lambda pair: (order.index(pair.reasons[0]), -len(pair.reasons)))
        self.pairs = tuple(found[:MOST])


class _Keys:
    """Hashed keys with the places of those who bear them, eight bytes each: of a hash the part and 32 bits are kept."""

    def __init__(self) -> None:
        self._keys = [array("I") for _ in range(PARTS)]
        self._places = [array("I") for _ in range(PARTS)]

    def add(self, key: int, place: int) -> None:
        part = key % PARTS
        self._keys[part].append(key // PARTS & 0xFFFF_FFFF)
        self._places[part].append(place)

    def crowds(self, part: int) -> Collection[list[int]]:
        """The places of each key that several bear, in the order in which they were added; forgets the part."""
        first: dict[int, int] = {}
        crowds: dict[int, list[int]] = {}
        for key, place in zip(self._keys[part], self._places[part], strict=True):
            known = first.setdefault(key, place)
            if known != place:
                crowds.setdefault(key, [known]).append(place)
        self._keys[part] = self._places[part] = array("I")
        return crowds.values()


def _pairs(crowd: list[int]) -> Iterator[tuple[int, int]]:
    if len(crowd) > CROWD:
        return ((crowd[0], other) for other in crowd[1:])
    return combinations(crowd, 2)
