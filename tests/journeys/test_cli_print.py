"""Papers by commands: one or many, of every form that has a subject here, and the log that tells of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.journeys.command_kit import HEAD_ID, WIFE_ID, Commands, family, stay

HEAD, WIFE = ("测试甲", HEAD_ID, "户主"), ("李㛃", WIFE_ID, "配偶")


@pytest.fixture
def numbers(office: Commands) -> dict[str, Any]:
    """A household's number and the numbers of two receipts."""
    home = office.done("household", "add", "--file", office.file("family.json", family(HEAD, WIFE)))
    first = office.done("claim", "add", "--file", office.file("one.json", stay()))
    second = office.done("claim", "add", "--file", office.file("two.json", stay(
        invoice_no="SL0002", admitted="2019-06-01", discharged="2019-06-10", settled="2019-06-10")))
    return {"household": home["household_no"], "receipts": [first["receipt_no"], second["receipt_no"]]}


def text_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def test_many_papers_go_into_one_file_and_the_log(office: Commands, numbers: dict[str, Any]) -> None:
    out = office.files / "all.pdf"
    answer = office.done("print", "receipt", *numbers["receipts"], "--out", str(out))
    assert [paper["number"] for paper in answer["papers"]] == numbers["receipts"]
    pages = text_of(out)
    assert [number in page for number, page in zip(numbers["receipts"], pages, strict=True)] == [True, True]
    log = office.done("print", "log")["prints"]
    assert {(row["form"], row["number"], row["copy"], row["how"], row["paper"]) for row in log} == {
        ("receipt", number, 0, "command", "A5") for number in numbers["receipts"]}


def test_a_folder_takes_a_file_each_and_reprints_say_so(office: Commands, numbers: dict[str, Any]) -> None:
    for copy in (0, 1):
        answer = office.done("print", "receipt", *numbers["receipts"], "--out", str(office.files), "--paper", "A4")
        assert [paper["copy"] for paper in answer["papers"]] == [copy, copy]
    for number in numbers["receipts"]:
        assert "补打1" in text_of(office.files / f"{number}.pdf")[0]
    assert office.done("print", "log", "--find", numbers["receipts"][0])["total"] == 2
    assert office.done("print", "log", "--form", "decision")["total"] == 0


def test_data_alone_and_another_language(office: Commands, numbers: dict[str, Any]) -> None:
    out = office.files / "one.pdf"
    office.done("print", "receipt", numbers["receipts"][0], "--out", str(out), "--parts", "form", "--paper-language",
                "en")
    (page,) = text_of(out)
    assert "ReceiptofClaim" in page
    assert "测试甲" not in page
    office.done("print", "receipt", numbers["receipts"][0], "--out", str(out), "--parts", "data")
    (page,) = text_of(out)
    assert "测试甲" in page
    assert "受理回执" not in page


def test_a_household_is_printed_by_its_number(office: Commands, numbers: dict[str, Any]) -> None:
    out = office.files / "sheet.pdf"
    answer = office.done("print", "household_sheet", numbers["household"], "--out", str(out))
    assert answer["papers"][0]["number"] == numbers["household"]
    assert HEAD_ID not in "".join(text_of(out))


def test_what_cannot_be_printed_is_refused_and_not_counted(office: Commands, numbers: dict[str, Any]) -> None:
    out = str(office.files / "x.pdf")
    assert office.refused("print", "household_sheet", "nobody", "--out", out) == "household.unknown"
    assert office.refused("print", "handover", "520625-A01-20190101-01", "--out", out) == "handover.unknown"
    assert office.refused("print", "publicity", "nowhere", "--out", out) == "village.key_form"
    assert office.refused("print", "receipt", numbers["receipts"][0], "--out", out, "--paper", "B5") == "command.usage"
    before = office.records()
    ran = office("print", "receipt", *numbers["receipts"], "--out", str(office.files / "no such folder" / "x.pdf"))
    assert (ran.code, ran.error) == (3, "command.out_not_written")
    assert office.records() == before
    assert not (office.files / "x.pdf").exists()


def test_what_a_person_reads(office: Commands, numbers: dict[str, Any]) -> None:
    out = office.files / "one.pdf"
    office.done("print", "receipt", numbers["receipts"][0], "--out", str(out))
    ran = office("print", "receipt", numbers["receipts"][0], "--out", str(out), as_json=False)
    assert "补打 1" in ran.out
    log = office("print", "log", as_json=False).out.splitlines()
    assert len(log) == 2
    assert "理赔申请受理回执" in log[0]
    assert "补打 1" in log[0]
    assert "首次" in log[1]
