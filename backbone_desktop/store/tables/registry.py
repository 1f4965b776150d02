"""Households, their members, how the members' names are spelt, and their cover.

The columns `clash…` mark rows that bear a value which belongs to one live row only. They come about when two devices
register the same person apart from each other: the feed must be able to bring the other one, and a person decides.
The unique indexes hold for all unmarked rows.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Text, text

from backbone_core.change import RecordKind
from backbone_core.enrolment import EnrolmentStatus
from backbone_core.household import HEAD, Listing, PovertyType, Standing
from backbone_core.household_act import ActKind
from backbone_desktop.store.tables.base import synced_table, table
from backbone_desktop.store.types import Coded, Day, Flag, Moment, Packed

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
        Column("listing", Coded(Listing), nullable=False, server_default=text(f"'{Listing.LISTED}'")),
        Column("listing_since", Day),
    ),
)
Index("ix_household_changed", text("changed_at DESC"), text("id DESC"), _table=household,
      sqlite_where=text("removed_at IS NULL"))
Index("ix_household_number", household.c.household_no)
Index("ix_household_number_tail", text("substr(household_no, -4)"), _table=household)
Index("ix_household_phone", household.c.phone)
Index("ix_household_phone_tail", text("substr(phone, -4)"), _table=household)
Index("ix_household_clash", household.c.household_no, sqlite_where=text("clash_number = 1"))
Index("uq_household_number", household.c.household_no, unique=True,
      sqlite_where=text("removed_at IS NULL AND clash_number = 0"))

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
        Column("standing", Coded(Standing), nullable=False, server_default=text(f"'{Standing.PRESENT}'")),
        Column("left_on", Day),
    ),
)
Index("ix_member_household", member.c.household_id)
Index("ix_member_id_no", member.c.id_no)
Index("ix_member_id_no_tail", text("substr(id_no, -4)"), _table=member)
Index("ix_member_name", member.c.name)
Index("ix_member_name_2", text("substr(name, 2)"), _table=member)
Index("ix_member_name_3", text("substr(name, 3)"), _table=member)
Index("ix_member_name_4", text("substr(name, 4)"), _table=member)
Index("ix_member_phone", member.c.phone)
Index("ix_member_phone_tail", text("substr(phone, -4)"), _table=member)
Index("ix_member_clash_id", member.c.id_no, sqlite_where=text("clash_id = 1"))
Index("ix_member_clash_head", member.c.household_id, sqlite_where=text("clash_head = 1"))
Index("uq_member_id_no", member.c.id_no, unique=True,
      sqlite_where=text(f"standing <> '{Standing.LEFT}' AND removed_at IS NULL AND clash_id = 0"))
Index("uq_member_head", member.c.household_id, unique=True,
      sqlite_where=text(f"relation = '{HEAD}' AND standing = '{Standing.PRESENT}' "
                        "AND removed_at IS NULL AND clash_head = 0"))

spelling = table(
    "spelling",
    Column("member_id", Text, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("pinyin", Text, primary_key=True, nullable=False),
    Column("initials", Text, nullable=False),
    rowid=False,
)
"""Every way in which a member's name may be spelt: 单 is Shan as a surname and Dan in a word."""
Index("ix_spelling_pinyin", spelling.c.pinyin)
Index("ix_spelling_initials", spelling.c.initials)

name_part = table(
    "name_part",
    Column("member_id", Text, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("start", Integer, primary_key=True, nullable=False),
    Column("part", Text, nullable=False),
    rowid=False,
)
"""Ends of longer names from the fifth character on; shorter ones are found by the expression indexes."""
Index("ix_name_part_part", name_part.c.part)

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
Index("ix_enrolment_member_year", enrolment.c.member_id, enrolment.c.policy_year)

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
