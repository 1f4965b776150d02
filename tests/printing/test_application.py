"""The claim application form: what the family signs in front, what the offices say at the back."""

from __future__ import annotations

from typing import Any

import form_checks as check
import pytest
from application_kit import ACCOUNT, CODES, application, crowded_application, draft
from paper_kit import NUMBER, shapes, squeezed, text_of, texts

from backbone_core.claim import Cause
from backbone_core.costs import Costs
from backbone_desktop.printing.papers import Papers
from backbone_desktop.services.application import PaperLine
from backbone_desktop.services.forms import Form

LANGUAGES = pytest.mark.parametrize("language", ["zh_CN", "en"])
ALL = pytest.mark.parametrize("language", ["zh_CN", "en", "zh_CN+en"])
MAKERS = pytest.mark.parametrize("make", [application, draft, crowded_application])


def paper(papers: Papers, data: Any) -> bytes:
    return papers.form(Form.APPLICATION, data, "A4")


def words_of(papers: Papers, data: Any) -> str:
    return squeezed(text_of(paper(papers, data)))


@LANGUAGES
def test_every_word_is_the_golden_one(papers: Papers, language: str) -> None:
    check.golden_words(papers, Form.APPLICATION, application(language), "A4")


@LANGUAGES
def test_two_readers_read_the_same_and_the_same_data_give_the_same_bytes(papers: Papers, language: str) -> None:
    data = application(language)
    assert check.same_words_in_both_readers(paper(papers, data))
    assert check.same_bytes(papers, Form.APPLICATION, data, crowded_application(language), "A4")


@ALL
@MAKERS
def test_nothing_touches_or_stands_in_the_margins(papers: Papers, language: str, make: Any) -> None:
    pdf = paper(papers, make(language))
    assert check.touching(pdf) == []
    assert check.within_margins(pdf, "A4")
    assert "form." not in text_of(pdf)  # a word that the catalogue lacks would stand there as its code


@LANGUAGES
def test_front_and_back_of_one_sheet_hold_it(papers: Papers, language: str) -> None:
    for data in (application(language), draft(language)):
        assert papers.pages(paper(papers, data)) == 2


def test_the_account_stands_there_whole_in_groups_and_the_identity_number_masked(papers: Papers) -> None:
    text = text_of(paper(papers, application()))
    assert "6228 4800 3012 3456 789" in text
    assert ACCOUNT in squeezed(text)
    assert "530521********0025" in text


def test_whose_the_account_is_is_left_open_where_it_is_not_the_patients(papers: Papers) -> None:
    assert "与患者关系本人" in words_of(papers, application())
    assert "与患者关系本人" not in words_of(papers, application(account_holder="张示例"))


def test_every_amount_of_the_settlement_sheet_that_there_is_stands_there(papers: Papers) -> None:
    few = words_of(papers, application(costs=Costs(medfee_sumamt=100_00, psn_part_amt=99_50)))
    assert "医疗费总额100.00" in few
    assert "个人负担总金额99.50" in few
    assert "人民币玖拾玖元伍角整" in few
    assert "公务员医疗补助资金支出" not in few
    assert "公务员医疗补助资金支出1.00" in words_of(papers, application(costs=Costs(medfee_sumamt=2, cvlserv_pay=1_00)))


def test_an_accident_leaves_room_to_tell_it(papers: Papers) -> None:
    assert "意外经过" not in words_of(papers, application())
    assert "意外经过" in words_of(papers, application(cause=Cause.ACCIDENT))


def test_papers_handed_in_are_ticked(papers: Papers) -> None:
    def ticks(here: int) -> int:
        lines = tuple(PaperLine(code=one, text="", handed_in=n < here) for n, one in enumerate(CODES))
        return len(shapes(paper(papers, application(papers=lines)))[1])

    assert ticks(7) == ticks(0) + 7
    assert "县里自己的材料" in words_of(
        papers, application(papers=(PaperLine(code="X", text="县里自己的材料", handed_in=True),)))


@LANGUAGES
def test_there_is_room_for_every_hand_and_seal(papers: Papers, language: str) -> None:
    pdf = paper(papers, application(language))
    hands, fingers, seals = (check.spaces(pdf, *size) for size in ((60, 12), (25, 30), (45, 45)))
    assert [list(map(len, one)) for one in (hands, fingers, seals)] == [[2, 3], [1, 0], [0, 3]]
    for page, written in enumerate(texts(pdf)):
        assert not any(hand.meets(text, by=0.1) for hand in (*hands[page], *fingers[page]) for text in written)
        assert not any(seal.meets(hand, by=0) for seal in seals[page] for hand in hands[page])


def test_a_draft_says_that_it_is_not_received_and_leaves_the_number_open(papers: Papers) -> None:
    text = words_of(papers, draft())
    assert text.count("受理前9A3F0C") == 2
    assert "受理编号：＿＿" in text
    assert NUMBER not in text
    assert "扫码核验" not in text
    assert "受理前" not in words_of(papers, application())


def test_the_clerk_and_the_day_of_taking_in_stand_at_the_first_seal(papers: Papers) -> None:
    text = words_of(papers, application(received_by="测试经办"))
    assert "受理人（签字）：测试经办" in text
    assert "示例县医疗保障局2026年9月14日" in text


def test_every_page_bears_number_and_patient(papers: Papers) -> None:
    data = crowded_application()
    text, pages = words_of(papers, data), papers.pages(paper(papers, data))
    assert pages > 2
    assert text.count(NUMBER) == text.count("补打12") == pages
    assert text.count(f"患者：{data.member_name}") == pages
    for whole in (data.hospital, data.diagnosis, data.place, data.bank_name, data.head_name):
        assert whole in text
    assert text.count("由公安交通管理部门出具的第三者责任事故认定书") == sum(
        one.text.count("由公安") for one in data.papers)


def test_form_and_data_print_apart(papers: Papers) -> None:
    form, data = check.form_and_data(papers, Form.APPLICATION, application(), "A4")
    for text in ("就诊医院", "收款账号已经逐位核对", "受理人（签字）：", "年月日"):
        assert text in form
        assert text not in data
    for text in ("李㛃", "示例县人民医院", ACCOUNT, NUMBER, "2026年9月14日", "演示员"):
        assert text in data
        assert text not in form
