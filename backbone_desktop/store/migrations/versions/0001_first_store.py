"""The first store: registry, claims, schemes, exchange, audit and the office's own things.

Revision ID: 0001
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# As it stood when the revision was made: the tables' modules move on, this file does not.
STATEMENTS = (
    """
    CREATE TABLE account (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        display_name TEXT NOT NULL,
        role TEXT NOT NULL,
        password_hash TEXT NOT NULL,
        failures INTEGER NOT NULL,
        locked_until TEXT,
        active INTEGER NOT NULL,
        CONSTRAINT pk_account PRIMARY KEY (id),
        CONSTRAINT uq_account_name UNIQUE (name)
    ) STRICT
    """,
    """
    CREATE TABLE audit (
        seq INTEGER NOT NULL,
        at TEXT NOT NULL,
        "by" TEXT NOT NULL,
        act TEXT NOT NULL,
        kind TEXT NOT NULL,
        record_id TEXT NOT NULL,
        detail BLOB NOT NULL,
        hash BLOB NOT NULL,
        CONSTRAINT pk_audit PRIMARY KEY (seq)
    ) STRICT
    """,
    "CREATE INDEX ix_audit_record ON audit (record_id)",
    """
    CREATE TABLE audit_head (
        only INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        hash BLOB NOT NULL,
        CONSTRAINT pk_audit_head PRIMARY KEY (only)
    ) STRICT
    """,
    """
    CREATE TABLE claim (
        id TEXT NOT NULL,
        member_id TEXT NOT NULL,
        household_id TEXT NOT NULL,
        policy_year INTEGER NOT NULL,
        state TEXT NOT NULL,
        cause TEXT NOT NULL,
        hospital TEXT NOT NULL,
        hospital_level TEXT NOT NULL,
        designated INTEGER NOT NULL,
        diagnosis TEXT NOT NULL,
        icd10 TEXT NOT NULL,
        admitted TEXT,
        discharged TEXT,
        settled TEXT,
        invoice_no TEXT NOT NULL,
        medfee_sumamt INTEGER NOT NULL,
        fulamt_ownpay_amt INTEGER NOT NULL,
        overlmt_selfpay INTEGER NOT NULL,
        preselfpay_amt INTEGER NOT NULL,
        inscp_scp_amt INTEGER NOT NULL,
        act_pay_dedc INTEGER NOT NULL,
        hifp_pay INTEGER NOT NULL,
        cvlserv_pay INTEGER NOT NULL,
        hifmi_pay INTEGER NOT NULL,
        maf_pay INTEGER NOT NULL,
        oth_pay INTEGER NOT NULL,
        fund_pay_sumamt INTEGER NOT NULL,
        psn_part_amt INTEGER NOT NULL,
        acct_pay INTEGER NOT NULL,
        psn_cash_pay INTEGER NOT NULL,
        hosp_part_amt INTEGER NOT NULL,
        documents BLOB NOT NULL,
        bank_name TEXT NOT NULL,
        bank_account TEXT NOT NULL,
        account_holder TEXT NOT NULL,
        remarks TEXT NOT NULL,
        scheme_id TEXT NOT NULL,
        scheme_version INTEGER NOT NULL,
        benefit INTEGER,
        trace BLOB NOT NULL,
        receipt_no TEXT NOT NULL,
        received_at TEXT,
        received_by TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        signature TEXT NOT NULL,
        version INTEGER DEFAULT 0 NOT NULL,
        extra BLOB,
        removed_at TEXT,
        changed_at TEXT NOT NULL,
        written_seq INTEGER DEFAULT 0 NOT NULL,
        fed INTEGER DEFAULT 0 NOT NULL,
        CONSTRAINT pk_claim PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE INDEX ix_claim_household ON claim (household_id)",
    "CREATE INDEX ix_claim_invoice ON claim (invoice_no)",
    "CREATE INDEX ix_claim_live ON claim (id DESC) WHERE removed_at IS NULL",
    "CREATE INDEX ix_claim_member ON claim (member_id)",
    "CREATE INDEX ix_claim_receipt ON claim (receipt_no)",
    "CREATE INDEX ix_claim_receipt_tail ON claim (substr(receipt_no, -8, 6))",
    "CREATE INDEX ix_claim_received ON claim (received_at)",
    "CREATE INDEX ix_claim_state ON claim (state, id DESC)",
    """
    CREATE TABLE device (
        only INTEGER NOT NULL,
        epoch TEXT NOT NULL,
        last_seq INTEGER NOT NULL,
        last_hash BLOB NOT NULL,
        answered_seq INTEGER NOT NULL,
        server_url TEXT DEFAULT '' NOT NULL,
        device_id TEXT DEFAULT '' NOT NULL,
        server_id TEXT DEFAULT '' NOT NULL,
        server_key BLOB NOT NULL,
        scope TEXT DEFAULT '' NOT NULL,
        cursor_epoch TEXT DEFAULT '' NOT NULL,
        cursor_seq INTEGER DEFAULT 0 NOT NULL,
        clock_offset_seconds INTEGER DEFAULT 0 NOT NULL,
        token TEXT DEFAULT '' NOT NULL,
        token_until TEXT,
        CONSTRAINT pk_device PRIMARY KEY (only)
    ) STRICT
    """,
    """
    CREATE TABLE draft (
        form TEXT NOT NULL,
        "key" TEXT NOT NULL,
        payload BLOB NOT NULL,
        kept_at TEXT NOT NULL,
        CONSTRAINT pk_draft PRIMARY KEY (form, "key")
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE enrolment (
        id TEXT NOT NULL,
        member_id TEXT NOT NULL,
        policy_year INTEGER NOT NULL,
        scheme_id TEXT NOT NULL,
        scheme_version INTEGER NOT NULL,
        starts TEXT NOT NULL,
        ends TEXT NOT NULL,
        status TEXT NOT NULL,
        version INTEGER DEFAULT 0 NOT NULL,
        extra BLOB,
        removed_at TEXT,
        changed_at TEXT NOT NULL,
        written_seq INTEGER DEFAULT 0 NOT NULL,
        fed INTEGER DEFAULT 0 NOT NULL,
        CONSTRAINT pk_enrolment PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE INDEX ix_enrolment_member_year ON enrolment (member_id, policy_year)",
    """
    CREATE TABLE exchange_note (
        id INTEGER NOT NULL,
        at TEXT NOT NULL,
        code TEXT NOT NULL,
        sent INTEGER NOT NULL,
        applied INTEGER NOT NULL,
        merged INTEGER NOT NULL,
        conflicts INTEGER NOT NULL,
        rejected INTEGER NOT NULL,
        fetched INTEGER NOT NULL,
        detail TEXT NOT NULL,
        CONSTRAINT pk_exchange_note PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE TABLE household (
        id TEXT NOT NULL,
        household_no TEXT NOT NULL,
        county TEXT NOT NULL,
        township TEXT NOT NULL,
        village TEXT NOT NULL,
        "group" TEXT NOT NULL,
        address TEXT NOT NULL,
        poverty_type TEXT NOT NULL,
        phone TEXT NOT NULL,
        clash_number INTEGER DEFAULT 0 NOT NULL,
        version INTEGER DEFAULT 0 NOT NULL,
        extra BLOB,
        removed_at TEXT,
        changed_at TEXT NOT NULL,
        written_seq INTEGER DEFAULT 0 NOT NULL,
        fed INTEGER DEFAULT 0 NOT NULL,
        CONSTRAINT pk_household PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE INDEX ix_household_changed ON household (changed_at DESC, id DESC) WHERE removed_at IS NULL",
    "CREATE INDEX ix_household_clash ON household (household_no) WHERE clash_number = 1",
    "CREATE INDEX ix_household_number ON household (household_no)",
    "CREATE INDEX ix_household_number_tail ON household (substr(household_no, -4))",
    "CREATE INDEX ix_household_phone ON household (phone)",
    "CREATE INDEX ix_household_phone_tail ON household (substr(phone, -4))",
    "CREATE UNIQUE INDEX uq_household_number ON household (household_no) WHERE removed_at IS NULL AND clash_number = 0",
    """
    CREATE TABLE later (
        kind TEXT NOT NULL,
        record_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        fields BLOB NOT NULL,
        CONSTRAINT pk_later PRIMARY KEY (kind, record_id)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE member (
        id TEXT NOT NULL,
        household_id TEXT NOT NULL,
        name TEXT NOT NULL,
        id_no TEXT NOT NULL,
        relation TEXT NOT NULL,
        disability TEXT NOT NULL,
        ethnic TEXT NOT NULL,
        phone TEXT NOT NULL,
        bank_name TEXT NOT NULL,
        bank_account TEXT NOT NULL,
        account_holder TEXT NOT NULL,
        clash_id INTEGER DEFAULT 0 NOT NULL,
        clash_head INTEGER DEFAULT 0 NOT NULL,
        version INTEGER DEFAULT 0 NOT NULL,
        extra BLOB,
        removed_at TEXT,
        changed_at TEXT NOT NULL,
        written_seq INTEGER DEFAULT 0 NOT NULL,
        fed INTEGER DEFAULT 0 NOT NULL,
        CONSTRAINT pk_member PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE INDEX ix_member_clash_head ON member (household_id) WHERE clash_head = 1",
    "CREATE INDEX ix_member_clash_id ON member (id_no) WHERE clash_id = 1",
    "CREATE INDEX ix_member_household ON member (household_id)",
    "CREATE INDEX ix_member_id_no ON member (id_no)",
    "CREATE INDEX ix_member_id_no_tail ON member (substr(id_no, -4))",
    "CREATE INDEX ix_member_name ON member (name)",
    "CREATE INDEX ix_member_name_2 ON member (substr(name, 2))",
    "CREATE INDEX ix_member_name_3 ON member (substr(name, 3))",
    "CREATE INDEX ix_member_name_4 ON member (substr(name, 4))",
    "CREATE INDEX ix_member_phone ON member (phone)",
    "CREATE INDEX ix_member_phone_tail ON member (substr(phone, -4))",
    "CREATE UNIQUE INDEX uq_member_head ON member (household_id) WHERE relation = '户主' AND removed_at IS NULL AND clash_head = 0",
    "CREATE UNIQUE INDEX uq_member_id_no ON member (id_no) WHERE removed_at IS NULL AND clash_id = 0",
    """
    CREATE TABLE office (
        only INTEGER NOT NULL,
        county TEXT NOT NULL,
        county_name TEXT NOT NULL,
        office TEXT NOT NULL,
        township TEXT NOT NULL,
        device_name TEXT NOT NULL,
        device_no TEXT NOT NULL,
        policy_year INTEGER NOT NULL,
        language TEXT NOT NULL,
        CONSTRAINT pk_office PRIMARY KEY (only)
    ) STRICT
    """,
    """
    CREATE TABLE outbox (
        epoch TEXT NOT NULL,
        seq INTEGER NOT NULL,
        kind TEXT NOT NULL,
        record_id TEXT NOT NULL,
        act TEXT NOT NULL,
        base_version INTEGER NOT NULL,
        fields BLOB NOT NULL,
        base BLOB NOT NULL,
        made_at TEXT NOT NULL,
        made_by TEXT NOT NULL,
        hash BLOB NOT NULL,
        label TEXT NOT NULL,
        answered_at TEXT,
        outcome TEXT,
        code TEXT DEFAULT '' NOT NULL,
        detail BLOB,
        CONSTRAINT pk_outbox PRIMARY KEY (epoch, seq)
    ) STRICT
    """,
    "CREATE INDEX ix_outbox_put_aside ON outbox (seq) WHERE outcome IN ('rejected', 'conflict')",
    "CREATE INDEX ix_outbox_waiting ON outbox (epoch, seq) WHERE answered_at IS NULL",
    "CREATE INDEX ix_outbox_waiting_record ON outbox (record_id) WHERE answered_at IS NULL",
    """
    CREATE TABLE print_note (
        claim_id TEXT NOT NULL,
        copy INTEGER NOT NULL,
        at TEXT NOT NULL,
        "by" TEXT NOT NULL,
        how TEXT NOT NULL,
        CONSTRAINT pk_print_note PRIMARY KEY (claim_id, copy)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE review (
        id TEXT NOT NULL,
        code TEXT NOT NULL,
        kind TEXT NOT NULL,
        record_id TEXT NOT NULL,
        other_id TEXT NOT NULL,
        fields BLOB NOT NULL,
        opened_at TEXT NOT NULL,
        open INTEGER NOT NULL,
        act TEXT NOT NULL,
        made_by TEXT NOT NULL,
        made_at TEXT,
        device_no TEXT NOT NULL,
        version INTEGER NOT NULL,
        extra BLOB,
        CONSTRAINT pk_review PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE INDEX ix_review_other ON review (other_id)",
    "CREATE INDEX ix_review_record ON review (record_id)",
    """
    CREATE TABLE scheme (
        scheme_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        county TEXT NOT NULL,
        policy_year INTEGER NOT NULL,
        status TEXT NOT NULL,
        text TEXT NOT NULL,
        kept_at TEXT NOT NULL,
        CONSTRAINT pk_scheme PRIMARY KEY (scheme_id, version)
    ) STRICT
    """,
    "CREATE INDEX ix_scheme_year ON scheme (county, policy_year)",
    """
    CREATE TABLE server_receipt (
        id INTEGER NOT NULL,
        at TEXT NOT NULL,
        epoch TEXT NOT NULL,
        first_seq INTEGER NOT NULL,
        last_seq INTEGER NOT NULL,
        receipt BLOB NOT NULL,
        signature BLOB NOT NULL,
        CONSTRAINT pk_server_receipt PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE TABLE setting (
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        CONSTRAINT pk_setting PRIMARY KEY (name)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE shadow (
        kind TEXT NOT NULL,
        record_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        fields BLOB,
        CONSTRAINT pk_shadow PRIMARY KEY (kind, record_id)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX ix_shadow_record ON shadow (record_id)",
    """
    CREATE TABLE name_part (
        member_id TEXT NOT NULL,
        start INTEGER NOT NULL,
        part TEXT NOT NULL,
        CONSTRAINT pk_name_part PRIMARY KEY (member_id, start),
        CONSTRAINT fk_name_part_member_id_member FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX ix_name_part_part ON name_part (part)",
    """
    CREATE TABLE spelling (
        member_id TEXT NOT NULL,
        pinyin TEXT NOT NULL,
        initials TEXT NOT NULL,
        CONSTRAINT pk_spelling PRIMARY KEY (member_id, pinyin),
        CONSTRAINT fk_spelling_member_id_member FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX ix_spelling_initials ON spelling (initials)",
    "CREATE INDEX ix_spelling_pinyin ON spelling (pinyin)",
    "CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are not changed'); END",
    "CREATE TRIGGER audit_is_not_taken_out BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are not taken out'); END",
    "CREATE TRIGGER outbox_change_is_not_changed BEFORE UPDATE OF epoch, seq, kind, record_id, act, base_version, fields, base, made_at, made_by, hash, label ON outbox BEGIN SELECT RAISE(ABORT, 'a change is not changed'); END",
    "CREATE TRIGGER outbox_waiting_is_not_taken_out BEFORE DELETE ON outbox WHEN OLD.answered_at IS NULL BEGIN SELECT RAISE(ABORT, 'a waiting change is not taken out'); END",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
