"""The store's revisions: the newest makes what the tables say, and each keeps the data it finds."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine

from backbone_core.errors import Unavailable
from backbone_desktop.store import revision, upgrade
from backbone_desktop.store.backup import backups
from backbone_desktop.store.engine import make_engine
from backbone_desktop.store.opening import create_store, open_store, store_revision
from backbone_desktop.store.tables import metadata

KEY = bytes(range(32))


def schema(engine: Engine) -> dict[tuple[str, str], str]:
    """Every table, index and trigger as the statement that made it, blanks aside."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
        ).all()
    return {(row[0], row[1]): re.sub(r"\s*([(),])\s*", r"\1", " ".join(row[2].split())) for row in rows}


def test_the_newest_revision_makes_what_the_tables_say(tmp_path: Path) -> None:
    migrated = create_store(tmp_path / "store.db", KEY)
    declared = create_engine("sqlite://")
    metadata.create_all(declared)
    assert schema(migrated.engine) == schema(declared)
    migrated.close()
    declared.dispose()


def test_the_revisions_are_one_chain_and_are_all_named() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(upgrade.MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    chain = [script.revision for script in scripts.walk_revisions()][::-1]
    assert tuple(chain) == revision.REVISIONS
    assert scripts.get_heads() == [revision.HEAD]


def test_every_revision_has_a_test_with_data_in_it() -> None:
    tests = Path(__file__).read_text("utf-8")
    for number in revision.REVISIONS:
        assert f"def test_{number}_" in tests


def test_0001_takes_data_of_every_table(tmp_path: Path) -> None:
    """The first revision has nothing before it: its data is what is put into its own tables."""
    store = create_store(tmp_path / "store.db", KEY)
    with store.engine.connect().execution_options(writing=True) as connection:
        for table in metadata.sorted_tables:
            if table.name == "device":
                continue
            values = {}
            for column in connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")').all():
                _, name, kind, *_ = column
                values[f'"{name}"'] = {"TEXT": "'x'", "INTEGER": "1", "BLOB": "x'80'"}[kind]
            connection.exec_driver_sql(
                f'INSERT INTO "{table.name}" ({", ".join(values)}) VALUES ({", ".join(values.values())})')
        connection.exec_driver_sql("DELETE FROM temp.guard_owed")
        connection.commit()
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]
    store.close()
    assert store_revision(tmp_path / "store.db", KEY) == revision.HEAD


def test_0002_keeps_the_registry_it_finds(tmp_path: Path) -> None:
    """A store of the first revision, with a member in it, is upgraded when it is opened."""
    path = tmp_path / "store.db"
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0001")
        with_member(path)
    open_store(path, KEY).close()
    assert store_revision(path, KEY) == revision.HEAD
    assert rows(path, "SELECT id, name FROM member") == [("m1", "测试甲")]
    assert rows(path, "SELECT member_id, pinyin, initials FROM spelling") == [("m1", "ceshijia", "csj")]
    assert rows(path, "SELECT count(*) FROM roster_import") == [(0,)]


def test_0003_gives_an_import_the_epoch_of_its_changes(tmp_path: Path) -> None:
    """What the import made is found by its changes from now on; what it changed keeps how it stood."""
    path = tmp_path / "store.db"
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0002")
        with_member(path)
    engine = make_engine(path, KEY)
    with engine.connect().execution_options(writing=True) as connection:
        connection.exec_driver_sql("INSERT INTO roster_import VALUES ('i1', '2019-09-02T00:00:00+00:00', 'clerk', 'A', "
                                   "'00', x'90', x'80', 3, 5, NULL)")
        connection.exec_driver_sql("INSERT INTO roster_record VALUES ('i1', 'member', 'm1', NULL), "
                                   "('i1', 'member', 'm2', x'80')")
        connection.commit()
    engine.dispose()
    open_store(path, KEY).close()
    assert rows(path, "SELECT i.id, first_seq, i.last_seq, i.epoch = device.epoch FROM roster_import i, device") == [
        ("i1", 3, 5, 1)]
    assert rows(path, "SELECT record_id FROM roster_record") == [("m2",)]
    assert rows(path, "SELECT name FROM member") == [("测试甲",)]


def test_0004_makes_room_for_comparisons_and_keeps_the_registry(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0003")
        with_member(path)
    open_store(path, KEY).close()
    assert store_revision(path, KEY) == revision.HEAD
    assert rows(path, "SELECT id, name FROM member") == [("m1", "测试甲")]
    assert rows(path, "SELECT count(*) FROM comparison") == [(0,)]
    assert rows(path, "SELECT count(*) FROM sqlite_master WHERE name = 'different_people'") == [(0,)]


def test_0005_brings_the_reference_tables_and_keeps_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0004")
        with_member(path)
    open_store(path, KEY).close()
    assert store_revision(path, KEY) == revision.HEAD
    assert rows(path, "SELECT id, name FROM member") == [("m1", "测试甲")]
    assert rows(path, "SELECT count(*) FROM reference_key") == [(0,)]


def test_0006_marks_the_own_township_and_notes_what_search_needs(tmp_path: Path) -> None:
    """Two households of two townships and a man with a long name, in a store of the revision before."""
    path = tmp_path / "store.db"
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0005")
        with_member(path)
        put(path, "INSERT INTO office VALUES (1, '520625', '示例县', '办', '示例镇', '一号', 'A01', 2019, 'zh_CN')",
            *(home(one, number, township) for one, number, township in (("h1", "01", "示例镇"), ("h2", "02", "别镇"))),
            "UPDATE member SET id_no = '520625198001010015', name = '买买提·艾力', fed = 2",
            "INSERT INTO name_part VALUES ('m1', 4, '艾力')")
    open_store(path, KEY).close()
    assert rows(path, "SELECT id, near FROM household ORDER BY id") == [("h1", 1), ("h2", 0)]
    assert rows(path, "SELECT near FROM member UNION ALL SELECT near FROM spelling") == [(1,), (1,)]
    assert rows(path, "SELECT start, part, near FROM name_part") == [(3, "·艾力", 1), (4, "艾力", 1)]
    assert rows(path, "SELECT code FROM id_county") == [("520625",)]
    assert rows(path, "SELECT * FROM registered_place ORDER BY township") == [
        ("别镇", "测试村", "ceshicun", "csc"), ("示例镇", "测试村", "ceshicun", "csc")]


def home(household_id: str, number: str, township: str) -> str:
    return ("INSERT INTO household (id, household_no, county, township, village, \"group\", address, poverty_type, "
            f"phone, changed_at, fed) VALUES ('{household_id}', '{number}', '520625', '{township}', '测试村', '', '', "
            "'一般贫困户', '', '2019-09-02T00:00:00+00:00', 1)")


def put(path: Path, *statements: str) -> None:
    engine = make_engine(path, KEY)
    with engine.connect().execution_options(writing=True) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("DELETE FROM temp.guard_owed")
        connection.commit()
    engine.dispose()


def test_0007_indexes_the_registry_it_finds(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0006")
        with_member(path)
    open_store(path, KEY).close()
    assert store_revision(path, KEY) == revision.HEAD
    assert rows(path, "SELECT id, name FROM member INDEXED BY ix_member_household WHERE household_id = 'h1'") == [
        ("m1", "测试甲")]
    assert rows(path, "SELECT count(*) FROM member INDEXED BY ix_member_removed WHERE removed_at IS NOT NULL") == [
        (0,)]


def test_0008_takes_up_what_later_versions_sent(tmp_path: Path) -> None:
    """A death and an act that came by the exchange before this version knew of them show once it does."""
    path = tmp_path / "store.db"
    act = {"household_id": "h1", "kind": "death", "happened_on": "2019-08-24", "reason": "", "old": "", "new": "",
           "recorded_at": "2019-08-25T01:00:00Z", "recorded_by": "测试经办", "other_id": "", "other_no": "",
           "people": [{"member_id": "m1", "name": "测试甲", "before": "户主", "after": ""}]}
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0007")
        with_member(path)
        store = open_store(path, KEY)
        with store.engine.connect().execution_options(writing=True) as connection:
            extra = msgspec.msgpack.encode({"standing": "died", "left_on": "2019-08-24", "pension": 1})
            connection.exec_driver_sql("UPDATE member SET extra = ?", (extra,))
            for record_id, fields in (("a1", act), ("a2", {"kind": "unreadable"})):
                connection.exec_driver_sql("INSERT INTO later (kind, record_id, version, fields) VALUES "
                                           "('household_act', ?, 3, ?)", (record_id, msgspec.msgpack.encode(fields)))
            connection.commit()
        store.close()
    open_store(path, KEY).close()
    assert rows(path, "SELECT name, standing, left_on, extra FROM member") == [
        ("测试甲", "died", "2019-08-24", msgspec.msgpack.encode({"pension": 1}))]
    assert rows(path, "SELECT id, kind, happened_on, recorded_at, version FROM household_act") == [
        ("a1", "death", "2019-08-24", "2019-08-25T01:00:00.000000+00:00", 3)]
    assert rows(path, "SELECT record_id FROM later") == [("a2",)]
    assert rows(path, "SELECT people FROM household_act") == [
        (msgspec.msgpack.encode([["m1", "测试甲", "户主", ""]]),)]


def test_0009_lets_the_indexes_tell_what_they_find(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0008")
        with_member(path)
        put(path, "UPDATE member SET phone = '13900001234', fed = 2",
            "INSERT INTO enrolment (id, member_id, policy_year, scheme_id, scheme_version, starts, ends, status, "
            "changed_at, fed) VALUES ('e1', 'm1', 2019, 'DLZ', 1, '2019-01-01', '2019-12-31', 'enrolled', "
            "'2019-09-02T00:00:00+00:00', 1)")
    open_store(path, KEY).close()
    for query, found in (
        ("SELECT phone FROM member INDEXED BY ix_member_phone_tail WHERE substr(phone, -4) = '1234' AND phone <> ''",
         "13900001234"),
        ("SELECT initials FROM spelling INDEXED BY ix_spelling_pinyin WHERE pinyin = 'ceshijia'", "csj"),
        ("SELECT status FROM enrolment INDEXED BY ix_enrolment_member_year WHERE member_id = 'm1' "
         "AND policy_year = 2019 AND removed_at IS NULL", "enrolled"),
    ):
        assert rows(path, query) == [(found,)]
        assert "substr" in query or "COVERING INDEX" in str(rows(path, f"EXPLAIN QUERY PLAN {query}"))
    assert rows(path, "SELECT count(*) FROM sqlite_master WHERE name LIKE 'ix_%_phone_tail_near'") == [(2,)]


def test_0010_keeps_what_was_printed(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0009")
        with_member(path)
        put(path, "INSERT INTO print_note VALUES ('c1', 0, '2019-09-02T00:00:00+00:00', 'ceshi', 'pdf')",
            "INSERT INTO print_note VALUES ('c1', 1, '2019-09-03T00:00:00+00:00', 'ceshi', 'printer')")
    open_store(path, KEY).close()
    assert rows(path, "SELECT form, number, copy, subject, how FROM print_log ORDER BY copy") == [
        ("receipt", "c1", 0, "c1", "pdf"), ("receipt", "c1", 1, "c1", "printer")]


def test_0010_keeps_the_prints_of_two_claims_with_one_receipt_number(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0009")
        with_member(path)
        for claim_id, day in (("c1", 2), ("c2", 4)):
            with_claim(path, claim_id)
            put(path, *(f"INSERT INTO print_note VALUES ('{claim_id}', {copy}, '2019-09-0{day + copy}T00:00:00+00:00', "
                        "'ceshi', 'pdf')" for copy in (0, 1)))
    open_store(path, KEY).close()
    assert rows(path, "SELECT number, copy, subject, at FROM print_log ORDER BY copy") == [
        ("R1", copy, subject, f"2019-09-0{2 + copy}T00:00:00+00:00")
        for copy, subject in enumerate(("c1", "c1", "c2", "c2"))]


def test_0011_takes_up_decisions_that_came_before_it_knew_them(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    decision = {"claim_id": "c1", "outcome": "refused", "amount": 0, "decided_on": "2019-09-01", "case_no": "AJ-1",
                "reasons": [{"code": "late_filing", "text": ""}, {"code": "other", "text": "另有原因"}]}
    payment = {"claim_id": "c2", "decision_id": "d2", "attempt": 2, "amount": 300_000, "paid_on": "2019-09-02",
               "state": "failed", "failure": "bank_wrong", "failed_on": None}
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0010")
        with_member(path)
        store = open_store(path, KEY)
        with store.engine.connect().execution_options(writing=True) as connection:
            for kind, record_id, fields in (("decision", "d1", decision), ("payment", "p1", payment),
                                            ("payment", "p2", {"claim_id": "c2"}),
                                            ("decision", "d3", {"removed": True})):
                connection.exec_driver_sql("INSERT INTO later (kind, record_id, version, fields) VALUES (?, ?, 3, ?)",
                                           (kind, record_id, msgspec.msgpack.encode(fields)))
            connection.commit()
        store.close()
    open_store(path, KEY).close()
    assert rows(path, "SELECT id, claim_id, outcome, amount, case_no, remark, version FROM decision") == [
        ("d1", "c1", "refused", 0, "AJ-1", "", 3)]
    assert rows(path, "SELECT reasons FROM decision") == [
        (msgspec.msgpack.encode([["late_filing", ""], ["other", "另有原因"]]),)]
    assert rows(path, "SELECT id, attempt, state, failure, failed_on, reference FROM payment") == [
        ("p1", 2, "failed", "bank_wrong", None, "")]
    assert rows(path, "SELECT record_id FROM later ORDER BY record_id") == [("d3",), ("p2",)]
    assert rows(path, "SELECT name FROM member") == [("测试甲",)]


def test_0012_brings_the_directory_of_devices_and_keeps_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0011")
        with_member(path)
    open_store(path, KEY).close()
    assert store_revision(path, KEY) == revision.HEAD
    assert rows(path, "SELECT id, name FROM member") == [("m1", "测试甲")]
    assert rows(path, "SELECT (SELECT count(*) FROM known_device), (SELECT count(*) FROM directory_place)") == [(0, 0)]


def test_0013_makes_room_for_handover_lists_and_keeps_what_was_printed(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0012")
        with_member(path)
        put(path, "INSERT INTO print_log VALUES ('receipt', 'n', 0, 'c1', '2019-09-02T00:00:00+00:00', 'ceshi', 'pdf', "
                  "'A5', '')")
    open_store(path, KEY).close()
    put(path, "INSERT INTO handover VALUES ('l1', '520625-A03-20190902-01', 'to_county', '2019-09-02T00:00:00+00:00', "
              "'ceshi', '测试镇', '', NULL, '')",
        "INSERT INTO handover_claim VALUES ('l1', 1, 'c1', x'80')")
    assert rows(path, "SELECT number, claim_id FROM handover JOIN handover_claim ON handover_id = id") == [
        ("520625-A03-20190902-01", "c1")]
    assert rows(path, "SELECT number FROM print_log") == [("n",)]


def test_0014_takes_up_steps_of_claims_that_came_before_it_knew_them(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    step = {"claim_id": "c1", "number": 1, "act": "ask_papers", "before": "received", "after": "waiting_papers",
            "by": "chushen", "by_name": "测试初审", "role": "county", "at": "2019-09-02T01:00:00Z",
            "papers": ["INVOICE"]}
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0013")
        with_member(path)
        store = open_store(path, KEY)
        with store.engine.connect().execution_options(writing=True) as connection:
            for record_id, fields in (("s1", step), ("s2", {"claim_id": "c1"})):
                connection.exec_driver_sql("INSERT INTO later (kind, record_id, version, fields) VALUES "
                                           "('claim_step', ?, 3, ?)", (record_id, msgspec.msgpack.encode(fields)))
            connection.commit()
        store.close()
    open_store(path, KEY).close()
    assert rows(path, 'SELECT id, number, act, "after", "by", at, note, papers, version, fed FROM claim_step') == [
        ("s1", 1, "ask_papers", "waiting_papers", "chushen", "2019-09-02T01:00:00.000000+00:00", "",
         msgspec.msgpack.encode(["INVOICE"]), 3, 1)]
    assert rows(path, "SELECT record_id FROM later") == [("s2",)]
    assert rows(path, "SELECT name FROM member") == [("测试甲",)]


def test_0015_makes_room_for_scans_and_keeps_the_claims(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.MonkeyPatch.context() as patch:
        upto(patch, "0014")
        with_member(path)
    open_store(path, KEY).close()
    put(path, "INSERT INTO attachment VALUES ('a1', 'c1', 'INVOICE', 1, 'image/jpeg', 'ab', 3, 1, 1, 'tiff', "
              "'2019-09-02T00:00:00+00:00', 'ceshi', NULL, NULL)",
        "INSERT INTO attachment_chunk VALUES ('ab', 0, x'010203')")
    assert rows(path, "SELECT document, content FROM attachment JOIN attachment_chunk USING (sha256)") == [
        ("INVOICE", b"\x01\x02\x03")]
    assert rows(path, "SELECT id, name FROM member") == [("m1", "测试甲")]


# --- how an upgrade goes, shown with a revision of the tests' own

OLDER = revision.HEAD
NEXT = '''
from alembic import op

revision = "next"
down_revision = "{head}"


def upgrade():
    op.execute("CREATE TABLE member_new (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL) STRICT")
    op.execute("INSERT INTO member_new SELECT id, name FROM member")
    op.execute("DROP TABLE member")
    op.execute("ALTER TABLE member_new RENAME TO member")
    {more}
'''


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A store of the version before, with a member and his spellings in it."""
    path = tmp_path / "store.db"
    with_member(path)
    return path


def with_member(path: Path) -> None:
    store = create_store(path, KEY)
    with store.engine.connect().execution_options(writing=True) as connection:
        connection.exec_driver_sql(
            "INSERT INTO member (id, household_id, name, id_no, relation, disability, ethnic, phone, bank_name, "
            "bank_account, account_holder, changed_at, fed) VALUES ('m1', 'h1', '测试甲', '1', '户主', '', '', '', '', "
            "'', '', '2019-09-02T00:00:00+00:00', 1)")
        connection.exec_driver_sql("INSERT INTO spelling (member_id, pinyin, initials) "
                                   "VALUES ('m1', 'ceshijia', 'csj')")
        connection.exec_driver_sql("DELETE FROM temp.guard_owed")
        connection.commit()
    store.close()


def with_claim(path: Path, claim_id: str, receipt_no: str = "R1") -> None:
    """A claim of which nothing is known but its receipt."""
    columns = rows(path, "SELECT name, type FROM pragma_table_info('claim') WHERE \"notnull\" AND dflt_value IS NULL")
    empty = {"TEXT": "''", "INTEGER": "0", "BLOB": "x'90'"}
    values = {name: empty[kind] for name, kind in columns} | {
        "id": f"'{claim_id}'", "receipt_no": f"'{receipt_no}'", "changed_at": "'2019-09-02T00:00:00+00:00'",
        "fed": "1"}
    put(path, f"INSERT INTO claim ({', '.join(values)}) VALUES ({', '.join(values.values())})")


def upto(patch: pytest.MonkeyPatch, last: str) -> None:
    """This program as it was when `last` was its newest revision."""
    for module in ("revision", "upgrade", "opening"):
        patch.setattr(f"backbone_desktop.store.{module}.HEAD", last, raising=False)
    known = revision.REVISIONS
    patch.setattr(revision, "REVISIONS", known[:known.index(last) + 1])


def newer_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, more: str = "") -> None:
    """This program, one revision later."""
    import shutil

    place = tmp_path / "migrations"
    shutil.copytree(upgrade.MIGRATIONS, place)
    (place / "versions" / "next.py").write_text(NEXT.format(more=more, head=OLDER), "utf-8")
    monkeypatch.setattr(upgrade, "MIGRATIONS", place)
    for module in ("revision", "upgrade", "opening"):
        monkeypatch.setattr(f"backbone_desktop.store.{module}.HEAD", "next", raising=False)
    monkeypatch.setattr(revision, "REVISIONS", (*revision.REVISIONS, "next"))


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    engine = make_engine(path, KEY)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(statement)]
    engine.dispose()
    return found


def test_an_upgrade_keeps_the_data_and_leaves_a_backup(older: Path, tmp_path: Path,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    newer_program(monkeypatch, tmp_path)
    open_store(older, KEY).close()
    assert store_revision(older, KEY) == "next"
    assert rows(older, "SELECT id, name FROM member") == [("m1", "测试甲")]
    # no cascade emptied it
    assert rows(older, "SELECT member_id, pinyin, initials FROM spelling") == [("m1", "ceshijia", "csj")]
    (kept,) = backups(older.parent / "backups")
    assert kept.why == "upgrade"
    assert store_revision(kept.path, KEY) == OLDER
    assert rows(kept.path, "SELECT phone FROM member") == [("",)]


@pytest.mark.parametrize(("more", "trouble"), [
    ('op.execute("DELETE FROM member")', Unavailable), ('raise ZeroDivisionError', ZeroDivisionError),
    ('op.execute("SELECT nonsense")', Exception),
])
def test_an_upgrade_that_fails_leaves_the_store_as_it_was(older: Path, tmp_path: Path, more: str,
                                                          trouble: type[Exception],
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    newer_program(monkeypatch, tmp_path, more)
    with pytest.raises(trouble):
        open_store(older, KEY)
    assert store_revision(older, KEY) == OLDER
    assert rows(older, "SELECT phone FROM member") == [("",)]
    assert rows(older, "SELECT member_id, pinyin, initials FROM spelling") == [("m1", "ceshijia", "csj")]


def test_without_a_backup_nothing_is_upgraded(older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer_program(monkeypatch, tmp_path)
    (older.parent / "backups").write_text("a file where the folder should be")
    with pytest.raises(Unavailable, match=r"backup\.failed"):
        open_store(older, KEY)
    assert store_revision(older, KEY) == OLDER


def test_the_older_program_refuses_the_upgraded_store(older: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        newer_program(patch, tmp_path)
        open_store(older, KEY).close()
    with pytest.raises(Unavailable, match=r"store\.newer"):
        open_store(older, KEY)


def test_foreign_keys_are_on_again_after_an_upgrade(older: Path, tmp_path: Path,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    newer_program(monkeypatch, tmp_path)
    store = open_store(older, KEY)
    seen = []
    event.listen(store.engine, "checkout", lambda driver, *_: seen.append(
        driver.execute("PRAGMA foreign_keys").fetchone()[0]))
    with store.engine.connect():
        assert seen == [1]
    store.close()
