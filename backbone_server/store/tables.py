"""The central store's tables; county leads every key of what grows, so that a big store can be split by it.

Times are microseconds since 1970, plain values are MessagePack: both read the same on SQLite and PostgreSQL.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("county", Text, primary_key=True),
    Column("last_seq", BigInteger, nullable=False),
    comment="One row a county, locked by every writer to the county until it commits: numbers appear in commit order.",
)

codes = Table(
    "codes",
    metadata,
    Column("code_hash", LargeBinary, primary_key=True),
    Column("county", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("device_no", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("device_id", Text, nullable=False, comment="'' until a device used the code"),
)

devices = Table(
    "devices",
    metadata,
    Column("device_id", Text, primary_key=True),
    Column("county", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("device_no", Text, nullable=False),
    Column("device_name", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("enrolled_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("directory_seq", BigInteger, nullable=False, comment="when its card was last changed, in commit order"),
    UniqueConstraint("county", "device_no"),
    UniqueConstraint("public_key"),
    Index(None, "directory_seq", unique=True),
)

directory = Table(
    "directory",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("last_seq", BigInteger, nullable=False),
    comment="One row, locked by whoever changes a device until the commit: numbers appear in commit order.",
)

chains = Table(
    "chains",
    metadata,
    Column("county", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    Column("epoch", Text, primary_key=True),
    Column("last_seq", BigInteger, nullable=False),
    Column("last_hash", LargeBinary, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("county", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    Column("epoch", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("change", LargeBinary, nullable=False, comment="the whole change as it was sent, kept for ever"),
    Column("hash", LargeBinary, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("version", BigInteger, nullable=False, comment="as answered: what the device may name as its base"),
    Column("conflicts", LargeBinary, nullable=False, comment="names of fields"),
    Column("received_at", BigInteger, nullable=False),
    Index(None, "county", "kind", "record_id"),
)

records = Table(
    "records",
    metadata,
    Column("county", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("township", Text, nullable=False, comment="who besides the county sees it"),
    Column("household_id", Text, nullable=False),
    Column("member_id", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("author", Text, nullable=False, comment="device and epoch of the last version"),
    Column("author_since", BigInteger, nullable=False, comment="first version of the author's unbroken run"),
    Column("removed", Boolean, nullable=False),
    Column("fields", LargeBinary, nullable=False),
    Column("server_seq", BigInteger, nullable=False),
    Index(None, "county", "server_seq", unique=True),
    Index(None, "county", "township", "server_seq"),
    Index(None, "county", "household_id"),
    Index(None, "county", "member_id"),
)

departures = Table(
    "departures",
    metadata,
    Column("county", Text, primary_key=True),
    Column("township", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("server_seq", BigInteger, nullable=False),
    Index(None, "county", "township", "server_seq"),
    comment="A record that moved out of a township: its devices are told once that it left.",
)

marks = Table(
    "marks",
    metadata,
    Column("county", Text, primary_key=True),
    Column("mark", Text, primary_key=True, comment="what should be unique, by name and hash"),
    Column("kind", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    Index(None, "county", "kind", "record_id"),
)

acts = Table(
    "acts",
    metadata,
    Column("county", Text, primary_key=True),
    Column("act_id", Text, primary_key=True),
    Column("made_at", BigInteger, nullable=False),
    Column("act", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False, comment="ids, counts and a file's hash; no personal data"),
    Index(None, "county", "made_at"),
    comment="What was done at the server itself; what devices did stands in changes.",
)

payment_files = Table(
    "payment_files",
    metadata,
    Column("county", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("made_at", BigInteger, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    Column("rows", LargeBinary, nullable=False, comment="every payment that the file asks for"),
    Column("content", LargeBinary, nullable=False, comment="the file as it was written, so that it can be again"),
    comment="What was sent to the bank to be paid. Never changed once it stands.",
)

schemes = Table(
    "schemes",
    metadata,
    Column("county", Text, primary_key=True),
    Column("scheme_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("policy_year", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("digest", Text, nullable=False, comment="SHA-256 of what it says, however the file is laid out"),
    Column("text", Text, nullable=False),
    Column("brought_at", BigInteger, nullable=False),
    Column("brought_by", Text, nullable=False),
    comment="The rules by which benefits are worked out anew; an approved version never changes.",
)

receipts = Table(
    "receipts",
    metadata,
    Column("county", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    Column("epoch", Text, primary_key=True),
    Column("last_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("first_seq", BigInteger, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_at", BigInteger, nullable=False),
)
