"""Pre-printed forms: what is printed as data and what as form make up the whole, and nothing stands in both."""

from __future__ import annotations

from collections import Counter

import pytest
import zxingcpp
from paper_kit import NUMBER, crowded, receipt_data, text_of

from backbone_desktop.printing.papers import Papers
from backbone_desktop.services.forms import PAPERS, Fit, Form, Parts
from backbone_desktop.services.receipts import ReceiptData

SHEETS = [(paper, language) for paper in PAPERS[Form.RECEIPT] for language in ("zh_CN", "en")]


def parted(papers: Papers, data: ReceiptData, paper: str) -> tuple[str, str, str]:
    """The receipt whole, the form alone and the data alone, as text without gaps."""
    whole, form, filled = ("".join(text_of(papers.form(Form.RECEIPT, data, paper, Fit(parts=part))).split())
                           for part in (Parts.BOTH, Parts.FORM, Parts.DATA))
    return whole, form, filled


@pytest.mark.parametrize(("paper", "language"), SHEETS)
def test_form_and_data_together_are_the_whole(papers: Papers, paper: str, language: str) -> None:
    for data in (receipt_data(language, copy=2), crowded(language)):
        whole, form, filled = parted(papers, data, paper)
        assert Counter(whole) == Counter(form) + Counter(filled)


def test_every_datum_is_printed_as_data_and_no_label(papers: Papers) -> None:
    _, form, filled = parted(papers, receipt_data(copy=1), "A5")
    data = ("李㛃", "张示例", NUMBER, "2026-09-1409:15", "示例县医疗保障局", "演示员", "2026年9月14日", "补打1",
            "6,168.00", "45,680.00", "人民币陆仟壹佰陆拾捌元整", "脑梗死（示例）", "第1页")
    labels = ("受理单位：", "受理时间：", "编号：", "经办人（签字）：", "理赔申请受理回执", "患者姓名",
              "申请人（签字）", "扫码核验")
    for text in data:
        assert text in filled
        assert text not in form
    for text in labels:
        assert text in form
        assert text not in filled


def test_the_code_that_proves_the_paper_is_data(papers: Papers) -> None:
    data = receipt_data()

    def codes(parts: Parts) -> list[str]:
        width, height, pixels = papers.image(papers.form(Form.RECEIPT, data, "A5", Fit(parts=parts)), 0, 2480)
        found = zxingcpp.read_barcodes(memoryview(bytes(pixels[1::4])).cast("B", (height, width)))
        return [one.text for one in found]

    assert codes(Parts.DATA) == [data.qr]
    assert codes(Parts.FORM) == []
