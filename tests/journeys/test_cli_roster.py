"""Two years' rosters by commands: the first fills the register, the second changes it, and each can be undone."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.journeys.command_kit import Commands
from tests.services.roster_sheet import number

TITLE = ("示例县建档立卡贫困人口名册",)
HEADER = ("行政县", "乡镇", "行政村", "自然村", "户编号", "人编号", "姓名", "证件号码", "人数", "与户主关系", "民族",
          "贫困户属性", "联系电话")


def row(household_no: str, name: str, id_no: str, relation: str = "户主", **other: str) -> tuple[str, ...]:
    usual = {"village": "测试村", "phone": "", "poverty": "一般贫困户"}
    held = {**usual, **other}
    return ("示例县", "示例镇", held["village"], "一组", household_no, household_no + "1", name, id_no, "2", relation,
            "苗族", held["poverty"], held["phone"])


def sheet(path: Path, *rows: tuple[str, ...]) -> str:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, len(HEADER) - 1, TITLE[0])
        for at, cells in enumerate((HEADER, *rows), start=1):
            for place, text in enumerate(cells):
                page.write_string(at, place, text)
    return str(path)


FIRST = (row("9001", "测试丙", number(1)), row("9001", "测试丁", number(2), "配偶"), row("9002", "测试戊", number(3)))
SECOND = (row("9001", "测试丙", number(1), phone="13900000000"), row("9003", "测试丁", number(2), "户主"),
          row("9004", "测试己", "520625198001010016"), row("9002", "测试某", number(3)))


def test_a_second_years_roster_over_the_first(office: Commands, tmp_path: Path) -> None:
    first = sheet(tmp_path / "first.xlsx", *FIRST)
    tried = office.done("roster", "check", first)
    assert tried["template"] == "A"
    assert tried["counts"]["new"] == 3
    assert office.query("SELECT count(*) FROM household") == [(0,)]
    assert office.done("roster", "import", first)["counts"]["new"] == 3

    second = sheet(tmp_path / "second.xlsx", *SECOND)
    marked = tmp_path / "marked.xlsx"
    counts = office.done("roster", "check", second, "--out", str(marked))["counts"]
    assert {name: n for name, n in counts.items() if n} == {"changed": 1, "moved": 1, "doubtful": 1, "refused": 1}
    rows = CalamineWorkbook.from_path(str(marked)).get_sheet_by_index(0).to_python()
    assert [line[1] for line in rows[1:]] == ["变更", "迁移", "不能导入", "待核对"]
    assert "户联系电话：— → 13900000000" in str(rows[1][2])
    assert [line[10] for line in rows[1:]] == [number(1), number(2), "520625198001010016", number(3)]
    assert office.refused("roster", "check", second, "--out", str(marked)) == "export.exists"
    assert office.query("SELECT count(*) FROM audit WHERE act = 'mark_roster'") == [(1,)]

    office.done("roster", "import", second)
    moved = office.done("household", "show", "9003")["members"]
    assert [(one["name"], one["covered"]) for one in moved] == [("测试丁", True)]
    assert office.done("roster", "undo", "last")["undone_at"] is not None
    assert [one["name"] for one in office.done("household", "show", "9001")["members"]] == ["测试丙", "测试丁"]
    assert [one["undone_at"] is None for one in office.done("roster", "list")["imports"]] == [False, True]
    assert office("doctor").code == 0


def test_a_column_of_any_other_name_is_named_by_its_title(office: Commands, tmp_path: Path) -> None:
    text = "户号,姓名,身份证号,关系说明,村\r\n9001,测试丙," + number(1) + ",户主,测试村\r\n"
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode("gb18030"))
    assert office.refused("roster", "check", str(path)) == "roster.column_missing"
    assert office.refused("roster", "check", str(path), "--column", "relation=没有") == "command.column_unknown"
    assert office.refused("roster", "check", str(path), "--column", "关系") == "command.column_form"
    assert office.done("roster", "import", str(path), "--column", "relation=关系说明")["counts"]["new"] == 1
    assert office.done("roster", "check", str(path))["counts"]["unchanged"] == 1  # the column was remembered


def test_what_is_no_roster_is_refused(office: Commands, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.xlsx"
    nothing.write_bytes(b"PK\x03\x04 no sheet at all")
    assert office.refused("roster", "check", str(nothing)) == "roster.not_a_sheet"
    assert office.refused("roster", "import", str(tmp_path / "gone.xlsx")) == "roster.no_file"
    assert office.refused("roster", "undo", "last") == "roster.unknown"
