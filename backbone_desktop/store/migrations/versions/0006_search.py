"""Search by any part of an ID number, by village, and with the office's own township first.

Revision ID: 0006
"""

from __future__ import annotations

from alembic import op

from backbone_desktop.store.pinyin import place_spellings

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# As it stood when the revision was made: the tables' modules move on, this file does not.
STATEMENTS = (
    *(f"ALTER TABLE {name} ADD COLUMN near INTEGER DEFAULT 0 NOT NULL"
      for name in ("household", "member", "spelling", "name_part")),
    "CREATE TABLE id_county (code TEXT NOT NULL, CONSTRAINT pk_id_county PRIMARY KEY (code)) WITHOUT ROWID, STRICT",
    """
    CREATE TABLE registered_place (
        township TEXT NOT NULL,
        village TEXT NOT NULL,
        pinyin TEXT NOT NULL,
        initials TEXT NOT NULL,
        CONSTRAINT pk_registered_place PRIMARY KEY (township, village, pinyin)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX ix_registered_place_village ON registered_place (village)",
    "CREATE INDEX ix_registered_place_pinyin ON registered_place (pinyin)",
    "CREATE INDEX ix_registered_place_initials ON registered_place (initials)",
    *(f"DROP INDEX {name}" for name in ("ix_household_number", "uq_household_number", "ix_member_id_no",
                                        "uq_member_id_no")),
    "CREATE UNIQUE INDEX uq_household_number ON household (household_no, "
    "CASE WHEN removed_at IS NULL AND clash_number = 0 THEN '' ELSE id END)",
    "CREATE UNIQUE INDEX uq_member_id_no ON member (id_no, "
    "CASE WHEN removed_at IS NULL AND clash_id = 0 THEN '' ELSE id END)",
    "DROP INDEX ix_member_name_4",
    "DROP INDEX ix_member_phone_tail",
    "DROP INDEX ix_household_phone_tail",
    "INSERT INTO name_part (member_id, start, part) SELECT id, 3, substr(name, 4) FROM member WHERE length(name) > 3",
    "INSERT INTO id_county SELECT DISTINCT substr(id_no, 1, 6) FROM member",
    "UPDATE household SET near = 1 WHERE township <> '' AND township = (SELECT township FROM office)",
    "UPDATE member SET near = 1 WHERE household_id IN (SELECT id FROM household WHERE near = 1)",
    "UPDATE spelling SET near = 1 WHERE member_id IN (SELECT id FROM member WHERE near = 1)",
    "UPDATE name_part SET near = 1 WHERE member_id IN (SELECT id FROM member WHERE near = 1)",
    "CREATE INDEX ix_member_id_no_7 ON member (substr(id_no, 7))",
    "CREATE INDEX ix_member_id_no_11 ON member (substr(id_no, 11))",
    "CREATE INDEX ix_member_phone_tail ON member (substr(phone, -4)) WHERE phone <> ''",
    "CREATE INDEX ix_household_phone_tail ON household (substr(phone, -4)) WHERE phone <> ''",
    "CREATE INDEX ix_household_place ON household (township, village)",
    "CREATE INDEX uq_household_number_near ON household (household_no) WHERE near = 1",
    "CREATE INDEX ix_household_number_tail_near ON household (substr(household_no, -4)) WHERE near = 1",
    "CREATE INDEX ix_household_phone_near ON household (phone) WHERE near = 1",
    "CREATE INDEX ix_household_phone_tail_near ON household (substr(phone, -4)) WHERE near = 1 AND phone <> ''",
    "CREATE INDEX uq_member_id_no_near ON member (id_no) WHERE near = 1",
    "CREATE INDEX ix_member_id_no_7_near ON member (substr(id_no, 7)) WHERE near = 1",
    "CREATE INDEX ix_member_id_no_11_near ON member (substr(id_no, 11)) WHERE near = 1",
    "CREATE INDEX ix_member_id_no_tail_near ON member (substr(id_no, -4)) WHERE near = 1",
    "CREATE INDEX ix_member_name_near ON member (name) WHERE near = 1",
    "CREATE INDEX ix_member_name_2_near ON member (substr(name, 2)) WHERE near = 1",
    "CREATE INDEX ix_member_name_3_near ON member (substr(name, 3)) WHERE near = 1",
    "CREATE INDEX ix_member_phone_near ON member (phone) WHERE near = 1",
    "CREATE INDEX ix_member_phone_tail_near ON member (substr(phone, -4)) WHERE near = 1 AND phone <> ''",
    "CREATE INDEX ix_spelling_pinyin_near ON spelling (pinyin) WHERE near = 1",
    "CREATE INDEX ix_spelling_initials_near ON spelling (initials) WHERE near = 1",
    "CREATE INDEX ix_name_part_part_near ON name_part (part) WHERE near = 1",
)
NOTE_PLACE = "INSERT INTO registered_place VALUES (?, ?, ?, ?)"


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    connection = op.get_bind()
    places = connection.exec_driver_sql("SELECT DISTINCT township, village FROM household").all()
    for township, village in places:
        for pinyin, initials in place_spellings(village) or (("", ""),):
            connection.exec_driver_sql(NOTE_PLACE, (township, village, pinyin, initials))
