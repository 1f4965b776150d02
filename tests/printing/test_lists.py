"""The lists: what they say, that they say it the same way each time, and that nothing on them touches anything else."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from lists_kit import (
    crowded_handover,
    crowded_payments,
    crowded_publicity,
    crowded_renewal,
    handover_data,
    payments_data,
    publicity_data,
    renewal_data,
)
from paper_kit import shapes, squeezed, text_by_poppler, text_of, texts

from backbone_core.errors import Unavailable
from backbone_desktop.printing.paper import PAPERS
from backbone_desktop.printing.papers import Papers
from backbone_desktop.printing.preview import page_size
from backbone_desktop.services.forms import Fit, Form, Parts

GOLDEN = Path(__file__).parent / "golden"
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
LANGUAGES = pytest.mark.parametrize("language", ["zh_CN", "en", "zh_CN+en"])


@dataclass(frozen=True)
class Case:
    name: str
    form: Form
    paper: str
    usual: Callable[[str], Any]
    crowded: Callable[[str], Any]
    seals: int
    hands: int


CASES = (
    Case("handover", Form.HANDOVER, "A4L", handover_data, crowded_handover, 2, 4),
    Case("publicity", Form.PUBLICITY, "A4", publicity_data, crowded_publicity, 1, 0),
    Case("publicity", Form.PUBLICITY, "A3", publicity_data, crowded_publicity, 1, 0),
    Case("payments", Form.PUBLICITY, "A4", payments_data, crowded_payments, 1, 0),
    Case("renewal", Form.RENEWAL, "A4L", renewal_data, crowded_renewal, 2, 4),
)
LISTS = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name}-{case.paper}")


@LISTS
@LANGUAGES
def test_every_word_is_the_golden_one(papers: Papers, case: Case, language: str) -> None:
    """BACKBONE_GOLDEN=write keeps what is printed now; look at the pages before keeping it."""
    golden = GOLDEN / f"{case.name}_{case.paper}_{language}.txt"
    found = text_of(papers.form(case.form, case.usual(language), case.paper)).replace("\r\n", "\n")
    if os.environ.get("BACKBONE_GOLDEN") == "write":
        golden.write_text(found + "\n", encoding="utf-8")
    assert squeezed(found) == squeezed(golden.read_text(encoding="utf-8"))


@LISTS
@LANGUAGES
@pytest.mark.parametrize("crowded", [False, True])
def test_two_readers_read_the_same(papers: Papers, case: Case, language: str, crowded: bool) -> None:
    pdf = papers.form(case.form, (case.crowded if crowded else case.usual)(language), case.paper)
    other = text_by_poppler(pdf)
    if other is None:
        pytest.skip("pdftotext is not on this machine")
    assert sorted(squeezed(other)) == sorted(squeezed(text_of(pdf)))


@LISTS
def test_the_same_data_give_the_same_bytes(papers: Papers, case: Case) -> None:
    data = case.usual("zh_CN")
    first = papers.form(case.form, data, case.paper)
    papers.form(case.form, case.crowded("en"), case.paper)  # what was printed in between leaves no trace
    assert papers.form(case.form, data, case.paper) == first == Papers(RESOURCES).form(case.form, data, case.paper)


@LISTS
@LANGUAGES
@pytest.mark.parametrize("crowded", [False, True])
def test_nothing_touches_and_nothing_leaves_the_margins(papers: Papers, case: Case, language: str,
                                                        crowded: bool) -> None:
    pdf = papers.form(case.form, (case.crowded if crowded else case.usual)(language), case.paper)
    paper = PAPERS[case.paper]
    assert page_size(pdf, 0) == pytest.approx((paper.width, paper.height), abs=0.01)
    for written, drawn in zip(texts(pdf), shapes(pdf), strict=True):
        lines = [mark for mark in drawn if min(mark.width, mark.height) < 0.5]
        for place, text in enumerate(written):
            assert not [other for other in written[place + 1 :] if text.meets(other, by=0.15)]
            assert not [line for line in lines if text.meets(line, by=0.1)]
        for mark in (*written, *drawn):
            assert mark.left > paper.side - 0.5
            assert mark.right < paper.width - paper.side + 0.5
            assert mark.top > paper.top - 2
            assert mark.bottom < paper.height - paper.bottom + 2


@LISTS
@LANGUAGES
def test_a_long_list_goes_on_under_the_same_heads(papers: Papers, case: Case, language: str) -> None:
    data = case.crowded(language)
    pdf = papers.form(case.form, data, case.paper)
    pages = papers.pages(pdf)
    assert pages > 2
    text = squeezed(text_of(pdf))
    words = papers._in(language)
    for number in range(1, pages + 1):
        assert squeezed(words("form.page", number=number, of=pages)) in text
    assert text.count(squeezed(words("form.list.page_sum"))) == pages
    assert text.count(data.number) == pages  # in two languages too
    assert text.count(squeezed(words("form.reprint", n=data.copy))) == pages


@LISTS
@pytest.mark.parametrize("crowded", [False, True])
def test_there_is_room_for_hands_and_seals_on_the_last_page_alone(papers: Papers, case: Case, crowded: bool) -> None:
    pdf = papers.form(case.form, (case.crowded if crowded else case.usual)("zh_CN"), case.paper)
    line = 0.35
    for page, (drawn, written) in enumerate(zip(shapes(pdf), texts(pdf), strict=True), 1):
        hands, seals = (
            [mark for mark in drawn if (mark.width, mark.height) == pytest.approx((w + line, h + line), abs=0.1)]
            for w, h in ((60, 12), (45, 45)))
        wanted = (case.hands, case.seals) if page == papers.pages(pdf) else (0, 0)
        assert (len(hands), len(seals)) == wanted
        for hand in hands:
            assert not any(hand.meets(text, by=0.1) for text in written)


@LISTS
def test_form_and_data_are_apart(papers: Papers, case: Case) -> None:
    data = case.usual("zh_CN")
    whole, form, filled = (squeezed(text_of(papers.form(case.form, data, case.paper, Fit(parts)))) for parts in Parts)
    assert sorted(form + filled) == sorted(whole)
    assert "序号" in form
    assert "序号" not in filled


@LISTS
def test_a_character_without_a_font_stops_the_list_before_its_first_page(papers: Papers, case: Case) -> None:
    data = case.crowded("zh_CN")
    last = data.rows[-1]
    field = "patient" if hasattr(last, "patient") else "name"
    data = replace(data, rows=(*data.rows[:-1], replace(last, **{field: "张\U000323af"})))
    with pytest.raises(Unavailable) as caught:
        papers.form(case.form, data, case.paper)
    assert caught.value.facts["codepoint"] == "U+323AF"


@LISTS
def test_no_personal_data_outside_the_pages(papers: Papers, case: Case) -> None:
    import pypdfium2

    data = case.usual("zh_CN")
    document = pypdfium2.PdfDocument(papers.form(case.form, data, case.paper))
    said = document.get_metadata_dict()
    document.close()
    assert data.number in said["Title"]
    assert not any("示例镇" in value or "李" in value for value in said.values())
