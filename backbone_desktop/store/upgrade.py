"""Brings a store to this version's revision; alembic is imported here and nowhere else."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine

from backbone_core.errors import Unavailable
from backbone_desktop.store.backup import BEFORE_UPGRADE, back_up
from backbone_desktop.store.revision import HEAD, read_revision

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(path: Path, key: bytes, engine: Engine) -> Path:
    """Upgrade a store of an earlier version; return the verified backup behind which it was done."""
    kept = back_up(path, key, path.parent / "backups", why=BEFORE_UPGRADE)
    run_migrations(engine)
    return kept


def run_migrations(engine: Engine) -> None:
    """Run what is missing up to this version's revision in one transaction, all or nothing.

    Foreign keys are off meanwhile: rebuilding a parent table would else empty its children. They are checked before
    the transaction ends.
    """
    with engine.connect().execution_options(writing=True) as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                if read_revision(connection) != HEAD:
                    _alembic(connection)
                    _check(connection)
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def _check(connection: Connection) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise Unavailable("store.damaged")


def _alembic(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
