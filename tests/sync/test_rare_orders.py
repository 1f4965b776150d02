"""Answers and feed pages that come in an unusual order, and a centre that was put back from a backup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backbone_core.errors import Unavailable
from backbone_desktop.services.registry import edit_household, household_as_typed, open_household
from backbone_desktop.services.rows import SyncStatus
from backbone_desktop.sync import engine
from tests.sync.conftest import Station, StationMaker
from tests.sync.in_process import Centre, InProcess, Link


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    made = Centre(tmp_path / "centre")
    yield made
    made.close()


@pytest.fixture
def two(station: StationMaker, centre: Centre) -> tuple[Station, Station]:
    pair = station("A01"), station("A02")
    for one in pair:
        engine.enrol(one.desk, InProcess(centre), centre.code(one.number))
    return pair


def exchange(station: Station, centre: Centre, **troubles: list[str]) -> engine.ExchangeNote:
    return engine.exchange(station.desk, InProcess(centre, Link(troubles)))


def shared(two: tuple[Station, Station], centre: Centre) -> str:
    """A household that both have."""
    here, there = two
    household_id = here.register("5206250001").household_id
    exchange(here, centre)
    exchange(there, centre)
    return household_id


def edit(station: Station, household_id: str, **fields: str) -> None:
    draft = household_as_typed(open_household(station.desk, household_id))
    edit_household(station.desk, household_id, replace(draft, **fields))


def phone(station: Station, household_id: str) -> str:
    return open_household(station.desk, household_id).household.phone


def test_an_answer_that_comes_after_the_feed_does_not_bring_back_the_past(two: tuple[Station, Station],
                                                                        centre: Centre) -> None:
    here, there = two
    household_id = shared(two, centre)
    edit(here, household_id, phone="13800000001")
    with pytest.raises(Unavailable):
        exchange(here, centre, push=["unheard", *["lost"] * 20])
    exchange(there, centre)
    edit(there, household_id, phone="13800000002")
    exchange(there, centre)
    with pytest.raises(Unavailable):
        exchange(here, centre, push=["server.busy"])
    exchange(here, centre)
    assert here.waiting() == 0
    assert phone(here, household_id) == phone(there, household_id) == "13800000002"


def test_a_merge_that_is_answered_after_the_feed_does_not_bring_back_the_past(two: tuple[Station, Station],
                                                                            centre: Centre) -> None:
    here, there = two
    household_id = shared(two, centre)
    edit(there, household_id, village="别村")
    exchange(there, centre)
    edit(here, household_id, phone="13800000001")
    with pytest.raises(Unavailable):
        exchange(here, centre, push=["unheard", *["lost"] * 20])
    exchange(there, centre)
    edit(there, household_id, phone="13800000002")
    exchange(there, centre)
    with pytest.raises(Unavailable):
        exchange(here, centre, push=["server.busy"])
    exchange(here, centre)
    assert phone(here, household_id) == phone(there, household_id) == "13800000002"
    assert open_household(here.desk, household_id).status is SyncStatus.SENT


def test_two_exchanges_of_one_profile_do_not_disturb_each_other(two: tuple[Station, Station], centre: Centre) -> None:
    here, there = two
    household_id = shared(two, centre)
    edit(there, household_id, village="别村")
    exchange(there, centre)

    class Meanwhile(InProcess):
        """Another exchange of the same profile goes through while a page is on its way."""

        def feed(self, token: str, server_epoch: str, after: int):  # type: ignore[no-untyped-def]
            page = super().feed(token, server_epoch, after)
            exchange(here, centre)
            return page

    edit(here, household_id, phone="13800000001")
    note = engine.exchange(here.desk, Meanwhile(centre))
    assert note.code == "exchange.done"
    assert open_household(here.desk, household_id).household.village == "别村"
