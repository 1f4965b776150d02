"""Every kind of keystroke of a search on a made register: `search PROFILE`; prints JSON.

Each kind is typed key by key for people drawn from the whole register. The floor is the plainest lookup there is: a
range of the B-tree on names with the columns of as many rows, by one statement in a transaction of the same store.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Engine

ROWS = 11
PEOPLE = 60
LAST = "\U0010ffff"
_PLAIN = ("SELECT m.id, m.household_id, m.name, m.id_no, m.phone, h.household_no, h.township, h.village FROM member m "
          "JOIN household h ON h.id = m.household_id WHERE m.name BETWEEN ? AND ? AND m.removed_at IS NULL "
          f"ORDER BY m.name LIMIT {ROWS}")


def keystrokes(person: Any, spelt: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """(kind, what stands in the box after a key) of everything by which somebody may be looked for."""
    pinyin, initials = spelt
    older = person.id_no[:6] + person.id_no[8:17]
    kinds = {
        "name": person.name, "pinyin": pinyin, "initials": initials, "ID number": person.id_no,
        "older ID number": older, "household number": person.household_no, "village": person.village,
    }
    for kind, whole in kinds.items():
        for length in range(1, len(whole) + 1):
            yield kind, whole[:length]
    yield from (("part of a name", person.name[start:]) for start in range(1, len(person.name)))
    for start in (4, 6, 8, 10, 12):
        yield from (("part of an ID number", person.id_no[start:start + length]) for length in (4, 5, 6))
    yield "end of an ID number", person.id_no[-4:]
    if person.phone:
        yield from (("phone", person.phone[:length]) for length in range(3, 12))
        yield from (("end of a phone", person.phone[-length:]) for length in (4, 6, 8))


def measure(profile: str) -> dict[str, Any]:
    from sqlalchemy import text

    from backbone_desktop.app import LocalBackend
    from backbone_desktop.services.registry import find_members
    from benchmarks.registry.made import ACCOUNT, PASSWORD

    backend = LocalBackend(Path(profile))
    backend.open()
    desk = backend.sign_in(ACCOUNT, PASSWORD)
    store, _ = backend.opened
    chance = random.Random(7)
    with store.engine.connect() as connection:
        least, most = connection.execute(text("SELECT min(rowid), max(rowid) FROM member")).one()
        drawn = [connection.execute(text(
            "SELECT m.name, m.id_no, m.phone, h.household_no, h.village, s.pinyin, s.initials FROM member m "
            "JOIN household h ON h.id = m.household_id JOIN spelling s ON s.member_id = m.id WHERE m.rowid = :at "
            "LIMIT 1"),
            {"at": chance.randint(least, most)}).one() for _ in range(PEOPLE)]
    typed = [one for person in drawn for one in keystrokes(person, (person.pinyin, person.initials))]
    chance.shuffle(typed)
    names = [person.name[:length] for person in drawn for length in (1, 2, 3)] * 4
    plain: list[float] = []
    seconds: dict[str, list[float]] = {}
    for _ in range(2):  # the first fills the file cache, for both
        plain = [_plain(store.engine, name) for name in names]
        seconds.clear()
        for kind, key in typed:
            begun = time.perf_counter()
            find_members(desk, key, ROWS)
            seconds.setdefault(kind, []).append(time.perf_counter() - begun)
    backend.close()
    return {"plain": _told(plain), "kinds": {kind: _told(some) for kind, some in sorted(seconds.items())}}


def _plain(engine: Engine, name: str) -> float:
    begun = time.perf_counter()
    with engine.connect() as connection:
        connection.exec_driver_sql(_PLAIN, (name, name + LAST)).fetchall()
    return time.perf_counter() - begun


def _told(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {"median_ms": statistics.median(ordered) * 1000, "p99_ms": ordered[int(len(ordered) * 0.99)] * 1000,
            "n": len(ordered)}


if __name__ == "__main__":
    print(json.dumps(measure(*sys.argv[1:]), ensure_ascii=False))
