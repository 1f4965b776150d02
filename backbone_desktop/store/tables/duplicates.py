"""Pairs of people who look like one person and are not."""

from __future__ import annotations

from sqlalchemy import Column, PrimaryKeyConstraint, Text

from backbone_desktop.store.tables.base import table
from backbone_desktop.store.types import Moment

different_people = table(
    "different_people",
    Column("one_id", Text, nullable=False),
    Column("other_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    PrimaryKeyConstraint("one_id", "other_id"),
    rowid=False,
)
"""Two members whom a clerk told apart for good; the smaller id stands first."""
