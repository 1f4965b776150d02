"""Which revisions of the store there are and which one a file has; plain SQL, because alembic takes half a second."""

from __future__ import annotations

from sqlalchemy import Connection

from backbone_core.errors import Unavailable

REVISIONS: tuple[str, ...] = (
    "0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010",
    "0011", "0012", "0013", "0014", "0015",
)
"""Oldest first; a test holds them against the files in migrations/versions."""
HEAD = REVISIONS[-1]


def read_revision(connection: Connection) -> str:
    """The store's revision, "" for a file without one.

    Raises `Unavailable("store.newer")` for one that this version does not know.
    """
    known = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).scalar()
    if not known:
        return ""
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is None:
        return ""
    if found not in REVISIONS:
        raise Unavailable("store.newer")
    return str(found)
