"""The centre is put back from a backup: what it lost of the offices' changes comes again, and all end alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backbone_desktop.services import exchange as services
from backbone_desktop.services.registry import edit_household, household_as_typed, open_household
from backbone_desktop.services.rows import SyncStatus
from backbone_desktop.sync import engine
from tests.sync.conftest import Station, StationMaker
from tests.sync.in_process import Centre, InProcess, Link, back_up, put_back, server_records

ANNOUNCED = pytest.mark.parametrize("announced", [True, False], ids=["new epoch", "same epoch"])
"""Whether whoever put it back gave the centre a new epoch, as the protocol asks."""


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


def edit(station: Station, household_id: str, **fields: str) -> None:
    draft = household_as_typed(open_household(station.desk, household_id))
    edit_household(station.desk, household_id, replace(draft, **fields))


def phone(station: Station, household_id: str) -> str:
    return open_household(station.desk, household_id).household.phone


def at_the_centre(centre: Centre, household_id: str) -> object:
    return next(fields["phone"] for (_, one), fields in server_records(centre).items() if one == household_id)


@ANNOUNCED
def test_what_was_answered_after_the_backup_is_sent_again(two: tuple[Station, Station], centre: Centre,
                                                         announced: bool) -> None:
    here, there = two
    first = here.register("5206250001").household_id
    exchange(here, centre)
    kept = back_up(centre)
    edit(here, first, phone="13800000001")
    exchange(here, centre)
    exchange(there, centre)
    edit(there, first, phone="13800000002", village="别村")
    exchange(there, centre)
    exchange(here, centre)
    put_back(centre, kept, announced=announced)
    for one in (there, here, there, here):
        exchange(one, centre)
    held = at_the_centre(centre, first)
    assert phone(here, first) == phone(there, first) == held == "13800000001"
    for one in two:
        assert one.waiting() == 0
        (review,) = services.open_reviews(one.desk)
        assert review.fields["phone"]["other"] == "13800000002"
        assert open_household(one.desk, first).household.village == "别村"


@ANNOUNCED
def test_an_edit_of_a_record_that_the_centre_lost_waits_until_it_is_there_again(
        two: tuple[Station, Station], centre: Centre, announced: bool) -> None:
    here, there = two
    kept = back_up(centre)
    first = here.register("5206250001").household_id
    exchange(here, centre)
    exchange(there, centre)
    edit(there, first, phone="13800000002")
    exchange(there, centre)
    exchange(here, centre)
    put_back(centre, kept, announced=announced)
    assert exchange(there, centre).rejected == 1
    assert open_household(there.desk, first).status is SyncStatus.REFUSED
    exchange(here, centre)
    exchange(there, centre)
    assert phone(there, first) == "13800000002", "nothing typed is dropped in silence"
    assert phone(here, first) == at_the_centre(centre, first) == "13800000000"
    edit(there, first, village="别村")
    for one in (there, here):
        exchange(one, centre)
    assert phone(here, first) == phone(there, first) == at_the_centre(centre, first) == "13800000002"
    assert open_household(there.desk, first).status is SyncStatus.SENT


@ANNOUNCED
def test_a_cut_in_the_middle_of_sending_again_loses_nothing(two: tuple[Station, Station], centre: Centre,
                                                           announced: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    from backbone_core.errors import Unavailable

    monkeypatch.setattr("backbone_desktop.sync.batch_size.FIRST", 1)
    here, there = two
    kept = back_up(centre)
    first = here.register("5206250001").household_id
    edit(here, first, phone="13800000001")
    exchange(here, centre)
    put_back(centre, kept, announced=announced)
    with pytest.raises(Unavailable):
        exchange(here, centre, push=["", "unheard", *["lost"] * 20])
    assert phone(here, first) == "13800000001"
    assert here.waiting() == 5
    edit(here, first, village="别村")
    for one in (here, there):
        exchange(one, centre)
    assert phone(there, first) == phone(here, first) == "13800000001"
    assert open_household(there.desk, first).household.village == "别村"
    assert open_household(here.desk, first).status is SyncStatus.SENT


def test_a_device_that_only_reads_notices_that_its_place_is_beyond_the_end(two: tuple[Station, Station],
                                                                         centre: Centre) -> None:
    here, there = two
    kept = back_up(centre)
    first = here.register("5206250001").household_id
    for one in two:
        exchange(one, centre)
    put_back(centre, kept, announced=False)
    assert exchange(there, centre).code == "exchange.done"
    for one in two:
        exchange(one, centre)
    edit(here, first, phone="13800000001")
    for one in two:
        exchange(one, centre)
    assert phone(there, first) == "13800000001"
