"""The household card: who is covered, how they claim, and a code; on A5 and on a third of continuous paper."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import form_checks as check
import pytest
from card_kit import FAMILY, bare, card, crowded_card
from household_kit import NUMBER
from paper_kit import shapes, squeezed, text_of, texts

from backbone_desktop.printing.papers import Papers
from backbone_desktop.services.contacts import OfficeContacts
from backbone_desktop.services.forms import AS_IT_IS, Fit, Form
from backbone_desktop.services.household_card import CardPaper

LANGUAGES = pytest.mark.parametrize("language", ["zh_CN", "en"])
ALL = pytest.mark.parametrize("language", ["zh_CN", "en", "zh_CN+en"])
SHEETS = pytest.mark.parametrize("sheet", ["A5", "241x93"])
MAKERS = pytest.mark.parametrize("make", [card, bare, crowded_card])


def words_of(papers: Papers, data: Any, sheet: str = "A5") -> str:
    return squeezed(text_of(papers.form(Form.HOUSEHOLD_CARD, data, sheet)))


@SHEETS
@LANGUAGES
def test_every_word_is_the_golden_one(papers: Papers, sheet: str, language: str) -> None:
    check.golden_words(papers, Form.HOUSEHOLD_CARD, card(language), sheet)


@SHEETS
@LANGUAGES
def test_two_readers_read_the_same_and_the_same_data_give_the_same_bytes(
        papers: Papers, sheet: str, language: str) -> None:
    data = card(language)
    assert check.same_words_in_both_readers(papers.form(Form.HOUSEHOLD_CARD, data, sheet))
    assert check.same_bytes(papers, Form.HOUSEHOLD_CARD, data, crowded_card(language), sheet)


@SHEETS
@ALL
@MAKERS
def test_nothing_touches_or_stands_in_the_margins(papers: Papers, sheet: str, language: str, make: Any) -> None:
    pdf = papers.form(Form.HOUSEHOLD_CARD, make(language), sheet)
    assert check.touching(pdf) == []
    assert check.within_margins(pdf, sheet)
    assert "form." not in text_of(pdf)


@SHEETS
@LANGUAGES
def test_a_family_up_to_six_has_one_card(papers: Papers, sheet: str, language: str) -> None:
    six = (*FAMILY, *FAMILY[2:])
    assert papers.pages(papers.form(Form.HOUSEHOLD_CARD, card(language, members=six), sheet)) == 1


@SHEETS
def test_who_is_covered_stands_there_with_the_days(papers: Papers, sheet: str) -> None:
    text = words_of(papers, card(), sheet)
    assert "张示例户主2026-01-01至2026-12-31" in text
    assert "张𠮷之子2026-04-01至2026-12-31" in text
    assert "张𬱖之女未参保" in text
    assert "2026年度2026-01-01至2026-12-31" in text


@SHEETS
def test_papers_to_bring_stand_under_the_case_that_asks_for_them(papers: Papers, sheet: str) -> None:
    text = words_of(papers, card(), sheet)
    assert "要带的材料：住院发票、费用清单、" in text
    assert "由他人代办时需要：委托书、代办人身份证" in text
    own = (CardPaper(code="X", text="村里的证明", when="外出务工的"), CardPaper(code="INVOICE", text="", when=""))
    text = words_of(papers, card(papers=own), sheet)
    assert text.index("要带的材料：住院发票") < text.index("外出务工的：村里的证明")


def test_an_office_without_a_telephone_has_a_line_to_write_it_on(papers: Papers) -> None:
    assert "咨询电话：0856-1234567" in words_of(papers, card())
    text = words_of(papers, bare())
    assert "咨询电话：＿＿" in text
    assert "要带的材料：请向发卡单位询问。" in text
    assert "地址" not in text.replace("住址", "")


def test_the_insurers_telephone_stands_there_where_it_is_known(papers: Papers) -> None:
    assert "示例保险公司（虚构）：95000" in words_of(papers, card())
    assert "示例保险公司" not in words_of(papers, card(contacts=OfficeContacts(phone="1")))


def test_a_seal_goes_where_the_family_leaves_room(papers: Papers) -> None:
    def seals(people: int) -> int:
        pdf = papers.form(Form.HOUSEHOLD_CARD, card(members=(FAMILY * 4)[:people]), "A5")
        return sum(map(len, check.spaces(pdf, 45, 45)))

    assert (seals(4), seals(12)) == (1, 0)


@SHEETS
def test_where_to_fold_is_marked_at_both_edges(papers: Papers, sheet: str) -> None:
    pdf = papers.form(Form.HOUSEHOLD_CARD, card(), sheet)
    wide, high = check.SIZES[sheet]
    marks = [mark for mark in shapes(pdf)[0] if abs((mark.left + mark.right) / 2 - wide / 2) < 0.1]
    assert len(marks) == 2
    assert min(mark.bottom for mark in marks) < 6.5
    assert max(mark.top for mark in marks) > high - 6.5


@SHEETS
def test_many_people_go_on_under_the_same_head(papers: Papers, sheet: str) -> None:
    data = crowded_card()
    text = words_of(papers, data, sheet)
    pages = papers.pages(papers.form(Form.HOUSEHOLD_CARD, data, sheet))
    assert 1 < pages < 6
    assert f"第{pages}页共{pages}页" in text
    for one in data.members:
        assert one.name in text
    assert text.count("由公安交通管理部门出具的第三者责任事故认定书") == 12
    assert data.contacts.address in text


def test_a_reprint_says_so_and_only_then(papers: Papers) -> None:
    assert "补打" not in words_of(papers, card())
    assert "补打3" in words_of(papers, card(copy=3))


def test_form_and_data_print_apart(papers: Papers) -> None:
    form, data = check.form_and_data(papers, Form.HOUSEHOLD_CARD, card(), "A5")
    # what is alike on all of an office's cards is form
    for text in ("与户主关系", "申请理赔不收任何费用", "咨询电话：0856-1234567", "发卡日期："):
        assert text in form
        assert text not in data
    for text in ("李㛃", NUMBER, "2026-09-14", "2026年9月14日", "示例镇示例村一组"):
        assert text in data
        assert text not in form


def test_a_gun_reads_the_code_from_the_printed_sheet(papers: Papers) -> None:
    import zxingcpp
    from PIL import Image

    data = replace(card(), number=NUMBER)
    pdf = papers.form(Form.HOUSEHOLD_CARD, data, "241x93")
    width, height, pixels = papers.image(pdf, 0, 241 * 8)
    picture = Image.frombytes("RGBA", (width, height), pixels).convert("L")
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [data.qr]


def on_a4(papers: Papers, *datas: Any, fit: Fit = AS_IT_IS) -> tuple[bytes, int]:
    out = BytesIO()
    sheets = papers.batch(Form.HOUSEHOLD_CARD, iter(datas), "A4", out, fit)
    return out.getvalue(), sheets


def test_two_cards_stand_on_a_sheet_of_a4_and_the_last_alone(papers: Papers) -> None:
    datas = [card(number=f"520625000{n}") for n in range(5)]
    pdf, sheets = on_a4(papers, *datas)
    assert (sheets, papers.pages(pdf)) == (3, 3)
    alone = texts(papers.form(Form.HOUSEHOLD_CARD, datas[0], "A5"))[0]
    first, last = texts(pdf)[0], texts(pdf)[2]
    assert len(first) == 2 * len(alone)
    assert len(last) == len(alone)
    wide, high, pixels = papers.image(pdf, 2, 420)
    assert set(pixels[wide * (high // 2 + 2) * 4 :]) == {255}  # the lower half is white
    same = texts(on_a4(papers, datas[0], datas[0])[0])[0]
    upper, lower = same[: len(alone)], same[len(alone):]
    for one, other in zip(upper, lower, strict=True):
        assert (other.left - one.left, other.top - one.top) == pytest.approx((0, 148.5), abs=0.05)
    whole = squeezed(text_of(pdf))
    assert all(whole.count(data.number) == 2 for data in datas)


def test_where_to_cut_is_marked_once_a_sheet(papers: Papers) -> None:
    for datas in ([card()] * 2, [crowded_card(), card()]):
        pdf, _ = on_a4(papers, *datas)
        for page in shapes(pdf):
            marks = [mark for mark in page if abs(mark.top - 148.5) < 0.3 and mark.height < 0.5]
            assert [round(mark.left) for mark in marks] == [4, 204]


def test_cards_on_a4_touch_nothing_and_one_alone_is_the_same_as_in_a_batch(papers: Papers) -> None:
    pdf, _ = on_a4(papers, card(), crowded_card(), bare())
    assert check.touching(pdf) == []
    assert check.within_margins(pdf, "A4", side=3.8)  # marks for cutting stand at the edges
    single = papers.form(Form.HOUSEHOLD_CARD, card(), "A4")
    assert papers.pages(single) == 1
    assert check.within_margins(single, "A4", side=3.8)
    assert sorted(squeezed(text_of(single))) == sorted(squeezed(text_of(on_a4(papers, card())[0])))


def test_a_correction_moves_both_halves_alike(papers: Papers) -> None:
    before, after = (texts(on_a4(papers, card(), card(), fit=fit)[0])[0] for fit in (AS_IT_IS, Fit(dx=1.5, dy=-2)))
    for was, now in zip(before, after, strict=True):
        assert (now.left - was.left, now.top - was.top) == pytest.approx((1.5, -2), abs=0.03)
