"""Whatever length and script the texts of a receipt have: they fit or wrap, are there whole, and touch nothing."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from paper_kit import NUMBER, receipt_data, shapes, squeezed, text_of, texts

from backbone_desktop.printing.papers import Papers
from backbone_desktop.printing.preview import page_size
from backbone_desktop.services.forms import PAPERS, Form

SHEETS = PAPERS[Form.RECEIPT]
HAN = "示例县镇村组人民医院脑梗死高血压病慢性阻塞性肺疾病急性加重买提吐尔逊一二三四五六七八九十"
RARE = "䶮㛃𬭎𠮷𪚥𫍯𬘡"
LATIN = "ABCabcdefghijklmnoprstuvwz"
MARKS = "，。、；：（）《》“”·…—"
WORDS = st.text(st.sampled_from(HAN + RARE + LATIN + "0123456789 " + MARKS), min_size=1)
NAMES = st.text(st.sampled_from(HAN + RARE), min_size=1, max_size=100) | st.lists(
    st.text(st.sampled_from(HAN), min_size=1, max_size=9), min_size=2, max_size=12).map("·".join)


def lengthened(most: int) -> st.SearchStrategy[str]:
    """Texts of every length up to `most`, long ones as likely as short ones."""
    return st.tuples(WORDS, st.integers(1, most)).map(lambda drawn: (drawn[0] * most)[: drawn[1]].strip() or "示例")


FACTS = st.fixed_dictionaries({
    "member_name": NAMES, "head_name": NAMES, "village_line": lengthened(160), "hospital": lengthened(100),
    "diagnosis": lengthened(700), "office": lengthened(60), "received_by": NAMES.map(lambda name: name[:30]),
})
PLAIN = {"member_name": "测试", "head_name": "测试", "village_line": "示例镇", "hospital": "示例医院",
         "diagnosis": "示例", "office": "示例局", "received_by": "测试"}
LONGEST = {"member_name": "示" * 100, "head_name": "阿卜杜·" * 24 + "测试", "village_line": "示例村" * 53,
           "hospital": "医院" * 50, "diagnosis": "慢性肾脏病5期；" * 87, "office": "示例局" * 20,
           "received_by": "测" * 30}
UNBROKEN = {**PLAIN, "hospital": "W" * 100, "diagnosis": "w" * 700, "village_line": "M" * 160, "office": "W" * 60}


def stretches(text: str, said: str) -> int:
    """In how many stretches a text stands on the pages: one, or one more for each page that it goes over to."""
    found = 0
    while text:
        size = bisect_left(range(1, len(text) + 1), True, key=lambda size: text[:size] not in said)
        assert size > 0, f"{text[:9]} is missing"
        text, found = text[size:], found + 1
    return found


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("paper", SHEETS)
@example(facts=LONGEST)
@example(facts=UNBROKEN)
@example(facts={**PLAIN, "diagnosis": "\n".join(f"第{n}行：示例诊断" for n in range(1, 19))})
@example(facts={**PLAIN, "member_name": "𪚥" * 60, "diagnosis": "（（（）））" * 60})
@given(facts=FACTS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_long_texts_fit_or_wrap(papers: Papers, paper: str, language: str, facts: dict[str, Any]) -> None:
    pdf = papers.receipt(receipt_data(language, **facts), paper)
    width, height = page_size(pdf, 0)
    pages = papers.pages(pdf)
    for written, drawn in zip(texts(pdf), shapes(pdf), strict=True):
        lines = [mark for mark in drawn if min(mark.width, mark.height) < 0.5]
        for place, text in enumerate(written):
            assert text.left > 8
            assert text.right < width - 8
            assert text.top > 3
            assert text.bottom < height - 3
            assert not [other for other in written[place + 1 :] if text.meets(other, by=0.15)]
            assert not [line for line in lines if text.meets(line, by=0.12)]
    said = squeezed(text_of(pdf))
    assert said.count(NUMBER) == pages
    for name in ("member_name", "head_name", "village_line", "hospital", "diagnosis"):
        assert stretches(squeezed(facts[name]), said) <= (pages if name == "diagnosis" else 1)
