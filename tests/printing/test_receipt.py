"""The receipt: what it says, that it says it the same way each time, and that nothing on it touches anything else."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from paper_kit import (
    NUMBER,
    PERSONAL,
    crowded,
    receipt_data,
    shapes,
    squeezed,
    text_by_poppler,
    text_of,
    texts,
)

from backbone_desktop.printing.papers import Papers
from backbone_desktop.printing.preview import page_size
from backbone_desktop.services.forms import PAPERS, Form

GOLDEN = Path(__file__).parent / "golden"
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SHEETS = pytest.mark.parametrize("paper", PAPERS[Form.RECEIPT])
LANGUAGES = pytest.mark.parametrize("language", ["zh_CN", "en"])


@SHEETS
@LANGUAGES
def test_every_word_is_the_golden_one(papers: Papers, paper: str, language: str) -> None:
    """BACKBONE_GOLDEN=write keeps what is printed now; look at the pages before keeping it."""
    golden = GOLDEN / f"receipt_{paper}_{language}.txt"
    found = text_of(papers.receipt(receipt_data(language), paper)).replace("\r\n", "\n")
    if os.environ.get("BACKBONE_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found + "\n", encoding="utf-8")
    assert squeezed(found) == squeezed(golden.read_text(encoding="utf-8"))


@SHEETS
@LANGUAGES
def test_two_readers_read_the_same(papers: Papers, paper: str, language: str) -> None:
    pdf = papers.receipt(receipt_data(language), paper)
    other = text_by_poppler(pdf)
    if other is None:
        pytest.skip("pdftotext is not on this machine")
    assert sorted(squeezed(other)) == sorted(squeezed(text_of(pdf)))


@SHEETS
@LANGUAGES
def test_the_same_data_give_the_same_bytes(papers: Papers, paper: str, language: str) -> None:
    data = receipt_data(language)
    first = papers.receipt(data, paper)
    papers.receipt(crowded(), "A4")  # what was printed in between leaves no trace
    assert papers.receipt(data, paper) == first
    assert Papers(RESOURCES).receipt(data, paper) == first


def test_each_amount_stands_by_its_name(papers: Papers) -> None:
    text = squeezed(text_of(papers.receipt(receipt_data(), "A4")))
    for name, amount in (
        ("医疗费总额", "45,680.00"), ("基本医疗保险统筹基金支出", "28,000.00"), ("医疗救助基金支出", "2,000.00"),
        ("个人现金支出", "12,180.00"), ("医院负担金额", "0.00"), ("（大写）", "人民币肆万伍仟陆佰捌拾元整"),
        ("（暂定，以核赔结论为准）", "¥6,168.00人民币陆仟壹佰陆拾捌元整"),
    ):
        assert name + amount in text


@SHEETS
def test_the_sheet_has_its_size_and_nothing_stands_outside_its_margins(papers: Papers, paper: str) -> None:
    pdf = papers.receipt(receipt_data(), paper)
    width, height = page_size(pdf, 0)
    sheets = {"A5": (210, 148), "A4": (210, 297), "241x140": (241, 140)}
    assert (width, height) == pytest.approx(sheets[paper], abs=0.01)
    for mark in (*texts(pdf)[0], *shapes(pdf)[0]):
        assert mark.left > 9
        assert mark.right < width - 9
        assert mark.top > 4
        assert mark.bottom < height - 4


@SHEETS
def test_there_is_room_for_hands_and_seal(papers: Papers, paper: str) -> None:
    """Two signatures 60 × 12, a fingerprint 25 × 30 and a seal 45 mm across, all empty but for office and date."""
    pdf = papers.receipt(receipt_data(), paper)
    line = 0.35  # the frame's own width
    spaces = {
        size: [mark for mark in shapes(pdf)[0]
               if (mark.width, mark.height) == pytest.approx((size[0] + line, size[1] + line), abs=0.1)]
        for size in ((60, 12), (25, 30), (45, 45))
    }
    assert [len(found) for found in spaces.values()] == [2, 1, 1]
    written = texts(pdf)[0]
    for hand in (*spaces[60, 12], *spaces[25, 30]):
        assert not any(hand.meets(text, by=0.1) for text in written)
    assert sum(spaces[45, 45][0].meets(text, by=0.1) for text in written) == 3


@SHEETS
@LANGUAGES
@pytest.mark.parametrize("make", [receipt_data, crowded])
def test_nothing_touches(papers: Papers, paper: str, language: str, make: object) -> None:
    pdf = papers.receipt(make(language), paper)  # type: ignore[operator]
    for written, drawn in zip(texts(pdf), shapes(pdf), strict=True):
        lines = [mark for mark in drawn if min(mark.width, mark.height) < 0.5]
        for place, text in enumerate(written):
            assert not [other for other in written[place + 1 :] if text.meets(other, by=0.15)]
            assert not [line for line in lines if text.meets(line, by=0.1)]


@SHEETS
@LANGUAGES
def test_a_fuller_claim_goes_on_under_the_same_head(papers: Papers, paper: str, language: str) -> None:
    data = crowded(language)
    pdf = papers.receipt(data, paper)
    pages = papers.pages(pdf)
    assert 1 < pages <= 4
    whole = squeezed(text_of(pdf))
    for once in (data.hospital, data.diagnosis, data.village_line, data.member_name, data.head_name):
        assert once in whole
    assert whole.count(NUMBER) == pages
    assert whole.count(data.office) == pages + 1  # and once in the seal
    for number in range(1, pages + 1):
        assert (f"第{number}页共{pages}页" if language == "zh_CN" else f"Page{number}of{pages}") in whole
    assert whole.count("户口簿首页及本人页复印件") == 11


def test_a_receipt_of_the_usual_length_takes_one_sheet(papers: Papers) -> None:
    for language in ("zh_CN", "en"):
        for paper in PAPERS[Form.RECEIPT]:
            assert papers.pages(papers.receipt(receipt_data(language), paper)) == 1


def test_a_sheet_in_three_parts_says_which_part_stays_where(papers: Papers) -> None:
    three = squeezed(text_of(papers.receipt(receipt_data(), "241x140")))
    assert "第一联经办单位存档，第二联交申请人，第三联随申请材料上报" in three
    assert "一式三联" not in squeezed(text_of(papers.receipt(receipt_data(), "A5")))


def test_a_reprint_says_so(papers: Papers) -> None:
    assert "补打" not in text_of(papers.receipt(receipt_data(), "A5"))
    assert squeezed("补打 2") in squeezed(text_of(papers.receipt(receipt_data(copy=2), "A5")))
    assert "Reprint 2" in text_of(papers.receipt(receipt_data("en", copy=2), "A5"))


def test_what_is_missing_and_what_is_not(papers: Papers) -> None:
    some = squeezed(text_of(papers.receipt(receipt_data(), "A5")))
    assert "已收材料住院发票费用清单医保结算单身份证待补材料委托书" in some
    complete = squeezed(text_of(papers.receipt(receipt_data(documents_missing=()), "A5")))
    assert "待补材料无" in complete


def test_ticks_are_drawn(papers: Papers) -> None:
    """A tick is a line in its box, so no font has to have it; one more paper is one more box and one more tick."""
    def drawn(**other: object) -> int:
        return len(shapes(papers.receipt(receipt_data(**other), "A4"))[0])

    fewer = drawn(documents_in=("INVOICE", "COST_LIST"))
    assert drawn(documents_in=("INVOICE", "COST_LIST", "ID")) == fewer + 2
    assert drawn(documents_in=("INVOICE", "COST_LIST"), documents_missing=("PROXY", "ID")) == fewer + 1


def test_an_amount_that_is_decided_or_open(papers: Papers) -> None:
    decided = text_of(papers.receipt(receipt_data(provisional=False, decided_amount=500000), "A5"))
    assert "暂定" not in decided
    assert "¥5,000.00" in decided
    still_open = text_of(papers.receipt(receipt_data(benefit=None, trace=()), "A5"))
    assert "待核定" in still_open
    assert "¥" not in still_open


def test_a_document_without_the_countys_name_has_the_catalogues(papers: Papers) -> None:
    data = receipt_data(document_texts={}, documents_missing=())
    text = text_of(papers.receipt(replace(data, documents_in=("BANK_CARD",)), "A5"))
    assert papers._in("zh_CN")("document.BANK_CARD") in text


@SHEETS
def test_no_personal_data_outside_the_pages(papers: Papers, paper: str) -> None:
    import pypdfium2

    pdf = papers.receipt(receipt_data(), paper)
    document = pypdfium2.PdfDocument(pdf)
    try:
        said = document.get_metadata_dict()
    finally:
        document.close()
    assert NUMBER in said["Title"]
    assert said["Author"] == "示例县医疗保障局"
    assert not said["CreationDate"]
    for value in said.values():
        assert not any(word in value for word in PERSONAL)
    pdf = pdf[: pdf.rindex(b"xref\n0 ")]  # the table of places is nothing but figures
    for word in PERSONAL:
        assert word.encode() not in pdf
        assert word.encode("utf-16-be") not in pdf


def test_a_reader_prints_it_at_its_own_size(papers: Papers) -> None:
    assert b"/PrintScaling /None" in papers.receipt(receipt_data(), "A5")
