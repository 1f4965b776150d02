"""Scans by command: added by content, listed, saved for their owner alone, one bad page leaving the others."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest

from backbone_core.attachment import MOST_BYTES
from tests.journeys.command_kit import HEAD_ID, Commands, family, stay
from tests.scanning.scan_kit import CODE, codes_on, jpeg, packed, png_that_says_it_is, sheet, tiff


@pytest.fixture
def number(office: Commands) -> str:
    form = family(("测试甲", HEAD_ID, "户主"), household_no="9001")
    office.done("household", "add", "--file", office.file("one.json", form))
    return str(office.done("claim", "add", "--file", office.file("claim.json", stay()))["receipt_no"])


def add(office: Commands, number: str, *files: str, document: str = "INVOICE") -> dict[str, list[dict[str, object]]]:
    return office.done("attachment", "add", number, *files, "--document", document)


def test_pages_go_in_and_come_out_legible_for_their_owner_alone(office: Commands, number: str) -> None:
    given = packed(sheet("测试甲 520625198001010015"), "PNG", pnginfo=None)
    file = office.file("a telephone's own name.jpg", given)
    (added,) = add(office, number, file, document="SETTLEMENT_SHEET")["added"]
    assert (added["original"], added["page"], added["again"]) == ("png", 1, False)
    assert len(add(office, number, office.file("two.tif", tiff(2)))["added"]) == 2
    listed = office.done("attachment", "list", number)["attachments"]
    assert [(one["document"], one["page"]) for one in listed] == [
        ("INVOICE", 1), ("INVOICE", 2), ("SETTLEMENT_SHEET", 1)]
    out = office.files / "out"
    got = office.done("attachment", "get", number, "--out", str(out))["files"]
    names = sorted(path.name for path in out.iterdir())
    assert names == [f"{number}-INVOICE-01.jpg", f"{number}-INVOICE-02.jpg", f"{number}-SETTLEMENT_SHEET-01.jpg"]
    for one in got:
        path = Path(one["file"])
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert hashlib.sha256(path.read_bytes()).hexdigest() == one["sha256"]
        assert len(path.read_bytes()) == one["size"] <= MOST_BYTES
    assert codes_on((out / names[2]).read_bytes()) == [CODE]
    assert office.refused("attachment", "get", number, "--out", str(out)) == "scan.file_exists"
    assert office.query("SELECT count(*) FROM audit WHERE act = 'take_out_scan'") == [(3,)]


def test_a_bad_page_is_named_and_the_others_stay(office: Commands, number: str) -> None:
    import io

    from PIL import Image

    whole = bytearray(tiff(3, compression="tiff_lzw"))
    with Image.open(io.BytesIO(whole)) as read:
        read.seek(1)
        start, length = read.tag_v2[273][0], read.tag_v2[279][0]
    whole[start : start + length] = b"\xff" * length
    ran = office("attachment", "add", number, office.file("three.tif", bytes(whole)), "--document", "INVOICE")
    assert ran.code == 2
    told = ran.answer
    assert ([one["page"] for one in told["broken"]], len(told["added"])) == ([2], 2)
    assert told["broken"][0]["code"] == "scan.broken"


def test_the_same_picture_is_told(office: Commands, number: str) -> None:
    path = office.file("one.jpg", jpeg())
    add(office, number, path)
    (again,) = add(office, number, path, document="COST_LIST")["added"]
    assert (again["again"], again["document"]) == (True, "INVOICE")


def test_what_is_no_scan_is_refused_and_nothing_is_kept(office: Commands, number: str) -> None:
    before = office.query("SELECT count(*) FROM attachment")
    for name, content, code in (("x.jpg", b"text", "scan.kind"), ("y.png", png_that_says_it_is(20000, 20000),
                                                                  "scan.large_picture"), ("z.pdf", b"", "scan.empty")):
        file = office.file(name, content)
        assert office.refused("attachment", "add", number, file, "--document", "INVOICE") == code
    good = office.file("good.jpg", jpeg())
    assert office.refused("attachment", "add", number, good, "--document", "NONE") == "scan.document_unknown"
    assert office.refused("attachment", "get", number, "--out", str(office.files / "o")) == "scan.none"
    assert office.query("SELECT count(*) FROM attachment") == before


def test_a_draft_has_its_paper_ticked_unless_that_is_not_wanted(office: Commands, number: str) -> None:
    form = {**stay(), "documents": [], "invoice_no": "ANOTHER1"}
    draft = office.done("claim", "add", "--draft", "--file", office.file("draft.json", form))["claim_id"]
    path = office.file("one.jpg", jpeg())
    office.done("attachment", "add", draft, path, "--document", "INVOICE", "--no-tick")
    assert office.done("claim", "show", draft)["documents"] == []
    office.done("attachment", "add", draft, office.file("two.jpg", jpeg("two")), "--document", "INVOICE")
    assert office.done("claim", "show", draft)["documents"] == ["INVOICE"]
