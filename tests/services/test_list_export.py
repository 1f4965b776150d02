"""Lists taken out as .xlsx, opened again with another program's eyes: mark, masking, text, all or nothing."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from backbone_core.errors import RuleBroken, Unavailable
from backbone_desktop.exporting import list_file
from backbone_desktop.exporting.list_file import ListFile
from backbone_desktop.services import list_export
from backbone_desktop.services.list_export import ExportRequest, ListWriter, Sheet, export_list
from backbone_desktop.services.listing_ports import Asked, ListName
from backbone_desktop.services.ports import Actor, Desk
from backbone_desktop.services.registry import register_household
from backbone_desktop.words import Words
from tests.services.office_kit import HEAD_ID, SON_ID, WIFE_ID, ClaimMaker, Family, Office, head, household

RESOURCES = Path(__file__).parents[2] / "resources"
COUNTY = Actor("county", "县级测试", "county")
PEOPLE = Asked(name=ListName.PEOPLE, sort="id_no")


@pytest.fixture
def words() -> Words:
    return Words.load("zh_CN", RESOURCES / "locale")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "list.xlsx"


def run(desk: Desk, words: Words, target: Path, asked: Asked = PEOPLE, **other: Any) -> list[tuple[int, int]]:
    request = ExportRequest(**{"asked": asked, "reason": "村内公示核对", **other})
    return list(export_list(desk, request, words, lambda sheet: ListFile(target, sheet)))


def read(target: Path, page: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(target)).get_sheet_by_index(page).to_python()


def test_the_file_names_its_columns_masks_numbers_and_says_who_took_it_and_why(
        office: Office, desk: Desk, words: Words, family: Family, target: Path) -> None:
    assert run(desk, words, target)[-1] == (2, 2)
    mark, titles, *rows = read(target)
    assert mark[0] == "测试经办（示例县医疗保障局）于 2019-09-02 09:30 导出，用途：村内公示核对"
    assert titles == ["姓名", "身份证号", "与户主关系", "户编号", "乡镇", "行政村", "村民小组", "贫困户属性",
                      "联系电话", "2019年度参保"]
    assert rows == [
        ["测试甲", "520625********0015", "户主", "5206250001", "示例镇", "测试村", "二组", "一般贫困户", "", "已参保"],
        ["测试乙", "530521********0025", "配偶", "5206250001", "示例镇", "测试村", "二组", "一般贫困户", "", "已参保"],
    ]
    inside = zipfile.ZipFile(target)
    page = inside.read("xl/worksheets/sheet1.xml").decode()
    assert "村内公示核对" in page[page.index("<oddHeader>"):page.index("</oddHeader>")]
    assert "测试经办" in page[page.index("<oddFooter>"):page.index("</oddFooter>")]
    assert not any(HEAD_ID.encode() in inside.read(name) for name in inside.namelist())
    assert [one.name for one in target.parent.iterdir()] == ["list.xlsx"]


def test_the_audit_trail_keeps_reason_and_count_but_nobodys_name(office: Office, desk: Desk, words: Words,
                                                                 family: Family, target: Path) -> None:
    run(desk, words, target, replace(PEOPLE, typed="测试甲", narrowed=(("village", "测试村"),)))
    with desk.read() as work:
        (row,) = work.audit.of_record("people")
    assert (row.act, row.kind, row.by) == ("export_list", "list", "clerk")
    assert row.detail == {"reason": "村内公示核对", "count": 1, "whole_numbers": False, "narrowed": ["village"],
                          "searched": True}
    assert words(f"act.{row.act}") == "导出列表"


def test_whole_numbers_need_the_role_and_the_choice(office: Office, desk: Desk, words: Words, family: Family,
                                                    target: Path) -> None:
    with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
        run(desk, words, target, whole_numbers=True)
    assert not target.exists()
    run(office.as_(COUNTY), words, target, whole_numbers=True)
    assert [row[1] for row in read(target)[2:]] == [HEAD_ID, WIFE_ID]
    with desk.read() as work:
        assert work.audit.of_record("people")[-1].detail["whole_numbers"] is True


def test_without_a_reason_or_the_role_nothing_is_written(office: Office, desk: Desk, words: Words, family: Family,
                                                         target: Path) -> None:
    for reason in ("", "  ", "字" * 101):
        with pytest.raises(RuleBroken) as refused:
            run(desk, words, target, reason=reason)
        assert refused.value.field == "reason"
    with pytest.raises(RuleBroken, match=r"account\.not_allowed"):
        run(office.as_(Actor("audit", "审计测试", "auditor")), words, target)
    assert list(target.parent.iterdir()) == []
    with desk.read() as work:
        assert work.audit.of_record("people") == ()


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_what_looks_like_a_formula_stays_text(office: Office, desk: Desk, words: Words, target: Path,
                                              start: str) -> None:
    evil = start + "SUM(1+1)*cmd|' /C calc'!A0"
    register_household(desk, household(head(), village=evil))
    run(desk, words, target, replace(PEOPLE, sort=""), reason=start + "1+1")
    mark, _, row = read(target)
    assert row[5] == evil
    assert mark[0].endswith(start + "1+1")
    page = zipfile.ZipFile(target).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    style = zipfile.ZipFile(target).read("xl/styles.xml").decode()
    assert 'quotePrefix="1"' in style


def test_numbers_are_text_so_that_none_is_rounded(office: Office, desk: Desk, words: Words, claim: ClaimMaker,
                                                  target: Path) -> None:
    from backbone_desktop.services.claims import register_claim

    register_claim(desk, claim())
    run(desk, words, target, Asked(name=ListName.CLAIMS))
    titles, row = read(target)[1:]
    cells = dict(zip(titles, row, strict=True))
    assert (cells["总费用"], cells["赔付金额"], cells["状态"]) == ("30,000.00", "4,819.20", "已受理")
    assert all(isinstance(cell, str) for cell in row)
    run(office.as_(COUNTY), words, target.with_name("h.xlsx"), Asked(name=ListName.HOUSEHOLDS), whole_numbers=True)
    assert read(target.with_name("h.xlsx"))[2][:4] == ["5206250001", "测试甲", HEAD_ID, "2"]


def test_a_list_that_is_sorted_and_by_village_stands_so_in_the_file(desk: Desk, words: Words, target: Path) -> None:
    for n, village in enumerate(("第10村", "第2村", "第10村")):
        register_household(desk, household(head(id_no=(HEAD_ID, WIFE_ID, SON_ID)[n]), village=village,
                                           household_no=f"90{3 - n}"))
    run(desk, words, target, Asked(name=ListName.HOUSEHOLDS, by_place=True, sort="household_no"))
    assert [(row[5], row[0]) for row in read(target)[2:]] == [("第2村", "902"), ("第10村", "901"), ("第10村", "903")]


def test_who_breaks_off_leaves_nothing(desk: Desk, words: Words, family: Family, target: Path,
                                       monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_export, "AT_A_TIME", 1)
    steps = export_list(desk, ExportRequest(asked=PEOPLE, reason="核对"), words,
                        lambda sheet: ListFile(target, sheet))
    assert next(steps) == (1, 2)
    assert len(list(target.parent.iterdir())) == 1
    steps.close()
    assert list(target.parent.iterdir()) == []
    with desk.read() as work:
        assert work.audit.of_record("people") == ()


def test_a_search_that_ended_early_is_no_list_to_take_out(desk: Desk, words: Words, family: Family, target: Path,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backbone_desktop.store.listings.CAP", 2)
    with pytest.raises(RuleBroken, match=r"export\.not_all_found"):
        run(desk, words, target, replace(PEOPLE, typed="测试"))
    assert not target.exists()
    run(desk, words, target)
    assert len(read(target)) == 4


def test_a_file_that_is_there_is_not_written_over_unless_it_is_meant(desk: Desk, words: Words, family: Family,
                                                                     target: Path) -> None:
    target.write_text("mine")
    with pytest.raises(RuleBroken, match=r"export\.exists"):
        run(desk, words, target)
    assert target.read_text() == "mine"
    list(export_list(desk, ExportRequest(asked=PEOPLE, reason="核对"), words,
                     lambda sheet: ListFile(target, sheet, replace=True)))
    assert len(read(target)) == 4


def test_a_folder_that_cannot_be_written_is_told(desk: Desk, words: Words, family: Family, target: Path) -> None:
    with pytest.raises(Unavailable, match=r"export\.not_written"):
        run(desk, words, target.parent / "nowhere" / "list.xlsx")


def test_a_disk_that_fills_up_leaves_nothing(desk: Desk, words: Words, family: Family, target: Path,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer is the real one; only its last step meets a disk without room."""
    from xlsxwriter.exceptions import FileCreateError
    from xlsxwriter.workbook import Workbook

    def full(_book: Workbook) -> None:
        raise FileCreateError("no room")

    monkeypatch.setattr(Workbook, "_store_workbook", full)
    with pytest.raises(Unavailable, match=r"export\.not_written"):
        run(desk, words, target)
    assert list(target.parent.iterdir()) == []
    with desk.read() as work:
        assert work.audit.of_record("people") == ()


def test_a_list_longer_than_a_worksheet_goes_on_on_the_next(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    monkeypatch.setattr(list_file, "LONGEST_SHEET", 3)
    file: ListWriter = ListFile(target, Sheet("人员", "某人导出", (("姓名", 12),)))
    file.write([[f"甲{n}"] for n in range(7)])
    file.finish()
    file.keep()
    assert [[row[0] for row in read(target, page)] for page in range(3)] == [
        ["某人导出", "姓名", "甲0", "甲1", "甲2"], ["某人导出", "姓名", "甲3", "甲4", "甲5"],
        ["某人导出", "姓名", "甲6"]]


def test_an_empty_list_has_its_columns(desk: Desk, words: Words, target: Path) -> None:
    run(desk, words, target)
    assert len(read(target)) == 2


def test_a_long_reason_with_signs_fits_the_printed_page(desk: Desk, words: Words, family: Family, target: Path) -> None:
    run(desk, words, target, reason="A&B " * 25)
    assert read(target)[0][0].count("A&B") == 25


def test_the_head_of_the_family_is_exported_in_english_too(desk: Desk, family: Family, target: Path) -> None:
    run(desk, Words.load("en", RESOURCES / "locale"), target)
    assert [row[2] for row in read(target)[2:]] == ["Head", "Spouse"]
