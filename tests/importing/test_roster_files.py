"""Rosters as they come: three national templates, Excel and CSV, with every trap that such sheets hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from backbone_core.cells import cell_text, fold, is_rounded
from backbone_core.errors import RuleBroken
from backbone_desktop.importing.roster_file import OpenRoster, open_roster
from backbone_desktop.services.roster_rows import NEEDED, RosterRow
from tests.importing.roster_kit import TEMPLATES, people, write_roster


def rows_of(file: OpenRoster) -> list[RosterRow]:
    return list(file.rows(file.columns))


def sheet(path: Path, *lines: tuple[Any, ...], merged: tuple[int, ...] = ()) -> OpenRoster:
    """`merged`: first row, first column, last row, last column, of cells that are one."""
    with xlsxwriter.Workbook(str(path / "sheet.xlsx")) as book:
        page = book.add_worksheet()
        for at, line in enumerate(lines):
            for place, value in enumerate(line):
                page.write_number(at, place, value) if isinstance(value, int | float) else page.write_string(
                    at, place, value)
        if merged:
            page.merge_range(*merged, str(lines[merged[0]][merged[1]]))
    return open_roster(path / "sheet.xlsx")


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".csv"])
def test_the_national_templates_are_known_in_every_form(tmp_path: Path, template: str, ending: str) -> None:
    written = people(300)
    file = open_roster(write_roster(tmp_path / f"roster{ending}", template, written))
    assert file.template == template
    assert set(NEEDED) <= file.columns.keys()
    rows = rows_of(file)
    assert [row.row_no for row in rows] == list(range(3, 303))
    for row, person in zip(rows, written, strict=True):
        assert {name: row.values[name] for name in row.values} == {name: person[name] for name in row.values}
        assert row.trouble == ()
    assert rows_of(file) == rows  # as often as one likes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv_is_read_in_the_encodings_that_programs_write(tmp_path: Path, encoding: str) -> None:
    file = open_roster(write_roster(tmp_path / "roster.csv", "A", people(20), encoding))
    assert rows_of(file)[0].values["name"] == people(1)[0]["name"]


def test_a_character_at_an_old_private_place_comes_to_its_place(tmp_path: Path) -> None:
    old = [{**people(1)[0], "name": "王\ue863"}]
    file = open_roster(write_roster(tmp_path / "old.csv", "C", old, "gb18030"))
    assert [row.values["name"] for row in rows_of(file)] == ["王䶮"]


def test_a_rare_name_comes_through(tmp_path: Path) -> None:
    rare = [{**people(1)[0], "name": name} for name in ("测试㛃", "测试𬱖", "测\ue000试", "买买提·测试")]
    for ending in (".xlsx", ".csv"):
        file = open_roster(write_roster(tmp_path / f"rare{ending}", "C", rare, "gb18030"))
        assert [row.values["name"] for row in rows_of(file)] == [one["name"] for one in rare]


@pytest.mark.parametrize(("value", "text"), [
    ('="520625198001010015"', "520625198001010015"), ("'520625198001010015", "520625198001010015"),
    ("\t 测试甲\u3000", "测试甲"), (12.0, "12"), (12.5, "12.5"), (6.22202e17, "6.22202E+17"), (None, ""),
    (520625198001010015, "5.20625E+17"), (True, "是"), ('=""', ""),
])
def test_a_cell_as_a_person_sees_it(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_numbers_that_excel_rounded_are_told_and_not_guessed(tmp_path: Path) -> None:
    file = sheet(tmp_path, ("户编号", "姓名", "证件号码", "联系电话"),
                 ("9001", "测试甲", 520625198001010015, 13800000000),
                 ("9001", "测试乙", "5.20625E+17", "1.38E+10"), ("9001", "测试丙", "520625198001010015", ""))
    found = [[(one.code, one.field) for one in row.trouble] for row in rows_of(file)]
    rounded = "roster.number_rounded"
    assert found == [[(rounded, "id_no")], [(rounded, "id_no"), (rounded, "household_phone")], []]
    assert rows_of(file)[0].values["household_phone"] == "13800000000"
    assert not is_rounded("12E")
    assert not is_rounded("3E2")  # a household's number in letters and figures


def test_a_household_that_is_written_once_for_all_its_members(tmp_path: Path) -> None:
    file = sheet(tmp_path, ("户编号", "姓名", "证件号码", "与户主关系"), ("9001", "测试甲", "1", "户主"),
                 ("", "测试乙", "2", "配偶"),
                 ("", "测试丙", "3", "之子"), ("", "测试丁", "4", "户主"), merged=(1, 0, 3, 0))
    assert [row.values["household_no"] for row in rows_of(file)] == ["9001", "9001", "9001", ""]
    assert [row.cells[0] for row in rows_of(file)] == [row.values["household_no"] for row in rows_of(file)]


@pytest.mark.parametrize("empty", [1, 2, 3])
def test_merged_cells_stay_in_their_column_when_the_first_columns_are_empty(tmp_path: Path, empty: int) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "right.xlsx")) as book:
        page = book.add_worksheet()
        for at, line in enumerate((("户编号", "姓名", "证件号码", "与户主关系"), ("9001", "测试甲", "11", "户主"),
                                   ("", "测试乙", "12", "配偶"))):
            for place, text in enumerate(line, start=empty):
                page.write_string(at + 2, place, text)
        page.merge_range(3, empty, 4, empty, "9001")
    rows = rows_of(open_roster(tmp_path / "right.xlsx"))
    assert [row.row_no for row in rows] == [4, 5]
    assert [tuple(row.values[name] for name in ("household_no", "name", "id_no")) for row in rows] == [
        ("9001", "测试甲", "11"), ("9001", "测试乙", "12")]


def test_only_what_is_the_households_is_filled_down(tmp_path: Path) -> None:
    """A name or number that is merged by mistake must not make one person of two."""
    file = sheet(tmp_path, ("户编号", "姓名", "证件号码", "与户主关系"), ("9001", "测试甲", "11", "户主"),
                 ("9001", "", "12", "配偶"), merged=(1, 1, 2, 1))
    assert [row.values["name"] for row in rows_of(file)] == ["测试甲", ""]


def test_a_line_break_in_a_cell_of_a_csv_does_not_shift_the_rows(tmp_path: Path) -> None:
    (tmp_path / "break.csv").write_text('"户\n编号",姓名,证件号码\n9001,测试甲,11\n9002,测试乙,12\n', "utf-8")
    assert [(row.row_no, row.values["household_no"]) for row in rows_of(open_roster(tmp_path / "break.csv"))] == [
        (2, "9001"), (3, "9002")]


def test_somebody_without_a_number_is_refused_and_not_taken_for_a_total(tmp_path: Path) -> None:
    file = sheet(tmp_path, ("户编号", "姓名", "证件号码"), ("9001", "小计测试", ""),
                 ("合计", "", ""), ("", "总 计", ""))
    assert [row.values["name"] for row in rows_of(file)] == ["小计测试"]


def test_titles_repeated_heads_empty_rows_and_totals_are_passed_over(tmp_path: Path) -> None:
    head = ("序号", "户 编号", "姓\n名", "公民身份号码*", "与户主关系")
    file = sheet(tmp_path, ("", "", ""), ("测试名册",), ("单位：示例县",), head,
                 ("1", "9001", "测试甲", "1", "户主"), ("", ""), head,
                 ("2", "9002", "测试乙", "2", "户主"), ("合 计", "2", "", "", ""))
    assert [(row.row_no, row.values["name"]) for row in rows_of(file)] == [(5, "测试甲"), (8, "测试乙")]
    assert rows_of(file)[0].cells == ("1", "9001", "测试甲", "1", "户主")


def test_titles_in_full_width_and_the_surer_of_two_columns(tmp_path: Path) -> None:
    assert fold("县（市、区、旗） ") == "县(市、区、旗)"
    file = sheet(tmp_path, ("联系电话", "户联系电话", "姓名", "户主姓名", "证件号码", "户主证件号码"),
                 ("1", "2", "甲", "乙", "3", "4"))
    assert rows_of(file)[0].values == {"household_phone": "2", "name": "甲", "id_no": "3"}


def test_the_roster_may_stand_on_a_later_sheet(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "two.xlsx")) as book:
        book.add_worksheet("说明").write_string(0, 0, "填表说明")
        page = book.add_worksheet("名册")
        for place, title in enumerate(("户编号", "姓名", "证件号码")):
            page.write_string(0, place, title)
            page.write_string(1, place, "1")
    assert len(rows_of(open_roster(tmp_path / "two.xlsx"))) == 1


@pytest.mark.parametrize(("content", "code"), [
    (b"", "roster.not_a_sheet"), (b"PK\x03\x04damaged", "roster.not_a_sheet"),
    (b"\xd0\xcf\x11\xe0damaged", "roster.not_a_sheet"), (b"\x00\x01\x02", "roster.not_a_sheet"),
    ("一封信，没有表头".encode(), "roster.no_header"),
])
def test_what_is_no_roster_is_refused_at_the_file(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "file.xlsx").write_bytes(content)
    with pytest.raises(RuleBroken) as refused:
        open_roster(tmp_path / "file.xlsx")
    assert (refused.value.code, refused.value.field, refused.value.facts) == (code, "file", {})


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match=r"roster\.no_file"):
        open_roster(tmp_path / "gone.xlsx")
