"""Verifying papers by a command: files, codes, exit codes, and what programs are told."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from backbone_core.receipt import qr_text, read_qr_text
from tests.journeys.command_kit import HEAD_ID, Commands, family, stay


@pytest.fixture
def receipt(office: Commands) -> Path:
    form = family(("测试甲", HEAD_ID, "户主"), household_no="9001")
    office.done("household", "add", "--file", office.file("one.json", form))
    taken = office.done("claim", "add", "--file", office.file("claim.json", stay()))
    out = office.files / "receipt.pdf"
    office.done("receipt", taken["receipt_no"], "--out", str(out))
    return out


def test_a_receipt_that_was_just_printed_is_genuine(office: Commands, receipt: Path) -> None:
    (told,) = office.done("verify", str(receipt))["papers"]
    assert (told["verdict"], told["here"], told["text_compared"], told["wrong"]) == ("genuine", True, True, [])
    assert {fact["name"]: fact["should"] for fact in told["facts"]}["medfee_sumamt"] == "45680.00"
    ran = office("verify", str(receipt), as_json=False)
    assert ran.code == 0
    assert ran.out.startswith("真实  理赔申请受理回执 520625-")
    assert "医疗费总额  45,680.00" in ran.out
    assert HEAD_ID not in ran.out


def code_of(receipt: Path) -> str:
    import zxingcpp

    document = pypdfium2.PdfDocument(receipt)
    picture = document[0].render(scale=3, grayscale=True).to_pil()
    document.close()
    (code,) = zxingcpp.read_barcodes(picture)
    return code.text


def test_a_code_is_taken_as_text_and_each_verdict_has_its_exit_code(office: Commands, receipt: Path) -> None:
    code = code_of(receipt)
    assert office.done("verify", "--code", code)["papers"][0]["reason"] == "verify.look_yourself"
    assert office.done("verify", "-", stdin=f"{code}\n".encode())["papers"][0]["verdict"] == "genuine"
    content = read_qr_text(code)
    altered = office("verify", "--code", qr_text(content.receipt_no, "ab" * 16, content.signature))
    assert (altered.code, altered.answer["ok"]) == (4, False)
    unknown = office("verify", "--code", "BB1:530521-2026-B07-000001-X:" + code.split(":", 2)[2])
    assert unknown.code == 2, "the check character of a made-up number is wrong"
    from backbone_core.receipt import receipt_number

    number = receipt_number("530521", 2026, "B07", 1)
    unknown = office("verify", "--code", qr_text(number, content.content_hash, content.signature))
    assert (unknown.code, unknown.answer["papers"][0]["verdict"]) == (5, "unknown_device")


def test_a_picture_is_read(office: Commands, receipt: Path) -> None:
    document = pypdfium2.PdfDocument(receipt)
    picture = office.files / "photo.jpg"
    document[0].render(scale=2).to_pil().convert("RGB").rotate(180).save(picture)
    document.close()
    (told,) = office.done("verify", str(picture))["papers"]
    assert (told["verdict"], told["source"], told["text_compared"]) == ("genuine", "picture", False)


def test_what_cannot_be_verified_is_refused_in_words(office: Commands, receipt: Path) -> None:
    assert office.refused("verify") == "command.verify_what"
    assert office.refused("verify", str(receipt), "--code", "x") == "command.verify_what"
    assert office.refused("verify", str(office.files / "gone.pdf")) == "verify.file_unreadable"
    assert office.refused("verify", office.file("list.csv", "a,b")) == "verify.file_kind"
    assert office.refused("verify", "--code", "6901234567892") == "receipt.qr_form"
