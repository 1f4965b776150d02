"""Households, their members, how the members' names are spelt, and their cover.

The columns `clash…` mark rows that bear a value which belongs to one live row only. They come about when two devices
register the same person apart from each other: the feed must be able to bring the other one, and a person decides.
The unique indexes hold for all unmarked rows; those that hold every row's own number find a number as well.

`near` marks what lives in the office's own township, which search shows first: each index of search has a second one
over those rows alone, named `…_near`. `store.search_keys` keeps the mark, and all that search needs besides.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text, text

from backbone_core.change import RecordKind
from backbone_core.enrolment import EnrolmentStatus
from backbone_core.household import HEAD, Listing, PovertyType, Standing
from backbone_core.household_act import ActKind
from backbone_desktop.store.tables.base import synced_table, table
from backbone_desktop.store.types import Coded, Day, Flag, Moment, Packed

HOUSEHOLD_ALONE = "removed_at IS NULL AND clash_number = 0"
"""Which rows may not share a household number."""
MEMBER_ALONE = f"standing <> '{Standing.LEFT}' AND removed_at IS NULL AND clash_id = 0"
"""Which rows may not share an ID number."""


def _near() -> Column[bool]:
    return Column("near", Flag, nullable=False, server_default=text("0"))


def _searched(name: str, of: Table, *expressions: str, filled: str = "") -> None:
    """An index of search and its twin over the own township; rows for which `filled` is not true are in neither.

    Expressions behind the first are there to be read without the row, which lies on a page of its own.
    """
    Index(name, *map(text, expressions), _table=of, sqlite_where=text(filled) if filled else None)
    _twin(name, of, *expressions, filled=filled)


def _twin(name: str, of: Table, *expressions: str, filled: str = "") -> None:
    Index(f"{name}_near", *map(text, expressions), _table=of,
          sqlite_where=text(f"near = 1 AND {filled}" if filled else "near = 1"))


def _unique(name: str, of: Table, column: str, alone: str) -> None:
    """One index for two ends: rows for which `alone` is true are alone with their number, any row is found by it."""
    Index(name, text(column), text(f"CASE WHEN {alone} THEN '' ELSE id END"), unique=True, _table=of)
    _twin(name, of, column)


household = synced_table(
    RecordKind.HOUSEHOLD,
    Column("household_no", Text, nullable=False),
    Column("county", Text, nullable=False),
    Column("township", Text, nullable=False),
    Column("village", Text, nullable=False),
    Column("group", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("poverty_type", Coded(PovertyType), nullable=False),
    Column("phone", Text, nullable=False),
    Column("clash_number", Flag, nullable=False, server_default=text("0")),
    added=(
        _near(),
        Column("listing", Coded(Listing), nullable=False, server_default=text(f"'{Listing.LISTED}'")),
        Column("listing_since", Day),
    ),
)
Index("ix_household_changed", text("changed_at DESC"), text("id DESC"), _table=household,
      sqlite_where=text("removed_at IS NULL"))
_unique("uq_household_number", household, "household_no", HOUSEHOLD_ALONE)
_searched("ix_household_number_tail", household, "substr(household_no, -4)")
_searched("ix_household_phone", household, "phone")
_searched("ix_household_phone_tail", household, "substr(phone, -4)", "phone", filled="phone <> ''")
Index("ix_household_place", household.c.township, household.c.village)
Index("ix_household_closed", household.c.listing, sqlite_where=text(f"listing = '{Listing.CLOSED}'"))
Index("ix_household_removed", household.c.removed_at, sqlite_where=text("removed_at IS NOT NULL"))
Index("ix_household_clash", household.c.household_no, sqlite_where=text("clash_number = 1"))

member = synced_table(
    RecordKind.MEMBER,
    Column("household_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("id_no", Text, nullable=False),
    Column("relation", Text, nullable=False),
    Column("disability", Text, nullable=False),
    Column("ethnic", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("bank_name", Text, nullable=False),
    Column("bank_account", Text, nullable=False),
    Column("account_holder", Text, nullable=False),
    Column("clash_id", Flag, nullable=False, server_default=text("0")),
    Column("clash_head", Flag, nullable=False, server_default=text("0")),
    added=(
        _near(),
        Column("standing", Coded(Standing), nullable=False, server_default=text(f"'{Standing.PRESENT}'")),
        Column("left_on", Day),
    ),
)
Index("ix_member_household", member.c.household_id)
_unique("uq_member_id_no", member, "id_no", MEMBER_ALONE)
_searched("ix_member_id_no_7", member, "substr(id_no, 7)")
_searched("ix_member_id_no_11", member, "substr(id_no, 11)")
_searched("ix_member_id_no_tail", member, "substr(id_no, -4)")
_searched("ix_member_name", member, "name")
_searched("ix_member_name_2", member, "substr(name, 2)")
_searched("ix_member_name_3", member, "substr(name, 3)")
_searched("ix_member_phone", member, "phone")
_searched("ix_member_phone_tail", member, "substr(phone, -4)", "phone", filled="phone <> ''")
Index("ix_member_absent", member.c.standing, sqlite_where=text(f"standing <> '{Standing.PRESENT}'"))
Index("ix_member_removed", member.c.removed_at, sqlite_where=text("removed_at IS NOT NULL"))
Index("ix_member_clash_id", member.c.id_no, sqlite_where=text("clash_id = 1"))
Index("ix_member_clash_head", member.c.household_id, sqlite_where=text("clash_head = 1"))
Index("uq_member_head", member.c.household_id, unique=True,
      sqlite_where=text(f"relation = '{HEAD}' AND standing = '{Standing.PRESENT}' "
                        "AND removed_at IS NULL AND clash_head = 0"))

spelling = table(
    "spelling",
    Column("member_id", Text, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("pinyin", Text, primary_key=True, nullable=False),
    Column("initials", Text, nullable=False),
    _near(),
    rowid=False,
)
"""Every way in which a member's name may be spelt: 单 is Shan as a surname and Dan in a word."""
_searched("ix_spelling_pinyin", spelling, "pinyin", "initials")
_searched("ix_spelling_initials", spelling, "initials")

name_part = table(
    "name_part",
    Column("member_id", Text, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("start", Integer, primary_key=True, nullable=False),
    Column("part", Text, nullable=False),
    _near(),
    rowid=False,
)
"""Ends of longer names from the fourth character on; shorter ones are found by the expression indexes."""
_searched("ix_name_part_part", name_part, "part")

id_county = table("id_county", Column("code", Text, primary_key=True, nullable=False), rowid=False)
"""The first six digits of every ID number that was ever registered: what may stand before a part of a number."""

registered_place = table(
    "registered_place",
    Column("township", Text, primary_key=True, nullable=False),
    Column("village", Text, primary_key=True, nullable=False),
    Column("pinyin", Text, primary_key=True, nullable=False),
    Column("initials", Text, nullable=False),
    rowid=False,
)
"""Where a household ever lived, with every way in which the village may be spelt; "" where it has no letters."""
Index("ix_registered_place_village", registered_place.c.village)
Index("ix_registered_place_pinyin", registered_place.c.pinyin)
Index("ix_registered_place_initials", registered_place.c.initials)

enrolment = synced_table(
    RecordKind.ENROLMENT,
    Column("member_id", Text, nullable=False),
    Column("policy_year", Integer, nullable=False),
    Column("scheme_id", Text, nullable=False),
    Column("scheme_version", Integer, nullable=False),
    Column("starts", Day, nullable=False),
    Column("ends", Day, nullable=False),
    Column("status", Coded(EnrolmentStatus), nullable=False),
)
Index("ix_enrolment_member_year", enrolment.c.member_id, enrolment.c.policy_year, enrolment.c.status,
      enrolment.c.removed_at)

household_act = synced_table(
    RecordKind.HOUSEHOLD_ACT,
    Column("household_id", Text, nullable=False),
    Column("kind", Coded(ActKind), nullable=False),
    Column("happened_on", Day, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("people", Packed, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("other_id", Text, nullable=False),
    Column("other_no", Text, nullable=False),
    Column("taken_back_at", Moment),
    Column("taken_back_by", Text, nullable=False),
)
Index("ix_household_act_household", household_act.c.household_id)

household_act_record = table(
    "household_act_record",
    Column("act_id", Text, nullable=False),
    Column("kind", Coded(RecordKind), nullable=False),
    Column("record_id", Text, nullable=False),
    Column("before", Packed),  # NULL: the act made the record
    Column("after", Packed, nullable=False),
    PrimaryKeyConstraint("act_id", "kind", "record_id"),
    rowid=False,
)
"""What an act that was recorded here wrote, before and after, under the id of the first act told of it."""
Index("ix_household_act_record_record", household_act_record.c.record_id)
