"""Which device signs with which key: the centre's directory, as far as this store has read it."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Text

from backbone_desktop.store.tables.base import table
from backbone_desktop.store.types import Moment

known_device = table(
    "known_device",
    Column("public_key", LargeBinary, primary_key=True, nullable=False),
    Column("county", Text, nullable=False),
    Column("device_no", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("enrolled_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("card", LargeBinary, nullable=False),  # as the centre sealed it, with its signature
    rowid=False,
)
Index("ix_known_device_number", known_device.c.county, known_device.c.device_no)

directory_place = table(
    "directory_place",
    Column("only", Integer, primary_key=True, nullable=False),
    Column("server_epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("read_at", Moment, nullable=False),
)
"""Up to where the directory was read, and when: one row, or none before the first time."""
