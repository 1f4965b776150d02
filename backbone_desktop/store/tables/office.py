"""The office, its people, its settings, its forms in progress and what it printed; none of it is synced."""

from __future__ import annotations

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Text

from backbone_desktop.services.rows import Role
from backbone_desktop.store.tables.base import table
from backbone_desktop.store.types import Coded, Flag, Moment, Packed

office = table(
    "office",
    Column("only", Integer, primary_key=True, nullable=False),
    Column("county", Text, nullable=False),
    Column("county_name", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("township", Text, nullable=False),
    Column("device_name", Text, nullable=False),
    Column("device_no", Text, nullable=False),
    Column("policy_year", Integer, nullable=False),
    Column("language", Text, nullable=False),
)

setting = table(
    "setting",
    Column("name", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
    rowid=False,
)

account = table(
    "account",
    Column("id", Text, primary_key=True, nullable=False),
    Column("name", Text, nullable=False, unique=True),
    Column("display_name", Text, nullable=False),
    Column("role", Coded(Role), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("active", Flag, nullable=False),
)

draft = table(
    "draft",
    Column("form", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("payload", Packed, nullable=False),
    Column("kept_at", Moment, nullable=False),
    PrimaryKeyConstraint("form", "key"),
    rowid=False,
)

print_note = table(
    "print_note",
    Column("claim_id", Text, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("how", Text, nullable=False),
    PrimaryKeyConstraint("claim_id", "copy"),
    rowid=False,
)
