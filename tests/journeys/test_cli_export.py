"""Lists taken out by commands: narrowed, sorted, by village; what is refused writes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.journeys.command_kit import HEAD_ID, WIFE_ID, Commands


@pytest.fixture
def two(office: Commands) -> Commands:
    for village, head in (("第10村", {"name": "测试甲", "id_no": HEAD_ID, "relation": "户主"}),
                          ("第2村", {"name": "测试乙", "id_no": WIFE_ID, "relation": "户主"})):
        form = {"township": "示例镇", "village": village, "poverty_type": "一般贫困户", "members": [head]}
        file = office.files / "household.json"
        file.write_text(json.dumps(form), "utf-8")
        office.done("household", "add", "--file", str(file))
    return office


def read(file: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()


def test_a_list_is_written_narrowed_sorted_and_by_village(two: Commands, tmp_path: Path) -> None:
    people = tmp_path / "people.xlsx"
    answer = two.done("export", "people", "--out", str(people), "--reason", "村内公示", "--by-village")
    assert (answer["count"], answer["file"], answer["whole_numbers"]) == (2, str(people), False)
    mark, titles, *rows = read(people)
    assert mark[0].endswith("用途：村内公示")
    assert [(row[titles.index("姓名")], row[titles.index("行政村")]) for row in rows] == [
        ("测试乙", "第2村"), ("测试甲", "第10村")]
    assert [row[1] for row in rows] == ["530521********0025", "520625********0015"]

    one = tmp_path / "one.xlsx"
    assert two.done("export", "households", "--out", str(one), "--reason", "核对", "--village", "第10村",
                    "--township", "示例镇", "--cover", "covered", "--sort", "head", "--whole-numbers")["count"] == 1
    assert read(one)[2][2] == HEAD_ID
    assert two.done("export", "people", "--out", str(tmp_path / "z.xlsx"), "--reason", "核对", "--find", "csy",
                    "--descending")["count"] == 1
    assert two.done("export", "claims", "--out", str(tmp_path / "c.xlsx"), "--reason", "核对", "--state",
                    "draft")["count"] == 0
    acts = two.query("SELECT record_id FROM audit WHERE act = 'export_list' ORDER BY seq")
    assert acts == [("people",), ("households",), ("people",), ("claims",)]


@pytest.mark.parametrize(("arguments", "code"), [
    (("people", "--reason", " "), "export.reason_missing"),
    (("people", "--reason", "核对", "--sort", "benefit"), "list.sort_unknown"),
    (("people", "--reason", "核对", "--state", "draft"), "list.filter_unknown"),
    (("people",), "command.usage"), (("pensions", "--reason", "核对"), "command.usage"),
    (("people", "--reason", "核对", "--cover", "some"), "command.usage"),
])
def test_what_cannot_be_exported_is_refused(two: Commands, tmp_path: Path, arguments: tuple[str, ...],
                                            code: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert two.refused("export", *arguments, "--out", str(folder / "list.xlsx")) == code
    assert list(folder.iterdir()) == []


def test_a_file_that_is_there_stays_as_it_is(two: Commands, tmp_path: Path) -> None:
    there = tmp_path / "there.xlsx"
    there.write_text("mine")
    assert two.refused("export", "people", "--reason", "核对", "--out", str(there)) == "export.exists"
    assert there.read_text() == "mine"
