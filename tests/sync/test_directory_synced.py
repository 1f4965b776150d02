"""The directory of devices comes down with the exchange: once, sealed, and without a word where nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backbone_core import protocol
from backbone_core.errors import Unavailable
from backbone_desktop.security.signer import Ed25519Signer, new_seed, public_key_of
from backbone_desktop.services.device_directory import signing_devices
from backbone_desktop.services.directory_ports import KnownDevice
from backbone_desktop.sync import engine
from demo.server import ServerProcess
from tests.sync.conftest import Station, StationMaker
from tests.sync.in_process import Centre, InProcess, back_up, put_back

COUNTY = "520625"


def known(station: Station, number: str, county: str = COUNTY) -> tuple[KnownDevice, ...]:
    with station.desk.read() as work:
        return work.directory.of_number(county, number)


def keys(station: Station, number: str) -> list[bytes]:
    with station.desk.read() as work:
        return [one.public_key for one in signing_devices(work, station.desk, COUNTY, number)]


def test_an_office_learns_the_keys_of_the_others(enrolled: StationMaker, centre: ServerProcess) -> None:
    here, there = enrolled("A01"), enrolled("A02")
    assert keys(here, "A02") == [], "before the exchange nobody knows anybody"
    assert keys(here, "A01") == [public_key_of(here.seed)], "but itself"
    here.exchange(centre.url)
    assert keys(here, "A02") == [public_key_of(there.seed)]
    assert keys(here, "A01") == [public_key_of(here.seed)]
    (card,) = known(here, "A02")
    assert (card.office, card.revoked_at) == ("示例县医疗保障局", None)
    centre.revoke("520625/A02")
    here.exchange(centre.url)
    (card,) = known(here, "A02")
    assert card.revoked_at is not None


class Counting(InProcess):
    """Counts what is asked, and may answer as it is told."""

    def __init__(self, centre: Centre) -> None:
        super().__init__(centre)
        self.asked: list[int] = []
        self.alter: Callable[[protocol.DirectoryPage], protocol.DirectoryPage] = lambda page: page
        self.older = False

    def greet(self, hello: protocol.Hello) -> protocol.Greeting:
        greeting = super().greet(hello)
        return replace(greeting, directory=0) if self.older else greeting

    def directory(self, token: str, server_epoch: str, after: int) -> protocol.DirectoryPage:
        self.asked.append(after)
        return self.alter(super().directory(token, server_epoch, after))


@pytest.fixture
def near(tmp_path: Path) -> Any:
    made = Centre(tmp_path / "near")
    yield made
    made.close()


@pytest.fixture
def joined(near: Centre, station: StationMaker) -> Callable[[str], tuple[Station, Counting]]:
    def make(number: str) -> tuple[Station, Counting]:
        one, server = station(number), Counting(near)
        engine.enrol(one.desk, server, near.code(number))
        return one, server

    return make


Joined = Callable[[str], tuple[Station, Counting]]


def test_nothing_is_asked_where_nothing_changed(joined: Joined) -> None:
    here, server = joined("A01")
    for expected in ([0], [0]):
        engine.exchange(here.desk, server)
        assert server.asked == expected
    joined("A02")
    engine.exchange(here.desk, server)
    assert server.asked == [0, 1]


def test_a_centre_of_an_earlier_program_is_not_asked(joined: Joined) -> None:
    here, server = joined("A01")
    server.older = True
    assert engine.exchange(here.desk, server).code == "exchange.done"
    assert server.asked == []


def forged_card(page: protocol.DirectoryPage) -> protocol.DirectoryPage:
    thief = Ed25519Signer(public_key_of(b"\x07" * 32), lambda: b"\x07" * 32)
    card = protocol.DeviceCard(county=COUNTY, device_no="B01", public_key=thief.public_key, office="x", enrolled_at=0)
    return replace(page, cards=(*page.cards, protocol.seal_card(card, thief.sign)))


@pytest.mark.parametrize(("alter", "code"), [
    (forged_card, "exchange.not_genuine"),
    (lambda page: replace(page, cards=(b"nonsense",)), "exchange.not_genuine"),
    (lambda page: replace(page, device_id="another"), "exchange.answer_mismatch"),
    (lambda page: replace(page, after=7), "exchange.answer_mismatch"),
    (lambda page: replace(page, upto=0), "exchange.answer_mismatch"),
])
def test_a_forged_directory_is_refused_whole(joined: Joined, alter: Any, code: str) -> None:
    here, server = joined("A01")
    joined("A02")
    server.alter = alter
    with pytest.raises(Unavailable) as refused:
        engine.exchange(here.desk, server)
    assert refused.value.code == code
    assert known(here, "A02") == known(here, "B01") == ()
    server.alter = lambda page: page
    engine.exchange(here.desk, server)
    assert len(known(here, "A02")) == 1, "and comes whole the next time"


def test_a_key_that_was_put_into_the_store_by_hand_counts_for_nothing(joined: Joined) -> None:
    here, server = joined("A01")
    joined("A02")
    engine.exchange(here.desk, server)
    with here.store.engine.connect().execution_options(writing=True) as connection:
        connection.exec_driver_sql("UPDATE known_device SET public_key = zeroblob(32) WHERE device_no = 'A02'")
        connection.commit()
    assert keys(here, "A02") == []


def test_a_centre_put_back_is_read_from_the_beginning_and_no_revocation_is_forgotten(
        joined: Joined, near: Centre) -> None:
    from backbone_server.devices import list_devices, revoke

    here, server = joined("A01")
    joined("A02")
    kept = back_up(near)
    (other,) = [one for one in list_devices(near.parts.store) if one.device_no == "A02"]
    revoke(near.parts.store, other.device_id, near.parts.now())
    engine.exchange(here.desk, server)
    (card,) = known(here, "A02")
    put_back(near, kept, announced=True)
    engine.exchange(here.desk, server)
    assert server.asked == [0, 0]
    assert known(here, "A02")[0].revoked_at == card.revoked_at is not None


def test_a_renewed_key_stands_beside_the_old_one(joined: Joined) -> None:
    here, server = joined("A01")
    engine.exchange(here.desk, server)
    old = public_key_of(here.seed)
    here.seed = new_seed()
    assert keys(here, "A01") == [old, public_key_of(here.seed)]


def test_either_end_may_be_of_the_earlier_program(near: Centre) -> None:
    """A greeting without the field reads as a centre without a directory; one with it reads for a device that knows
    nothing of it."""
    import msgspec

    hello = protocol.Hello(oldest=1, newest=1, epoch="e")
    payload = protocol.read_sealed(near.desk.greet(protocol.encode(hello)).sealed, protocol.GREETING).payload
    told = msgspec.msgpack.decode(payload)
    assert told.pop("directory") == 0
    assert protocol.decode(msgspec.msgpack.encode(told), protocol.Greeting).directory == 0

    class EarlierGreeting(msgspec.Struct):
        version: int
        server_id: str
        server_epoch: str
        server_key: bytes

    assert msgspec.msgpack.decode(payload, type=EarlierGreeting).version == 1
