"""The household registration sheet: what it says, room for all who sign, and that nothing on it touches."""

from __future__ import annotations

from typing import Any

import form_checks as check
import pytest
from household_kit import NUMBER, crowded_household, household_sheet, with_former
from paper_kit import squeezed, text_of, texts

from backbone_desktop.printing.papers import Papers
from backbone_desktop.services.forms import Form

LANGUAGES = pytest.mark.parametrize("language", ["zh_CN", "en"])
ALL = pytest.mark.parametrize("language", ["zh_CN", "en", "zh_CN+en"])
MAKERS = pytest.mark.parametrize("make", [household_sheet, with_former, crowded_household])


def sheet(papers: Papers, data: Any) -> bytes:
    return papers.form(Form.HOUSEHOLD_SHEET, data, "A4")


def words_of(papers: Papers, data: Any) -> str:
    return squeezed(text_of(sheet(papers, data)))


@LANGUAGES
def test_every_word_is_the_golden_one(papers: Papers, language: str) -> None:
    check.golden_words(papers, Form.HOUSEHOLD_SHEET, with_former(language), "A4")


@LANGUAGES
def test_two_readers_read_the_same_and_the_same_data_give_the_same_bytes(papers: Papers, language: str) -> None:
    data = with_former(language)
    assert check.same_words_in_both_readers(sheet(papers, data))
    assert check.same_bytes(papers, Form.HOUSEHOLD_SHEET, data, crowded_household(language), "A4")


@ALL
@MAKERS
def test_nothing_touches_or_stands_in_the_margins(papers: Papers, language: str, make: Any) -> None:
    pdf = sheet(papers, make(language))
    assert check.touching(pdf) == []
    assert check.within_margins(pdf, "A4")
    assert "form." not in text_of(pdf)  # a word that the catalogue lacks would stand there as its code


def test_a_family_of_four_fits_one_sheet(papers: Papers) -> None:
    for data in (household_sheet(), with_former(), household_sheet("en")):
        assert papers.pages(sheet(papers, data)) == 1


@LANGUAGES
def test_who_lives_there_stands_in_a_line_each(papers: Papers, language: str) -> None:
    text = words_of(papers, household_sheet(language))
    head, son = {
        "zh_CN": ("1张示例户主男1980-01-01苗族520625********0015健康已参保",
                  "3张𠮷之子男2006-03-12苗族513432********1233肢体残疾三级2026-04-01起参保"),
        "en": ("1张示例Headmale1980-01-01Miao520625********0015healthyCovered",
               "3张𠮷Sonmale2006-03-12Miao513432********1233physical,grade3From2026-04-01"),
    }[language]
    assert head in text
    assert son in text


def test_former_members_stand_there_with_day_and_reason(papers: Papers) -> None:
    text = words_of(papers, with_former())
    assert "张老例之父1948-02-02520625********00312026-05-06死亡：病故" in text
    assert "张外例之女2001-09-09520625********00482025-10-01已迁出" in text
    assert "离户原因" not in words_of(papers, household_sheet())


def test_causes_are_ticked_and_one_that_the_list_does_not_have_is_written_out(papers: Papers) -> None:
    def ticks(*causes: str) -> int:
        return len(check.shapes(sheet(papers, household_sheet(causes=causes)))[0])

    assert ticks("因病") == ticks() + 1
    assert ticks("因病", "因残", "缺水") == ticks() + 3
    assert "其它：彩礼" in words_of(papers, household_sheet(causes=("彩礼",)))
    assert ticks("彩礼") == ticks() + 1


@LANGUAGES
def test_there_is_room_for_four_hands_a_finger_and_two_seals(papers: Papers, language: str) -> None:
    pdf = sheet(papers, household_sheet(language))
    [hands], [fingers], [seals] = (check.spaces(pdf, *size) for size in ((60, 12), (25, 30), (45, 45)))
    assert (len(hands), len(fingers), len(seals)) == (4, 1, 2)
    assert not any(hand.meets(text, by=0.1) for hand in (*hands, *fingers) for text in texts(pdf)[0])
    assert not any(seal.meets(hand, by=0) for seal in seals for hand in (*hands, *fingers))


def test_a_large_family_goes_on_under_the_tables_head_and_signs_below_its_consent(papers: Papers) -> None:
    data = crowded_household()
    whole = words_of(papers, data)
    count = papers.pages(sheet(papers, data))
    assert count > 2
    for number in range(1, count + 1):
        assert f"第{number}页共{count}页" in whole
    assert whole.count(NUMBER) == count
    assert whole.count("身份证号健康状况参保情况") >= 3  # the table's head, on each of its pages
    assert whole.rindex("本户承诺") > whole.index(f"第{count - 1}页共{count}页")
    for one in (*data.members, *data.former):
        assert one.name in whole


def test_consent_is_asked_for_and_not_ticked_beforehand(papers: Papers) -> None:
    text = words_of(papers, household_sheet())
    for asked in ("第十三条、第十七条", "第二十八条至第三十条", "第二十三条", "第三十一条", "示例保险公司（虚构）"):
        assert asked in text
    assert "提供给承保保险公司" in words_of(papers, household_sheet(insurer=""))


def test_a_reprint_says_so(papers: Papers) -> None:
    assert "补打" not in words_of(papers, household_sheet())
    assert "补打2" in words_of(papers, household_sheet(copy=2))


def test_form_and_data_print_apart(papers: Papers) -> None:
    form, data = check.form_and_data(papers, Form.HOUSEHOLD_SHEET, household_sheet(), "A4")
    for text in ("家庭住址", "户编号：", "单独同意", "其他成年成员（签字）"):
        assert text in form
        assert text not in data
    for text in ("张示例", "520625********0015", NUMBER, "2026-09-14", "示例镇示例村一组"):
        assert text in data
        assert text not in form
