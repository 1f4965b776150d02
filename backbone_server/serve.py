"""Runs the server: makes what is missing, listens, says where, and stops without dropping what is under way."""

from __future__ import annotations

import os
import signal
import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from backbone_core.errors import Unavailable
from backbone_server.app import Parts, create_app
from backbone_server.desk import Limits
from backbone_server.journal import Journal
from backbone_server.keys import load_keys
from backbone_server.store.engine import Store
from backbone_server.store.schema import prepare

DATABASE_FILE = "central.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the server keeps what it has: the key in `data_dir`, and the records there too unless `database` is set."""

    data_dir: Path
    database: str = ""

    @property
    def url(self) -> str:
        return self.database or f"sqlite:///{self.data_dir / DATABASE_FILE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    host: str = "127.0.0.1"
    port: int = 8600
    """0 = any free one."""
    port_file: Path | None = None
    limits: Limits = field(default_factory=Limits)


def utc_now() -> datetime:
    return datetime.now(UTC)


def open_parts(place: Place, limits: Limits | None = None, journal: Journal | None = None) -> Parts:
    """Open store and key, making both at the first start. Raises `Unavailable("server.…")`."""
    place.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = load_keys(place.data_dir)
    try:
        store = Store(place.url)
        identity = prepare(store)
    except (ArgumentError, ValueError):
        raise Unavailable("server.database_url") from None
    except SQLAlchemyError:
        raise Unavailable("server.database_down") from None
    return Parts(store, keys, identity, utc_now, limits or Limits(), journal or Journal())


def serve(place: Place, listening: Listening) -> None:
    """Serve until SIGTERM or SIGINT. Raises `Unavailable("server.port_taken")` when the port is in use."""
    parts = open_parts(place, listening.limits)
    listener = _listen(listening)
    for stop in (signal.SIGTERM, signal.SIGINT):
        # uvicorn raises the signal again once it has stopped; having stopped, there is nothing left to do
        signal.signal(stop, signal.SIG_IGN)
    config = uvicorn.Config(
        create_app(parts),
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=30,
    )
    try:
        _Server(config, parts, listener, listening.port_file).run(sockets=[listener])
    finally:
        parts.store.close()
        parts.journal.note("stopped")


def _listen(listening: Listening) -> socket.socket:
    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((listening.host, listening.port))
    except OSError:
        listener.close()
        raise Unavailable("server.port_taken", port=listening.port) from None
    return listener


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, parts: Parts, listener: socket.socket, port_file: Path | None) -> None:
        super().__init__(config)
        self._parts = parts
        self._listener = listener
        self._port_file = port_file

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        address: Any = self._listener.getsockname()
        self._parts.journal.note("listening", host=address[0], port=address[1], server=self._parts.identity.server_id)
        if self._port_file is not None:
            aside = self._port_file.with_name(self._port_file.name + ".new")
            aside.write_text(f"{address[1]}\n", "ascii")
            aside.replace(self._port_file)
