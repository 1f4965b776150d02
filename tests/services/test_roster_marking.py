"""The marked copy of a roster: by whoever may take data out, in the audit trail before it is there, whole or not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.exporting.marked_roster import MarkedRoster
from backbone_desktop.services import roster
from backbone_desktop.services.ports import Actor
from backbone_desktop.services.roster_marking import mark_roster
from backbone_desktop.services.roster_plan import RosterPlan
from backbone_desktop.words import Words
from tests.services.office_kit import HEAD_ID, Family, Office
from tests.services.roster_sheet import COLUMNS, Sheet, line, number
from tests.services.test_services_words import ROOT

SHEET = Sheet([line("5206250001", "测试甲", HEAD_ID, household_phone="13900000000"), line("9001", "测试丙", number(1))])


@pytest.fixture
def words() -> Words:
    return Words.load("zh_CN", ROOT / "resources" / "locale")


@pytest.fixture
def plan(office: Office, family: Family) -> RosterPlan:
    return roster.check_roster(office.desk, SHEET, COLUMNS)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "marked.xlsx"


def marks(office: Office) -> list[tuple[str, str, dict[str, object]]]:
    with office.desk.read() as work:
        return [(row.act, row.by, dict(row.detail)) for row in work.audit.of_record(SHEET.file_hash)]


def test_the_audit_trail_knows_of_it_before_the_file_is_there(office: Office, plan: RosterPlan, words: Words,
                                                              target: Path) -> None:
    class Watched(MarkedRoster):
        def keep(self) -> None:
            assert marks(office) == [("mark_roster", "clerk", {"count": 2, "gone": 1})]
            assert not target.exists()
            super().keep()

    mark_roster(office.desk, SHEET, plan, words, lambda: Watched(target))
    rows, gone = (CalamineWorkbook.from_path(str(target)).get_sheet_by_index(page).to_python() for page in (0, 1))
    assert [row[1] for row in rows[1:]] == ["变更", "新增"]
    assert gone[1:] == [["5206250001", "测试乙", "530521********0025"]]
    assert words("act.mark_roster") == "导出名册核对结果"
    assert [one.name for one in target.parent.iterdir()] == ["marked.xlsx"]


def test_who_may_take_nothing_out_gets_no_copy(office: Office, plan: RosterPlan, words: Words, target: Path) -> None:
    auditor = office.as_(Actor("audit", "审计测试", "auditor"))
    with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
        mark_roster(auditor, SHEET, plan, words, lambda: MarkedRoster(target))
    assert list(target.parent.iterdir()) == []
    assert marks(office) == []


def test_a_copy_that_cannot_be_written_is_not_told_of(office: Office, plan: RosterPlan, words: Words,
                                                      target: Path) -> None:
    target.write_bytes(b"earlier")
    with pytest.raises(RuleBroken, match=r"export\.exists"):
        mark_roster(office.desk, SHEET, plan, words, lambda: MarkedRoster(target))

    class Full(MarkedRoster):
        def finish(self) -> None:
            raise Unavailable("export.not_written")

    with pytest.raises(Unavailable, match=r"export\.not_written"):
        mark_roster(office.desk, SHEET, plan, words, lambda: Full(target, replace=True))
    assert (target.read_bytes(), marks(office)) == (b"earlier", [])
    assert [one.name for one in target.parent.iterdir()] == ["marked.xlsx"]


def test_the_import_goes_on_from_the_same_dry_run_only_where_nothing_else_happened(
        office: Office, plan: RosterPlan, words: Words, target: Path) -> None:
    after = mark_roster(office.desk, SHEET, plan, words, lambda: MarkedRoster(target))
    with office.desk.read() as work:
        assert after == replace(plan, basis=replace(plan.basis, seen=work.audit.head()))
    with office.desk.open() as work:
        work.audit.add("reveal_id_no", "member", "somebody")
        work.commit()
    assert mark_roster(office.desk, SHEET, after, words, lambda: MarkedRoster(target, replace=True)) is after
