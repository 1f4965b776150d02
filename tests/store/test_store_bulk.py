"""What is written many at once fares as what is written one by one, whatever the centre answers and the feed brings."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from exchange_samples import answer, applied, conflict, feed, rejected, status
from store_samples import KEY, Opened, household

from backbone_core.errors import RuleBroken
from backbone_desktop.store.opening import open_store

STEPS = 10
HOME = household()
Step = Callable[[Opened], Any]


@pytest.fixture
def two(founded: Path, tmp_path: Path) -> Iterator[tuple[Opened, Opened]]:
    """Two stores that hold the same household: the first wrote it alone, the second as one of many."""
    stores = [open_store(Path(shutil.copy(founded, tmp_path / name)), KEY) for name in ("one.db", "many.db")]
    one, many = map(Opened, stores)
    one.write(HOME)
    with many.open() as work:
        work.rosters.write_new([HOME], "register", lambda _: None)
        work.commit()
    yield one, many
    for store in stores:
        store.close()


def edit(chance: random.Random) -> Step:
    fields = {chance.choice(("phone", "village", "group")): f"1380000{chance.randrange(3):04d}"}

    def carry_out(opened: Opened) -> None:
        with opened.open() as work:
            stood = work.households.get(HOME.id)
            work.write(replace(stood or HOME, **fields), "edit")
            work.commit()
    return carry_out


def remove(chance: random.Random) -> Step:
    def carry_out(opened: Opened) -> None:
        with opened.open() as work:
            work.remove(HOME)
            work.commit()
    return carry_out


def answered(chance: random.Random) -> Step:
    kind, version, how_many = chance.randrange(4), chance.randrange(1, 4), chance.randrange(1, 3)

    def carry_out(opened: Opened) -> None:
        with opened.read() as work:
            waiting = [change.seq for change in work.outbox.waiting(how_many)]
        answer(opened, *(
            (applied(seq, version), applied(seq, version), rejected(seq), conflict(seq, version, "phone"))[kind]
            for seq in waiting))
    return carry_out


def fed(chance: random.Random) -> Step:
    state = replace(HOME, phone=f"1390000{chance.randrange(3):04d}", village=chance.choice(("测试村", "别村")))
    version, gone = chance.randrange(1, 5), {"removed": True} if chance.random() < 0.2 else {}
    return lambda opened: feed(opened, state, version, **gone)


def put_back(chance: random.Random) -> Step:
    seq = chance.randrange(3)

    def carry_out(opened: Opened) -> None:
        with opened.open() as work:
            work.sync.step_back(min(seq, work.sync.device().answered_seq))
            work.commit()
    return carry_out


@pytest.mark.parametrize("seed", range(20))
def test_many_fare_as_one(two: tuple[Opened, Opened], seed: int) -> None:
    chance = random.Random(seed)
    assert told(two[0]) == told(two[1])
    for _ in range(STEPS):
        step = chance.choice((edit, edit, remove, answered, answered, fed, put_back))(chance)
        assert outcome(step, two[0]) == outcome(step, two[1])
        assert told(two[0]) == told(two[1])


def outcome(step: Step, opened: Opened) -> object:
    try:
        return step(opened)
    except RuleBroken as broken:
        return broken.code


def told(opened: Opened) -> dict[str, Any]:
    """Everything that stands in the store; that the centre has nothing of what waits need not be written down."""
    held = opened.everything()
    waits = {row[0] for row in opened.rows("SELECT record_id FROM outbox WHERE answered_at IS NULL")}
    held["shadow"] = [row for row in held["shadow"] if not (row[1] in waits and row[2:] == (0, None))]
    with opened.read() as work:
        return {**held, "status": status(opened, HOME), "refused": work.sync.state().refused,
                "home": work.households.get(HOME.id)}


def test_a_household_written_among_many_has_no_shadow(two: tuple[Opened, Opened]) -> None:
    assert [len(opened.rows("SELECT * FROM shadow")) for opened in two] == [1, 0]
