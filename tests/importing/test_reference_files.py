"""Lists of places, hospitals and diagnoses as offices have them, with the traps that such sheets hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from backbone_core.errors import RuleBroken
from backbone_desktop.importing.reference_file import OpenReference, open_reference
from backbone_desktop.services.reference_rows import ReferenceKind

PLACE, HOSPITAL, DIAGNOSIS = ReferenceKind.PLACE, ReferenceKind.HOSPITAL, ReferenceKind.DIAGNOSIS


def sheet(path: Path, kind: ReferenceKind, *lines: tuple[Any, ...], first_sheet: str = "") -> OpenReference:
    with xlsxwriter.Workbook(str(path / "list.xlsx")) as book:
        if first_sheet:
            book.add_worksheet("说明").write_string(0, 0, first_sheet)
        page = book.add_worksheet()
        for at, line in enumerate(lines):
            for place, value in enumerate(line):
                page.write_number(at, place, value) if isinstance(value, int) else page.write_string(at, place, value)
    return open_reference(path / "list.xlsx", kind)


def test_the_official_diagnoses_are_read_by_their_last_two_columns(tmp_path: Path) -> None:
    titles = ("章", "章代码范围", "章的名称", "节代码范围", "节名称", "类目代码", "类目名称", "亚目代码", "亚目名称",
              "诊断代码", "诊断名称")
    file = sheet(tmp_path, DIAGNOSIS, ("医疗保障疾病诊断分类与代码（示例）",), titles,
                 (9, "I00-I99", "循环系统疾病", "I60-I69", "脑血管病", "I63", "脑梗死", "I63.9", "脑梗死",
                  "I63.900", "脑梗死"),
                 ("", "", "", "", "", "", "", "", "", "G01.x00*", "脑膜炎"),
                 first_sheet="本表为示例")
    assert {name: file.header[at] for name, at in file.columns.items()} == {"code": "诊断代码", "name": "诊断名称"}
    assert [row.values for row in file.rows()] == [
        {"code": "I63.900", "name": "脑梗死"}, {"code": "G01.x00*", "name": "脑膜炎"}]
    assert [row.row_no for row in file.rows()] == [3, 4]


def test_a_surer_title_comes_before_a_looser_one(tmp_path: Path) -> None:
    file = sheet(tmp_path, HOSPITAL, ("编号", "医疗机构代码", "医疗机构名称", "医疗机构\n等级 ", "县（市、区）"),
                 (1, "H52062500001", "示例县人民医院", "二级甲等", "示例县"))
    (row,) = file.rows()
    assert row.values == {"code": "H52062500001", "name": "示例县人民医院", "level": "二级甲等", "area": "示例县"}


def test_codes_that_excel_keeps_as_numbers_come_through_and_rounded_ones_are_told(tmp_path: Path) -> None:
    file = sheet(tmp_path, PLACE, ("统计用区划代码", "名称"), (520625101201, "板溪村"), ('="520625101202"', "高枧村"),
                 ("5.20625E+11", "沙坡村"))
    codes = [(row.values["code"], [found.code for found in row.trouble]) for row in file.rows()]
    assert codes == [("520625101201", []), ("520625101202", []), ("5.20625E+11", ["roster.number_rounded"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_csv_in_the_encodings_that_programs_write(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "list.csv").write_bytes("代码;名称;上级代码\n520625101;板溪镇;520625\n".encode(encoding))
    (row,) = open_reference(tmp_path / "list.csv", PLACE).rows()
    assert row.values == {"code": "520625101", "name": "板溪镇", "parent": "520625"}


def test_repeated_headers_blank_lines_totals_and_remarks_are_no_entries(tmp_path: Path) -> None:
    file = sheet(tmp_path, DIAGNOSIS, ("诊断代码", "诊断名称"), ("I63.900", "脑梗死"), ("", ""),
                 ("诊断代码", "诊断名称"), ("J18.900", "肺炎"), ("合计", "2"), ("备注：本表为示例", ""))
    assert [row.values["code"] for row in file.rows()] == ["I63.900", "J18.900"]


@pytest.mark.parametrize(("content", "code"), [
    ("一封信".encode(), "reference.no_header"), ("姓名,证件号码\n测试甲,1\n".encode(), "reference.no_header"),
    (b"\x00\x01\x02", "roster.not_a_sheet"), (b"PK\x03\x04broken", "roster.not_a_sheet"), (None, "roster.no_file"),
])
def test_what_is_no_such_list_is_refused(tmp_path: Path, content: bytes | None, code: str) -> None:
    if content is not None:
        (tmp_path / "list.csv").write_bytes(content)
    with pytest.raises(RuleBroken) as refused:
        open_reference(tmp_path / "list.csv", DIAGNOSIS)
    assert (refused.value.code, refused.value.field) == (code, "file")
