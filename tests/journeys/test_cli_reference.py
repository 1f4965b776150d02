"""Reference data by commands: what ships, what a file would bring, importing it, and taking it out."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.command_kit import Commands


def test_a_list_is_checked_imported_listed_and_taken_out(office: Commands, tmp_path: Path) -> None:
    shown = office.done("reference", "list")
    assert shown["packaged"]["edition"] == "2023-06-30"
    assert shown["places"] == {"county": "520625", "edition": "2023-06-30", "imported": False, "townships": 17,
                               "villages": 377}
    path = tmp_path / "医保版疾病诊断.csv"
    path.write_text("诊断代码,诊断名称\nI63.900,脑梗死\nI63.900,脑出血\n,肺炎\n", "gb18030")
    tried = office.done("reference", "check", "diagnosis", str(path))
    assert tried["counts"] == {"taken": 1, "repeated": 0, "refused": 2}
    assert [row["findings"][0]["code"] for row in tried["rows"][1:]] == ["reference.code_twice",
                                                                         "reference.code_missing"]
    assert office.query("SELECT count(*) FROM reference_entry") == [(0,)]
    made = office.done("reference", "import", "diagnosis", str(path))
    assert (made["edition"], made["count"]) == ("医保版疾病诊断", 1)
    listed = office.done("reference", "list")
    assert listed["counts"] == {"hospital": 0, "diagnosis": 1}
    assert listed["editions"] == [made]
    office.done("reference", "remove", made["edition_id"])
    assert office.done("reference", "list")["editions"] == []
    assert office.refused("reference", "import", "hospital", str(path)) == "reference.no_header"
