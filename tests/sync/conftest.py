"""Offices with real stores and real keys, and a real central server in a process of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from backbone_desktop.security.signer import Ed25519Signer, new_seed, public_key_of
from backbone_desktop.services.accounts import SYSTEM
from backbone_desktop.services.office import set_up_office
from backbone_desktop.services.ports import Actor, Desk
from backbone_desktop.services.registry import HouseholdSaved, register_household
from backbone_desktop.store.opening import Store, create_store, open_store
from backbone_desktop.sync import engine
from backbone_desktop.sync.client import HttpCentralServer
from demo.server import ServerProcess
from tests.services.office_kit import KEY, SCHEMES, Numbers, PlainPasswords, household, setup_request


class RunningClock:
    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def today(self) -> date:
        return self.now().astimezone(timezone(timedelta(hours=8))).date()


@dataclass
class Station:
    """One office's device: its store, its key and the desk of its clerk."""

    folder: Path
    number: str
    seed: bytes
    store: Store
    clock: RunningClock

    @property
    def desk(self) -> Desk:
        return self._desk(Actor("clerk", "测试经办", "township"))

    def _desk(self, actor: Actor) -> Desk:
        signer = Ed25519Signer(public_key_of(self.seed), lambda: self.seed)
        return Desk(actor=actor, open=lambda: self.store.unit(actor, self.clock),
                    read=lambda: self.store.unit(actor, self.clock, write=False), clock=self.clock, signer=signer,
                    numbers=Numbers(), passwords=PlainPasswords())

    def register(self, household_no: str, *members: object) -> HouseholdSaved:
        return register_household(self.desk, household(*members, household_no=household_no))  # type: ignore[arg-type]

    def server(self, url: str) -> HttpCentralServer:
        with self.store.unit(SYSTEM, self.clock, write=False) as work:
            return HttpCentralServer(url, work.sync.device().server_key, timeout=(2, 5))

    def enrol(self, url: str, code: str) -> None:
        engine.enrol(self.desk, self.server(url), code)

    def exchange(self, url: str) -> engine.ExchangeNote:
        server = self.server(url)
        try:
            return engine.exchange(self.desk, server)
        finally:
            server.close()

    def waiting(self) -> int:
        with self.desk.read() as work:
            return work.outbox.count_waiting()

    def names(self, household_no: str) -> dict[str, str]:
        """Name → phone of the members of a household, or {} when it is not here."""
        with self.desk.read() as work:
            found = work.households.by_number(household_no)
            return {one.name: one.phone for one in work.households.members(found.id)} if found else {}


StationMaker = Callable[[str], Station]


@pytest.fixture
def station(tmp_path: Path, founded_offices: Callable[[str], Path]) -> Iterator[StationMaker]:
    made: list[Station] = []

    def make(number: str) -> Station:
        folder = tmp_path / number
        folder.mkdir()
        shutil.copy(founded_offices(number), folder / "store.db")
        store = open_store(folder / "store.db", KEY)
        made.append(Station(folder, number, new_seed(), store, RunningClock()))
        return made[-1]

    yield make
    for one in made:
        one.store.close()


@pytest.fixture(scope="session")
def founded_offices(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A set-up office a device number; each test works on a copy. Epochs differ, because each is set up by itself."""
    made: dict[str, Path] = {}

    def found(number: str) -> Path:
        if number not in made:
            path = tmp_path_factory.mktemp(f"office-{number}") / "store.db"
            store = create_store(path, KEY)
            station = Station(path.parent, number, new_seed(), store, RunningClock())
            scheme = (SCHEMES / "example-1900-60-520625-2019.json").read_text(encoding="utf-8")
            set_up_office(station._desk(SYSTEM), setup_request(device_no=number), (scheme,))
            store.close()
            made[number] = path
        return made[number]

    return found


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[ServerProcess]:
    server = ServerProcess(tmp_path / "centre")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def enrolled(station: StationMaker, centre: ServerProcess) -> StationMaker:
    """Makes a station that the centre knows already."""

    def make(number: str) -> Station:
        one = station(number)
        one.enrol(centre.url, centre.code("520625", number))
        return one

    return make
