"""Many receipts in one file: each as if it were alone, all with the same fonts."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from paper_kit import crowded, receipt_data, shapes, squeezed, text_of

from backbone_core.claim import Costs
from backbone_core.errors import Unavailable
from backbone_core.receipt import qr_text, receipt_number
from backbone_desktop.printing.papers import Papers
from backbone_desktop.services.forms import Fit, Form, Parts

UNKNOWN = "\U000323AF"


def numbered(count: int) -> list[str]:
    return [receipt_number("520625", 2026, "A01", number) for number in range(1, count + 1)]


def batch(papers: Papers, *datas: object, paper: str = "A5") -> tuple[bytes, int]:
    out = BytesIO()
    pages = papers.batch(Form.RECEIPT, iter(datas), paper, out)  # type: ignore[arg-type]
    return out.getvalue(), pages


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [squeezed(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("paper", ["A5", "A4"])
def test_every_receipt_says_in_a_batch_what_it_says_alone(papers: Papers, paper: str) -> None:
    datas = [receipt_data(receipt_no=number) for number in numbered(3)]
    datas += [crowded(), receipt_data("en"), receipt_data(member_name="𪚥", copy=2)]
    pdf, pages = batch(papers, *datas, paper=paper)
    alone = [text for data in datas for text in pages_of(papers.receipt(data, paper))]
    assert len(alone) == pages == papers.pages(pdf)
    assert [sorted(text) for text in pages_of(pdf)] == [sorted(text) for text in alone]


def test_the_fonts_stand_once_in_a_batch(papers: Papers) -> None:
    pdf, _ = batch(papers, *(receipt_data(receipt_no=number) for number in numbered(20)))
    assert pdf.count(b"/FontFile2") == papers.receipt(receipt_data(), "A5").count(b"/FontFile2")


def test_the_same_batch_has_the_same_bytes(papers: Papers) -> None:
    datas = [receipt_data(receipt_no=number) for number in numbered(5)]
    assert batch(papers, *datas) == batch(papers, *datas)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("paper", ["A5", "A4"])
def test_the_form_alone_is_the_same_for_everybody(papers: Papers, paper: str, language: str) -> None:
    """So a batch writes it once, and it can be printed ahead."""
    usual = receipt_data(language)
    other = receipt_data(language, receipt_no=numbered(9)[-1], member_name="王示例", id_no_masked="520625********0023",
                         received_at=usual.received_at + timedelta(days=3), received_by="另一人", copy=1,
                         benefit=99999, qr=qr_text(numbered(9)[-1], "6f" * 32, bytes(64)), costs=Costs(maf_pay=7))
    one, two = (papers.form(Form.RECEIPT, data, paper, Fit(Parts.FORM)) for data in (usual, other))
    assert pages_of(one) == pages_of(two)
    assert shapes(one) == shapes(two)


def test_no_receipts_make_no_file(papers: Papers) -> None:
    assert batch(papers) == (b"", 0)


def test_a_receipt_is_drawn_when_its_turn_comes(papers: Papers) -> None:
    """A caller can tell how far the batch is, and stop it."""
    asked = 0

    def some() -> object:
        nonlocal asked
        for number in numbered(3):
            asked += 1
            yield receipt_data(receipt_no=number)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        papers.batch(Form.RECEIPT, some(), "A5", BytesIO())  # type: ignore[arg-type]
    assert asked == 3


def test_a_character_without_a_font_stops_the_batch(papers: Papers) -> None:
    with pytest.raises(Unavailable) as caught:
        batch(papers, receipt_data(), receipt_data(member_name=f"张{UNKNOWN}"))
    assert caught.value.facts["codepoint"] == "U+323AF"


def test_each_receipt_counts_its_own_pages(papers: Papers) -> None:
    pdf, pages = batch(papers, receipt_data(), crowded())
    text = squeezed(text_of(pdf))
    assert "第1页共1页" in text
    assert f"第{pages - 1}页共{pages - 1}页" in text
