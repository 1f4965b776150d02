"""The office, its people, its settings, its forms in progress and what it printed; none of it is synced."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Text

from backbone_desktop.services.forms import Form
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

print_log = table(
    "print_log",
    Column("form", Coded(Form), nullable=False),
    Column("number", Text, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("paper", Text, nullable=False),
    Column("printer", Text, nullable=False),
    PrimaryKeyConstraint("form", "number", "copy"),
    rowid=False,
)
Index("ix_print_log_subject", print_log.c.subject, print_log.c.form)
Index("ix_print_log_at", print_log.c.at)
