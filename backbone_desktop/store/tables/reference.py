"""Reference data that was imported on this computer; none of it is synced."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Text

from backbone_desktop.services.reference_rows import ReferenceKind
from backbone_desktop.store.tables.base import table
from backbone_desktop.store.types import Coded, Moment, Packed

reference_edition = table(
    "reference_edition",
    Column("id", Text, primary_key=True, nullable=False),
    Column("kind", Coded(ReferenceKind), nullable=False),
    Column("name", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("file_hash", Text, nullable=False),
)

reference_place = table(
    "reference_place",
    Column("county", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("edition_id", Text, ForeignKey("reference_edition.id"), nullable=False),
    Column("parent", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("former", Packed, nullable=False),
    Column("keys", Packed, nullable=False),
    PrimaryKeyConstraint("county", "code"),
    rowid=False,
)
"""Townships and villages, a county in one stretch; `keys` are pinyin initials and pinyin."""
Index("ix_reference_place_edition_id", reference_place.c.edition_id)

reference_entry = table(
    "reference_entry",
    Column("id", Integer, primary_key=True, nullable=False),
    Column("edition_id", Text, ForeignKey("reference_edition.id"), nullable=False),
    Column("kind", Coded(ReferenceKind), nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("area", Text, nullable=False),
)
"""Hospitals and diagnoses."""
Index("ix_reference_entry_edition_id", reference_entry.c.edition_id)

reference_key = table(
    "reference_key",
    Column("shelf", Integer, nullable=False),  # the kind, and whether the key is whole or the end of a name
    Column("key", Text, nullable=False),
    Column("entry_id", Integer, nullable=False),
    PrimaryKeyConstraint("shelf", "key", "entry_id"),
    rowid=False,
)
"""By what a hospital or diagnosis is found: whatever is typed is one stretch of this table. The keys of a kind come and
go all together, so that no foreign key with an index of its own has to double their room."""
