"""Papers in Chinese with English beneath: both are there, and neither touches anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from paper_kit import crowded, receipt_data, squeezed, text_of, texts

from backbone_desktop.printing.papers import Papers
from backbone_desktop.services.forms import Form
from backbone_desktop.words.both import BENEATH, Both

LOCALE = Path(__file__).resolve().parents[2] / "resources" / "locale"
BOTH = "zh_CN+en"


@pytest.mark.parametrize("paper", ["A5", "A4"])
def test_each_name_stands_there_in_both(papers: Papers, paper: str) -> None:
    text = squeezed(text_of(papers.form(Form.RECEIPT, replace(receipt_data(), language=BOTH), paper)))
    for chinese, english in (("理赔申请受理回执", "ReceiptofClaim"), ("户主姓名", "Head"), ("已收材料", "Handedin"),
                             ("医疗费总额", "Totalmedicalcost"), ("配偶", "Spouse"), ("申请信息", "Claim")):
        assert chinese in text
        assert english in text
    assert BENEATH not in text


@pytest.mark.parametrize("paper", ["A5", "A4"])
@pytest.mark.parametrize("data", [receipt_data(), crowded()], ids=["usual", "crowded"])
def test_nothing_touches_anything(papers: Papers, paper: str, data: object) -> None:
    pdf = papers.form(Form.RECEIPT, replace(data, language=BOTH), paper)  # type: ignore[type-var]
    for page in texts(pdf):
        for number, mark in enumerate(page):
            assert mark.left > 9
            assert not [other for other in page[number + 1 :] if mark.meets(other, by=0.3)]


def test_a_fact_that_is_a_word_itself_goes_into_each_sentence_in_its_own_language() -> None:
    words = Both.load(BOTH, LOCALE)
    said = words("form.receipt.office", office=words("配偶"))
    assert said.split(BENEATH) == ["受理单位：配偶", "Office: Spouse"]


def test_one_language_alone_is_that_languages_words() -> None:
    assert Both.load("en", LOCALE)("form.receipt.title") == "Receipt of Claim"
    assert Both.load(BOTH, LOCALE).language == "zh_CN"
