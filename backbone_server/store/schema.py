"""Creates the central store, brings an older one up to date, and refuses what is not one or is newer."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, select, text

from backbone_core.errors import Unavailable
from backbone_server.store.engine import Store
from backbone_server.store.tables import directory, meta, metadata

VERSION = 5


def _number_devices(connection: Connection) -> None:
    """Give every device its place in the directory, in the order in which they were enrolled."""
    connection.execute(text("ALTER TABLE devices ADD COLUMN directory_seq BIGINT NOT NULL DEFAULT 0"))
    connection.execute(text(
        "UPDATE devices SET directory_seq = (SELECT count(*) FROM devices AS other WHERE other.enrolled_at < "
        "devices.enrolled_at OR (other.enrolled_at = devices.enrolled_at AND other.device_id <= devices.device_id))"))
    connection.execute(text("CREATE UNIQUE INDEX ix_devices_directory_seq ON devices (directory_seq)"))
    connection.execute(text(
        "CREATE TABLE directory (id INTEGER NOT NULL, last_seq BIGINT NOT NULL, "
        "CONSTRAINT pk_directory PRIMARY KEY (id))"
    ))
    connection.execute(text("INSERT INTO directory (id, last_seq) SELECT 1, count(*) FROM devices"))


def _make_room_for_acts(connection: Connection) -> None:
    """What is done at the server itself is noted from now on."""
    binary = "BLOB" if connection.dialect.name == "sqlite" else "BYTEA"
    connection.execute(text(
        "CREATE TABLE acts (county TEXT NOT NULL, act_id TEXT NOT NULL, made_at BIGINT NOT NULL, act TEXT NOT NULL, "
        f"made_by TEXT NOT NULL, detail {binary} NOT NULL, CONSTRAINT pk_acts PRIMARY KEY (county, act_id))"
    ))
    connection.execute(text("CREATE INDEX ix_acts_county_made_at ON acts (county, made_at)"))


def _make_room_for_payment_files(connection: Connection) -> None:
    """What goes out to the bank is kept under its number."""
    binary = "BLOB" if connection.dialect.name == "sqlite" else "BYTEA"
    connection.execute(text(
        "CREATE TABLE payment_files (county TEXT NOT NULL, number INTEGER NOT NULL, made_at BIGINT NOT NULL, "
        f"made_by TEXT NOT NULL, suffix TEXT NOT NULL, rows {binary} NOT NULL, content {binary} NOT NULL, "
        "CONSTRAINT pk_payment_files PRIMARY KEY (county, number))"
    ))


def _make_room_for_schemes(connection: Connection) -> None:
    """Benefits are worked out anew from now on, under the schemes that are given to the server."""
    connection.execute(text(
        "CREATE TABLE schemes (county TEXT NOT NULL, scheme_id TEXT NOT NULL, version INTEGER NOT NULL, "
        "policy_year INTEGER NOT NULL, status TEXT NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL, "
        "brought_at BIGINT NOT NULL, brought_by TEXT NOT NULL, "
        "CONSTRAINT pk_schemes PRIMARY KEY (county, scheme_id, version))"
    ))


UPGRADES: dict[int, Callable[[Connection], None]] = {
    1: _number_devices, 2: _make_room_for_acts, 3: _make_room_for_payment_files,
    4: _make_room_for_schemes,
}
"""From version n to n + 1; each runs in the transaction that also records the new version."""
_STARTING_UP = 520_625_001


@dataclass(frozen=True, slots=True)
class StoreIdentity:
    """`server_epoch` changes when the store is put back from a backup, so that nobody trusts an old cursor."""

    server_id: str
    server_epoch: str
    schema_version: int


def prepare(store: Store) -> StoreIdentity:
    """Make the tables where there are none, upgrade them, and say whose store it is.

    Raises `Unavailable("server.store_newer")` and `Unavailable("server.store_foreign")`.
    """
    with store.writing() as connection:
        if not store.is_sqlite:
            # several workers may start at once on one database
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _STARTING_UP})
        tables = set(inspect(connection).get_table_names())
        if meta.name not in tables:
            if tables & set(metadata.tables):
                raise Unavailable("server.store_foreign")
            metadata.create_all(connection)
            rows = {"schema_version": str(VERSION), "server_id": str(uuid.uuid4()), "server_epoch": uuid.uuid4().hex}
            connection.execute(meta.insert(), [{"name": name, "value": value} for name, value in rows.items()])
            connection.execute(directory.insert().values(id=1, last_seq=0))
        _upgrade(connection)
        return identity(connection)


def identity(connection: Connection) -> StoreIdentity:
    values = {row.name: row.value for row in connection.execute(select(meta))}
    return StoreIdentity(values["server_id"], values["server_epoch"], int(values["schema_version"]))


def _upgrade(connection: Connection) -> None:
    found = connection.execute(select(meta.c.value).where(meta.c.name == "schema_version")).scalar()
    if found is None or not found.isdigit():
        raise Unavailable("server.store_foreign")
    version = int(found)
    if version > VERSION:
        raise Unavailable("server.store_newer")
    for step in range(version, VERSION):
        UPGRADES[step](connection)
    if version < VERSION:
        connection.execute(meta.update().where(meta.c.name == "schema_version").values(value=str(VERSION)))
